//! The best passages without looking at all: what cannot be among them is passed over.
//!
//! First come the passages that hold all that was asked: they stand a tier above all others, so
//! that where there are enough of them nothing else is looked at. They are found by the rarest of
//! what they need. The others, or all where many hold everything, are found by one sweep over the
//! lists ([`super::maxscore`]).

use anyhow::Result;
use tantivy::TERMINATED;

use super::match_window::{Rest, WINDOW, start_of};
use super::maxscore::Sweep;
use super::score_window::Scores;
use super::scorer::{Judge, Known, Lane, Need, ROUNDING};
use super::single_list::alone;
use super::top_k::Gather;
use super::upper_bound::Bounds;
use crate::index::Index;
use crate::searcher::plan::condition::Completeness;
use crate::searcher::plan::query_plan::Plan;

/// So many passages that hold all are often.
const OFTEN: f64 = 30.0;

/// Where the rarest of what is needed has this share of all, all are walked at once.
const RARE: u64 = 4;

/// Gives the sink every passage that can be among the best.
pub(crate) fn pruned(
    index: &Index,
    plan: &Plan,
    lanes: &[Lane],
    idle: &Rest<Scores>,
    sink: &mut Gather<'_, '_>,
) -> Result<()> {
    let walk = Walk { index, plan, lanes, bounds: Bounds::new(index, lanes) };
    let (needs, demands) = (plan.test.needs(&plan.terms), plan.test.demands(&plan.terms));
    let is_one = match needs.as_slice() {
        [] => true,
        [only] => {
            let all = lanes.iter().filter(|it| it.proves()).map(Lane::passages).sum::<u64>();
            Need::new(lanes, only, false).passages() * RARE > all
        }
        _ => false,
    };
    if is_one && demands.is_empty() {
        if alone(index, plan, lanes, sink)? {
            return Ok(());
        }
        return Sweep::new(&walk, None).run(idle, sink);
    }
    if demands.is_empty() && walk.are_often_together(&needs) {
        return Sweep::new(&walk, None).run(idle, sink);
    }
    walk.together(&needs, Completeness::Typed, sink)?;
    // Without other names whoever holds all holds it as typed.
    if lanes.iter().any(Lane::expands) {
        walk.together(&needs, Completeness::Expanded, sink)?;
    }
    if demands.is_empty() {
        Sweep::new(&walk, Some(Completeness::Partial)).run(idle, sink)
    } else if demands != needs {
        walk.together(&demands, Completeness::Partial, sink)
    } else {
        Ok(())
    }
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

    /// Whether so many passages hold all of what is needed that to look for them by themselves
    /// costs more than to walk all lists: so many there would be if each list stood anywhere.
    fn are_often_together(&self, needs: &[Vec<u32>]) -> bool {
        let all = self.index.manifest().statistics.passages;
        let share = |it: &Vec<u32>| {
            Need::new(self.lanes, it, false).passages() as f64 / f64::from(all.max(1))
        };
        needs.iter().map(share).product::<f64>() * f64::from(all) > OFTEN
    }

    /// The passages of one completeness that hold one of each of some lists of bits, by the rarest.
    fn together(
        &self,
        needs: &[Vec<u32>],
        wanted: Completeness,
        sink: &mut Gather<'_, '_>,
    ) -> Result<()> {
        let most: f64 = self.lanes.iter().map(|it| it.most).sum();
        let above = self.above(wanted);
        if (most + above) * ROUNDING < f64::from(sink.floor()) {
            return Ok(());
        }
        let need = |it: &Vec<u32>| Need::new(self.lanes, it, wanted == Completeness::Typed);
        let mut needs: Vec<Need> = needs.iter().map(need).collect();
        needs.sort_by_key(Need::passages);
        let Some((rarest, others)) = needs.split_first_mut() else { return Ok(()) };
        let mut judge = Judge::new(self.plan, self.lanes);
        let mut bounds = self.bounds.clone();
        let (mut next, mut end) = (0, 0);
        'next: loop {
            let passage = rarest.seek(next);
            if passage == TERMINATED {
                return Ok(());
            }
            if passage >= end {
                end = start_of(passage) + WINDOW as u32;
                let each = |lane| bounds.most(lane, passage, end);
                let each: Vec<f64> = (0..self.lanes.len()).map(each).collect();
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
            let found = judge.judge(self.index, passage, &known);
            if let Some(found) = found.filter(|it| it.completeness == wanted) {
                sink.keep_found(&found)?;
            }
            next = passage + 1;
        }
    }
}
