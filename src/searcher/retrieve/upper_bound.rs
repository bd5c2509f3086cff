//! What each scorer gives at most, in one range of passages after the other: by the peaks of the
//! blocks that its lists have there. Short lists are read.

use super::scorer::{TermBm25, TermScorer};
use crate::index::{Index, Peaks};
use crate::searcher::postings::Cursor;

/// A list of up to so many passages is read: a shorter one than a block has no peaks.
const SHORT: u32 = 256;

/// What the scorers of a plan give at most; ranges go forward, a clone by itself.
#[derive(Clone)]
pub(crate) struct UpperBounds<'i> {
    index: &'i Index,
    scorers: Vec<UpperBound>,
}

/// What one scorer gives at most.
#[derive(Clone)]
pub(crate) struct UpperBound {
    bm25: TermBm25,
    lists: Vec<(f32, ListBound)>,
}

/// What a list gives at most.
#[derive(Clone)]
enum ListBound {
    Peaks(Peaks),
    /// To be read.
    Short(Cursor),
    /// It may give all, wherever it stands.
    Any(Cursor),
}

impl<'i> UpperBounds<'i> {
    /// For scorers at their first passages.
    pub(crate) fn new(index: &'i Index, scorers: &[TermScorer]) -> Self {
        Self { index, scorers: scorers.iter().map(UpperBound::new).collect() }
    }

    /// More than a scorer gives any passage in `start..end`.
    #[inline]
    pub(crate) fn most(&mut self, scorer: usize, start: u32, end: u32) -> f64 {
        self.scorers.get_mut(scorer).map_or(0.0, |it| it.most(self.index, start, end))
    }
}

impl UpperBound {
    /// For a scorer at its first passage.
    pub(crate) fn new(scorer: &TermScorer) -> Self {
        let heights = |cursor: &Cursor| match cursor.peaks() {
            _ if cursor.document_frequency() <= SHORT => ListBound::Short(cursor.clone()),
            Some(peaks) => ListBound::Peaks(peaks),
            None => ListBound::Any(cursor.clone()),
        };
        let lists = scorer.bounding_lists().map(|(weight, it)| (weight, heights(&it.cursor)));
        Self { bm25: scorer.bm25(), lists: lists.collect() }
    }

    /// More than it gives any passage.
    pub(crate) fn most_of_all(&self, index: &Index) -> f64 {
        let most = |(weight, heights): &(f32, ListBound)| {
            let bm25 = &self.bm25;
            weight
                * match heights {
                    ListBound::Peaks(it) => bm25.ratio(it.most_of_all(), it.free_length()),
                    other => other.clone().most(index, bm25, 0, u32::MAX),
                }
        };
        self.bm25.most(self.lists.iter().map(most).sum())
    }

    #[inline]
    fn most(&mut self, index: &Index, start: u32, end: u32) -> f64 {
        if self.bm25.weight == 0.0 {
            return 0.0;
        }
        let mut sum = 0.0;
        for (weight, heights) in &mut self.lists {
            sum += *weight * heights.most(index, &self.bm25, start, end);
        }
        self.bm25.most(sum)
    }
}

impl ListBound {
    /// What [`TermBm25::ratio`] is at most in `start..end`.
    fn most(&mut self, index: &Index, bm25: &TermBm25, start: u32, end: u32) -> f32 {
        match self {
            Self::Peaks(peaks) => bm25.ratio(peaks.most(start, end), peaks.free_length()),
            Self::Any(cursor) => {
                if cursor.seek(start) < end {
                    f32::INFINITY
                } else {
                    0.0
                }
            }
            Self::Short(cursor) => {
                if cursor.seek(start) >= end {
                    return 0.0;
                }
                let mut most = 0.0_f32;
                cursor.walk(end, |passage, frequency| {
                    most = most.max(bm25.ratio_of(frequency, index.length(passage)));
                });
                most
            }
        }
    }
}
