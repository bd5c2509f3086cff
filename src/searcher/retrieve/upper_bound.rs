//! What each lane gives at most, in one range of passages after the other: by the peaks of the
//! blocks that its lists have there. Short lists are read.

use super::scorer::{Lane, Scorer};
use crate::index::{Index, Peaks};
use crate::searcher::postings::Cursor;

/// A list of up to so many passages is read: a shorter one than a block has no peaks.
const SHORT: u32 = 256;

/// What the lanes of a plan give at most; ranges go forward, a clone by itself.
#[derive(Clone)]
pub(crate) struct Bounds<'i> {
    index: &'i Index,
    lanes: Vec<Bound>,
}

/// What one lane gives at most.
#[derive(Clone)]
pub(crate) struct Bound {
    scorer: Scorer,
    lists: Vec<(f32, Heights)>,
}

/// What a list gives at most.
#[derive(Clone)]
enum Heights {
    Peaks(Peaks),
    /// To be read.
    Short(Cursor),
    /// It may give all, wherever it stands.
    Any(Cursor),
}

impl<'i> Bounds<'i> {
    /// For lanes at their first passages.
    pub(crate) fn new(index: &'i Index, lanes: &[Lane]) -> Self {
        Self { index, lanes: lanes.iter().map(Bound::new).collect() }
    }

    /// More than a lane gives any passage in `start..end`.
    #[inline]
    pub(crate) fn most(&mut self, lane: usize, start: u32, end: u32) -> f64 {
        self.lanes.get_mut(lane).map_or(0.0, |it| it.most(self.index, start, end))
    }
}

impl Bound {
    /// For a lane at its first passage.
    pub(crate) fn new(lane: &Lane) -> Self {
        let heights = |cursor: &Cursor| match cursor.peaks() {
            _ if cursor.document_frequency() <= SHORT => Heights::Short(cursor.clone()),
            Some(peaks) => Heights::Peaks(peaks),
            None => Heights::Any(cursor.clone()),
        };
        let lists = lane.bounding_walks().map(|(weight, it)| (weight, heights(&it.cursor)));
        Self { scorer: lane.scorer(), lists: lists.collect() }
    }

    /// More than it gives any passage.
    pub(crate) fn most_of_all(&self, index: &Index) -> f64 {
        let most = |(weight, heights): &(f32, Heights)| {
            let scorer = &self.scorer;
            weight
                * match heights {
                    Heights::Peaks(it) => scorer.ratio(it.most_of_all(), it.free_length()),
                    other => other.clone().most(index, scorer, 0, u32::MAX),
                }
        };
        self.scorer.most(self.lists.iter().map(most).sum())
    }

    #[inline]
    fn most(&mut self, index: &Index, start: u32, end: u32) -> f64 {
        if self.scorer.weight == 0.0 {
            return 0.0;
        }
        let mut sum = 0.0;
        for (weight, heights) in &mut self.lists {
            sum += *weight * heights.most(index, &self.scorer, start, end);
        }
        self.scorer.most(sum)
    }
}

impl Heights {
    /// What [`Scorer::ratio`] is at most in `start..end`.
    fn most(&mut self, index: &Index, scorer: &Scorer, start: u32, end: u32) -> f32 {
        match self {
            Self::Peaks(peaks) => scorer.ratio(peaks.most(start, end), peaks.free_length()),
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
                    most = most.max(scorer.ratio_of(frequency, index.length(passage)));
                });
                most
            }
        }
    }
}
