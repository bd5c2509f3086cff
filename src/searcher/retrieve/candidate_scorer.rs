//! ScoreWindow single passages.

use super::scorer::{ROUNDING, TermBm25, TermScorer, counted, scorer_bits};
use crate::index::Index;
use crate::searcher::plan::Plan;
use crate::searcher::plan::Tier;
use crate::searcher::plan::{Match, MatchCache};

/// A passage that answers, with what it holds.
pub(crate) struct ScoredPassage<'a> {
    pub(crate) passage: u32,
    /// What its terms give.
    pub(crate) score: f32,
    pub(crate) tier: Tier,
    /// The bits that it holds as exact.
    pub(crate) exact: &'a [u64],
    /// The bits that it holds in any form.
    pub(crate) any_form: &'a [u64],
}

/// What is known of a passage before it is looked at.
#[derive(Clone, Copy)]
pub(crate) struct PartialScore {
    /// What it must reach, and what its tiers give at most.
    pub(crate) threshold: f64,
    pub(crate) above: f64,
    /// What the scorers that were walked give it.
    pub(crate) score: f64,
    /// The scorer_bits of the scorers that were walked or cannot hold it, and of those that hold it.
    pub(crate) walked: u32,
    pub(crate) any_form: u32,
}

impl PartialScore {
    /// Nothing but what it must reach.
    pub(crate) fn nothing(threshold: f64, above: f64) -> Self {
        Self { threshold, above, score: 0.0, walked: 0, any_form: 0 }
    }
}

/// Looks at single passages, in order of passage; a clone goes its own way.
#[derive(Clone)]
pub(crate) struct CandidateScorer<'p> {
    plan: &'p Plan,
    all: &'p [TermScorer],
    /// The same on their way, once any passage is looked at. What gives most is asked first: the
    /// sooner a passage falls behind, the better.
    scorers: Vec<(TermScorer, TermBm25)>,
    /// What each scorer gives at most, by its number.
    most: Vec<f64>,
    told: u32,
    exact: Vec<u64>,
    any_form: Vec<u64>,
    verdicts: MatchCache,
}

impl<'p> CandidateScorer<'p> {
    /// For scorers that nothing has walked.
    pub(crate) fn new(plan: &'p Plan, all: &'p [TermScorer]) -> Self {
        let most = all.iter().map(|it| it.most).collect();
        let words = plan.bit_words();
        let (exact, any_form) = (vec![0; words], vec![0; words]);
        let told = scorer_bits(all.iter().filter(|it| it.is_uniform()));
        let (scorers, verdicts) = (Vec::new(), MatchCache::default());
        Self { plan, all, scorers, most, told, exact, any_form, verdicts }
    }

    /// What each scorer gives at most the passages that are asked about next, by its number.
    pub(crate) fn expect(&mut self, most: &[f64]) {
        self.most.clear();
        self.most.extend_from_slice(most);
    }

    /// Sets out from the first passages.
    fn start(&mut self) {
        self.scorers = self.all.iter().map(|it| (it.clone(), it.bm25())).collect();
        self.scorers.sort_by(|one, other| other.0.most.total_cmp(&one.0.most));
    }

    /// The scorer_bits of the scorers whose lists all say the same, so that who is in any holds it.
    pub(crate) fn told(&self) -> u32 {
        self.told
    }

    /// A passage of which all is known, and that is any_form by scorers whose lists all say the same.
    pub(crate) fn finish(
        &mut self,
        passage: u32,
        known: &PartialScore,
    ) -> Option<ScoredPassage<'_>> {
        self.exact.fill(0);
        self.any_form.fill(0);
        for scorer in self.all.iter().filter(|it| it.scorer_bit & known.any_form != 0) {
            scorer
                .lists
                .first()
                .into_iter()
                .for_each(|it| it.add_bits(&mut self.exact, &mut self.any_form));
        }
        self.found(passage, known.score)
    }

    /// What a passage holds, if it answers and can reach what it must; passages are asked about in
    /// rising order.
    pub(crate) fn score(
        &mut self,
        index: &Index,
        passage: u32,
        known: &PartialScore,
    ) -> Option<ScoredPassage<'_>> {
        self.exact.fill(0);
        self.any_form.fill(0);
        if self.scorers.is_empty() {
            self.start();
        }
        let length = index.length(passage);
        let is_open = |scorer: &TermScorer| scorer.scorer_bit & known.walked == 0;
        let most =
            |scorer: &TermScorer| self.most.get(scorer.number).copied().unwrap_or(f64::INFINITY);
        let open = self.scorers.iter().filter(|it| is_open(&it.0));
        let mut rest: f64 = open.map(|it| most(&it.0)).sum();
        let mut score = known.score;
        // What is not known yet may end it at once.
        for (scorer, bm25) in self.scorers.iter_mut().filter(|it| is_open(&it.0)) {
            score += gives(scorer, *bm25, (passage, length), &mut self.exact, &mut self.any_form);
            rest -= most(scorer);
            if (score + rest + known.above) * ROUNDING < known.threshold {
                return None;
            }
        }
        for (scorer, bm25) in
            self.scorers.iter_mut().filter(|it| it.0.scorer_bit & known.any_form != 0)
        {
            match scorer.lists.first().filter(|_| scorer.scorer_bit & self.told != 0) {
                Some(list) => list.add_bits(&mut self.exact, &mut self.any_form),
                // What it gives is known, and not what its lists say.
                None => {
                    gives(scorer, *bm25, (passage, length), &mut self.exact, &mut self.any_form);
                }
            }
        }
        self.found(passage, score)
    }

    /// The passage with the evidence that was gathered, if it answers.
    fn found(&mut self, passage: u32, score: f64) -> Option<ScoredPassage<'_>> {
        match self.verdicts.of(
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

/// What a scorer gives a passage of some length, and its evidence.
#[inline]
fn gives(
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
