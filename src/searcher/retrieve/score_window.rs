//! What the lanes that are walked give some thousand passages, side by side.

use super::scorer::{Lane, ROUNDING, Scorer, Walk, counted, length};

/// Passages that are swept over in one go: few enough for the cache next to the cores, many enough
/// that it does not matter what a round costs by itself.
pub(crate) const SPAN: usize = 16_384;

/// Scores of the passages `start..start + SPAN`, and which lanes gave them.
#[derive(Debug)]
pub(crate) struct Scores {
    start: u32,
    /// Sums of few single-precision numbers, so that their order makes no difference.
    scores: Box<[f64; SPAN]>,
    /// The marks of the lanes that stand at each place.
    marks: Box<[u32; SPAN]>,
    /// One bit a place: whether any lane stands there.
    touched: Box<[u64; SPAN / 64]>,
    /// What the first lists of a lane count, until the last one is walked.
    counts: Box<[f32; SPAN]>,
    /// Where that is, but for lists within the last one.
    others: Vec<u32>,
}

impl Scores {
    pub(crate) fn new() -> Self {
        Self {
            start: 0,
            scores: Box::new([0.0; SPAN]),
            marks: Box::new([0; SPAN]),
            touched: Box::new([0; SPAN / 64]),
            counts: Box::new([0.0; SPAN]),
            others: Vec::new(),
        }
    }

    /// Goes to where a span of passages begins.
    pub(crate) fn start_at(&mut self, start: u32) {
        self.start = start;
    }

    /// Adds what a lane gives from where it stands.
    pub(crate) fn add(&mut self, lengths: &[[u8; 2]], lane: &mut Lane) {
        let (scorer, mark) = (lane.scorer(), lane.mark);
        match lane.walks.as_mut_slice() {
            [] => {}
            [only] => self.add_last::<false>(lengths, scorer, only, mark),
            [first @ .., last] => {
                first.iter_mut().for_each(|it| self.note(it));
                self.add_last::<true>(lengths, scorer, last, mark);
                self.add_others(lengths, scorer, mark);
            }
        }
    }

    /// Adds what a lane gives from where it stands, where others stand already; tells whether it did,
    /// which takes a lane of one list.
    pub(crate) fn add_to_touched(&mut self, lengths: &[[u8; 2]], lane: &mut Lane) -> bool {
        let (scorer, mark) = (lane.scorer(), lane.mark);
        let Self { start, scores, marks, touched, .. } = self;
        let [Walk { cursor, weight, .. }] = lane.walks.as_mut_slice() else { return false };
        cursor.walk_slices(*start + SPAN as u32, |passages, frequencies| {
            for (passage, frequency) in passages.iter().zip(frequencies) {
                let place = *passage as usize % SPAN;
                if touched[place / 64] >> (place % 64) & 1 == 1 {
                    let count = counted(*weight, *frequency);
                    scores[place] += scorer.score(count, length(lengths, place));
                    marks[place] |= mark;
                }
            }
        });
        true
    }

    /// Notes what one of the first lists of a lane counts.
    fn note(&mut self, walk: &mut Walk) {
        let Self { start, counts, others, .. } = self;
        let Walk { cursor, weight, is_within, .. } = walk;
        cursor.walk_slices(*start + SPAN as u32, |passages, frequencies| {
            if !*is_within {
                others.extend_from_slice(passages);
            }
            for (passage, frequency) in passages.iter().zip(frequencies) {
                counts[*passage as usize % SPAN] += counted(*weight, *frequency);
            }
        });
    }

    /// Adds what the last list gives, with what was noted.
    fn add_last<const IS_NOTED: bool>(
        &mut self,
        lengths: &[[u8; 2]],
        scorer: Scorer,
        walk: &mut Walk,
        mark: u32,
    ) {
        let Self { start, scores, marks, touched, counts, .. } = self;
        let weight = walk.weight;
        walk.cursor.walk_slices(*start + SPAN as u32, |passages, frequencies| {
            for (passage, frequency) in passages.iter().zip(frequencies) {
                let place = *passage as usize % SPAN;
                touched[place / 64] |= 1 << (place % 64);
                marks[place] |= mark;
                let mut count = counted(weight, *frequency);
                if IS_NOTED {
                    count += std::mem::take(&mut counts[place]);
                }
                scores[place] += scorer.score(count, length(lengths, place));
            }
        });
    }

    /// Adds what was noted and does not stand in the last list.
    fn add_others(&mut self, lengths: &[[u8; 2]], scorer: Scorer, mark: u32) {
        for passage in self.others.drain(..) {
            let place = passage as usize % SPAN;
            let count = std::mem::take(&mut self.counts[place]);
            if count > 0.0 {
                self.touched[place / 64] |= 1 << (place % 64);
                self.marks[place] |= mark;
                self.scores[place] += scorer.score(count, length(lengths, place));
            }
        }
    }

    /// What a score must be so that with `more` it may reach a floor.
    pub(crate) fn least(floor: f64, more: f64) -> f64 {
        (floor / ROUNDING - more) / ROUNDING
    }

    /// About how many have at least this score, by those of every eighth sixty-four places.
    pub(crate) fn count(&self, least: f64) -> u64 {
        let mut count = 0;
        let places = self.touched.iter().zip(self.scores.as_chunks::<64>().0);
        for (bits, scores) in places.step_by(8) {
            let mut bits = *bits;
            while bits != 0 {
                let place = bits.trailing_zeros() as usize % 64;
                bits &= bits - 1;
                count += u64::from(scores[place] >= least);
            }
        }
        count * 8
    }

    /// Gives passage, score and marks of all that have at least this score, in order, and is empty
    /// then.
    #[inline]
    pub(crate) fn drain(&mut self, least: f64, mut each: impl FnMut(u32, f64, u32)) {
        let Self { start, scores, marks, touched, .. } = self;
        for (word, slot) in touched.iter_mut().enumerate() {
            let mut bits = std::mem::take(slot);
            while bits != 0 {
                let place = (word * 64 + bits.trailing_zeros() as usize) % SPAN;
                bits &= bits - 1;
                let score = std::mem::take(&mut scores[place]);
                let held = std::mem::take(&mut marks[place]);
                if score >= least {
                    each(*start + place as u32, score, held);
                }
            }
        }
    }
}
