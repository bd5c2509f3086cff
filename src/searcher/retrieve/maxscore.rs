//! One sweep over the lists of a plan, some thousand passages at a time, by bounds (MaxScore with the
//! maxima of blocks; Turtle & Flood 1995, Ding & Suel 2011): scorers that together cannot lift a passage
//! of a window among the best are not walked there, and only what may be among the best is looked at.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use anyhow::Result;

use super::candidate_scorer::{CandidateScorer, PartialScore, ScoredPassage};
use super::pool::Pool;
use super::score_window::{ScoreWindow, WINDOW_LEN};
use super::scorer::{ROUNDING, TermScorer, scorer_bits};
use super::scorer_set::ScorerSet;
use super::tier_bounds::TierBounds;
use super::top_k::TopK;
use super::upper_bound::UpperBounds;
use crate::searcher::plan::Tier;
use crate::searcher::weights;

/// So many are gathered before any is looked at: what passages surely score is known without, and
/// the later they are looked at the fewer can still win. Answers with 256 took 2 in 100 longer.
const BATCH: usize = 4096;

/// To look up a passage in a list costs as much as to set over so many.
const LOOKUP_COST: u64 = 12;

/// The same of a list that only adds to what others bring up: of those that may be among the best
/// fewer are looked up in the end. With 6 what is gained for some is lost for others.
const SCORE_ONLY_LOOKUP_COST: u64 = 2;

/// With more passages that may be among the best the most promising half of so many goes first.
const MANY_PENDING: usize = 2 * weights::RERANKED;

/// A sweep, and how far it is.
pub(crate) struct MaxScore<'w> {
    set: &'w ScorerSet<'w>,
    wanted: Option<Tier>,
    tiers: TierBounds,
    /// The scorers that prove something, and those that only add to what these bring up.
    scorers: Vec<TermScorer>,
    adding: Vec<TermScorer>,
    /// The scorer_bits of all scorers, where each has one, and of those of Han characters.
    all: Option<u32>,
    of_han: u32,
    bounds: UpperBounds<'w>,
    candidate_scorer: CandidateScorer<'w>,
    /// What each scorer gives at most in this window, and in all since passages were looked at.
    most: Vec<f64>,
    most_of_batch: Vec<f64>,
    /// What may be among the best.
    pending: Vec<Pending>,
    guaranteed: GuaranteedScores,
}

/// A passage that may reach the threshold.
struct Pending {
    passage: u32,
    /// No more than this can it score.
    most: f64,
    known: PartialScore,
    /// Whether all scorers that may hold it were walked, and finish all of it.
    is_told: bool,
}

impl<'w> MaxScore<'w> {
    /// Over the passages of all tiers, or of one where the others were given already.
    pub(crate) fn new(set: &'w ScorerSet<'w>, wanted: Option<Tier>) -> Self {
        let (scorers, adding) = set.scorers.iter().cloned().partition(TermScorer::can_match_alone);
        let most = vec![0.0; set.scorers.len()];
        let candidate_scorer = CandidateScorer::new(set.plan, set.scorers);
        let has_marks = set.scorers.iter().all(|it| it.scorer_bit != 0);
        Self {
            set,
            wanted,
            all: has_marks.then(|| scorer_bits(set.scorers.iter())),
            of_han: scorer_bits(set.scorers.iter().filter(|it| it.is_of_han())),
            tiers: TierBounds::new(set, wanted),
            scorers,
            adding,
            bounds: set.bounds.clone(),
            candidate_scorer,
            most_of_batch: most.clone(),
            most,
            pending: Vec::new(),
            guaranteed: GuaranteedScores::default(),
        }
    }

