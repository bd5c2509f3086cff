//! Walks the postings of a plan and gives each passage that answers its score and its evidence.
//!
//! Where only the best are wanted they are found without looking at all, and the others are only
//! counted. Else all are looked at, window by window.

mod candidate_scorer;
mod candidates;
mod conjunction;
mod count;
mod exhaustive;
mod filter;
mod match_window;
mod maxscore;
mod pool;
mod pruning;
mod score_window;
mod scorer;
mod scorer_set;
mod single_list;
mod threshold;
mod tier_bounds;
mod top_k;
mod upper_bound;

use anyhow::Result;

use super::options::Options;
use super::plan::{OpenCursors, Plan};
use super::timings::Stopwatch;
use crate::index::Index;
use crate::query::Query;
use count::count;
use exhaustive::all;
use filter::Filter;
use pruning::pruned;
use top_k::TopK;

pub(crate) use candidates::{Candidate, Retrieved};
pub(crate) use pool::Buffers;
pub(crate) use threshold::Threshold;

/// Finds the best candidates for a plan.
pub(crate) fn retrieve<'a>(
    index: &'a Index,
    query: &Query,
    (plan, opened): (&Plan, Option<OpenCursors>),
    (options, capacity): (&Options, usize),
    windows: &Buffers,
    watch: &mut Stopwatch<'_>,
) -> Result<Retrieved<'a>> {
    let filter = Filter::new(index, &query.filters, options)?;
    let mut gather = TopK::new(index, plan, options, filter, capacity);
    collect(index, (plan, opened), windows, &mut gather, watch)?;
    gather.finish()
}

/// Gives the top_k every passage that the plan admits and that can be among the best, and tells it
/// how many there are.
fn collect(
    index: &Index,
    (plan, opened): (&Plan, Option<OpenCursors>),
    windows: &Buffers,
    top_k: &mut TopK<'_, '_>,
    watch: &mut Stopwatch<'_>,
) -> Result<()> {
    let scorers = scorer_set::scorers(index, plan, opened)?;
    if !top_k.wants_only_best() {
        return all(index, plan, scorers, windows, top_k);
    }
    watch.lap(|it| &mut it.collect);
    top_k.counted(count(index, plan, &scorers, top_k.counting()));
    watch.lap(|it| &mut it.count);
    if top_k.wants_any() { pruned(index, plan, &scorers, &windows.scores, top_k) } else { Ok(()) }
}
