//! Walks the postings and gathers what can answer.
//!
//! Window by window: all units add to the scores and the evidence of a few thousand passages that
//! fit in the cache, then the window's passages are judged in order. Windows in which nothing
//! stands are never touched.

use tantivy::TERMINATED;

use super::plan::{Plan, Term, Test, Unit};
use crate::index::Index;
use crate::query::Occur;
use crate::rank::Saturation;

/// Passages a window.
const WINDOW: u32 = 4096;

/// Evidence bits a passage: one word holds so many.
const WORD_BITS: u32 = 64;

/// How much of what was asked a passage (or an article) holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Completeness {
    /// Some terms are missing.
    Partial,
    /// All terms, some of them only by another name.
    Expanded,
    /// All terms as typed.
    Typed,
}

impl Completeness {
    /// How many tiers a hit stands above a partial one.
    pub(super) fn tiers(self) -> u8 {
        match self {
            Self::Partial => 0,
            Self::Expanded => 1,
            Self::Typed => 2,
        }
    }
}

/// A passage that answers, with what it holds.
pub(super) struct Found<'a> {
    pub(super) passage: u32,
    /// What its terms give.
    pub(super) score: f32,
    /// The bits that it holds as typed.
    pub(super) typed: &'a [u64],
    /// The bits that it holds in any form.
    pub(super) held: &'a [u64],
}

/// Whether a bit is set.
pub(super) fn has(bits: &[u64], bit: u32) -> bool {
    bits.get((bit / WORD_BITS) as usize).is_some_and(|it| it >> (bit % WORD_BITS) & 1 == 1)
}

/// Sets a bit.
pub(super) fn set(bits: &mut [u64], bit: u32) {
    if let Some(word) = bits.get_mut((bit / WORD_BITS) as usize) {
        *word |= 1 << (bit % WORD_BITS);
    }
}

impl Term {
    /// Whether all its parts are held.
    pub(super) fn is_held(&self, bits: &[u64]) -> bool {
        !self.parts.is_empty() && self.parts.clone().all(|it| has(bits, it))
    }
}

impl Test {
    /// Whether everything asked is held.
    pub(super) fn is_complete(&self, terms: &[Term], bits: &[u64]) -> bool {
        match self {
            Self::Term(at) => terms.get(*at).is_some_and(|it| it.is_held(bits)),
            Self::All(tests) => tests
                .iter()
                .all(|(occur, test)| test.is_complete(terms, bits) == (*occur != Occur::Not)),
            Self::Any(tests) => tests.iter().any(|it| it.is_complete(terms, bits)),
        }
    }

    /// Whether the passage may answer: something is touched, all that must be is held, nothing
    /// that must not.
    pub(super) fn admits(&self, terms: &[Term], bits: &[u64]) -> bool {
        match self {
            Self::Term(at) => terms.get(*at).is_some_and(|it| has(bits, it.touched)),
            Self::All(tests) => {
                let keeps = tests.iter().all(|(occur, test)| match occur {
                    Occur::Should => true,
                    Occur::Must => test.is_complete(terms, bits),
                    Occur::Not => !test.is_complete(terms, bits),
                });
                let mut positive =
                    tests.iter().filter(|(occur, _)| *occur != Occur::Not).peekable();
                keeps
                    && (positive.peek().is_none()
                        || positive.any(|(_, test)| test.admits(terms, bits)))
            }
            Self::Any(tests) => tests.iter().any(|it| it.admits(terms, bits)),
        }
    }

    /// The numbers of the terms that are asked and not held; nothing of an `OR` that is satisfied.
    pub(super) fn missing(&self, terms: &[Term], bits: &[u64], numbers: &mut Vec<usize>) {
        match self {
            Self::Term(at) => {
                if !self.is_complete(terms, bits) {
                    numbers.push(*at);
                }
            }
            Self::All(tests) => {
                let asked = tests.iter().filter(|(occur, _)| *occur != Occur::Not);
                asked.for_each(|(_, test)| test.missing(terms, bits, numbers));
            }
            Self::Any(tests) => {
                if !self.is_complete(terms, bits) {
                    tests.iter().for_each(|it| it.missing(terms, bits, numbers));
                }
            }
        }
    }

    /// How complete the evidence is.
    pub(super) fn completeness(&self, terms: &[Term], typed: &[u64], held: &[u64]) -> Completeness {
        // What must not occur is tested on everything held; it has kept the passage out already.
        if self.is_complete(terms, typed) {
            Completeness::Typed
        } else if self.is_complete(terms, held) {
            Completeness::Expanded
        } else {
            Completeness::Partial
        }
    }
}

