//! What a block of postings can give at most: the one posting of it that scores highest.
//!
//! BM25's share of a posting rises with `frequency / (c + length)`, where `c` is the mean length of
//! the passages that hold the term's script times `(1 - b) / b`. So one posting of a block scores no
//! less than all others, whatever the term weighs; its frequency and length stand in the two bytes
//! that tantivy's skip lists keep for this (block maxima after Ding & Suel, "Faster Top-k Document
//! Retrieval Using Block-Max Indexes", 2011). A byte holds a length rounded down, so that what is
//! read is never less than what stands there.

use std::ops::Range;

use tantivy::TERMINATED;
use tantivy::directory::OwnedBytes;
use tantivy::fieldnorm::FieldNormReader;

use super::columns::u32_at;
use super::records::Statistics;

/// `(1 - b) / b` for a `b` of .6. Where a query scores by another one, bounds are still bounds.
const FREE_LENGTH: f32 = 2.0 / 3.0;

/// A frequency that stands for all greater ones.
const MANY: u8 = u8::MAX;

/// Bounds are this much higher than what they bound, for the rounding of single precision.
const ROUNDING: f32 = 1.000_01;

/// The posting that scores highest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Peak {
    code: u8,
    frequency: u8,
}

impl Peak {
    /// Of no posting.
    pub(super) const NONE: Self = Self { code: 0, frequency: 0 };

    /// Two bytes as they stand in a skip list.
    fn read(bytes: [u8; 2]) -> Self {
        let [code, frequency] = bytes;
        Self { code, frequency }
    }

    /// The two bytes that stand at a place; the highest where there are none.
    pub(super) fn at(bytes: &[u8], at: usize) -> Self {
        let bytes = bytes.get(at..).and_then(<[u8]>::first_chunk::<2>);
        bytes.map_or(Self { code: 0, frequency: MANY }, |it| Self::read(*it))
    }

    /// As two bytes.
    pub(super) fn bytes(self) -> [u8; 2] {
        [self.code, self.frequency]
    }

    /// No posting of the block gives more by `frequency / (c + length)`.
    #[inline]
    pub(super) fn ratio(self, free: f32) -> f32 {
        if self.frequency == MANY {
            return f32::INFINITY;
        }
        let length = FieldNormReader::id_to_fieldnorm(self.code);
        #[expect(clippy::cast_precision_loss, reason = "a length is at most 65,535")]
        let length = length as f32;
        f32::from(self.frequency) / (free + length) * ROUNDING
    }
}

/// A walk over what the blocks of a list give at most, without looking into them.
#[derive(Clone)]
pub struct Peaks {
    bytes: OwnedBytes,
    free_length: f32,
    /// Where the entry after the current one stands, and where the last one ends.
    next: usize,
    end: usize,
    entry_bytes: usize,
    /// The last passage of the current block, and what it gives.
    last: u32,
    here: f32,
}

impl Peaks {
    /// For the entries of a skip list from the current one on; a list without any may give all.
    pub(super) fn new(
        bytes: OwnedBytes,
        entries: Option<Range<usize>>,
        entry_bytes: usize,
        free_length: f32,
    ) -> Self {
        let is_short = entries.is_none();
        let Range { start, end } = entries.unwrap_or_default();
        let (last, here) = (TERMINATED, f32::INFINITY);
        let mut peaks = Self { bytes, free_length, next: start, end, entry_bytes, last, here };
        if !is_short {
            peaks.advance();
        }
        peaks
    }

    /// No posting in `start..end` gives more by `frequency / (free length + length)`; infinite where
    /// that is not known. Calls go forward.
    #[inline]
    pub fn most(&mut self, start: u32, end: u32) -> f32 {
        while self.last < start {
            self.advance();
        }
        let (mut most, mut last, mut next) = (self.here, self.last, self.next);
        while last.saturating_add(1) < end {
            let here;
            (last, here) = self.entry(next);
            most = most.max(here);
            next += self.entry_bytes;
        }
        most
    }

    /// The same for the whole list.
    #[must_use]
    pub fn most_of_all(&self) -> f32 {
        if self.end == 0 {
            return f32::INFINITY;
        }
        Peak::at(&self.bytes, self.end + 2).ratio(self.free_length)
    }

    /// What [`Peaks::most`] adds to lengths.
    #[must_use]
    pub fn free_length(&self) -> f32 {
        self.free_length
    }

    fn advance(&mut self) {
        (self.last, self.here) = self.entry(self.next);
        self.next += self.entry_bytes;
    }

    /// The last passage of a block and what it gives; behind the full ones is what is left over.
    #[inline]
    fn entry(&self, at: usize) -> (u32, f32) {
        let next = at + self.entry_bytes;
        let last = u32_at(&self.bytes, at).filter(|_| next <= self.end);
        match last {
            Some(last) => (last, Peak::at(&self.bytes, next - 2).ratio(self.free_length)),
            None => (TERMINATED, Peak::at(&self.bytes, self.end).ratio(self.free_length)),
        }
    }
}

/// The lengths of all passages, and by which of them a posting scores.
pub(super) struct Lengths {
    codes: Vec<u8>,
    /// For each code `1 / (c + length)`: among words, and among Han characters.
    shares: [[f32; 256]; 2],
}

impl Lengths {
    /// From the length of each passage.
    pub(super) fn new(lengths: impl Iterator<Item = u16>, statistics: &Statistics) -> Self {
        let code = |it: u16| FieldNormReader::fieldnorm_to_id(it.into());
        let shares = free_lengths(statistics).map(|free| {
            let mut code = 0;
            [(); 256].map(|()| {
                let share = Peak { code, frequency: 1 }.ratio(free);
                code = code.wrapping_add(1);
                share
            })
        });
        Self { codes: lengths.map(code).collect(), shares }
    }

    /// The highest of some postings of a term, and by how much it gives.
    pub(super) fn peak(&self, is_han: bool, passages: &[u32], frequencies: &[u32]) -> (Peak, f32) {
        let shares = &self.shares[usize::from(is_han)];
        let mut best = (Peak::NONE, 0.0);
        for (passage, frequency) in passages.iter().zip(frequencies) {
            let code = self.codes.get(*passage as usize).copied().unwrap_or(0);
            #[expect(clippy::cast_precision_loss, reason = "a passage holds few thousand words")]
            let gives = *frequency as f32 * shares[usize::from(code)];
            if gives > best.1 {
                let frequency = u8::try_from(*frequency).unwrap_or(MANY);
                best = (Peak { code, frequency }, gives);
            }
        }
        best
    }
}

/// The `c` of words, and that of Han characters.
pub(super) fn free_lengths(statistics: &Statistics) -> [f32; 2] {
    [statistics.words, statistics.han].map(|it| it.mean_length.max(1.0) * FREE_LENGTH)
}

/// Whether a term is one of Han characters, which are scored among the passages that hold such.
pub(super) fn is_of_han(term: &[u8]) -> bool {
    let first = term.get(..term.len().min(4)).unwrap_or_default().utf8_chunks().next();
    let first = first.and_then(|it| it.valid().chars().next());
    first.is_some_and(crate::text::is_han)
}
