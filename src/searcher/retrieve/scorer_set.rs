//! All scorers of a plan.

use super::scorer::Lane;
use super::upper_bound::{Bound, Bounds};
use crate::index::Index;
use crate::searcher::plan::Completeness;
use crate::searcher::plan::{Plan, Unit};

/// The scorers of a plan, each with the most that it can add.
pub(crate) fn lanes(index: &Index, plan: &Plan, units: Vec<Unit>) -> Vec<Lane> {
    let words = plan.evidence_words();
    let lane = |(at, unit): (usize, Unit)| {
        let mut lane = Lane::new(at, unit, words);
        lane.most = Bound::new(&lane).most_of_all(index);
        lane
    };
    units.into_iter().enumerate().map(lane).collect()
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