    /// Gives the top_k every passage that can reach its threshold.
    pub(crate) fn run(
        mut self,
        buffers: &Pool<ScoreWindow>,
        top_k: &mut TopK<'_, '_>,
    ) -> Result<()> {
        let passages = self.set.index.manifest().statistics.passages;
        let mut scores = buffers.take(|_| true).unwrap_or_else(ScoreWindow::new);
        let mut next = 0;
        self.guaranteed.capacity = top_k.capacity();
        loop {
            // A list that was passed over may go on anywhere.
            let first =
                self.scorers.iter().filter_map(TermScorer::next).map(|it| it.max(next)).min();
            let Some(first) = first.filter(|it| *it < passages) else { break };
            next = first / WINDOW_LEN as u32 * WINDOW_LEN as u32 + WINDOW_LEN as u32;
            self.window(first, next, f64::from(top_k.threshold()), &mut scores);
            if let Some(least) = self.guaranteed.least() {
                top_k.raise_threshold(least);
            }
            if self.pending.len() >= BATCH {
                self.ask(top_k)?;
            }
        }
        self.ask(top_k)?;
        buffers.give_back(scores);
        Ok(())
    }

    /// Gathers what may reach the threshold from a passage to the end of its window.
    fn window(&mut self, first: u32, end: u32, threshold: f64, scores: &mut ScoreWindow) {
        for (number, most) in self.most.iter_mut().enumerate() {
            *most = self.bounds.most(number, first, end);
        }
        let (awake, mut rest) = self.awake(threshold);
        if awake == 0 {
            return;
        }
        let start = end - WINDOW_LEN as u32;
        let lengths = self.set.index.lengths(start, WINDOW_LEN);
        let mut walked = 0;
        let mut add = |scorer: &mut TermScorer, scores: &mut ScoreWindow| {
            scorer.seek(start);
            scores.add(lengths, scorer);
            walked |= scorer.scorer_bit;
        };
        let passages = u64::from(self.set.index.manifest().statistics.passages.max(1));
        let here = |scorer: &TermScorer| scorer.passages() * WINDOW_LEN as u64 / passages;
        scores.start_at(start);
        self.scorers.iter_mut().take(awake).for_each(|it| add(it, scores));
        if awake < self.scorers.len() {
            let near = scores.count(ScoreWindow::least(threshold, rest + self.tiers.highest));
            for scorer in self.scorers.iter_mut().skip(awake) {
                // To set a list costs less than to look up many passages in it.
                if here(scorer) < near * LOOKUP_COST {
                    rest -= self.most.get(scorer.number).copied().unwrap_or(0.0);
                    add(scorer, scores);
                }
            }
        }
        if !self.adding.is_empty() {
            let near = scores.count(ScoreWindow::least(threshold, rest + self.tiers.highest));
            for scorer in &mut self.adding {
                let most = self.most.get(scorer.number).copied().unwrap_or(0.0);
                if most > 0.0 && here(scorer) < near * SCORE_ONLY_LOOKUP_COST {
                    scorer.seek(start);
                    if scores.add_to_occupied(lengths, scorer) {
                        rest -= most;
                        walked |= scorer.scorer_bit;
                    }
                }
            }
        }
        let each = self.most_of_batch.iter_mut().zip(&self.most);
        each.for_each(|(all, own)| *all = own.max(*all));
        for scorer in self.set.scorers.iter().filter(|it| it.weight > 0.0) {
            if self.most.get(scorer.number) == Some(&0.0) {
                walked |= scorer.scorer_bit;
            }
        }
        let open_han = self.of_han & !walked;
        let of_han = self.set.scorers.iter().filter(|it| it.scorer_bit & open_han != 0);
        let of_han: f64 = of_han.filter_map(|it| self.most.get(it.number)).sum();
        let (tiers, pending, index) = (&self.tiers, &mut self.pending, self.set.index);
        let (guaranteed, all, told) =
            (&mut self.guaranteed, self.all, self.candidate_scorer.told());
        scores.drain(
            ScoreWindow::least(threshold, rest + tiers.highest),
            |passage, score, any_form| {
                let (mut walked, mut above) = (walked, tiers.above(any_form | !walked));
                let mut most = (score + rest + above) * ROUNDING;
                if open_han != 0 && most >= threshold && !index.holds_han(passage) {
                    walked |= open_han;
                    above = tiers.above(any_form | !walked);
                    most = (score + rest - of_han + above) * ROUNDING;
                }
                if most >= threshold {
                    let known = match all {
                        Some(_) => PartialScore { threshold, above, score, walked, any_form },
                        // Nobody knows whether a scorer without a scorer_bit was walked.
                        None => PartialScore::nothing(threshold, above),
                    };
                    let is_told = all == Some(walked) && any_form & !told == 0;
                    pending.push(Pending { passage, most, known, is_told });
                    if let Some(above) = tiers.surely_above(any_form) {
                        guaranteed.add((score + above) / ROUNDING);
                    }
                }
            },
        );
    }

