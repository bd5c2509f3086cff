//! Passages that hold all of some terms.

use anyhow::Result;
use tantivy::TERMINATED;

use super::candidate_scorer::{CandidateScorer, PartialScore};
use super::match_window::{MATCH_WINDOW_LEN, start_of};
use super::scorer::{ROUNDING, TermScorer};
use super::scorer_set::ScorerSet;
use super::top_k::TopK;
use crate::searcher::plan::Tier;
use crate::searcher::postings::Cursor;

/// The passages of one tier that hold one of each of some lists of bits, by the rarest.
pub(crate) fn together(
    set: &ScorerSet<'_>,
    needs: &[Vec<u32>],
    wanted: Tier,
    top_k: &mut TopK<'_, '_>,
) -> Result<()> {
    let most: f64 = set.scorers.iter().map(|it| it.most).sum();
    let above = set.above(wanted);
    if (most + above) * ROUNDING < f64::from(top_k.threshold()) {
        return Ok(());
    }
    let need = |it: &Vec<u32>| RequiredTerm::new(set.scorers, it, wanted == Tier::Exact);
    let mut needs: Vec<RequiredTerm> = needs.iter().map(need).collect();
    needs.sort_by_key(RequiredTerm::passages);
    let Some((rarest, others)) = needs.split_first_mut() else { return Ok(()) };
    let mut candidate_scorer = CandidateScorer::new(set.plan, set.scorers);
    let mut bounds = set.bounds.clone();
    let (mut next, mut end) = (0, 0);
    'next: loop {
        let passage = rarest.seek(next);
        if passage == TERMINATED {
            return Ok(());
        }
        if passage >= end {
            end = start_of(passage) + MATCH_WINDOW_LEN as u32;
            let each = |scorer| bounds.most(scorer, passage, end);
            let each: Vec<f64> = (0..set.scorers.len()).map(each).collect();
            if (each.iter().sum::<f64>() + above) * ROUNDING < f64::from(top_k.threshold()) {
                next = end;
                continue;
            }
            candidate_scorer.expect(&each);
        }
        for other in others.iter_mut() {
            next = other.seek(passage);
            if next > passage {
                continue 'next;
            }
        }
        let known = PartialScore::nothing(f64::from(top_k.threshold()), above);
        let found = candidate_scorer.score(set.index, passage, &known);
        if let Some(found) = found.filter(|it| it.tier == wanted) {
            top_k.collect(&found)?;
        }
        next = passage + 1;
    }
}

/// Passages of which something is needed: any of some lists holds them.
pub(crate) struct RequiredTerm(Vec<Cursor>);

impl RequiredTerm {
    /// The lists of a plan's scorers that set one of these bits: as exact, or in any form.
    pub(crate) fn new(scorers: &[TermScorer], bits: &[u32], as_typed: bool) -> Self {
        let lists = scorers.iter().flat_map(|it| &it.lists).filter(|it| !it.is_within);
        Self(lists.filter(|it| it.sets(bits, as_typed)).map(|it| it.cursor.clone()).collect())
    }

    /// At most so many passages.
    pub(crate) fn passages(&self) -> u64 {
        self.0.iter().map(|it| u64::from(it.document_frequency())).sum()
    }

    /// The first passage at or after one.
    #[inline]
    pub(crate) fn seek(&mut self, passage: u32) -> u32 {
        self.0.iter_mut().map(|it| it.seek(passage)).min().unwrap_or(TERMINATED)
    }
}
