//! Walks the postings and gathers what can answer.
//!
//! Window by window: all units add to the scores and the evidence of a few thousand passages that
//! fit in the cache, then the window's passages are judged in order. Windows in which nothing
//! stands are never touched. Once more than enough is counted, units that cannot lift a passage
//! among the best by themselves are no longer walked: they are asked only about passages that
//! others bring up (MaxScore, after Turtle & Flood 1995, with the tiers of completeness in its
//! bounds).

use std::sync::{Mutex, PoisonError};

use anyhow::Result;
use tantivy::TERMINATED;

use super::evidence::{Completeness, Verdict, Verdicts, merge};
use super::gather::Gather;
use super::plan::{Plan, Unit, Walk};
use crate::index::Index;
use crate::rank::Saturation;

/// Passages a window.
const WINDOW: usize = 4096;

/// Bounds are a little higher than what they bound, for the rounding of sums.
const ROUNDING: f64 = 1.000_001;

/// More threads than these make windows for themselves.
const MOST_AT_REST: usize = 16;

/// By how much the floor must have risen for another look at who may rest.
const REST_AGAIN: f32 = 1.02;

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

/// A unit on its way through the windows.
struct Lane {
    weight: f32,
    mean_length: f32,
    walks: Vec<Walk>,
    /// More than it can add.
    most: f64,
    /// All bits that it can set.
    typed: Vec<u64>,
    held: Vec<u64>,
    /// Whether all its passages are walked, or only those asked about that others bring up.
    is_walked: bool,
}

/// Gives the sink every passage that the plan admits and that can still be among the best, in
/// order of passage.
pub(super) fn collect(
    index: &Index,
    plan: &Plan,
    units: Vec<Unit>,
    windows: &Windows,
    sink: &mut Gather<'_, '_>,
) -> Result<()> {
    let words = plan.words();
    let mut lanes: Vec<Lane> = units.into_iter().map(|it| Lane::new(it, words)).collect();
    let mut window = windows.take(words);
    let mut verdicts = Verdicts::default();
    let mut rested = f32::NEG_INFINITY;
    loop {
        // A floor that is little higher lets hardly more units rest.
        if let Some(floor) = sink.floor().filter(|it| *it > rested * REST_AGAIN) {
            rest(&mut lanes, plan, floor);
            rested = floor.max(0.0);
        }
        let walked = lanes.iter().filter(|it| it.is_walked);
        let Some(next) = walked.filter_map(Lane::next).min() else { break };
        window.start = next / WINDOW as u32 * WINDOW as u32;
        let lengths = index.lengths(window.start, WINDOW);
        for lane in lanes.iter_mut().filter(|it| it.is_walked) {
            window.add(lengths, lane);
        }
        let mut resting: Vec<&mut Lane> = lanes.iter_mut().filter(|it| !it.is_walked).collect();
        // What gives most is asked first: the sooner a passage falls behind, the better.
        resting.sort_by(|one, other| other.most.total_cmp(&one.most));
        window.drain(|window, place| {
            if !resting.is_empty() && !window.ask(lengths, place, &mut resting, plan, sink.floor())
            {
                return Ok(());
            }
            let (typed, held) = window.evidence(place);
            match verdicts.of(plan, typed, held) {
                Verdict::Refused => Ok(()),
                Verdict::Admitted(completeness) => {
                    let passage = window.start + u32::try_from(place).unwrap_or(0);
                    #[expect(clippy::cast_possible_truncation, reason = "a score is small")]
                    let score = window.scores[place] as f32;
                    sink.take(&Found { passage, score, completeness, typed, held })
                }
            }
        })?;
    }
    windows.give_back(window);
    Ok(())
}

/// Empty windows at rest: to make one anew takes longer than a rare word's search.
#[derive(Debug, Default)]
pub(super) struct Windows(Mutex<Vec<Window>>);

impl Windows {
    fn take(&self, words: usize) -> Window {
        let mut rest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fitting = rest.iter().position(|it| it.words == words);
        fitting.map_or_else(|| Window::new(words), |at| rest.swap_remove(at))
    }

    fn give_back(&self, window: Window) {
        let mut rest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if rest.len() < MOST_AT_REST {
            rest.push(window);
        }
    }
}

/// Lets as many units rest as together cannot lift a passage to the floor.
fn rest(lanes: &mut [Lane], plan: &Plan, floor: f32) {
    let words = plan.words();
    let (mut typed, mut held) = (vec![0; words], vec![0; words]);
    let mut sum = 0.0;
    let mut order: Vec<usize> = (0..lanes.len()).collect();
    let most = |at: &usize| lanes.get(*at).map_or(0.0, |it| it.most);
    order.sort_by(|one, other| most(one).total_cmp(&most(other)));
    for at in order {
        let Some(lane) = lanes.get_mut(at) else { continue };
        let with = (joined(&typed, &lane.typed), joined(&held, &lane.held));
        let tiers = plan.test.most_tiers(&plan.terms, &with.0, &with.1);
        let bound = sum + lane.most + f64::from(tiers) * f64::from(plan.tier);
        lane.is_walked = lane.proves() && bound * ROUNDING >= f64::from(floor);
        if !lane.is_walked {
            sum += lane.most;
            (typed, held) = with;
        }
    }
}

