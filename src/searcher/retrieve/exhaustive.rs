//! Every match: for filters, dates and articles.

use anyhow::Result;

use super::candidate_scorer::ScoredPassage;
use super::match_window::MATCH_WINDOW_LEN;
use super::pool::Buffers;
use super::scorer::TermScorer;
use super::top_k::TopK;
use crate::index::Index;
use crate::searcher::plan::Plan;
use crate::searcher::plan::{Match, MatchCache};

/// Gives the top_k every passage that the plan admits, in order of passage.
pub(crate) fn all(
    index: &Index,
    plan: &Plan,
    mut scorers: Vec<TermScorer>,
    windows: &Buffers,
    top_k: &mut TopK<'_, '_>,
) -> Result<()> {
    let mut window = windows.take(plan.bit_words());
    let mut verdicts = MatchCache::default();
    let (mut proving, mut others): (Vec<&mut TermScorer>, Vec<&mut TermScorer>) =
        scorers.iter_mut().partition(|it| it.can_match_alone());
    while let Some(next) = proving.iter().filter_map(|it| it.next()).min() {
        window.start_at(next);
        let lengths = index.lengths(window.start, MATCH_WINDOW_LEN);
        proving.iter_mut().for_each(|it| window.add(lengths, it));
        others.iter_mut().for_each(|it| window.add_to_occupied(lengths, it));
        window.drain(|window, place| {
            let (exact, any_form) = window.evidence(place);
            match verdicts.of((&plan.condition, &plan.terms), exact, any_form) {
                Match::No => Ok(()),
                Match::Yes(tier) => {
                    #[expect(clippy::cast_possible_truncation, reason = "a score is small")]
                    let score = window.score(place) as f32;
                    let passage = window.passage(place);
                    top_k.take(&ScoredPassage { passage, score, tier, exact, any_form })
                }
            }
        })?;
    }
    windows.give_back(window);
    Ok(())
}
