//! All scorers of a plan.

use anyhow::Result;

use super::scorer::Lane;
use super::upper_bound::{Bound, Bounds};
use crate::index::Index;
use crate::searcher::plan::Completeness;
use crate::searcher::plan::{OpenCursors, Plan};

/// The scorers of a plan, each with the most that it can add. Lists that planning has not opened
/// are opened here.
pub(crate) fn lanes(index: &Index, plan: &Plan, opened: Option<OpenCursors>) -> Result<Vec<Lane>> {
    let words = plan.evidence_words();
    let mut opened = opened.map(|it| it.0.into_iter());
    let mut lanes = Vec::with_capacity(plan.units.len());
    for (at, unit) in plan.units.iter().enumerate() {
        let cursors = match opened.as_mut().and_then(Iterator::next) {
            Some(cursors) => cursors,
            None => unit.sources.iter().map(|it| it.lookup.open(index)).collect::<Result<_>>()?,
        };
        let mut lane = Lane::new(at, unit, cursors, words);
        lane.most = Bound::new(&lane).most_of_all(index);
        lanes.push(lane);
    }
    Ok(lanes)
}

/// The lanes of a plan, of which the best are sought.
pub(crate) struct Walk<'a> {
    pub(crate) index: &'a Index,
    pub(crate) plan: &'a Plan,
    pub(crate) lanes: &'a [Lane],
    /// At the first passages.
    pub(crate) bounds: Bounds<'a>,
}

impl Walk<'_> {
    /// What so many tiers are worth.
    pub(crate) fn above(&self, completeness: Completeness) -> f64 {
        f64::from(completeness.tiers()) * f64::from(self.plan.tier)
    }
}
