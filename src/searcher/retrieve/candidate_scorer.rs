//! Scores one passage: looks it up in the lists of the scorers, and gives it up as soon as it
//! cannot reach the threshold.

use super::scorer::{ROUNDING, TermBm25, TermScorer, counted};
use crate::index::Generation;
use crate::searcher::plan::{Match, MatchCache, Plan, Tier};

/// A passage that matches the query.
pub(super) struct ScoredPassage<'a> {
    pub(super) passage: u32,
    /// The sum of its terms' scores, without its tier.
    pub(super) score: f32,
    pub(super) tier: Tier,
    /// Its bits: what it holds as typed.
    pub(super) exact: &'a [u64],
    /// What it holds in any form.
    pub(super) any_form: &'a [u64],
}

/// What is known of a passage before it is looked up in any list.
#[derive(Clone, Copy)]
pub(super) struct PartialScore {
    /// The score that it must reach, and what its tier adds at most.
    pub(super) threshold: f64,
    pub(super) tier_bound: f64,
    /// The sum of the scores that are known.
    pub(super) score: f64,
    /// The bits of the scorers whose score is known (0 for those that cannot match it), and of
    /// those that match it.
    pub(super) settled: u32,
    pub(super) matched: u32,
}

impl PartialScore {
    /// Nothing is known but what it must reach.
    pub(super) fn unknown(threshold: f64, tier_bound: f64) -> Self {
        Self { threshold, tier_bound, score: 0.0, settled: 0, matched: 0 }
    }
}

/// Scores single passages, asked for in rising order; a clone has its own cursors.
#[derive(Clone)]
pub(super) struct CandidateScorer<'p> {
    plan: &'p Plan,
    all: &'p [TermScorer],
    /// The same with cursors that move, made when the first passage is asked for. Those with the
    /// highest upper bounds come first: the sooner a passage is given up, the better.
    scorers: Vec<(TermScorer, TermBm25)>,
    /// The upper bound of each scorer, by its number.
    upper_bounds: Vec<f64>,
    exact: Vec<u64>,
    any_form: Vec<u64>,
    match_cache: MatchCache,
}

impl<'p> CandidateScorer<'p> {
    /// For scorers whose cursors have not moved.
    pub(super) fn new(plan: &'p Plan, all: &'p [TermScorer]) -> Self {
        let upper_bounds = all.iter().map(|it| it.upper_bound).collect();
        let words = plan.bit_words();
        let (exact, any_form) = (vec![0; words], vec![0; words]);
        let (scorers, match_cache) = (Vec::new(), MatchCache::default());
        Self { plan, all, scorers, upper_bounds, exact, any_form, match_cache }
    }

    /// Sets the upper bound of each scorer, by its number, for the passages that are asked for
    /// next.
    pub(super) fn set_upper_bounds(&mut self, upper_bounds: &[f64]) {
        self.upper_bounds.clear();
        self.upper_bounds.extend_from_slice(upper_bounds);
    }

    /// Clones the cursors.
    fn start(&mut self) {
        self.scorers = self.all.iter().map(|it| (it.clone(), it.bm25())).collect();
        self.scorers.sort_by(|one, other| other.0.upper_bound.total_cmp(&one.0.upper_bound));
    }

    /// The score of a passage, if it matches and can reach the threshold; passages are asked for in
    /// rising order.
    pub(super) fn score(
        &mut self,
        index: &Generation,
        passage: u32,
        known: &PartialScore,
    ) -> Option<ScoredPassage<'_>> {
        self.exact.fill(0);
        self.any_form.fill(0);
        if self.scorers.is_empty() {
            self.start();
        }
        let length = index.length(passage);
        let is_open = |scorer: &TermScorer| scorer.scorer_bit & known.settled == 0;
        let upper_bound = |scorer: &TermScorer| {
            self.upper_bounds.get(scorer.number).copied().unwrap_or(f64::INFINITY)
        };
        let open = self.scorers.iter().filter(|it| is_open(&it.0));
        let mut rest: f64 = open.map(|it| upper_bound(&it.0)).sum();
        let mut score = known.score;
        // As soon as all that is left cannot lift it over the threshold, it is given up.
        for (scorer, bm25) in self.scorers.iter_mut().filter(|it| is_open(&it.0)) {
            score +=
                score_of(scorer, *bm25, (passage, length), &mut self.exact, &mut self.any_form);
            rest -= upper_bound(scorer);
            if (score + rest + known.tier_bound) * ROUNDING < known.threshold {
                return None;
            }
        }
        for (scorer, bm25) in
            self.scorers.iter_mut().filter(|it| it.0.scorer_bit & known.matched != 0)
        {
            match scorer.lists.first().filter(|_| scorer.is_uniform()) {
                Some(list) => list.add_bits(&mut self.exact, &mut self.any_form),
                // The score is known, but not which of its lists matched.
                None => {
                    score_of(scorer, *bm25, (passage, length), &mut self.exact, &mut self.any_form);
                }
            }
        }
        self.matching(passage, score)
    }

    /// The passage with the bits that were collected, if it matches the query.
    fn matching(&mut self, passage: u32, score: f64) -> Option<ScoredPassage<'_>> {
        match self.match_cache.of(
            (&self.plan.condition, &self.plan.terms),
            &self.exact,
            &self.any_form,
        ) {
            Match::No => None,
            Match::Yes(tier) => {
                #[expect(clippy::cast_possible_truncation, reason = "a score is small")]
                let score = score as f32;
                let (exact, any_form) = (&self.exact[..], &self.any_form[..]);
                Some(ScoredPassage { passage, score, tier, exact, any_form })
            }
        }
    }
}

/// The score that a scorer gives a passage of some length; its bits are added.
#[inline]
fn score_of(
    scorer: &mut TermScorer,
    bm25: TermBm25,
    (passage, length): (u32, u16),
    exact: &mut [u64],
    any_form: &mut [u64],
) -> f64 {
    let mut sum = 0.0;
    for list in &mut scorer.lists {
        let frequency = list.cursor.frequency_in(passage);
        if frequency > 0 {
            sum += counted(list.weight, frequency);
            list.add_bits(exact, any_form);
        }
    }
    if sum > 0.0 && bm25.weight > 0.0 { bm25.score(sum, length) } else { 0.0 }
}
