//! A plan of a single list, which half of all queries are: what a passage scores at most is told by
//! its length and a frequency, so that nearly all of a long list goes by with one comparison each.

use std::cell::Cell;

use anyhow::Result;

use super::candidate_scorer::{CandidateScorer, PartialScore};
use super::scorer::{ROUNDING, TermBm25, TermScorer, counted};
use super::top_k::TopK;
use crate::index::Index;
use crate::searcher::plan::Plan;
use crate::searcher::plan::Tier;

/// Frequencies from this one on are looked at one by one.
const FREQUENT: usize = 8;

/// By how much the threshold must have risen for other limits.
const RISEN: f64 = 1.01;

/// The longest passage that reaches a threshold, by how often it holds the term.
struct LengthLimits {
    bm25: TermBm25,
    source_weight: f32,
    above: f64,
    threshold: f64,
    /// One more than the longest length; 0 where none is short enough.
    ends: [u32; FREQUENT],
}

impl LengthLimits {
    fn new(bm25: TermBm25, source_weight: f32, above: f64) -> Self {
        let ends = [u32::MAX; FREQUENT];
        Self { bm25, source_weight, above, threshold: f64::NEG_INFINITY, ends }
    }

    /// Whether a passage may reach the threshold.
    #[inline]
    fn is_match(&self, frequency: u32, length: u16) -> bool {
        self.ends.get(frequency as usize).is_none_or(|end| u32::from(length) < *end)
    }

    /// Sets the limits of a threshold that has risen.
    fn raise(&mut self, threshold: f64) {
        let is_higher = threshold - self.above > (self.threshold - self.above).max(0.0) * RISEN;
        if !is_higher {
            return;
        }
        self.threshold = threshold;
        for (frequency, end) in (0..).zip(&mut self.ends) {
            let count = counted(self.source_weight, frequency);
            let reaches = |length: u32| {
                let score = |it| self.bm25.score(count, it) + self.above;
                u16::try_from(length).is_ok_and(|it| score(it) * ROUNDING >= threshold)
            };
            // The longer the less; the formula is right but for its rounding.
            *end = self.bm25.longest(count, threshold - self.above);
            while *end > 0 && !reaches(*end - 1) {
                *end -= 1;
            }
            while reaches(*end) {
                *end += 1;
            }
        }
    }
}

/// Gives the top_k every passage of the only list that can be among the best; tells whether there is
/// only one.
pub(crate) fn alone(
    index: &Index,
    plan: &Plan,
    scorers: &[TermScorer],
    top_k: &mut TopK<'_, '_>,
) -> Result<bool> {
    let [only] = scorers else { return Ok(false) };
    let mut bounding = only.bounding();
    let (bm25, is_typed) = (only.bm25(), only.matches_exactly());
    let [list] = bounding.lists.as_mut_slice() else { return Ok(false) };
    let best = if is_typed { Tier::Exact } else { Tier::Expanded };
    let above = f64::from(best.level()) * f64::from(plan.tier_score);
    let mut candidate_scorer = CandidateScorer::new(plan, scorers);
    let mut limits = LengthLimits::new(bm25, list.weight, above);
    let (weight, mut failure) = (list.weight, None);
    let free_length = list.cursor.peaks().map_or(0.0, |it| it.free_length());
    let threshold = Cell::new(f64::from(top_k.threshold()));
    let admits = |most: f32| {
        let ratio = weight * bm25.ratio(most, free_length);
        (bm25.most(ratio) + above) * ROUNDING >= threshold.get()
    };
    list.cursor.walk_blocks(admits, |passage, frequency| {
        if failure.is_some() || !limits.is_match(frequency, index.length(passage)) {
            return;
        }
        let found =
            candidate_scorer.score(index, passage, &PartialScore::nothing(threshold.get(), above));
        if let Some(found) = found {
            failure = top_k.collect(&found).err();
            threshold.set(f64::from(top_k.threshold()));
            limits.raise(threshold.get());
        }
    });
    failure.map_or(Ok(true), Err)
}
