//! The units of a plan as they are walked, and what they give one passage.

use tantivy::TERMINATED;

use super::bounds::Bound;
use super::evidence::{Completeness, Verdict, Verdicts};
use super::plan::{Plan, Unit, Walk};
use super::postings::Cursor;
use crate::index::Index;
use crate::rank::Bm25;

/// Bounds are a little higher than what they bound, for the rounding of sums.
pub(super) const ROUNDING: f64 = 1.000_001;

/// A unit on its way through the passages; a clone walks by itself.
#[derive(Clone)]
pub(super) struct Lane {
    pub(super) number: usize,
    /// A bit of its own; none where there are more lanes than bits.
    pub(super) mark: u32,
    pub(super) weight: f32,
    pub(super) mean_length: f32,
    pub(super) walks: Vec<Walk>,
    /// More than it can add.
    pub(super) most: f64,
}

impl Lane {
    pub(super) fn new(index: &Index, number: usize, unit: Unit, words: usize) -> Self {
        let mark = u32::try_from(number).ok().and_then(|it| 1_u32.checked_shl(it)).unwrap_or(0);
        let Unit { weight, mean_length, sources, .. } = unit;
        let walks = sources.into_iter().map(|it| Walk::new(it, words)).collect();
        let mut lane = Self { number, mark, weight, mean_length, walks, most: 0.0 };
        lane.most = Bound::new(&lane).most_of_all(index);
        lane
    }

    /// Whether a passage may answer by this alone. What neither proves nor demands is there for
    /// the passages that others bring up: 中 and 国 stand in half of all passages.
    pub(super) fn proves(&self) -> bool {
        self.weight == 0.0 || self.walks.iter().any(|it| it.held.is_any())
    }

    /// A lane that gives no passage less than this one, by fewer lists.
    pub(super) fn bounding(&self) -> Self {
        let walks = self.bounding_walks().map(|(weight, it)| Walk { weight, ..it.clone() });
        Self { walks: walks.collect(), ..*self }
    }

    /// Its lists, and what one occurrence counts there.
    pub(super) fn bounding_walks(&self) -> impl Iterator<Item = (f32, &Walk)> {
        let within: f32 = self.walks.iter().filter(|it| it.is_within).map(|it| it.weight).sum();
        let last = self.walks.iter().rposition(|it| !it.is_within);
        let own = self.walks.iter().enumerate().filter(|it| !it.1.is_within);
        own.map(move |(at, it)| (it.weight + if Some(at) == last { within } else { 0.0 }, it))
    }

    /// Whether only passages that hold Han characters can stand in it.
    pub(super) fn is_of_han(&self) -> bool {
        self.walks.iter().all(|it| it.cursor.is_of_han())
    }

    /// In how many passages it stands, those of several sources counted more than once.
    pub(super) fn passages(&self) -> u64 {
        let own = self.walks.iter().filter(|it| !it.is_within);
        own.map(|it| u64::from(it.cursor.document_frequency())).sum()
    }

    /// The next passage of any of its sources.
    pub(super) fn next(&self) -> Option<u32> {
        let next = self.walks.iter().map(|it| it.cursor.passage()).min();
        next.filter(|it| *it < TERMINATED)
    }

    /// Goes on to the first passage at or after one.
    pub(super) fn seek(&mut self, passage: u32) {
        for walk in &mut self.walks {
            walk.cursor.seek(passage);
        }
    }

    /// Whether it says of any passage that it holds something as typed.
    pub(super) fn types(&self) -> bool {
        self.walks.iter().any(|it| it.typed.is_any())
    }

    /// Whether it says of any passage that it holds something by another name alone.
    pub(super) fn expands(&self) -> bool {
        self.walks.iter().any(|it| it.typed != it.held)
    }

    /// Whether it sets any of some bits: as typed, or in any form.
    pub(super) fn proves_any(&self, bits: &[u32], as_typed: bool) -> bool {
        self.walks.iter().any(|it| it.sets(bits, as_typed))
    }

    /// Whether each of its lists sets any of some bits: as typed, or in any form.
    pub(super) fn prove_all(&self, bits: &[u32], as_typed: bool) -> bool {
        !self.walks.is_empty() && self.walks.iter().all(|it| it.sets(bits, as_typed))
    }

    /// Whether its lists all say the same, so that who is in any of them holds it.
    fn says_one_thing(&self) -> bool {
        self.walks.windows(2).all(|it| it[0].typed == it[1].typed && it[0].held == it[1].held)
    }

    /// How it scores.
    pub(super) fn scorer(&self) -> Scorer {
        let rule = Bm25::default();
        let fixed = rule.k1 * (1.0 - rule.b);
        let each = rule.k1 * rule.b / self.mean_length.max(1.0);
        Scorer { rule, weight: self.weight, ceiling: self.weight * rule.ceiling(), fixed, each }
    }
}

/// The marks of some lanes.
pub(super) fn marks<'l>(lanes: impl Iterator<Item = &'l Lane>) -> u32 {
    lanes.fold(0, |all, it| all | it.mark)
}

/// A unit's score of a frequency: [`Bm25`] with what does not change worked out.
#[derive(Clone, Copy)]
pub(super) struct Scorer {
    rule: Bm25,
    pub(super) weight: f32,
    /// The weight times what saturation approaches.
    ceiling: f32,
    fixed: f32,
    each: f32,
}

