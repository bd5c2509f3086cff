//! A byte range into a text.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A half-open byte range into a text, on character boundaries of that text.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// Makes the span `start..end`. An end before the start gives an empty span at `start`.
    ///
    /// Texts are below 4 GiB (the reader refuses larger ones), so offsets fit into 32 bits.
    #[must_use]
    #[inline]
    pub fn new(start: usize, end: usize) -> Self {
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        let end = u32::try_from(end).unwrap_or(u32::MAX);
        Self { start, end: end.max(start) }
    }

    /// The offset of the first byte.
    #[must_use]
    #[inline]
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// The offset after the last byte.
    #[must_use]
    #[inline]
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// The length in bytes.
    #[must_use]
    #[inline]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span contains no byte.
    #[must_use]
    #[inline]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The span as a range, for slicing.
    #[must_use]
    #[inline]
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// The text under the span. Empty if the span does not lie in `text` on character boundaries.
    #[must_use]
    #[inline]
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// The smallest span that contains both.
    #[must_use]
    #[inline]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether `other` lies within this span.
    #[must_use]
    #[inline]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The span moved by `bytes` to the right.
    #[must_use]
    pub fn shifted(self, bytes: usize) -> Self {
        Self::new(self.start() + bytes, self.end() + bytes)
    }
}
