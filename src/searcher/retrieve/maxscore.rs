//! One sweep over the lists of a plan, some thousand passages at a time, by bounds (MaxScore with the
//! maxima of blocks; Turtle & Flood 1995, Ding & Suel 2011): lanes that together cannot lift a passage
//! of a window among the best are not walked there, and only what may be among the best is looked at.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use anyhow::Result;

use super::candidate_scorer::{Found, Judge, Known};
use super::pool::Rest;
use super::score_window::{SPAN, Scores};
use super::scorer::{Lane, ROUNDING, marks};
use super::scorer_set::Walk;
use super::tier_bounds::Tiers;
use super::top_k::Gather;
use super::upper_bound::Bounds;
use crate::searcher::plan::Completeness;
use crate::searcher::weights;

/// So many are gathered before any is looked at: what passages surely score is known without, and
/// the later they are looked at the fewer can still win. Answers with 256 took 2 in 100 longer.
const BATCH: usize = 4096;

/// To look up a passage in a list costs as much as to walk over so many.
const LOOK_UP: u64 = 12;

/// The same of a list that only adds to what others bring up: of those that may be among the best
/// fewer are looked up in the end. With 6 what is gained for some is lost for others.
const ADDING: u64 = 2;

/// With more passages that may be among the best the most promising half of so many goes first.
const CROWD: usize = 2 * weights::RERANKED;

/// A sweep, and how far it is.
pub(crate) struct Sweep<'w> {
    walk: &'w Walk<'w>,
    wanted: Option<Completeness>,
    tiers: Tiers,
    /// The lanes that prove something, and those that only add to what these bring up.
    lanes: Vec<Lane>,
    adding: Vec<Lane>,
    /// The marks of all lanes, where each has one, and of those of Han characters.
    all: Option<u32>,
    of_han: u32,
    bounds: Bounds<'w>,
    judge: Judge<'w>,
    /// What each lane gives at most in this window, and in all since passages were looked at.
    most: Vec<f64>,
    most_of_batch: Vec<f64>,
    /// What may be among the best.
    hopeful: Vec<Hopeful>,
    promised: Promised,
}

/// A passage that may reach the floor.
struct Hopeful {
    passage: u32,
    /// No more than this can it score.
    most: f64,
    known: Known,
    /// Whether all lanes that may hold it were walked, and tell all of it.
    is_told: bool,
}

impl<'w> Sweep<'w> {
    /// Over the passages of all tiers, or of one where the others were given already.
    pub(crate) fn new(walk: &'w Walk<'w>, wanted: Option<Completeness>) -> Self {
        let (lanes, adding) = walk.lanes.iter().cloned().partition(Lane::proves);
        let most = vec![0.0; walk.lanes.len()];
        let judge = Judge::new(walk.plan, walk.lanes);
        let has_marks = walk.lanes.iter().all(|it| it.mark != 0);
        Self {
            walk,
            wanted,
            all: has_marks.then(|| marks(walk.lanes.iter())),
            of_han: marks(walk.lanes.iter().filter(|it| it.is_of_han())),
            tiers: Tiers::new(walk, wanted),
            lanes,
            adding,
            bounds: walk.bounds.clone(),
            judge,
            most_of_batch: most.clone(),
            most,
            hopeful: Vec::new(),
            promised: Promised::default(),
        }
    }

    /// Gives the sink every passage that can reach its floor.
    pub(crate) fn run(mut self, idle: &Rest<Scores>, sink: &mut Gather<'_, '_>) -> Result<()> {
        let passages = self.walk.index.manifest().statistics.passages;
        let mut scores = idle.take(|_| true).unwrap_or_else(Scores::new);
        let mut next = 0;
        self.promised.capacity = sink.capacity();
        loop {
            // A list that was passed over may go on anywhere.
            let first = self.lanes.iter().filter_map(Lane::next).map(|it| it.max(next)).min();
            let Some(first) = first.filter(|it| *it < passages) else { break };
            next = first / SPAN as u32 * SPAN as u32 + SPAN as u32;
            self.window(first, next, f64::from(sink.floor()), &mut scores);
            if let Some(least) = self.promised.least() {
                sink.promise(least);
            }
            if self.hopeful.len() >= BATCH {
                self.ask(sink)?;
            }
        }
        self.ask(sink)?;
        idle.give_back(scores);
        Ok(())
    }

