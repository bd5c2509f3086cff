//! MaxScore over windows of passages (Turtle and Flood 1995).
//!
//! Scorers that together cannot lift a passage of a window over the threshold are not read there:
//! they are non-essential. Passages that may still reach the threshold are kept as pending
//! candidates, and many of them are completed in one go.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use anyhow::Result;

use super::candidate_scorer::{CandidateScorer, PartialScore};
use super::pool::Pool;
use super::score_window::{ScoreWindow, WINDOW_LEN};
use super::scorer::{ROUNDING, TermScorer, scorer_bits};
use super::scorer_set::ScorerSet;
use super::tier_bounds::TierBounds;
use super::top_k::TopK;
use super::upper_bound::UpperBounds;
use crate::searcher::plan::Tier;
use crate::searcher::weights;

/// So many candidates are collected before any is completed: the threshold rises by their
/// guaranteed scores alone, and the later they are completed the fewer can still win. Answers with
/// 256 took 2 in 100 longer.
const BATCH: usize = 4096;

/// To look up one passage in a list costs as much as to read so many postings in order.
const LOOKUP_COST: u64 = 12;

/// The same for a list that only adds to the scores of passages that others find: fewer passages
/// are looked up there in the end. With 6 what some queries gain others lose.
const SCORE_ONLY_LOOKUP_COST: u64 = 2;

/// With more pending candidates than these, half as many with the highest upper bounds are
/// completed first.
const MANY_PENDING: usize = 2 * weights::RERANKED;

/// The state of one run over all windows.
pub(super) struct MaxScore<'w> {
    set: &'w ScorerSet<'w>,
    /// Nothing, or the one tier whose passages are still to be collected.
    only_tier: Option<Tier>,
    tiers: TierBounds,
    /// The scorers that find passages, and those that only add to their scores.
    scorers: Vec<TermScorer>,
    score_only: Vec<TermScorer>,
    /// The bits of all scorers, where each has one, and of those that match Han characters only.
    all: Option<u32>,
    of_han: u32,
    bounds: UpperBounds<'w>,
    candidate_scorer: CandidateScorer<'w>,
    /// The upper bound of each scorer in this window, and in all windows of the pending candidates.
    upper_bounds: Vec<f64>,
    batch_upper_bounds: Vec<f64>,
    /// The candidates that are not completed yet.
    pending: Vec<Pending>,
    guaranteed: GuaranteedScores,
}

/// A candidate: its upper bound reaches the threshold.
struct Pending {
    passage: u32,
    upper_bound: f64,
    known: PartialScore,
}

impl<'w> MaxScore<'w> {
    /// For the passages of all tiers, or of one where those of the others are collected already.
    pub(super) fn new(set: &'w ScorerSet<'w>, only_tier: Option<Tier>) -> Self {
        let (scorers, score_only) =
            set.scorers.iter().cloned().partition(TermScorer::can_match_alone);
        let upper_bounds = vec![0.0; set.scorers.len()];
        let candidate_scorer = CandidateScorer::new(set.plan, set.scorers);
        let have_bits = set.scorers.iter().all(|it| it.scorer_bit != 0);
        Self {
            set,
            only_tier,
            all: have_bits.then(|| scorer_bits(set.scorers.iter())),
            of_han: scorer_bits(set.scorers.iter().filter(|it| it.is_of_han())),
            tiers: TierBounds::new(set, only_tier),
            scorers,
            score_only,
            bounds: set.upper_bounds.clone(),
            candidate_scorer,
            batch_upper_bounds: upper_bounds.clone(),
            upper_bounds,
            pending: Vec::new(),
            guaranteed: GuaranteedScores::default(),
        }
    }

    /// Collects every passage that can reach the threshold.
    pub(super) fn run(
        mut self,
        buffers: &Pool<ScoreWindow>,
        top_k: &mut TopK<'_, '_>,
    ) -> Result<()> {
        let passages = self.set.index.manifest().statistics.passages;
        let mut scores = buffers.take(|_| true).unwrap_or_else(ScoreWindow::new);
        let mut next = 0;
        self.guaranteed.capacity = top_k.capacity();
        loop {
            // The cursor of a scorer that was not essential may stand behind.
            let first =
                self.scorers.iter().filter_map(TermScorer::next).map(|it| it.max(next)).min();
            let Some(first) = first.filter(|it| *it < passages) else { break };
            next = first / WINDOW_LEN as u32 * WINDOW_LEN as u32 + WINDOW_LEN as u32;
            self.window(first, next, f64::from(top_k.threshold()), &mut scores);
            if let Some(threshold) = self.guaranteed.threshold() {
                top_k.raise_threshold(threshold);
            }
            if self.pending.len() >= BATCH {
                self.score_pending(top_k)?;
            }
        }
        self.score_pending(top_k)?;
        buffers.give_back(scores);
        Ok(())
    }

