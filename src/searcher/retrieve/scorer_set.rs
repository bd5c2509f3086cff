//! All scorers of a plan: here their cursors are opened and their upper bounds are set.

use anyhow::Result;

use super::scorer::TermScorer;
use super::upper_bound::{UpperBound, UpperBounds};
use crate::index::Generation;
use crate::searcher::plan::{OpenCursors, Plan, Tier};

/// Opens the scorers of a plan. Cursors that planning has opened are taken; all others are opened
/// by what the plan says that they are looked up by.
///
/// # Errors
/// When the index is damaged.
pub(super) fn open_scorers(
    index: &Generation,
    plan: &Plan,
    opened: Option<OpenCursors>,
) -> Result<Vec<TermScorer>> {
    let words = plan.bit_words();
    let mut opened = opened.map(|it| it.0.into_iter());
    let mut scorers = Vec::with_capacity(plan.scoring_terms.len());
    for (at, term) in plan.scoring_terms.iter().enumerate() {
        let cursors = match opened.as_mut().and_then(Iterator::next) {
            Some(cursors) => cursors,
            None => term.postings.iter().map(|it| it.lookup.open(index)).collect::<Result<_>>()?,
        };
        let mut scorer = TermScorer::new(at, term, cursors, words);
        scorer.upper_bound = UpperBound::new(&scorer).overall(index);
        scorers.push(scorer);
    }
    Ok(scorers)
}

/// The scorers of a plan with their upper bounds, for retrieval that skips passages.
pub(super) struct ScorerSet<'a> {
    pub(super) index: &'a Generation,
    pub(super) plan: &'a Plan,
    pub(super) scorers: &'a [TermScorer],
    /// For ranges from the first passage on; each loop clones its own.
    pub(super) upper_bounds: UpperBounds<'a>,
}

impl ScorerSet<'_> {
    /// What a tier adds to the score of its passages.
    pub(super) fn tier_score(&self, tier: Tier) -> f64 {
        f64::from(tier.level()) * f64::from(self.plan.tier_score)
    }
}