    /// Gathers what may reach the floor from a passage to the end of its window.
    fn window(&mut self, first: u32, end: u32, floor: f64, scores: &mut Scores) {
        for (number, most) in self.most.iter_mut().enumerate() {
            *most = self.bounds.most(number, first, end);
        }
        let (awake, mut rest) = self.awake(floor);
        if awake == 0 {
            return;
        }
        let start = end - SPAN as u32;
        let lengths = self.walk.index.lengths(start, SPAN);
        let mut walked = 0;
        let mut add = |lane: &mut Lane, scores: &mut Scores| {
            lane.seek(start);
            scores.add(lengths, lane);
            walked |= lane.mark;
        };
        let passages = u64::from(self.walk.index.manifest().statistics.passages.max(1));
        let here = |lane: &Lane| lane.passages() * SPAN as u64 / passages;
        scores.start_at(start);
        self.lanes.iter_mut().take(awake).for_each(|it| add(it, scores));
        if awake < self.lanes.len() {
            let near = scores.count(Scores::least(floor, rest + self.tiers.highest));
            for lane in self.lanes.iter_mut().skip(awake) {
                // To walk a list costs less than to look up many passages in it.
                if here(lane) < near * LOOK_UP {
                    rest -= self.most.get(lane.number).copied().unwrap_or(0.0);
                    add(lane, scores);
                }
            }
        }
        if !self.adding.is_empty() {
            let near = scores.count(Scores::least(floor, rest + self.tiers.highest));
            for lane in &mut self.adding {
                let most = self.most.get(lane.number).copied().unwrap_or(0.0);
                if most > 0.0 && here(lane) < near * ADDING {
                    lane.seek(start);
                    if scores.add_to_touched(lengths, lane) {
                        rest -= most;
                        walked |= lane.mark;
                    }
                }
            }
        }
        let each = self.most_of_batch.iter_mut().zip(&self.most);
        each.for_each(|(all, own)| *all = own.max(*all));
        for lane in self.walk.lanes.iter().filter(|it| it.weight > 0.0) {
            if self.most.get(lane.number) == Some(&0.0) {
                walked |= lane.mark;
            }
        }
        let open_han = self.of_han & !walked;
        let of_han = self.walk.lanes.iter().filter(|it| it.mark & open_han != 0);
        let of_han: f64 = of_han.filter_map(|it| self.most.get(it.number)).sum();
        let (tiers, hopeful, index) = (&self.tiers, &mut self.hopeful, self.walk.index);
        let (promised, all, told) = (&mut self.promised, self.all, self.judge.told());
        scores.drain(Scores::least(floor, rest + tiers.highest), |passage, score, held| {
            let (mut walked, mut above) = (walked, tiers.above(held | !walked));
            let mut most = (score + rest + above) * ROUNDING;
            if open_han != 0 && most >= floor && !index.holds_han(passage) {
                walked |= open_han;
                above = tiers.above(held | !walked);
                most = (score + rest - of_han + above) * ROUNDING;
            }
            if most >= floor {
                let known = match all {
                    Some(_) => Known { floor, above, score, walked, held },
                    // Nobody knows whether a lane without a mark was walked.
                    None => Known::nothing(floor, above),
                };
                let is_told = all == Some(walked) && held & !told == 0;
                hopeful.push(Hopeful { passage, most, known, is_told });
                if let Some(above) = tiers.surely_above(held) {
                    promised.add((score + above) / ROUNDING);
                }
            }
        });
    }

    /// How many lanes have to be walked, which come first then, and what all others give at most.
    fn awake(&mut self, floor: f64) -> (usize, f64) {
        let most = |lane: &Lane| self.most.get(lane.number).copied().unwrap_or(0.0);
        self.lanes.sort_by(|one, other| most(other).total_cmp(&most(one)));
        let mut rest: f64 = self.adding.iter().map(most).sum();
        let mut awake = self.lanes.len();
        for lane in self.lanes.iter().rev() {
            let with = rest + most(lane);
            if (with + self.tiers.highest) * ROUNDING >= floor {
                break;
            }
            (rest, awake) = (with, awake - 1);
        }
        (awake, rest)
    }