    /// Adds to the pending candidates the passages from `first` to the end of its window whose
    /// upper bounds reach the threshold.
    fn window(&mut self, first: u32, end: u32, threshold: f64, scores: &mut ScoreWindow) {
        for (number, bound) in self.upper_bounds.iter_mut().enumerate() {
            *bound = self.bounds.within(number, first, end);
        }
        let (essential, rest) = self.essential(threshold);
        if essential == 0 {
            return;
        }
        scores.start_at(end - WINDOW_LEN as u32);
        let (mut settled, rest) = self.read(essential, rest, threshold, scores);
        let each = self.batch_upper_bounds.iter_mut().zip(&self.upper_bounds);
        each.for_each(|(all, own)| *all = own.max(*all));
        for scorer in self.set.scorers.iter().filter(|it| it.weight > 0.0) {
            if self.upper_bounds.get(scorer.number) == Some(&0.0) {
                settled |= scorer.scorer_bit;
            }
        }
        self.add_pending(settled, rest, threshold, scores);
    }

    /// Reads the lists of a window: those of the essential scorers, and those that would be looked
    /// up so often that reading is cheaper. Gives the bits of the scorers that were read, and the
    /// sum of the others' upper bounds.
    fn read(
        &mut self,
        essential: usize,
        mut rest: f64,
        threshold: f64,
        scores: &mut ScoreWindow,
    ) -> (u32, f64) {
        let start = scores.start();
        let lengths = self.set.index.lengths(start, WINDOW_LEN);
        let mut settled = 0;
        let mut add = |scorer: &mut TermScorer, scores: &mut ScoreWindow| {
            scorer.seek(start);
            scores.add(lengths, scorer);
            settled |= scorer.scorer_bit;
        };
        let passages = u64::from(self.set.index.manifest().statistics.passages.max(1));
        let here = |scorer: &TermScorer| scorer.passages() * WINDOW_LEN as u64 / passages;
        self.scorers.iter_mut().take(essential).for_each(|it| add(it, scores));
        if essential < self.scorers.len() {
            let candidates =
                scores.count(ScoreWindow::lowest(threshold, rest + self.tiers.highest));
            for scorer in self.scorers.iter_mut().skip(essential) {
                if here(scorer) < candidates * LOOKUP_COST {
                    rest -= self.upper_bounds.get(scorer.number).copied().unwrap_or(0.0);
                    add(scorer, scores);
                }
            }
        }
        if !self.score_only.is_empty() {
            let candidates =
                scores.count(ScoreWindow::lowest(threshold, rest + self.tiers.highest));
            for scorer in &mut self.score_only {
                let bound = self.upper_bounds.get(scorer.number).copied().unwrap_or(0.0);
                if bound > 0.0 && here(scorer) < candidates * SCORE_ONLY_LOOKUP_COST {
                    scorer.seek(start);
                    if scores.add_to_occupied(lengths, scorer) {
                        rest -= bound;
                        settled |= scorer.scorer_bit;
                    }
                }
            }
        }
        (settled, rest)
    }

    /// Empties the window: passages whose upper bounds reach the threshold become pending
    /// candidates. `settled` are the scorers whose scores are known, `rest` is the most that the
    /// others add.
    fn add_pending(&mut self, settled: u32, rest: f64, threshold: f64, scores: &mut ScoreWindow) {
        let (tiers, pending, index) = (&self.tiers, &mut self.pending, self.set.index);
        let (guaranteed, all) = (&mut self.guaranteed, self.all);
        // Scorers of Han characters cannot match a passage without any.
        let open_han = self.of_han & !settled;
        let of_han = self.set.scorers.iter().filter(|it| it.scorer_bit & open_han != 0);
        let of_han: f64 = of_han.filter_map(|it| self.upper_bounds.get(it.number)).sum();
        let lowest = ScoreWindow::lowest(threshold, rest + tiers.highest);
        scores.drain(lowest, |passage, score, matched| {
            let (mut settled, mut tier_bound) = (settled, tiers.upper(matched | !settled));
            let mut upper_bound = (score + rest + tier_bound) * ROUNDING;
            if open_han != 0 && upper_bound >= threshold && !index.holds_han(passage) {
                settled |= open_han;
                tier_bound = tiers.upper(matched | !settled);
                upper_bound = (score + rest - of_han + tier_bound) * ROUNDING;
            }
            if upper_bound >= threshold {
                let known = match all {
                    Some(_) => PartialScore { threshold, tier_bound, score, settled, matched },
                    // Of a scorer without a bit it is not known whether it was read.
                    None => PartialScore::unknown(threshold, tier_bound),
                };
                pending.push(Pending { passage, upper_bound, known });
                if let Some(tier_bound) = tiers.lower(matched) {
                    guaranteed.add((score + tier_bound) / ROUNDING);
                }
            }
        });
    }

