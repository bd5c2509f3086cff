//! The best passages without looking at all: what cannot be among them is passed over.
//!
//! First come the passages that hold all that was asked: they stand a tier above all others, so
//! that where there are enough of them nothing else is looked at. They are found by the rarest of
//! what they need. The others are found by bounds (MaxScore, after Turtle & Flood 1995): units that
//! together cannot lift a passage among the best are no longer walked.

use anyhow::Result;
use tantivy::TERMINATED;

use super::alone::alone;
use super::evidence::Completeness;
use super::gather::Gather;
use super::lanes::{Found, Judge, Known, Lane, Need, ROUNDING};
use super::plan::Plan;
use super::weights;
use super::windows::{WINDOW, Windows};
use crate::index::Index;

/// By how much the floor must have risen for another look at who may rest.
const REST_AGAIN: f64 = 1.02;

/// With more passages in one window that may be among the best, the most promising half of so many
/// goes first.
const CROWD: usize = 2 * weights::RERANKED;

/// Where the rarest of what is needed has this share of all, all are walked at once.
const RARE: u64 = 4;

/// Gives the sink every passage that can be among the best.
pub(super) fn pruned(
    index: &Index,
    plan: &Plan,
    lanes: &[Lane],
    windows: &Windows,
    sink: &mut Gather<'_, '_>,
) -> Result<()> {
    let walk = Walk { index, plan, lanes };
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
        return walk.apart(None, windows, sink);
    }
    walk.together(&needs, Completeness::Typed, sink)?;
    walk.together(&needs, Completeness::Expanded, sink)?;
    if demands.is_empty() {
        walk.apart(Some(Completeness::Partial), windows, sink)
    } else if demands != needs {
        walk.together(&demands, Completeness::Partial, sink)
    } else {
        Ok(())
    }
}

/// A passage that may reach the floor.
struct Hopeful {
    passage: u32,
    /// No more than this can it score.
    most: f64,
    known: Known,
}

struct Walk<'a> {
    index: &'a Index,
    plan: &'a Plan,
    lanes: &'a [Lane],
}

impl Walk<'_> {
    /// What so many tiers are worth.
    fn above(&self, completeness: Completeness) -> f64 {
        f64::from(completeness.tiers()) * f64::from(self.plan.tier)
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
        let mut next = 0;
        'next: loop {
            let passage = rarest.seek(next);
            if passage == TERMINATED {
                return Ok(());
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

    /// The passages of all units, as long as they can reach the floor; of one completeness where the
    /// others were given already.
    fn apart(
        &self,
        wanted: Option<Completeness>,
        windows: &Windows,
        sink: &mut Gather<'_, '_>,
    ) -> Result<()> {
        let (mut walked, asked): (Vec<&Lane>, Vec<&Lane>) =
            self.lanes.iter().partition(|it| it.proves());
        walked.sort_by(|one, other| other.most.total_cmp(&one.most));
        let mut walked: Vec<Lane> = walked.into_iter().map(Lane::bounding).collect();
        // What no unit holds as typed is by another name, if it is whole at all.
        let best = wanted.unwrap_or(Completeness::Typed);
        let above = self.above(best);
        let mut above_others = self.above(best.min(Completeness::Expanded));
        let mut rest: f64 = asked.iter().map(|it| it.most).sum();
        let mut judge = Judge::new(self.plan, self.lanes);
        let mut window = windows.take(0);
        let (mut hopeful, mut bounds): (Vec<Hopeful>, Vec<f64>) = Default::default();
        let mut rested = f64::NEG_INFINITY;
        loop {
            let floor = f64::from(sink.floor()) - above;
            // A floor that is little higher lets hardly more units rest.
            if floor > rested * REST_AGAIN {
                while let Some(least) = walked.last()
                    && (rest + least.most) * ROUNDING < floor
                {
                    rest += least.most;
                    if least.types() {
                        above_others = above;
                    }
                    walked.pop();
                }
                rested = floor.max(0.0);
            }
            let Some(next) = walked.iter().filter_map(Lane::next).min() else { break };
            window.start_at(next);
            let lengths = self.index.lengths(window.start, WINDOW);
            walked.iter_mut().filter(|it| it.types()).for_each(|it| window.add(lengths, it));
            window.mark();
            walked.iter_mut().filter(|it| !it.types()).for_each(|it| window.add(lengths, it));
            let floor = f64::from(sink.floor());
            let marks = walked.iter().fold(0, |marks, it| marks | it.mark);
            window.drain(|window, place| {
                let above = if window.is_marked(place) { above } else { above_others };
                let (score, held) = (window.score(place), window.marks(place));
                let most = (score + rest + above) * ROUNDING;
                if most >= floor {
                    let known = Known { floor, above, score, walked: marks, held };
                    hopeful.push(Hopeful { passage: window.passage(place), most, known });
                }
                Ok(())
            })?;
            if hopeful.len() > CROWD {
                // Those that can give most first: then the others are mostly passed over. They are
                // asked about in order of passage, so that each round needs a judge of its own.
                bounds.clear();
                bounds.extend(hopeful.iter().map(|it| it.most));
                let (_, least, _) =
                    bounds.select_nth_unstable_by(CROWD / 2, |one, other| other.total_cmp(one));
                let least = *least;
                let mut ahead = judge.clone();
                let first = hopeful.iter().filter(|it| it.most >= least);
                self.ask(first, &mut ahead, wanted, sink)?;
                hopeful.retain(|it| it.most < least);
            }
            self.ask(hopeful.iter(), &mut judge, wanted, sink)?;
            hopeful.clear();
        }
        windows.give_back(window);
        Ok(())
    }

    /// Looks at passages in order, as far as they still can reach the floor.
    fn ask<'h>(
        &self,
        hopeful: impl Iterator<Item = &'h Hopeful>,
        judge: &mut Judge<'_>,
        wanted: Option<Completeness>,
        sink: &mut Gather<'_, '_>,
    ) -> Result<()> {
        for Hopeful { passage, most, known } in hopeful {
            let known = Known { floor: f64::from(sink.floor()), ..*known };
            if *most < known.floor {
                continue;
            }
            let found = judge.judge(self.index, *passage, &known);
            let is_wanted = |it: &Found<'_>| wanted.is_none_or(|wanted| wanted == it.completeness);
            if let Some(found) = found.filter(is_wanted) {
                sink.keep_found(&found)?;
            }
        }
        Ok(())
    }
}
