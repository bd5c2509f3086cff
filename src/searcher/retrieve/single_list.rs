//! The fast path for a plan of one posting list, which half of all queries have: for each frequency
//! the greatest passage length that can reach the threshold is known, so that nearly all passages
//! are dropped by one comparison.

use anyhow::Result;
use tantivy::TERMINATED;

use super::candidate_scorer::{CandidateScorer, PartialScore};
use super::scorer::{ROUNDING, TermBm25, TermScorer, counted};
use super::top_k::TopK;
use crate::index::Generation;
use crate::searcher::plan::{Plan, Tier};

/// Passages with this frequency or a higher one are always scored.
const FREQUENT: usize = 8;

/// The limits are worked out anew when the threshold has risen by this factor.
const RISEN: f64 = 1.01;

/// For each frequency, how long a passage may be to reach the threshold.
struct LengthLimits {
    bm25: TermBm25,
    list_weight: f32,
    tier_bound: f64,
    threshold: f64,
    /// One more than the longest length; 0 where none is short enough.
    ends: [u32; FREQUENT],
}

impl LengthLimits {
    fn new(bm25: TermBm25, list_weight: f32, tier_bound: f64) -> Self {
        let ends = [u32::MAX; FREQUENT];
        Self { bm25, list_weight, tier_bound, threshold: f64::NEG_INFINITY, ends }
    }

    /// Whether a passage may reach the threshold.
    #[inline]
    fn may_reach(&self, frequency: u32, length: u16) -> bool {
        self.ends.get(frequency as usize).is_none_or(|end| u32::from(length) < *end)
    }

    /// Works out the limits for a threshold that has risen.
    fn raise(&mut self, threshold: f64) {
        let is_higher =
            threshold - self.tier_bound > (self.threshold - self.tier_bound).max(0.0) * RISEN;
        if !is_higher {
            return;
        }
        self.threshold = threshold;
        for (frequency, end) in (0..).zip(&mut self.ends) {
            let count = counted(self.list_weight, frequency);
            let reaches = |length: u32| {
                let score = |it| self.bm25.score(count, it) + self.tier_bound;
                u16::try_from(length).is_ok_and(|it| score(it) * ROUNDING >= threshold)
            };
            // The longer the passage the lower its score; rounding may put the formula off by one.
            *end = self.bm25.longest(count, threshold - self.tier_bound);
            while *end > 0 && !reaches(*end - 1) {
                *end -= 1;
            }
            while reaches(*end) {
                *end += 1;
            }
        }
    }
}

/// Collects every passage that can be among the top k, if the plan has a single list; returns
/// whether it has.
pub(super) fn single_list(
    index: &Generation,
    plan: &Plan,
    scorers: &[TermScorer],
    top_k: &mut TopK<'_, '_>,
) -> Result<bool> {
    let [only] = scorers else { return Ok(false) };
    let mut bounding = only.bounding();
    let (bm25, is_exact) = (only.bm25(), only.matches_exactly());
    let [list] = bounding.lists.as_mut_slice() else { return Ok(false) };
    let best = if is_exact { Tier::Exact } else { Tier::Expanded };
    let tier_bound = f64::from(best.level()) * f64::from(plan.tier_score);
    let mut candidate_scorer = CandidateScorer::new(plan, scorers);
    let mut limits = LengthLimits::new(bm25, list.weight, tier_bound);
    let mut failure = None;
    let mut threshold = f64::from(top_k.threshold());
    list.cursor.walk(TERMINATED, |passage, frequency| {
        if failure.is_some() || !limits.may_reach(frequency, index.length(passage)) {
            return;
        }
        let found =
            candidate_scorer.score(index, passage, &PartialScore::unknown(threshold, tier_bound));
        if let Some(found) = found {
            failure = top_k.collect(&found).err();
            threshold = f64::from(top_k.threshold());
            limits.raise(threshold);
        }
    });
    failure.map_or(Ok(true), Err)
}
