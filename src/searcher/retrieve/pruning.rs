//! The best passages without looking at all: what cannot be among them is passed over.
//!
//! First come the passages that hold all that was asked: they stand a tier above all others, so
//! that where there are enough of them nothing else is looked at. They are found by the rarest of
//! what they need. The others, or all where many hold everything, are found by one sweep over the
//! lists ([`super::maxscore`]).

use anyhow::Result;

use super::conjunction::{Need, together};
use super::maxscore::Sweep;
use super::pool::Rest;
use super::score_window::Scores;
use super::scorer::Lane;
use super::scorer_set::Walk;
use super::single_list::alone;
use super::top_k::Gather;
use super::upper_bound::Bounds;
use crate::index::Index;
use crate::searcher::plan::Completeness;
use crate::searcher::plan::Plan;

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
    if demands.is_empty() && are_often_together(&walk, &needs) {
        return Sweep::new(&walk, None).run(idle, sink);
    }
    together(&walk, &needs, Completeness::Typed, sink)?;
    // Without other names whoever holds all holds it as typed.
    if lanes.iter().any(Lane::expands) {
        together(&walk, &needs, Completeness::Expanded, sink)?;
    }
    if demands.is_empty() {
        Sweep::new(&walk, Some(Completeness::Partial)).run(idle, sink)
    } else if demands != needs {
        together(&walk, &demands, Completeness::Partial, sink)
    } else {
        Ok(())
    }
}

/// Whether so many passages hold all of what is needed that to look for them by themselves
/// costs more than to walk all lists: so many there would be if each list stood anywhere.
fn are_often_together(walk: &Walk<'_>, needs: &[Vec<u32>]) -> bool {
    let all = walk.index.manifest().statistics.passages;
    let share =
        |it: &Vec<u32>| Need::new(walk.lanes, it, false).passages() as f64 / f64::from(all.max(1));
    needs.iter().map(share).product::<f64>() * f64::from(all) > OFTEN
}