    /// Looks at what was gathered, first at what can give most: then the others are mostly passed
    /// over.
    fn ask(&mut self, sink: &mut Gather<'_, '_>) -> Result<()> {
        self.judge.expect(&self.most_of_batch);
        self.most_of_batch.fill(0.0);
        let mut hopeful = std::mem::take(&mut self.hopeful);
        hopeful.retain(|it| it.most >= f64::from(sink.floor()));
        for it in hopeful.iter().filter(|it| it.is_told) {
            it.tell(&mut self.judge, self.wanted, sink)?;
        }
        hopeful.retain(|it| !it.is_told && it.most >= f64::from(sink.floor()));
        if hopeful.len() > CROWD {
            let mut most: Vec<f64> = hopeful.iter().map(|it| it.most).collect();
            let (_, least, _) =
                most.select_nth_unstable_by(CROWD / 2, |one, other| other.total_cmp(one));
            let least = *least;
            // They are asked about in order of passage, so that each round needs its own judge.
            let mut ahead = self.judge.clone();
            for it in hopeful.iter().filter(|it| it.most >= least) {
                it.ask(self.walk, &mut ahead, self.wanted, sink)?;
            }
            hopeful.retain(|it| it.most < least);
        }
        for it in &hopeful {
            it.ask(self.walk, &mut self.judge, self.wanted, sink)?;
        }
        hopeful.clear();
        self.hopeful = hopeful;
        Ok(())
    }
}

impl Hopeful {
    /// Looks at the passage if it can still reach the floor.
    fn ask(
        &self,
        walk: &Walk<'_>,
        judge: &mut Judge<'_>,
        wanted: Option<Completeness>,
        sink: &mut Gather<'_, '_>,
    ) -> Result<()> {
        let known = Known { floor: f64::from(sink.floor()), ..self.known };
        if self.most < known.floor {
            return Ok(());
        }
        keep(judge.judge(walk.index, self.passage, &known), wanted, sink)
    }

    /// Gives the passage, of which all is known, if it can still reach the floor.
    fn tell(
        &self,
        judge: &mut Judge<'_>,
        wanted: Option<Completeness>,
        sink: &mut Gather<'_, '_>,
    ) -> Result<()> {
        if self.most < f64::from(sink.floor()) {
            return Ok(());
        }
        keep(judge.tell(self.passage, &self.known), wanted, sink)
    }
}

/// Gives the sink what was found, if it is wanted.
fn keep(
    found: Option<Found<'_>>,
    wanted: Option<Completeness>,
    sink: &mut Gather<'_, '_>,
) -> Result<()> {
    let is_wanted = |it: &Found<'_>| wanted.is_none_or(|wanted| wanted == it.completeness);
    found.filter(is_wanted).map_or(Ok(()), |it| sink.keep_found(&it))
}

/// The best scores that passages surely reach.
#[derive(Default)]
struct Promised {
    /// So many, the least on top; numbers from 0 on are in the order of their bits.
    best: BinaryHeap<Reverse<u32>>,
    capacity: usize,
}

impl Promised {
    /// Takes what one more passage surely reaches.
    #[inline]
    fn add(&mut self, score: f64) {
        #[expect(clippy::cast_possible_truncation, reason = "a score is small")]
        let score = (score as f32).max(0.0).to_bits();
        if self.best.len() < self.capacity {
            self.best.push(Reverse(score));
        } else if let Some(mut least) = self.best.peek_mut().filter(|it| it.0 < score) {
            *least = Reverse(score);
        }
    }

    /// What as many as there is room for reach.
    fn least(&self) -> Option<f32> {
        let is_full = self.best.len() == self.capacity;
        self.best.peek().filter(|_| is_full).map(|it| f32::from_bits(it.0))
    }
}
