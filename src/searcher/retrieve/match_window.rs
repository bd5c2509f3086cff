//! Scores and term bits of 8,192 neighbouring passages, for the exhaustive search: each scorer is
//! read in one go, and then all passages that any scorer matched are gone through.

use anyhow::Result;

use super::scorer::{ScorerPostings, TermBm25, TermScorer, counted, length};
use crate::searcher::plan::merge;

/// Passages of a window.
pub(super) const MATCH_WINDOW_LEN: usize = 8192;

/// Where the window of a passage starts.
pub(super) fn start_of(passage: u32) -> u32 {
    passage / MATCH_WINDOW_LEN as u32 * MATCH_WINDOW_LEN as u32
}

/// The place of a passage in the window that begins at `start`.
#[inline]
fn place(start: u32, passage: u32) -> usize {
    passage.wrapping_sub(start) as usize % MATCH_WINDOW_LEN
}

/// Scores and term bits of the passages `start..start + MATCH_WINDOW_LEN`.
#[derive(Debug)]
pub(super) struct MatchWindow {
    pub(super) start: u32,
    /// Words of bits a passage.
    pub(super) words: usize,
    /// Sums of few single-precision numbers, so that their order makes no difference.
    scores: Box<[f64; MATCH_WINDOW_LEN]>,
    /// The weighted frequencies of the scorer that is being added.
    frequencies: Box<[f32; MATCH_WINDOW_LEN]>,
    /// The places with a frequency.
    places: Vec<u32>,
    exact: Vec<u64>,
    any_form: Vec<u64>,
    /// One bit a passage: whether any scorer matches it.
    occupied: Box<[u64; MATCH_WINDOW_LEN / 64]>,
}

impl MatchWindow {
    pub(super) fn new(words: usize) -> Self {
        Self {
            start: 0,
            words,
            scores: Box::new([0.0; MATCH_WINDOW_LEN]),
            frequencies: Box::new([0.0; MATCH_WINDOW_LEN]),
            places: Vec::new(),
            exact: vec![0; MATCH_WINDOW_LEN * words],
            any_form: vec![0; MATCH_WINDOW_LEN * words],
            occupied: Box::new([0; MATCH_WINDOW_LEN / 64]),
        }
    }

    /// Goes to the window of a passage.
    pub(super) fn start_at(&mut self, passage: u32) {
        self.start = start_of(passage);
    }

    /// The passage at a place.
    pub(super) fn passage(&self, place: usize) -> u32 {
        self.start + u32::try_from(place).unwrap_or(0)
    }

    /// The score at a place.
    #[inline]
    pub(super) fn score(&self, place: usize) -> f64 {
        self.scores[place]
    }

    /// Adds a scorer: its score by the sum of its lists' frequencies, and the bits that they set.
    pub(super) fn add(&mut self, lengths: &[[u8; 2]], scorer: &mut TermScorer) {
        let bm25 = scorer.bm25();
        match scorer.lists.as_mut_slice() {
            [only] => self.add_only(lengths, bm25, only),
            several => self.add_several(lengths, bm25, several),
        }
    }

    /// Adds the scores of a scorer to passages that others match already.
    pub(super) fn add_to_occupied(&mut self, lengths: &[[u8; 2]], scorer: &mut TermScorer) {
        let bm25 = scorer.bm25();
        for word in 0..self.occupied.len() {
            let mut bits = self.occupied[word];
            while bits != 0 {
                let place = word * 64 + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                let passage = self.passage(place);
                let counts = scorer.lists.iter_mut().map(|list| {
                    let frequency = list.cursor.frequency_in(passage);
                    counted(list.weight, frequency)
                });
                let frequency: f32 = counts.sum();
                if frequency > 0.0 {
                    self.scores[place] += bm25.score(frequency, length(lengths, place));
                }
            }
        }
    }

    fn end(&self) -> u32 {
        self.start.saturating_add(MATCH_WINDOW_LEN as u32)
    }

    fn add_only(&mut self, lengths: &[[u8; 2]], bm25: TermBm25, list: &mut ScorerPostings) {
        let ScorerPostings { cursor, weight, exact, any_form, .. } = list;
        cursor.walk(self.end(), |passage, frequency| {
            let place = place(self.start, passage);
            self.add_bits(place, exact.bits(), any_form.bits());
            if bm25.weight > 0.0 {
                let frequency = counted(*weight, frequency);
                self.scores[place] += bm25.score(frequency, length(lengths, place));
            }
        });
    }

    fn add_several(&mut self, lengths: &[[u8; 2]], bm25: TermBm25, lists: &mut [ScorerPostings]) {
        let end = self.end();
        for list in lists {
            let ScorerPostings { cursor, weight, exact, any_form, .. } = list;
            cursor.walk(end, |passage, frequency| {
                let place = place(self.start, passage);
                self.add_bits(place, exact.bits(), any_form.bits());
                let sum = &mut self.frequencies[place];
                if *sum == 0.0 {
                    self.places.push(u32::try_from(place).unwrap_or(0));
                }
                *sum += counted(*weight, frequency);
            });
        }
        while let Some(place) = self.places.pop() {
            let place = place as usize % MATCH_WINDOW_LEN;
            let frequency = std::mem::take(&mut self.frequencies[place]);
            if bm25.weight > 0.0 {
                self.scores[place] += bm25.score(frequency, length(lengths, place));
            }
        }
    }

    /// Adds bits to those of a place.
    #[inline]
    fn add_bits(&mut self, place: usize, exact: &[u64], any_form: &[u64]) {
        self.occupied[place / 64] |= 1 << (place % 64);
        if let ([exact], [any_form]) = (exact, any_form) {
            // The bits of nearly every query fit in one word.
            if let Some(it) = self.exact.get_mut(place) {
                *it |= exact;
            }
            if let Some(it) = self.any_form.get_mut(place) {
                *it |= any_form;
            }
            return;
        }
        let own = place * self.words..(place + 1) * self.words;
        merge(&mut self.exact[own.clone()], exact);
        merge(&mut self.any_form[own], any_form);
    }

    /// The bits of a place: as typed, and in any form.
    pub(super) fn bits(&self, place: usize) -> (&[u64], &[u64]) {
        let own = place * self.words..(place + 1) * self.words;
        (&self.exact[own.clone()], &self.any_form[own])
    }

    /// Empties the window: gives every place that a scorer matched, in order.
    pub(super) fn drain(
        &mut self,
        mut each: impl FnMut(&mut Self, usize) -> Result<()>,
    ) -> Result<()> {
        for word in 0..self.occupied.len() {
            let mut bits = std::mem::take(&mut self.occupied[word]);
            while bits != 0 {
                let place = word * 64 + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                each(self, place)?;
                self.scores[place] = 0.0;
                let own = place * self.words..(place + 1) * self.words;
                self.exact[own.clone()].fill(0);
                self.any_form[own].fill(0);
            }
        }
        Ok(())
    }
}
