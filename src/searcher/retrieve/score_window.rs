//! The sums of scores of 16,384 neighbouring passages, for MaxScore.

use super::scorer::{ROUNDING, ScorerPostings, TermBm25, TermScorer, counted, length};

/// Passages of a window: few enough for the cache next to the core, many enough that the fixed cost
/// of a window does not matter.
pub(super) const WINDOW_LEN: usize = 16_384;

/// Scores of the passages `start..start + WINDOW_LEN`, and which scorers matched them.
#[derive(Debug)]
pub(super) struct ScoreWindow {
    start: u32,
    /// Sums of few single-precision numbers, so that their order makes no difference.
    scores: Box<[f64; WINDOW_LEN]>,
    /// The bits of the scorers that match each passage.
    scorer_bits: Box<[u32; WINDOW_LEN]>,
    /// One bit a passage: whether any scorer matches it.
    occupied: Box<[u64; WINDOW_LEN / 64]>,
    /// The weighted frequencies of all but the last list of a scorer.
    counts: Box<[f32; WINDOW_LEN]>,
    /// The passages of these lists, but for lists within the last one.
    others: Vec<u32>,
}

impl ScoreWindow {
    pub(super) fn new() -> Self {
        Self {
            start: 0,
            scores: Box::new([0.0; WINDOW_LEN]),
            scorer_bits: Box::new([0; WINDOW_LEN]),
            occupied: Box::new([0; WINDOW_LEN / 64]),
            counts: Box::new([0.0; WINDOW_LEN]),
            others: Vec::new(),
        }
    }

    /// Moves the empty window to where it begins.
    pub(super) fn start_at(&mut self, start: u32) {
        self.start = start;
    }

    /// The first passage of the window.
    pub(super) fn start(&self) -> u32 {
        self.start
    }

    /// Adds the scores of a scorer for the passages of the window.
    pub(super) fn add(&mut self, lengths: &[[u8; 2]], scorer: &mut TermScorer) {
        let (bm25, scorer_bit) = (scorer.bm25(), scorer.scorer_bit);
        match scorer.lists.as_mut_slice() {
            [] => {}
            [only] => self.add_last::<false>(lengths, bm25, only, scorer_bit),
            [first @ .., last] => {
                first.iter_mut().for_each(|it| self.note(it));
                self.add_last::<true>(lengths, bm25, last, scorer_bit);
                self.add_others(lengths, bm25, scorer_bit);
            }
        }
    }

    /// Adds the scores of a scorer to passages that others match already. Works for scorers of one
    /// list only; returns whether it did.
    pub(super) fn add_to_occupied(&mut self, lengths: &[[u8; 2]], scorer: &mut TermScorer) -> bool {
        let (bm25, scorer_bit) = (scorer.bm25(), scorer.scorer_bit);
        let Self { start, scores, scorer_bits, occupied, .. } = self;
        let [ScorerPostings { cursor, weight, .. }] = scorer.lists.as_mut_slice() else {
            return false;
        };
        cursor.walk_slices(*start + WINDOW_LEN as u32, |passages, frequencies| {
            for (passage, frequency) in passages.iter().zip(frequencies) {
                let place = *passage as usize % WINDOW_LEN;
                if occupied[place / 64] >> (place % 64) & 1 == 1 {
                    let count = counted(*weight, *frequency);
                    scores[place] += bm25.score(count, length(lengths, place));
                    scorer_bits[place] |= scorer_bit;
                }
            }
        });
        true
    }

    /// Adds up the weighted frequencies of a list that is not the last of its scorer.
    fn note(&mut self, list: &mut ScorerPostings) {
        let Self { start, counts, others, .. } = self;
        let ScorerPostings { cursor, weight, is_within, .. } = list;
        cursor.walk_slices(*start + WINDOW_LEN as u32, |passages, frequencies| {
            if !*is_within {
                others.extend_from_slice(passages);
            }
            for (passage, frequency) in passages.iter().zip(frequencies) {
                counts[*passage as usize % WINDOW_LEN] += counted(*weight, *frequency);
            }
        });
    }

    /// Adds the scores of the passages of the last list, with the frequencies of the others.
    fn add_last<const IS_NOTED: bool>(
        &mut self,
        lengths: &[[u8; 2]],
        bm25: TermBm25,
        list: &mut ScorerPostings,
        scorer_bit: u32,
    ) {
        let Self { start, scores, scorer_bits, occupied, counts, .. } = self;
        let weight = list.weight;
        list.cursor.walk_slices(*start + WINDOW_LEN as u32, |passages, frequencies| {
            for (passage, frequency) in passages.iter().zip(frequencies) {
                let place = *passage as usize % WINDOW_LEN;
                occupied[place / 64] |= 1 << (place % 64);
                scorer_bits[place] |= scorer_bit;
                let mut count = counted(weight, *frequency);
                if IS_NOTED {
                    count += std::mem::take(&mut counts[place]);
                }
                scores[place] += bm25.score(count, length(lengths, place));
            }
        });
    }

    /// Adds the scores of the passages that are not in the last list.
    fn add_others(&mut self, lengths: &[[u8; 2]], bm25: TermBm25, scorer_bit: u32) {
        for passage in self.others.drain(..) {
            let place = passage as usize % WINDOW_LEN;
            let count = std::mem::take(&mut self.counts[place]);
            if count > 0.0 {
                self.occupied[place / 64] |= 1 << (place % 64);
                self.scorer_bits[place] |= scorer_bit;
                self.scores[place] += bm25.score(count, length(lengths, place));
            }
        }
    }

    /// The lowest score that may still reach the threshold if at most `more` is added to it.
    pub(super) fn lowest(threshold: f64, more: f64) -> f64 {
        (threshold / ROUNDING - more) / ROUNDING
    }

    /// Estimates how many passages have at least this score, from every eighth group of 64.
    pub(super) fn count(&self, lowest: f64) -> u64 {
        let mut count = 0;
        let places = self.occupied.iter().zip(self.scores.as_chunks::<64>().0);
        for (bits, scores) in places.step_by(8) {
            let mut bits = *bits;
            while bits != 0 {
                let place = bits.trailing_zeros() as usize % 64;
                bits &= bits - 1;
                count += u64::from(scores[place] >= lowest);
            }
        }
        count * 8
    }

    /// Empties the window: gives passage, score and scorer bits of all that have at least this
    /// score, in order.
    #[inline]
    pub(super) fn drain(&mut self, lowest: f64, mut each: impl FnMut(u32, f64, u32)) {
        let Self { start, scores, scorer_bits, occupied, .. } = self;
        for (word, slot) in occupied.iter_mut().enumerate() {
            let mut bits = std::mem::take(slot);
            while bits != 0 {
                let place = (word * 64 + bits.trailing_zeros() as usize) % WINDOW_LEN;
                bits &= bits - 1;
                let score = std::mem::take(&mut scores[place]);
                let matched = std::mem::take(&mut scorer_bits[place]);
                if score >= lowest {
                    each(*start + place as u32, score, matched);
                }
            }
        }
    }
}
