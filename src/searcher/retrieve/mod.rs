//! From a plan to candidates: opens the plan's posting lists, scores passages, keeps the best.
//!
//! Where only the best are wanted, passages that cannot be among them are skipped ([`pruning`]
//! lists the places), and how many match is counted apart. Else every match is looked at.

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
mod threshold;
mod tier_bounds;
mod top_k;
mod upper_bound;

use anyhow::Result;

use super::options::Options;
use super::plan::{OpenCursors, Plan};
use super::timings::Stopwatch;
use crate::index::Generation;
use crate::query::Query;
use count::count;
use exhaustive::exhaustive;
use filter::Filter;
use pruning::prune;
use scorer_set::open_scorers;
use top_k::TopK;

pub(crate) use candidates::{Candidate, Retrieved, fold_key};
pub(crate) use pool::Buffers;
pub(crate) use threshold::Threshold;

/// Collects candidate passages by running the plan's scorers: the best `capacity` of them.
///
/// # Errors
/// When the index is damaged.
pub(crate) fn retrieve<'a>(
    index: &'a Generation,
    query: &Query,
    (plan, opened): (&Plan, Option<OpenCursors>),
    (options, capacity): (&Options, usize),
    buffers: &Buffers,
    watch: &mut Stopwatch<'_>,
) -> Result<Retrieved<'a>> {
    let filter = Filter::new(index, &query.filters, options)?;
    let mut top_k = TopK::new(index, plan, options, filter, capacity);
    let scorers = open_scorers(index, plan, opened)?;
    if top_k.can_prune() {
        watch.lap(|it| &mut it.collect);
        top_k.set_totals(count(index, plan, &scorers, top_k.count_options()));
        watch.lap(|it| &mut it.count);
        if top_k.wants_any() {
            prune(index, plan, &scorers, &buffers.score_windows, &mut top_k)?;
        }
    } else {
        exhaustive(index, plan, scorers, buffers, &mut top_k)?;
    }
    top_k.finish()
}
