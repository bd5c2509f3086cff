//! Passages that hold all of some required terms: those of the rarest are gone through, and looked
//! up in the lists of the others.

use anyhow::Result;
use tantivy::TERMINATED;

use super::candidate_scorer::{CandidateScorer, PartialScore};
use super::match_window::{MATCH_WINDOW_LEN, start_of};
use super::scorer::{ROUNDING, TermScorer};
use super::scorer_set::ScorerSet;
use super::top_k::TopK;
use crate::searcher::plan::Tier;
use crate::searcher::postings::Cursor;

/// Collects the passages of one tier that hold all that is required: of each of `required` at least
/// one bit.
///
/// Windows whose upper bounds stay below the threshold are skipped.
pub(super) fn conjunction(
    set: &ScorerSet<'_>,
    required: &[Vec<u32>],
    only_tier: Tier,
    top_k: &mut TopK<'_, '_>,
) -> Result<()> {
    let upper_bound: f64 = set.scorers.iter().map(|it| it.upper_bound).sum();
    let tier_bound = set.tier_score(only_tier);
    if (upper_bound + tier_bound) * ROUNDING < f64::from(top_k.threshold()) {
        return Ok(());
    }
    let term = |it: &Vec<u32>| RequiredTerm::new(set.scorers, it, only_tier == Tier::Exact);
    let mut terms: Vec<RequiredTerm> = required.iter().map(term).collect();
    terms.sort_by_key(RequiredTerm::passages);
    let Some((rarest, others)) = terms.split_first_mut() else { return Ok(()) };
    let mut candidate_scorer = CandidateScorer::new(set.plan, set.scorers);
    let mut upper_bounds = set.upper_bounds.clone();
    let (mut next, mut end) = (0, 0);
    'next: loop {
        let passage = rarest.seek(next);
        if passage == TERMINATED {
            return Ok(());
        }
        if passage >= end {
            end = start_of(passage) + MATCH_WINDOW_LEN as u32;
            let each = |scorer| upper_bounds.within(scorer, passage, end);
            let each: Vec<f64> = (0..set.scorers.len()).map(each).collect();
            if (each.iter().sum::<f64>() + tier_bound) * ROUNDING < f64::from(top_k.threshold()) {
                next = end;
                continue;
            }
            candidate_scorer.set_upper_bounds(&each);
        }
        for other in others.iter_mut() {
            next = other.seek(passage);
            if next > passage {
                continue 'next;
            }
        }
        let known = PartialScore::unknown(f64::from(top_k.threshold()), tier_bound);
        let found = candidate_scorer.score(set.index, passage, &known);
        if let Some(found) = found.filter(|it| it.tier == only_tier) {
            top_k.collect(&found)?;
        }
        next = passage + 1;
    }
}

/// Something that a passage must hold: any of some lists has it.
pub(super) struct RequiredTerm(Vec<Cursor>);

impl RequiredTerm {
    /// The lists that set one of these bits: as typed, or in any form.
    pub(super) fn new(scorers: &[TermScorer], bits: &[u32], exactly: bool) -> Self {
        let lists = scorers.iter().flat_map(|it| &it.lists).filter(|it| !it.is_within);
        Self(lists.filter(|it| it.sets(bits, exactly)).map(|it| it.cursor.clone()).collect())
    }

    /// Upper bound of how many passages hold it.
    pub(super) fn passages(&self) -> u64 {
        self.0.iter().map(|it| u64::from(it.document_frequency())).sum()
    }

    /// Moves to the first passage at or after one that holds it; [`TERMINATED`] past the last.
    #[inline]
    pub(super) fn seek(&mut self, passage: u32) -> u32 {
        self.0.iter_mut().map(|it| it.seek(passage)).min().unwrap_or(TERMINATED)
    }
}
