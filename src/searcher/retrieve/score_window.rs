//! What the scorers that are walked give some thousand passages, side by side.

use super::scorer::{ROUNDING, ScorerPostings, TermBm25, TermScorer, counted, length};

/// Passages that are swept over in one go: few enough for the cache next to the cores, many enough
/// that it does not matter what a round costs by itself.
pub(crate) const WINDOW_LEN: usize = 16_384;

/// ScoreWindow of the passages `start..start + WINDOW_LEN`, and which scorers gave them.
#[derive(Debug)]
pub(crate) struct ScoreWindow {
    start: u32,
    /// Sums of few single-precision numbers, so that their order makes no difference.
    scores: Box<[f64; WINDOW_LEN]>,
    /// The scorer_bits of the scorers that stand at each place.
    scorer_bits: Box<[u32; WINDOW_LEN]>,
    /// One bit a place: whether any scorer stands there.
    occupied: Box<[u64; WINDOW_LEN / 64]>,
    /// What the first lists of a scorer count, until the last one is walked.
    counts: Box<[f32; WINDOW_LEN]>,
    /// Where that is, but for lists within the last one.
    others: Vec<u32>,
}

impl ScoreWindow {
    pub(crate) fn new() -> Self {
        Self {
            start: 0,
            scores: Box::new([0.0; WINDOW_LEN]),
            scorer_bits: Box::new([0; WINDOW_LEN]),
            occupied: Box::new([0; WINDOW_LEN / 64]),
            counts: Box::new([0.0; WINDOW_LEN]),
            others: Vec::new(),
        }
    }

    /// Goes to where a span of passages begins.
    pub(crate) fn start_at(&mut self, start: u32) {
        self.start = start;
    }

    /// Adds what a scorer gives from where it stands.
    pub(crate) fn add(&mut self, lengths: &[[u8; 2]], scorer: &mut TermScorer) {
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

    /// Adds what a scorer gives from where it stands, where others stand already; tells whether it did,
    /// which takes a scorer of one list.
    pub(crate) fn add_to_occupied(&mut self, lengths: &[[u8; 2]], scorer: &mut TermScorer) -> bool {
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

    /// Notes what one of the first lists of a scorer counts.
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

    /// Adds what the last list gives, with what was noted.
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

    /// Adds what was noted and does not stand in the last list.
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

    /// What a score must be so that with `more` it may reach a threshold.
    pub(crate) fn least(threshold: f64, more: f64) -> f64 {
        (threshold / ROUNDING - more) / ROUNDING
    }

    /// About how many have at least this score, by those of every eighth sixty-four places.
    pub(crate) fn count(&self, least: f64) -> u64 {
        let mut count = 0;
        let places = self.occupied.iter().zip(self.scores.as_chunks::<64>().0);
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

    /// Gives passage, score and scorer_bits of all that have at least this score, in order, and is empty
    /// then.
    #[inline]
    pub(crate) fn drain(&mut self, least: f64, mut each: impl FnMut(u32, f64, u32)) {
        let Self { start, scores, scorer_bits, occupied, .. } = self;
        for (word, slot) in occupied.iter_mut().enumerate() {
            let mut bits = std::mem::take(slot);
            while bits != 0 {
                let place = (word * 64 + bits.trailing_zeros() as usize) % WINDOW_LEN;
                bits &= bits - 1;
                let score = std::mem::take(&mut scores[place]);
                let any_form = std::mem::take(&mut scorer_bits[place]);
                if score >= least {
                    each(*start + place as u32, score, any_form);
                }
            }
        }
    }
}