impl Scorer {
    /// What a frequency gives in a passage of this length.
    #[inline]
    pub(super) fn score(&self, frequency: f32, length: u16) -> f64 {
        let norm = self.fixed + self.each * f32::from(length);
        f64::from(self.weight * self.rule.saturate(frequency, norm))
    }

    /// The length from which on a frequency gives less than this; one more or less by rounding.
    pub(super) fn longest(&self, frequency: f32, least: f64) -> u32 {
        if least <= 0.0 {
            return 1 << 16;
        }
        let norm = f64::from(self.ceiling * frequency) / least - f64::from(frequency);
        // Too large and too small numbers become the largest and the smallest.
        ((norm - f64::from(self.fixed)) / f64::from(self.each)).min(65_535.0) as u32 + 1
    }

    /// `frequency / norm` of one posting.
    #[inline]
    pub(super) fn ratio_of(&self, frequency: u32, length: u16) -> f32 {
        counted(1.0, frequency) / (self.fixed + self.each * f32::from(length))
    }

    /// What this gives at most where [`Scorer::ratio_of`] is at most so much.
    #[inline]
    pub(super) fn most(&self, ratio: f32) -> f64 {
        let share = if ratio < f32::MAX { ratio / (1.0 + ratio) } else { 1.0 };
        // Single precision here and there may differ in the last digit.
        f64::from(self.ceiling * share) * ROUNDING
    }
}

/// What so many occurrences count.
#[inline]
#[expect(clippy::cast_precision_loss, reason = "a passage holds few thousand words")]
pub(super) fn counted(source_weight: f32, frequency: u32) -> f32 {
    source_weight * frequency as f32
}

/// A passage that answers, with what it holds.
pub(super) struct Found<'a> {
    pub(super) passage: u32,
    /// What its terms give.
    pub(super) score: f32,
    pub(super) completeness: Completeness,
    /// The bits that it holds as typed.
    pub(super) typed: &'a [u64],
    /// The bits that it holds in any form.
    pub(super) held: &'a [u64],
}

/// What is known of a passage before it is looked at.
#[derive(Clone, Copy)]
pub(super) struct Known {
    /// What it must reach, and what its tiers give at most.
    pub(super) floor: f64,
    pub(super) above: f64,
    /// What the lanes that were walked give it.
    pub(super) score: f64,
    /// The marks of the lanes that were walked or cannot hold it, and of those that hold it.
    pub(super) walked: u32,
    pub(super) held: u32,
}

impl Known {
    /// Nothing but what it must reach.
    pub(super) fn nothing(floor: f64, above: f64) -> Self {
        Self { floor, above, score: 0.0, walked: 0, held: 0 }
    }
}

/// Looks at single passages, in order of passage; a clone goes its own way.
#[derive(Clone)]
pub(super) struct Judge<'p> {
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
    pub(super) fn new(plan: &'p Plan, all: &'p [Lane]) -> Self {
        let most = all.iter().map(|it| it.most).collect();
        let words = plan.evidence_words();
        let (typed, held) = (vec![0; words], vec![0; words]);
        let told = marks(all.iter().filter(|it| it.says_one_thing()));
        let (lanes, verdicts) = (Vec::new(), Verdicts::default());
        Self { plan, all, lanes, most, told, typed, held, verdicts }
    }

    /// What each lane gives at most the passages that are asked about next, by its number.
    pub(super) fn expect(&mut self, most: &[f64]) {
        self.most.clear();
        self.most.extend_from_slice(most);
    }

    /// Sets out from the first passages.
    fn start(&mut self) {
        self.lanes = self.all.iter().map(|it| (it.clone(), it.scorer())).collect();
        self.lanes.sort_by(|one, other| other.0.most.total_cmp(&one.0.most));
    }

    /// The marks of the lanes whose lists all say the same, so that who is in any holds it.
    pub(super) fn told(&self) -> u32 {
        self.told
    }

    /// A passage of which all is known, and that is held by lanes whose lists all say the same.
    pub(super) fn tell(&mut self, passage: u32, known: &Known) -> Option<Found<'_>> {
        self.typed.fill(0);
        self.held.fill(0);
        for lane in self.all.iter().filter(|it| it.mark & known.held != 0) {
            lane.walks.first().into_iter().for_each(|it| it.tell(&mut self.typed, &mut self.held));
        }
        self.found(passage, known.score)
    }

    /// What a passage holds, if it answers and can reach what it must; passages are asked about in
    /// rising order.
    pub(super) fn judge(
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
        match self.verdicts.of(self.plan, &self.typed, &self.held) {
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

/// Passages of which something is needed: any of some lists holds them.
pub(super) struct Need(Vec<Cursor>);

impl Need {
    /// The lists of a plan's lanes that set one of these bits: as typed, or in any form.
    pub(super) fn new(lanes: &[Lane], bits: &[u32], as_typed: bool) -> Self {
        let walks = lanes.iter().flat_map(|it| &it.walks).filter(|it| !it.is_within);
        Self(walks.filter(|it| it.sets(bits, as_typed)).map(|it| it.cursor.clone()).collect())
    }

    /// At most so many passages.
    pub(super) fn passages(&self) -> u64 {
        self.0.iter().map(|it| u64::from(it.document_frequency())).sum()
    }

    /// The first passage at or after one.
    #[inline]
    pub(super) fn seek(&mut self, passage: u32) -> u32 {
        self.0.iter_mut().map(|it| it.seek(passage)).min().unwrap_or(TERMINATED)
    }
}