    /// Puts the essential scorers first; gives their number, and the sum of the others' upper
    /// bounds.
    ///
    /// The others together cannot lift a passage over the threshold: one that no essential scorer
    /// matches need not be found.
    fn essential(&mut self, threshold: f64) -> (usize, f64) {
        let bound =
            |scorer: &TermScorer| self.upper_bounds.get(scorer.number).copied().unwrap_or(0.0);
        self.scorers.sort_by(|one, other| bound(other).total_cmp(&bound(one)));
        let mut rest: f64 = self.score_only.iter().map(bound).sum();
        let mut essential = self.scorers.len();
        for scorer in self.scorers.iter().rev() {
            let with = rest + bound(scorer);
            if (with + self.tiers.highest) * ROUNDING >= threshold {
                break;
            }
            (rest, essential) = (with, essential - 1);
        }
        (essential, rest)
    }

    /// Completes the pending candidates: first those with the highest upper bounds, so that the
    /// threshold rises and most of the others are dropped.
    fn score_pending(&mut self, top_k: &mut TopK<'_, '_>) -> Result<()> {
        self.candidate_scorer.set_upper_bounds(&self.batch_upper_bounds);
        self.batch_upper_bounds.fill(0.0);
        let mut pending = std::mem::take(&mut self.pending);
        pending.retain(|it| it.upper_bound >= f64::from(top_k.threshold()));
        if pending.len() > MANY_PENDING {
            let mut bounds: Vec<f64> = pending.iter().map(|it| it.upper_bound).collect();
            let (_, least, _) =
                bounds.select_nth_unstable_by(MANY_PENDING / 2, |one, other| other.total_cmp(one));
            let least = *least;
            // A candidate scorer goes through passages in rising order, so each round needs its
            // own.
            let mut ahead = self.candidate_scorer.clone();
            for it in pending.iter().filter(|it| it.upper_bound >= least) {
                it.score(self.set, &mut ahead, self.only_tier, top_k)?;
            }
            pending.retain(|it| it.upper_bound < least);
        }
        for it in &pending {
            it.score(self.set, &mut self.candidate_scorer, self.only_tier, top_k)?;
        }
        pending.clear();
        self.pending = pending;
        Ok(())
    }
}

impl Pending {
    /// Scores the passage if it can still reach the threshold.
    fn score(
        &self,
        set: &ScorerSet<'_>,
        candidate_scorer: &mut CandidateScorer<'_>,
        only_tier: Option<Tier>,
        top_k: &mut TopK<'_, '_>,
    ) -> Result<()> {
        let known = PartialScore { threshold: f64::from(top_k.threshold()), ..self.known };
        if self.upper_bound < known.threshold {
            return Ok(());
        }
        let found = candidate_scorer.score(set.index, self.passage, &known);
        let found = found.filter(|it| only_tier.is_none_or(|only| only == it.tier));
        found.map_or(Ok(()), |it| top_k.collect(&it))
    }
}

/// The best of the scores that passages reach at least, from which the threshold rises before any
/// candidate is completed.
#[derive(Default)]
struct GuaranteedScores {
    /// The lowest on top. Floats from 0 on are in the order of their bits.
    best: BinaryHeap<Reverse<u32>>,
    capacity: usize,
}

impl GuaranteedScores {
    /// Adds what one more passage scores at least.
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

    /// The score that as many passages reach as the top k holds.
    fn threshold(&self) -> Option<f32> {
        let is_full = self.best.len() == self.capacity;
        self.best.peek().filter(|_| is_full).map(|it| f32::from_bits(it.0))
    }
}
