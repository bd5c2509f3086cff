//! Scores single passages.

use super::scorer::{Lane, ROUNDING, Scorer, counted, marks};
use crate::index::Index;
use crate::searcher::plan::Completeness;
use crate::searcher::plan::Plan;
use crate::searcher::plan::{Verdict, Verdicts};

/// A passage that answers, with what it holds.
pub(crate) struct Found<'a> {
    pub(crate) passage: u32,
    /// What its terms give.
    pub(crate) score: f32,
    pub(crate) completeness: Completeness,
    /// The bits that it holds as typed.
    pub(crate) typed: &'a [u64],
    /// The bits that it holds in any form.
    pub(crate) held: &'a [u64],
}

/// What is known of a passage before it is looked at.
#[derive(Clone, Copy)]
pub(crate) struct Known {
    /// What it must reach, and what its tiers give at most.
    pub(crate) floor: f64,
    pub(crate) above: f64,
    /// What the lanes that were walked give it.
    pub(crate) score: f64,
    /// The marks of the lanes that were walked or cannot hold it, and of those that hold it.
    pub(crate) walked: u32,
    pub(crate) held: u32,
}

impl Known {
    /// Nothing but what it must reach.
    pub(crate) fn nothing(floor: f64, above: f64) -> Self {
        Self { floor, above, score: 0.0, walked: 0, held: 0 }
    }
}

/// Looks at single passages, in order of passage; a clone goes its own way.
#[derive(Clone)]
pub(crate) struct Judge<'p> {
    plan: &'p Plan,
    all: &'p [Lane],
    /// The same on their way, once any passage is looked at. What gives most is asked first: the
    /// sooner a passage falls behind, the better.
    lanes: Vec<(Lane, Scorer)>,
    /// What each lane gives at most, by its number.
    most: Vec<f64>,
    told: u32,
    typed: Vec<u64>,
    held: Vec<u64>,
    verdicts: Verdicts,
}

impl<'p> Judge<'p> {
    /// For lanes that nothing has walked.
    pub(crate) fn new(plan: &'p Plan, all: &'p [Lane]) -> Self {
        let most = all.iter().map(|it| it.most).collect();
        let words = plan.evidence_words();
        let (typed, held) = (vec![0; words], vec![0; words]);
        let told = marks(all.iter().filter(|it| it.says_one_thing()));
        let (lanes, verdicts) = (Vec::new(), Verdicts::default());
        Self { plan, all, lanes, most, told, typed, held, verdicts }
    }

    /// What each lane gives at most the passages that are asked about next, by its number.
    pub(crate) fn expect(&mut self, most: &[f64]) {
        self.most.clear();
        self.most.extend_from_slice(most);
    }

    /// Sets out from the first passages.
    fn start(&mut self) {
        self.lanes = self.all.iter().map(|it| (it.clone(), it.scorer())).collect();
        self.lanes.sort_by(|one, other| other.0.most.total_cmp(&one.0.most));
    }

    /// The marks of the lanes whose lists all say the same, so that who is in any holds it.
    pub(crate) fn told(&self) -> u32 {
        self.told
    }

    /// A passage of which all is known, and that is held by lanes whose lists all say the same.
    pub(crate) fn tell(&mut self, passage: u32, known: &Known) -> Option<Found<'_>> {
        self.typed.fill(0);
        self.held.fill(0);
        for lane in self.all.iter().filter(|it| it.mark & known.held != 0) {
            lane.walks.first().into_iter().for_each(|it| it.tell(&mut self.typed, &mut self.held));
        }
        self.found(passage, known.score)
    }

    /// What a passage holds, if it answers and can reach what it must; passages are asked about in
    /// rising order.
    pub(crate) fn judge(
        &mut self,
        index: &Index,
        passage: u32,
        known: &Known,
    ) -> Option<Found<'_>> {
        self.typed.fill(0);
        self.held.fill(0);
        if self.lanes.is_empty() {
            self.start();
        }
        let length = index.length(passage);
        let is_open = |lane: &Lane| lane.mark & known.walked == 0;
        let most = |lane: &Lane| self.most.get(lane.number).copied().unwrap_or(f64::INFINITY);
        let open = self.lanes.iter().filter(|it| is_open(&it.0));
        let mut rest: f64 = open.map(|it| most(&it.0)).sum();
        let mut score = known.score;
        // What is not known yet may end it at once.
        for (lane, scorer) in self.lanes.iter_mut().filter(|it| is_open(&it.0)) {
            score += gives(lane, *scorer, (passage, length), &mut self.typed, &mut self.held);
            rest -= most(lane);
            if (score + rest + known.above) * ROUNDING < known.floor {
                return None;
            }
        }
        for (lane, scorer) in self.lanes.iter_mut().filter(|it| it.0.mark & known.held != 0) {
            match lane.walks.first().filter(|_| lane.mark & self.told != 0) {
                Some(walk) => walk.tell(&mut self.typed, &mut self.held),
                // What it gives is known, and not what its lists say.
                None => {
                    gives(lane, *scorer, (passage, length), &mut self.typed, &mut self.held);
                }
            }
        }
        self.found(passage, score)
    }

    /// The passage with the evidence that was gathered, if it answers.
    fn found(&mut self, passage: u32, score: f64) -> Option<Found<'_>> {
        match self.verdicts.of((&self.plan.test, &self.plan.terms), &self.typed, &self.held) {
            Verdict::Refused => None,
            Verdict::Admitted(completeness) => {
                #[expect(clippy::cast_possible_truncation, reason = "a score is small")]
                let score = score as f32;
                let (typed, held) = (&self.typed[..], &self.held[..]);
                Some(Found { passage, score, completeness, typed, held })
            }
        }
    }
}

/// What a lane gives a passage of some length, and its evidence.
#[inline]
fn gives(
    lane: &mut Lane,
    scorer: Scorer,
    (passage, length): (u32, u16),
    typed: &mut [u64],
    held: &mut [u64],
) -> f64 {
    let mut sum = 0.0;
    for walk in &mut lane.walks {
        let frequency = walk.cursor.frequency_in(passage);
        if frequency > 0 {
            sum += counted(walk.weight, frequency);
            walk.tell(typed, held);
        }
    }
    if sum > 0.0 && scorer.weight > 0.0 { scorer.score(sum, length) } else { 0.0 }
}
