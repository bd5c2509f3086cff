//! Retrieval that looks at every match: for filters, for answers by date or by article, and where
//! many hits are wanted.

use anyhow::Result;

use super::candidate_scorer::ScoredPassage;
use super::match_window::MATCH_WINDOW_LEN;
use super::pool::Buffers;
use super::scorer::TermScorer;
use super::top_k::TopK;
use crate::index::Generation;
use crate::searcher::plan::{Match, MatchCache, Plan};

/// Collects and counts every passage that matches, in order of passage.
pub(super) fn exhaustive(
    index: &Generation,
    plan: &Plan,
    mut scorers: Vec<TermScorer>,
    buffers: &Buffers,
    top_k: &mut TopK<'_, '_>,
) -> Result<()> {
    let mut window = buffers.match_window(plan.bit_words());
    let mut match_cache = MatchCache::default();
    let (mut matching, mut others): (Vec<&mut TermScorer>, Vec<&mut TermScorer>) =
        scorers.iter_mut().partition(|it| it.can_match_alone());
    while let Some(next) = matching.iter().filter_map(|it| it.next()).min() {
        window.start_at(next);
        let lengths = index.lengths(window.start, MATCH_WINDOW_LEN);
        matching.iter_mut().for_each(|it| window.add(lengths, it));
        others.iter_mut().for_each(|it| window.add_to_occupied(lengths, it));
        window.drain(|window, place| {
            let (exact, any_form) = window.bits(place);
            match match_cache.of((&plan.condition, &plan.terms), exact, any_form) {
                Match::No => Ok(()),
                Match::Yes(tier) => {
                    #[expect(clippy::cast_possible_truncation, reason = "a score is small")]
                    let score = window.score(place) as f32;
                    let passage = window.passage(place);
                    top_k.collect_and_count(&ScoredPassage {
                        passage,
                        score,
                        tier,
                        exact,
                        any_form,
                    })
                }
            }
        })?;
    }
    buffers.keep_match_window(window);
    Ok(())
}
