//! What the lanes that are walked give some thousand passages at least, side by side: bounds for
//! [`super::pruned`], which looks at what may be among the best by itself.

use super::lanes::{Lane, ROUNDING, Scorer, counted};
use super::plan::Walk;
use super::windows::{WINDOW, start_of};

/// Sums are single-precision: of some dozens of lanes they are this near.
const NEAR: f64 = 1.000_01;

/// Scores of the passages `start..start + WINDOW`, and which lanes gave them.
#[derive(Debug)]
pub(super) struct Scores {
    start: u32,
    scores: Box<[f32; WINDOW]>,
    /// The marks of the lanes that stand at each place.
    marks: Box<[u32; WINDOW]>,
    /// One bit a place: whether any lane stands there.
    touched: Box<[u64; WINDOW / 64]>,
}

impl Scores {
    pub(super) fn new() -> Self {
        Self {
            start: 0,
            scores: Box::new([0.0; WINDOW]),
            marks: Box::new([0; WINDOW]),
            touched: Box::new([0; WINDOW / 64]),
        }
    }

    /// Goes to the window of a passage.
    pub(super) fn start_at(&mut self, passage: u32) {
        self.start = start_of(passage);
    }

    /// Adds what a lane gives from where it stands: what several lists give by themselves is no
    /// less than what they give together.
    pub(super) fn add(&mut self, lengths: &[[u8; 2]], lane: &mut Lane) {
        let (scorer, mark) = (lane.scorer(), lane.mark);
        lane.walks.iter_mut().for_each(|it| self.add_list(lengths, scorer, it, mark));
    }

    fn add_list(&mut self, lengths: &[[u8; 2]], scorer: Scorer, walk: &mut Walk, mark: u32) {
        let Self { start, scores, marks, touched } = self;
        let weight = walk.weight;
        walk.cursor.walk_slices(*start + WINDOW as u32, |passages, frequencies| {
            for (passage, frequency) in passages.iter().zip(frequencies) {
                let place = *passage as usize % WINDOW;
                touched[place / 64] |= 1 << (place % 64);
                marks[place] |= mark;
                let length = lengths.get(place).map_or(1, |it| u16::from_le_bytes(*it));
                scores[place] += scorer.gives(counted(weight, *frequency), length);
            }
        });
    }

    /// What a score must be so that with `more` it may reach a floor.
    pub(super) fn least(floor: f64, more: f64) -> f32 {
        let least = (floor / ROUNDING - more) / NEAR;
        #[expect(clippy::cast_possible_truncation, reason = "a score is small")]
        let least = least.min(f64::from(f32::MAX)) as f32;
        // Nearer to nothing is lower.
        if least > 0.0 { least * (1.0 - f32::EPSILON) } else { f32::NEG_INFINITY }
    }

    /// How many have at least this score.
    pub(super) fn count(&self, least: f32) -> u64 {
        let mut count = 0;
        for (bits, scores) in self.touched.iter().zip(self.scores.as_chunks::<64>().0) {
            let mut bits = *bits;
            while bits != 0 {
                let place = bits.trailing_zeros() as usize % 64;
                bits &= bits - 1;
                count += u64::from(scores[place] >= least);
            }
        }
        count
    }

    /// Gives passage, score and marks of all that have at least this score, in order, and is empty
    /// then.
    #[inline]
    pub(super) fn drain(&mut self, least: f32, mut each: impl FnMut(u32, f64, u32)) {
        let Self { start, scores, marks, touched, .. } = self;
        for (word, slot) in touched.iter_mut().enumerate() {
            let mut bits = std::mem::take(slot);
            while bits != 0 {
                let place = (word * 64 + bits.trailing_zeros() as usize) % WINDOW;
                bits &= bits - 1;
                let score = std::mem::take(&mut scores[place]);
                let held = std::mem::take(&mut marks[place]);
                if score >= least {
                    each(*start + place as u32, f64::from(score) * NEAR, held);
                }
            }
        }
    }
}
