//! The highest and the lowest tier that a passage may stand in.

use super::scorer::marks;
use super::scorer_set::Walk;
use crate::searcher::plan::Completeness;

/// What tiers a passage may stand in, by the lanes that may hold it.
pub(crate) struct Tiers {
    /// Of each of what is needed the marks of the lanes that prove it: as typed, in any form.
    needs: Vec<(u32, u32)>,
    /// The marks of the lanes with which a passage surely answers, and for each of what is needed
    /// of those that surely hold it as typed; nothing where more may be asked.
    sure: Option<(u32, Vec<u32>)>,
    expanded: f64,
    /// No passage stands higher.
    pub(crate) highest: f64,
}

impl Tiers {
    /// For the passages of all tiers, or those of one.
    pub(crate) fn new(walk: &Walk<'_>, wanted: Option<Completeness>) -> Self {
        let best = wanted.unwrap_or(Completeness::Typed);
        let any = |bits: &[u32], as_typed: bool| {
            let lanes = walk.lanes.iter().filter(|it| it.proves_any(bits, as_typed));
            // A lane without a mark may stand anywhere.
            lanes.fold(0, |all, it| all | if it.mark == 0 { u32::MAX } else { it.mark })
        };
        let needs = walk.plan.test.needs(&walk.plan.terms);
        let sure = walk.plan.test.plain(&walk.plan.terms).map(|terms| {
            let all = |bits: &[u32], as_typed: bool| {
                marks(walk.lanes.iter().filter(|it| it.prove_all(bits, as_typed)))
            };
            let touched: Vec<u32> = terms.iter().map(|it| it.touched).collect();
            (all(&touched, false), needs.iter().map(|it| all(it, true)).collect())
        });
        let needs = needs.iter().map(|it| (any(it, true), any(it, false))).collect();
        let expanded = walk.above(best.min(Completeness::Expanded));
        Self { needs, sure, expanded, highest: walk.above(best) }
    }

    /// What the tier of a passage is worth at least that these lanes hold; nothing where it may not
    /// answer.
    #[inline]
    pub(crate) fn surely_above(&self, marks: u32) -> Option<f64> {
        let (_, needs) = self.sure.as_ref().filter(|it| it.0 & marks != 0)?;
        Some(if needs.iter().all(|it| it & marks != 0) { self.highest } else { 0.0 })
    }

    /// What the tier of a passage is worth at most that none but these lanes hold.
    #[inline]
    pub(crate) fn above(&self, marks: u32) -> f64 {
        if self.needs.iter().all(|it| it.0 & marks != 0) {
            self.highest
        } else if self.needs.iter().all(|it| it.1 & marks != 0) {
            self.expanded
        } else {
            0.0
        }
    }
}