/// Calls `each` for every passage that the plan admits, in order of passage.
pub(super) fn collect(
    index: &Index,
    plan: &Plan,
    units: &mut [Unit],
    mut each: impl FnMut(&Found<'_>),
) {
    let words = plan.bits.div_ceil(WORD_BITS).max(1) as usize;
    let mut window = Window::new(words);
    while let Some(start) = units.iter().filter_map(Unit::next).min() {
        window.start = start / WINDOW * WINDOW;
        for unit in units.iter_mut() {
            window.add(index, unit);
        }
        window.drain(|found| {
            if plan.test.admits(&plan.terms, found.held) {
                each(found);
            }
        });
    }
}

impl Unit {
    /// The next passage of any of its sources.
    fn next(&self) -> Option<u32> {
        let next = self.sources.iter().map(|it| it.cursor.passage()).min();
        next.filter(|it| *it < TERMINATED)
    }
}

/// Scores and evidence of the passages `start..start + WINDOW`.
struct Window {
    start: u32,
    words: usize,
    rule: Saturation,
    scores: Vec<f32>,
    /// The frequency of the unit that is being added.
    frequencies: Vec<f32>,
    /// The places with a frequency.
    places: Vec<u32>,
    typed: Vec<u64>,
    held: Vec<u64>,
    /// One bit a place: whether anything stands there.
    touched: Vec<u64>,
}

impl Window {
    fn new(words: usize) -> Self {
        let size = WINDOW as usize;
        Self {
            start: 0,
            words,
            rule: Saturation::default(),
            scores: vec![0.0; size],
            frequencies: vec![0.0; size],
            places: Vec::with_capacity(size),
            typed: vec![0; size * words],
            held: vec![0; size * words],
            touched: vec![0; size / 64],
        }
    }

    /// Adds one unit's frequencies, saturates them once, and notes what it proves.
    fn add(&mut self, index: &Index, unit: &mut Unit) {
        let end = self.start.saturating_add(WINDOW);
        for source in &mut unit.sources {
            if source.cursor.passage() >= end {
                continue;
            }
            let weight = source.weight;
            let (typed, expanded) = (&source.typed, &source.expanded);
            source.cursor.walk(end, |passage, frequency| {
                let place = passage - self.start;
                self.note(place, typed, expanded);
                let sum = &mut self.frequencies[place as usize];
                if *sum == 0.0 {
                    self.places.push(place);
                }
                #[expect(
                    clippy::cast_precision_loss,
                    reason = "a passage holds few thousand words"
                )]
                let count = frequency as f32;
                *sum += weight * count;
            });
        }
        let (k1, b) = (self.rule.k1, self.rule.b);
        let (fixed, each) = (k1 * (1.0 - b), k1 * b / unit.mean_length.max(1.0));
        for place in self.places.drain(..) {
            let frequency = std::mem::take(&mut self.frequencies[place as usize]);
            if unit.weight > 0.0 {
                let norm = fixed + each * f32::from(index.length(self.start + place));
                self.scores[place as usize] += unit.weight * self.rule.saturate(frequency, norm);
            }
        }
    }

    fn note(&mut self, place: u32, typed: &[u32], expanded: &[u32]) {
        let at = place as usize * self.words;
        let own = at..at + self.words;
        for bit in typed {
            set(&mut self.typed[own.clone()], *bit);
            set(&mut self.held[own.clone()], *bit);
        }
        for bit in expanded {
            set(&mut self.held[own.clone()], *bit);
        }
        set(&mut self.touched, place);
    }

    /// Gives every touched place in order, and leaves the window empty.
    fn drain(&mut self, mut each: impl FnMut(&Found<'_>)) {
        for word in 0..self.touched.len() {
            let mut bits = std::mem::take(&mut self.touched[word]);
            while bits != 0 {
                let place = word * 64 + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                let own = place * self.words..(place + 1) * self.words;
                each(&Found {
                    passage: self.start + u32::try_from(place).unwrap_or(0),
                    score: std::mem::take(&mut self.scores[place]),
                    typed: &self.typed[own.clone()],
                    held: &self.held[own.clone()],
                });
                self.typed[own.clone()].fill(0);
                self.held[own].fill(0);
            }
        }
    }
}
