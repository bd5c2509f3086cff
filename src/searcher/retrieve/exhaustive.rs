//! Every match: for filters, dates and articles.

use anyhow::Result;

use super::candidate_scorer::Found;
use super::match_window::WINDOW;
use super::pool::Windows;
use super::scorer::Lane;
use super::top_k::Gather;
use crate::index::Index;
use crate::searcher::plan::Plan;
use crate::searcher::plan::{Verdict, Verdicts};

/// Gives the sink every passage that the plan admits, in order of passage.
pub(crate) fn all(
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
            match verdicts.of((&plan.test, &plan.terms), typed, held) {
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