fn is_any(bits: &[u64]) -> bool {
    bits.iter().any(|it| *it != 0)
}

fn joined(one: &[u64], other: &[u64]) -> Vec<u64> {
    one.iter().zip(other).map(|(one, other)| one | other).collect()
}

impl Lane {
    fn new(unit: Unit, words: usize) -> Self {
        let Unit { weight, mean_length, sources, .. } = unit;
        let walks: Vec<Walk> = sources.into_iter().map(|it| Walk::new(it, words)).collect();
        let (mut typed, mut held) = (vec![0; words], vec![0; words]);
        for walk in &walks {
            merge(&mut typed, &walk.typed);
            merge(&mut held, &walk.held);
        }
        let most = f64::from(weight) * f64::from(Saturation::default().ceiling());
        let mut lane = Self { weight, mean_length, walks, most, typed, held, is_walked: true };
        // What brings up no passage is only asked about those of others, from the first on: 中 and
        // 国 stand in half of all passages.
        lane.is_walked = lane.proves();
        lane
    }

    /// Whether a passage may answer by this alone. What neither proves nor scores is there for its
    /// passages.
    fn proves(&self) -> bool {
        self.weight == 0.0 || is_any(&self.typed) || is_any(&self.held)
    }

    /// The next passage of any of its sources.
    fn next(&self) -> Option<u32> {
        let next = self.walks.iter().map(|it| it.cursor.passage()).min();
        next.filter(|it| *it < TERMINATED)
    }

    /// How it scores.
    fn scorer(&self) -> Scorer {
        let rule = Saturation::default();
        let fixed = rule.k1 * (1.0 - rule.b);
        let each = rule.k1 * rule.b / self.mean_length.max(1.0);
        Scorer { rule, weight: self.weight, fixed, each }
    }
}

/// A unit's score of a frequency: [`Saturation`] with what does not change worked out.
#[derive(Clone, Copy)]
struct Scorer {
    rule: Saturation,
    weight: f32,
    fixed: f32,
    each: f32,
}

impl Scorer {
    /// What a frequency gives at a place with this length.
    #[inline]
    fn score(&self, frequency: f32, lengths: &[[u8; 2]], place: usize) -> f64 {
        let length = lengths.get(place).map_or(1, |it| u16::from_le_bytes(*it));
        let norm = self.fixed + self.each * f32::from(length);
        f64::from(self.weight * self.rule.saturate(frequency, norm))
    }
}

#[inline]
#[expect(clippy::cast_precision_loss, reason = "a passage holds few thousand words")]
fn counted(source_weight: f32, frequency: u32) -> f32 {
    source_weight * frequency as f32
}

/// The place of a passage in the window that begins at `start`.
#[inline]
fn place(start: u32, passage: u32) -> usize {
    passage.wrapping_sub(start) as usize % WINDOW
}

/// Scores and evidence of the passages `start..start + WINDOW`.
#[derive(Debug)]
struct Window {
    start: u32,
    words: usize,
    /// Sums of few single-precision numbers, so that their order makes no difference.
    scores: Box<[f64; WINDOW]>,
    /// The frequency of the unit that is being added.
    frequencies: Box<[f32; WINDOW]>,
    /// The places with a frequency.
    places: Vec<u32>,
    typed: Vec<u64>,
    held: Vec<u64>,
    /// One bit a place: whether anything stands there.
    touched: Box<[u64; WINDOW / 64]>,
}

impl Window {
    fn new(words: usize) -> Self {
        Self {
            start: 0,
            words,
            scores: Box::new([0.0; WINDOW]),
            frequencies: Box::new([0.0; WINDOW]),
            places: Vec::new(),
            typed: vec![0; WINDOW * words],
            held: vec![0; WINDOW * words],
            touched: Box::new([0; WINDOW / 64]),
        }
    }

    /// Adds one unit's frequencies, saturates them once, and notes what it proves.
    fn add(&mut self, lengths: &[[u8; 2]], lane: &mut Lane) {
        let scorer = lane.scorer();
        match lane.walks.as_mut_slice() {
            [only] => self.add_only(lengths, scorer, only),
            several => self.add_several(lengths, scorer, several),
        }
    }

    fn end(&self) -> u32 {
        self.start.saturating_add(WINDOW as u32)
    }

    fn add_only(&mut self, lengths: &[[u8; 2]], scorer: Scorer, walk: &mut Walk) {
        let Walk { cursor, weight, typed, held } = walk;
        cursor.walk(self.end(), |passage, frequency| {
            let place = place(self.start, passage);
            self.note(place, typed, held);
            if scorer.weight > 0.0 {
                let frequency = counted(*weight, frequency);
                self.scores[place] += scorer.score(frequency, lengths, place);
            }
        });
    }

