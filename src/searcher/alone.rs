//! A plan of a single list, which half of all queries are: what a passage scores at most is told by
//! its length and a frequency, so that nearly all of a long list goes by with one comparison each.

use anyhow::Result;
use tantivy::TERMINATED;

use super::evidence::Completeness;
use super::gather::Gather;
use super::lanes::{Judge, Known, Lane, ROUNDING, Scorer, counted};
use super::plan::Plan;
use crate::index::Index;

/// Frequencies from this one on are looked at one by one.
const FREQUENT: usize = 8;

/// By how much the floor must have risen for other limits.
const RISEN: f64 = 1.01;

/// The longest passage that reaches a floor, by how often it holds the term.
struct Limits {
    scorer: Scorer,
    source_weight: f32,
    above: f64,
    floor: f64,
    /// One more than the longest length; 0 where none is short enough.
    ends: [u32; FREQUENT],
}

impl Limits {
    fn new(scorer: Scorer, source_weight: f32, above: f64) -> Self {
        let ends = [u32::MAX; FREQUENT];
        Self { scorer, source_weight, above, floor: f64::NEG_INFINITY, ends }
    }

    /// Whether a passage may reach the floor.
    #[inline]
    fn admits(&self, frequency: u32, length: u16) -> bool {
        self.ends.get(frequency as usize).is_none_or(|end| u32::from(length) < *end)
    }

    /// Sets the limits of a floor that has risen.
    fn raise(&mut self, floor: f64) {
        let is_higher = floor - self.above > (self.floor - self.above).max(0.0) * RISEN;
        if !is_higher {
            return;
        }
        self.floor = floor;
        for (frequency, end) in (0..).zip(&mut self.ends) {
            let count = counted(self.source_weight, frequency);
            let reaches = |length: u32| {
                let score = |it| self.scorer.score(count, it) + self.above;
                u16::try_from(length).is_ok_and(|it| score(it) * ROUNDING >= floor)
            };
            // The longer the less; the formula is right but for its rounding.
            *end = self.scorer.longest(count, floor - self.above);
            while *end > 0 && !reaches(*end - 1) {
                *end -= 1;
            }
            while reaches(*end) {
                *end += 1;
            }
        }
    }
}

/// Gives the sink every passage of the only list that can be among the best; tells whether there is
/// only one.
pub(super) fn alone(
    index: &Index,
    plan: &Plan,
    lanes: &[Lane],
    sink: &mut Gather<'_, '_>,
) -> Result<bool> {
    let [only] = lanes else { return Ok(false) };
    let mut bounding = only.bounding();
    let (scorer, is_typed) = (only.scorer(), only.types());
    let [walk] = bounding.walks.as_mut_slice() else { return Ok(false) };
    let best = if is_typed { Completeness::Typed } else { Completeness::Expanded };
    let above = f64::from(best.tiers()) * f64::from(plan.tier);
    let mut judge = Judge::new(plan, lanes);
    let mut limits = Limits::new(scorer, walk.weight, above);
    let mut failure = None;
    let mut floor = f64::from(sink.floor());
    walk.cursor.walk(TERMINATED, |passage, frequency| {
        if failure.is_some() || !limits.admits(frequency, index.length(passage)) {
            return;
        }
        let found = judge.judge(index, passage, &Known::nothing(floor, above));
        if let Some(found) = found {
            failure = sink.keep_found(&found).err();
            floor = f64::from(sink.floor());
            limits.raise(floor);
        }
    });
    failure.map_or(Ok(true), Err)
}
