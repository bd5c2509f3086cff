//! The highest and the lowest tier that a passage may stand in, by the scorers that match it.

use super::scorer::scorer_bits;
use super::scorer_set::ScorerSet;
use crate::searcher::plan::Tier;

/// Bounds of what a passage's tier adds to its score. Sets of scorers are given as their bits.
pub(super) struct TierBounds {
    /// For each thing that a complete passage must hold the scorers that may hold it: as
    /// typed, and in any form.
    required: Vec<(u32, u32)>,
    /// The scorers any of which makes a passage match, and for each required thing those that
    /// hold it as typed in all of their lists; nothing where the condition is not a plain list of
    /// terms.
    certain: Option<(u32, Vec<u32>)>,
    expanded: f64,
    /// What the highest tier adds.
    pub(super) highest: f64,
}

impl TierBounds {
    /// For the passages of all tiers, or for those of one.
    pub(super) fn new(set: &ScorerSet<'_>, only_tier: Option<Tier>) -> Self {
        let best = only_tier.unwrap_or(Tier::Exact);
        let any = |bits: &[u32], exactly: bool| {
            let scorers = set.scorers.iter().filter(|it| it.any_matches(bits, exactly));
            // A scorer without a bit of its own may match any passage.
            let bit = |it: u32| if it == 0 { u32::MAX } else { it };
            scorers.fold(0, |all, it| all | bit(it.scorer_bit))
        };
        let required = set.plan.condition.required_for_complete(&set.plan.terms);
        let certain = set.plan.condition.any_of_terms(&set.plan.terms).map(|terms| {
            let all = |bits: &[u32], exactly: bool| {
                scorer_bits(set.scorers.iter().filter(|it| it.all_match(bits, exactly)))
            };
            let any_part: Vec<u32> = terms.iter().map(|it| it.any_part).collect();
            (all(&any_part, false), required.iter().map(|it| all(it, true)).collect())
        });
        let required = required.iter().map(|it| (any(it, true), any(it, false))).collect();
        let expanded = set.tier_score(best.min(Tier::Expanded));
        Self { required, certain, expanded, highest: set.tier_score(best) }
    }

    /// What the tier of a passage that these scorers match adds at least; nothing where the passage
    /// may not match the query.
    #[inline]
    pub(super) fn lower(&self, matched: u32) -> Option<f64> {
        let (_, required) = self.certain.as_ref().filter(|it| it.0 & matched != 0)?;
        Some(if required.iter().all(|it| it & matched != 0) { self.highest } else { 0.0 })
    }

    /// What the tier of a passage adds at most that no other scorers than these can match.
    #[inline]
    pub(super) fn upper(&self, possible: u32) -> f64 {
        if self.required.iter().all(|it| it.0 & possible != 0) {
            self.highest
        } else if self.required.iter().all(|it| it.1 & possible != 0) {
            self.expanded
        } else {
            0.0
        }
    }
}