    fn add_several(&mut self, lengths: &[[u8; 2]], scorer: Scorer, walks: &mut [Walk]) {
        let end = self.end();
        for walk in walks {
            let Walk { cursor, weight, typed, held } = walk;
            cursor.walk(end, |passage, frequency| {
                let place = place(self.start, passage);
                self.note(place, typed, held);
                let sum = &mut self.frequencies[place];
                if *sum == 0.0 {
                    self.places.push(u32::try_from(place).unwrap_or(0));
                }
                *sum += counted(*weight, frequency);
            });
        }
        while let Some(place) = self.places.pop() {
            let place = place as usize % WINDOW;
            let frequency = std::mem::take(&mut self.frequencies[place]);
            if scorer.weight > 0.0 {
                self.scores[place] += scorer.score(frequency, lengths, place);
            }
        }
    }

    #[inline]
    fn note(&mut self, place: usize, typed: &[u64], held: &[u64]) {
        self.touched[place / 64] |= 1 << (place % 64);
        if let ([typed], [held]) = (typed, held) {
            // Nearly every query has evidence of one word.
            if let Some(it) = self.typed.get_mut(place) {
                *it |= typed;
            }
            if let Some(it) = self.held.get_mut(place) {
                *it |= held;
            }
            return;
        }
        let own = place * self.words..(place + 1) * self.words;
        merge(&mut self.typed[own.clone()], typed);
        merge(&mut self.held[own], held);
    }

    /// The bits of a place: as typed, and in any form.
    fn evidence(&self, place: usize) -> (&[u64], &[u64]) {
        let own = place * self.words..(place + 1) * self.words;
        (&self.typed[own.clone()], &self.held[own])
    }

    /// Asks the resting units about a place, as long as it can still reach the floor; returns
    /// whether it can.
    fn ask(
        &mut self,
        lengths: &[[u8; 2]],
        place: usize,
        resting: &mut [&mut Lane],
        plan: &Plan,
        floor: Option<f32>,
    ) -> bool {
        let floor = f64::from(floor.unwrap_or(f32::NEG_INFINITY));
        let passage = self.start + u32::try_from(place).unwrap_or(0);
        let tier = f64::from(plan.tier);
        let mut rest: f64 = resting.iter().map(|it| it.most).sum();
        for at in 0..resting.len() {
            let most = |tiers: f64| (self.scores[place] + rest + tiers * tier) * ROUNDING;
            let asked = resting.get(at..).unwrap_or_default();
            if most(2.0) < floor
                || most(0.0) < floor && most(self.most_tiers(place, asked, plan)) < floor
            {
                return false;
            }
            let Some(lane) = resting.get_mut(at) else { continue };
            rest -= lane.most;
            let scorer = lane.scorer();
            let mut sum = 0.0;
            for walk in &mut lane.walks {
                let frequency = walk.cursor.frequency_in(passage);
                if frequency > 0 {
                    sum += counted(walk.weight, frequency);
                    self.note(place, &walk.typed, &walk.held);
                }
            }
            if sum > 0.0 && scorer.weight > 0.0 {
                self.scores[place] += scorer.score(sum, lengths, place);
            }
        }
        true
    }

    /// How many tiers a place can have if all these units stand there.
    fn most_tiers(&self, place: usize, resting: &[&mut Lane], plan: &Plan) -> f64 {
        let (typed, held) = self.evidence(place);
        if let ([typed], [held]) = (typed, held) {
            let all = |bits: fn(&Lane) -> &[u64], own: u64| {
                resting.iter().flat_map(|it| bits(it)).fold(own, |all, it| all | it)
            };
            let both = ([all(|it| &it.typed, *typed)], [all(|it| &it.held, *held)]);
            return f64::from(plan.test.most_tiers(&plan.terms, &both.0, &both.1));
        }
        let (mut typed, mut held) = (typed.to_vec(), held.to_vec());
        for lane in resting {
            merge(&mut typed, &lane.typed);
            merge(&mut held, &lane.held);
        }
        f64::from(plan.test.most_tiers(&plan.terms, &typed, &held))
    }

    /// Gives every touched place in order, and leaves the window empty.
    fn drain(&mut self, mut each: impl FnMut(&mut Self, usize) -> Result<()>) -> Result<()> {
        for word in 0..self.touched.len() {
            let mut bits = std::mem::take(&mut self.touched[word]);
            while bits != 0 {
                let place = word * 64 + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                each(self, place)?;
                self.scores[place] = 0.0;
                let own = place * self.words..(place + 1) * self.words;
                self.typed[own.clone()].fill(0);
                self.held[own].fill(0);
            }
            // Asking sets the bit of its place anew.
            self.touched[word] = 0;
        }
        Ok(())
    }
}