    /// How many scorers have to be walked, which come first then, and what all others give at most.
    fn awake(&mut self, threshold: f64) -> (usize, f64) {
        let most = |scorer: &TermScorer| self.most.get(scorer.number).copied().unwrap_or(0.0);
        self.scorers.sort_by(|one, other| most(other).total_cmp(&most(one)));
        let mut rest: f64 = self.adding.iter().map(most).sum();
        let mut awake = self.scorers.len();
        for scorer in self.scorers.iter().rev() {
            let with = rest + most(scorer);
            if (with + self.tiers.highest) * ROUNDING >= threshold {
                break;
            }
            (rest, awake) = (with, awake - 1);
        }
        (awake, rest)
    }

    /// Looks at what was gathered, first at what can give most: then the others are mostly passed
    /// over.
    fn ask(&mut self, top_k: &mut TopK<'_, '_>) -> Result<()> {
        self.candidate_scorer.expect(&self.most_of_batch);
        self.most_of_batch.fill(0.0);
        let mut pending = std::mem::take(&mut self.pending);
        pending.retain(|it| it.most >= f64::from(top_k.threshold()));
        for it in pending.iter().filter(|it| it.is_told) {
            it.finish(&mut self.candidate_scorer, self.wanted, top_k)?;
        }
        pending.retain(|it| !it.is_told && it.most >= f64::from(top_k.threshold()));
        if pending.len() > MANY_PENDING {
            let mut most: Vec<f64> = pending.iter().map(|it| it.most).collect();
            let (_, least, _) =
                most.select_nth_unstable_by(MANY_PENDING / 2, |one, other| other.total_cmp(one));
            let least = *least;
            // They are asked about in order of passage, so that each round needs its own score.
            let mut ahead = self.candidate_scorer.clone();
            for it in pending.iter().filter(|it| it.most >= least) {
                it.ask(self.set, &mut ahead, self.wanted, top_k)?;
            }
            pending.retain(|it| it.most < least);
        }
        for it in &pending {
            it.ask(self.set, &mut self.candidate_scorer, self.wanted, top_k)?;
        }
        pending.clear();
        self.pending = pending;
        Ok(())
    }
}

impl Pending {
    /// Looks at the passage if it can still reach the threshold.
    fn ask(
        &self,
        set: &ScorerSet<'_>,
        candidate_scorer: &mut CandidateScorer<'_>,
        wanted: Option<Tier>,
        top_k: &mut TopK<'_, '_>,
    ) -> Result<()> {
        let known = PartialScore { threshold: f64::from(top_k.threshold()), ..self.known };
        if self.most < known.threshold {
            return Ok(());
        }
        keep(candidate_scorer.score(set.index, self.passage, &known), wanted, top_k)
    }

    /// Gives the passage, of which all is known, if it can still reach the threshold.
    fn finish(
        &self,
        candidate_scorer: &mut CandidateScorer<'_>,
        wanted: Option<Tier>,
        top_k: &mut TopK<'_, '_>,
    ) -> Result<()> {
        if self.most < f64::from(top_k.threshold()) {
            return Ok(());
        }
        keep(candidate_scorer.finish(self.passage, &self.known), wanted, top_k)
    }
}

/// Gives the top_k what was found, if it is wanted.
fn keep(
    found: Option<ScoredPassage<'_>>,
    wanted: Option<Tier>,
    top_k: &mut TopK<'_, '_>,
) -> Result<()> {
    let is_wanted = |it: &ScoredPassage<'_>| wanted.is_none_or(|wanted| wanted == it.tier);
    found.filter(is_wanted).map_or(Ok(()), |it| top_k.collect(&it))
}

/// The best scores that passages surely reach.
#[derive(Default)]
struct GuaranteedScores {
    /// So many, the least on top; numbers from 0 on are in the order of their bits.
    best: BinaryHeap<Reverse<u32>>,
    capacity: usize,
}

impl GuaranteedScores {
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
