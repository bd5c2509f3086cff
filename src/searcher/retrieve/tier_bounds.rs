//! The highest and the lowest tier that a passage may stand in.

use super::scorer::scorer_bits;
use super::scorer_set::ScorerSet;
use crate::searcher::plan::Tier;

/// What tiers a passage may stand in, by the scorers that may hold it.
pub(crate) struct TierBounds {
    /// Of each of what is needed the scorer_bits of the scorers that prove it: as exact, in any form.
    needs: Vec<(u32, u32)>,
    /// The scorer_bits of the scorers with which a passage surely answers, and for each of what is needed
    /// of those that surely hold it as exact; nothing where more may be asked.
    sure: Option<(u32, Vec<u32>)>,
    expanded: f64,
    /// No passage stands higher.
    pub(crate) highest: f64,
}

impl TierBounds {
    /// For the passages of all tiers, or those of one.
    pub(crate) fn new(set: &ScorerSet<'_>, wanted: Option<Tier>) -> Self {
        let best = wanted.unwrap_or(Tier::Exact);
        let any = |bits: &[u32], as_typed: bool| {
            let scorers = set.scorers.iter().filter(|it| it.any_matches(bits, as_typed));
            // A scorer without a scorer_bit may stand anywhere.
            scorers
                .fold(0, |all, it| all | if it.scorer_bit == 0 { u32::MAX } else { it.scorer_bit })
        };
        let needs = set.plan.condition.required_for_complete(&set.plan.terms);
        let sure = set.plan.condition.any_of_terms(&set.plan.terms).map(|terms| {
            let all = |bits: &[u32], as_typed: bool| {
                scorer_bits(set.scorers.iter().filter(|it| it.all_match(bits, as_typed)))
            };
            let any_part: Vec<u32> = terms.iter().map(|it| it.any_part).collect();
            (all(&any_part, false), needs.iter().map(|it| all(it, true)).collect())
        });
        let needs = needs.iter().map(|it| (any(it, true), any(it, false))).collect();
        let expanded = set.above(best.min(Tier::Expanded));
        Self { needs, sure, expanded, highest: set.above(best) }
    }

    /// What the tier of a passage is worth at least that these scorers hold; nothing where it may not
    /// answer.
    #[inline]
    pub(crate) fn surely_above(&self, scorer_bits: u32) -> Option<f64> {
        let (_, needs) = self.sure.as_ref().filter(|it| it.0 & scorer_bits != 0)?;
        Some(if needs.iter().all(|it| it & scorer_bits != 0) { self.highest } else { 0.0 })
    }

    /// What the tier of a passage is worth at most that none but these scorers hold.
    #[inline]
    pub(crate) fn above(&self, scorer_bits: u32) -> f64 {
        if self.needs.iter().all(|it| it.0 & scorer_bits != 0) {
            self.highest
        } else if self.needs.iter().all(|it| it.1 & scorer_bits != 0) {
            self.expanded
        } else {
            0.0
        }
    }
}
