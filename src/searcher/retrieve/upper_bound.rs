//! Upper bounds of what each scorer can add, range of passages by range. A long list may add all
//! that the weight of its term allows; a short list is read.

use super::scorer::{TermBm25, TermScorer};
use crate::index::Generation;
use crate::searcher::postings::Cursor;

/// A list of up to so many passages is read.
const SHORT: u32 = 256;

/// Upper bounds of the scorers of a plan. Ranges are asked for in rising order; a clone has its own
/// place.
#[derive(Clone)]
pub(super) struct UpperBounds<'i> {
    index: &'i Generation,
    scorers: Vec<UpperBound>,
}

/// Upper bound of one scorer.
#[derive(Clone)]
pub(super) struct UpperBound {
    bm25: TermBm25,
    lists: Vec<(f32, ListBound)>,
}

/// Upper bound of one list.
#[derive(Clone)]
enum ListBound {
    /// Short enough to be read.
    Short(Cursor),
    /// Any score is possible in every passage.
    Long,
}

impl<'i> UpperBounds<'i> {
    /// For scorers whose cursors stand at their first passages.
    pub(super) fn new(index: &'i Generation, scorers: &[TermScorer]) -> Self {
        Self { index, scorers: scorers.iter().map(UpperBound::new).collect() }
    }

    /// Upper bound of what a scorer adds to any passage in `start..end`.
    #[inline]
    pub(super) fn within(&mut self, scorer: usize, start: u32, end: u32) -> f64 {
        self.scorers.get_mut(scorer).map_or(0.0, |it| it.within(self.index, start, end))
    }
}

impl UpperBound {
    /// For a scorer whose cursors stand at their first passages.
    pub(super) fn new(scorer: &TermScorer) -> Self {
        let bound = |cursor: &Cursor| match cursor.document_frequency() {
            ..=SHORT => ListBound::Short(cursor.clone()),
            _ => ListBound::Long,
        };
        let lists = scorer.bounding_lists().map(|(weight, it)| (weight, bound(&it.cursor)));
        Self { bm25: scorer.bm25(), lists: lists.collect() }
    }

    /// Upper bound of what it adds to any passage.
    pub(super) fn overall(&self, index: &Generation) -> f64 {
        let most = |(weight, list): &(f32, ListBound)| {
            weight * list.clone().within(index, &self.bm25, 0, u32::MAX)
        };
        self.bm25.upper_bound(self.lists.iter().map(most).sum())
    }

    #[inline]
    fn within(&mut self, index: &Generation, start: u32, end: u32) -> f64 {
        if self.bm25.weight == 0.0 {
            return 0.0;
        }
        let mut sum = 0.0;
        for (weight, list) in &mut self.lists {
            sum += *weight * list.within(index, &self.bm25, start, end);
        }
        self.bm25.upper_bound(sum)
    }
}

impl ListBound {
    /// Upper bound of `frequency / norm` in `start..end`.
    fn within(&mut self, index: &Generation, bm25: &TermBm25, start: u32, end: u32) -> f32 {
        match self {
            Self::Long => f32::INFINITY,
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
