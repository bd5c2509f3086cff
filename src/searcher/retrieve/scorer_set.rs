//! All scorers of a plan.

use anyhow::Result;

use super::scorer::TermScorer;
use super::upper_bound::{UpperBound, UpperBounds};
use crate::index::Index;
use crate::searcher::plan::Tier;
use crate::searcher::plan::{OpenCursors, Plan};

/// The scorers of a plan, each with the most that it can add. Lists that planning has not opened
/// are opened here.
pub(crate) fn scorers(
    index: &Index,
    plan: &Plan,
    opened: Option<OpenCursors>,
) -> Result<Vec<TermScorer>> {
    let words = plan.bit_words();
    let mut opened = opened.map(|it| it.0.into_iter());
    let mut scorers = Vec::with_capacity(plan.scoring_terms.len());
    for (at, unit) in plan.scoring_terms.iter().enumerate() {
        let cursors = match opened.as_mut().and_then(Iterator::next) {
            Some(cursors) => cursors,
            None => unit.postings.iter().map(|it| it.lookup.open(index)).collect::<Result<_>>()?,
        };
        let mut scorer = TermScorer::new(at, unit, cursors, words);
        scorer.most = UpperBound::new(&scorer).most_of_all(index);
        scorers.push(scorer);
    }
    Ok(scorers)
}

/// The scorers of a plan, of which the best are sought.
pub(crate) struct ScorerSet<'a> {
    pub(crate) index: &'a Index,
    pub(crate) plan: &'a Plan,
    pub(crate) scorers: &'a [TermScorer],
    /// At the first passages.
    pub(crate) bounds: UpperBounds<'a>,
}

impl ScorerSet<'_> {
    /// What so many tiers are worth.
    pub(crate) fn above(&self, tier: Tier) -> f64 {
        f64::from(tier.level()) * f64::from(self.plan.tier_score)
    }
}
