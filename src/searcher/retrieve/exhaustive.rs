//! Walks the postings of a plan and gives each passage that answers its score and its evidence.
//!
//! Where only the best are wanted they are found without looking at all, and the others are only
//! counted. Else all are looked at, window by window.

use anyhow::Result;

use super::count::count;
use super::match_window::{WINDOW, Windows};
use super::pruning::pruned;
use super::scorer::{Found, Lane};
use super::top_k::Gather;
use crate::index::Index;
use crate::searcher::plan::condition::{Verdict, Verdicts};
use crate::searcher::plan::query_plan::{Plan, Unit};
use crate::searcher::timings::Stopwatch;

/// Gives the sink every passage that the plan admits and that can be among the best, and tells it
/// how many there are.
pub(crate) fn collect(
    index: &Index,
    plan: &Plan,
    units: Vec<Unit>,
    windows: &Windows,
    sink: &mut Gather<'_, '_>,
    watch: &mut Stopwatch<'_>,
) -> Result<()> {
    let words = plan.evidence_words();
    let lanes: Vec<Lane> =
        units.into_iter().enumerate().map(|(at, it)| Lane::new(index, at, it, words)).collect();
    if !sink.wants_only_best() {
        return all(index, plan, lanes, windows, sink);
    }
    watch.lap(|it| &mut it.collect);
    sink.counted(count(index, plan, &lanes, sink.counting()));
    watch.lap(|it| &mut it.count);
    if sink.wants_any() { pruned(index, plan, &lanes, &windows.scores, sink) } else { Ok(()) }
}

/// Gives the sink every passage that the plan admits, in order of passage.
fn all(
    index: &Index,
    plan: &Plan,
    mut lanes: Vec<Lane>,
    windows: &Windows,
    sink: &mut Gather<'_, '_>,
) -> Result<()> {
    let mut window = windows.take(plan.evidence_words());
    let mut verdicts = Verdicts::default();
    let (mut proving, mut others): (Vec<&mut Lane>, Vec<&mut Lane>) =
        lanes.iter_mut().partition(|it| it.proves());
    while let Some(next) = proving.iter().filter_map(|it| it.next()).min() {
        window.start_at(next);
        let lengths = index.lengths(window.start, WINDOW);
        proving.iter_mut().for_each(|it| window.add(lengths, it));
        others.iter_mut().for_each(|it| window.add_to_touched(lengths, it));
        window.drain(|window, place| {
            let (typed, held) = window.evidence(place);
            match verdicts.of(plan, typed, held) {
                Verdict::Refused => Ok(()),
                Verdict::Admitted(completeness) => {
                    #[expect(clippy::cast_possible_truncation, reason = "a score is small")]
                    let score = window.score(place) as f32;
                    let passage = window.passage(place);
                    sink.take(&Found { passage, score, completeness, typed, held })
                }
            }
        })?;
    }
    windows.give_back(window);
    Ok(())
}
