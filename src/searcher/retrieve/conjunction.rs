//! Passages that hold all of some terms.

use anyhow::Result;
use tantivy::TERMINATED;

use super::candidate_scorer::{Judge, Known};
use super::match_window::{WINDOW, start_of};
use super::scorer::{Lane, ROUNDING};
use super::scorer_set::Walk;
use super::top_k::Gather;
use crate::searcher::plan::Completeness;
use crate::searcher::postings::Cursor;

/// The passages of one completeness that hold one of each of some lists of bits, by the rarest.
pub(crate) fn together(
    walk: &Walk<'_>,
    needs: &[Vec<u32>],
    wanted: Completeness,
    sink: &mut Gather<'_, '_>,
) -> Result<()> {
    let most: f64 = walk.lanes.iter().map(|it| it.most).sum();
    let above = walk.above(wanted);
    if (most + above) * ROUNDING < f64::from(sink.floor()) {
        return Ok(());
    }
    let need = |it: &Vec<u32>| Need::new(walk.lanes, it, wanted == Completeness::Typed);
    let mut needs: Vec<Need> = needs.iter().map(need).collect();
    needs.sort_by_key(Need::passages);
    let Some((rarest, others)) = needs.split_first_mut() else { return Ok(()) };
    let mut judge = Judge::new(walk.plan, walk.lanes);
    let mut bounds = walk.bounds.clone();
    let (mut next, mut end) = (0, 0);
    'next: loop {
        let passage = rarest.seek(next);
        if passage == TERMINATED {
            return Ok(());
        }
        if passage >= end {
            end = start_of(passage) + WINDOW as u32;
            let each = |lane| bounds.most(lane, passage, end);
            let each: Vec<f64> = (0..walk.lanes.len()).map(each).collect();
            if (each.iter().sum::<f64>() + above) * ROUNDING < f64::from(sink.floor()) {
                next = end;
                continue;
            }
            judge.expect(&each);
        }
        for other in others.iter_mut() {
            next = other.seek(passage);
            if next > passage {
                continue 'next;
            }
        }
        let known = Known::nothing(f64::from(sink.floor()), above);
        let found = judge.judge(walk.index, passage, &known);
        if let Some(found) = found.filter(|it| it.completeness == wanted) {
            sink.keep_found(&found)?;
        }
        next = passage + 1;
    }
}

/// Passages of which something is needed: any of some lists holds them.
pub(crate) struct Need(Vec<Cursor>);

impl Need {
    /// The lists of a plan's lanes that set one of these bits: as typed, or in any form.
    pub(crate) fn new(lanes: &[Lane], bits: &[u32], as_typed: bool) -> Self {
        let walks = lanes.iter().flat_map(|it| &it.walks).filter(|it| !it.is_within);
        Self(walks.filter(|it| it.sets(bits, as_typed)).map(|it| it.cursor.clone()).collect())
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
