//! Scores and evidence of a few thousand passages at once: the passages of each unit are walked in
//! one go, and then all passages that any unit touched.

use anyhow::Result;

use super::scorer::{Lane, Scorer, Walk, counted, length};
use crate::searcher::plan::merge;

/// Passages a window.
pub(crate) const WINDOW: usize = 8192;

/// Where the window of a passage starts.
pub(crate) fn start_of(passage: u32) -> u32 {
    passage / WINDOW as u32 * WINDOW as u32
}

/// The place of a passage in the window that begins at `start`.
#[inline]
fn place(start: u32, passage: u32) -> usize {
    passage.wrapping_sub(start) as usize % WINDOW
}

/// Scores and evidence of the passages `start..start + WINDOW`.
#[derive(Debug)]
pub(crate) struct Window {
    pub(crate) start: u32,
    pub(crate) words: usize,
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
    pub(crate) fn new(words: usize) -> Self {
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

    /// Goes to the window of a passage.
    pub(crate) fn start_at(&mut self, passage: u32) {
        self.start = start_of(passage);
    }

    /// The passage at a place.
    pub(crate) fn passage(&self, place: usize) -> u32 {
        self.start + u32::try_from(place).unwrap_or(0)
    }

    /// The score at a place.
    #[inline]
    pub(crate) fn score(&self, place: usize) -> f64 {
        self.scores[place]
    }

    /// Adds one unit's frequencies, saturates them once, and notes what it proves.
    pub(crate) fn add(&mut self, lengths: &[[u8; 2]], lane: &mut Lane) {
        let scorer = lane.scorer();
        match lane.walks.as_mut_slice() {
            [only] => self.add_only(lengths, scorer, only),
            several => self.add_several(lengths, scorer, several),
        }
    }

    /// Adds what one unit gives the passages that others touched.
    pub(crate) fn add_to_touched(&mut self, lengths: &[[u8; 2]], lane: &mut Lane) {
        let scorer = lane.scorer();
        for word in 0..self.touched.len() {
            let mut bits = self.touched[word];
            while bits != 0 {
                let place = word * 64 + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                let passage = self.passage(place);
                let counts = lane.walks.iter_mut().map(|walk| {
                    let frequency = walk.cursor.frequency_in(passage);
                    counted(walk.weight, frequency)
                });
                let frequency: f32 = counts.sum();
                if frequency > 0.0 {
                    self.scores[place] += scorer.score(frequency, length(lengths, place));
                }
            }
        }
    }

    fn end(&self) -> u32 {
        self.start.saturating_add(WINDOW as u32)
    }

    fn add_only(&mut self, lengths: &[[u8; 2]], scorer: Scorer, walk: &mut Walk) {
        let Walk { cursor, weight, typed, held, .. } = walk;
        cursor.walk(self.end(), |passage, frequency| {
            let place = place(self.start, passage);
            self.note(place, typed.bits(), held.bits());
            if scorer.weight > 0.0 {
                let frequency = counted(*weight, frequency);
                self.scores[place] += scorer.score(frequency, length(lengths, place));
            }
        });
    }

    fn add_several(&mut self, lengths: &[[u8; 2]], scorer: Scorer, walks: &mut [Walk]) {
        let end = self.end();
        for walk in walks {
            let Walk { cursor, weight, typed, held, .. } = walk;
            cursor.walk(end, |passage, frequency| {
                let place = place(self.start, passage);
                self.note(place, typed.bits(), held.bits());
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
                self.scores[place] += scorer.score(frequency, length(lengths, place));
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
    pub(crate) fn evidence(&self, place: usize) -> (&[u64], &[u64]) {
        let own = place * self.words..(place + 1) * self.words;
        (&self.typed[own.clone()], &self.held[own])
    }

    /// Gives every touched place in order, and leaves the window empty.
    pub(crate) fn drain(
        &mut self,
        mut each: impl FnMut(&mut Self, usize) -> Result<()>,
    ) -> Result<()> {
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
        }
        Ok(())
    }
}
