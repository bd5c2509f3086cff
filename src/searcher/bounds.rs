//! Upper bounds: what each lane can add at most to the score of a passage, in one range of passages
//! after the other. A long list may give all that its term's weight allows; a short one is read.

use super::lanes::{Lane, Scorer};
use super::postings::Cursor;
use crate::index::Index;

/// A list of up to so many passages is read.
const SHORT: u32 = 256;

/// What the lanes of a plan give at most; ranges go forward, a clone by itself.
#[derive(Clone)]
pub(super) struct Bounds<'i> {
    index: &'i Index,
    lanes: Vec<Bound>,
}

/// What one lane gives at most.
#[derive(Clone)]
pub(super) struct Bound {
    scorer: Scorer,
    lists: Vec<(f32, Heights)>,
}

/// What a list gives at most.
#[derive(Clone)]
enum Heights {
    /// To be read.
    Short(Cursor),
    /// It may give all, wherever it stands.
    Long,
}

impl<'i> Bounds<'i> {
    /// For lanes at their first passages.
    pub(super) fn new(index: &'i Index, lanes: &[Lane]) -> Self {
        Self { index, lanes: lanes.iter().map(Bound::new).collect() }
    }

    /// More than a lane gives any passage in `start..end`.
    #[inline]
    pub(super) fn most(&mut self, lane: usize, start: u32, end: u32) -> f64 {
        self.lanes.get_mut(lane).map_or(0.0, |it| it.most(self.index, start, end))
    }
}

impl Bound {
    /// For a lane at its first passage.
    pub(super) fn new(lane: &Lane) -> Self {
        let heights = |cursor: &Cursor| match cursor.document_frequency() {
            ..=SHORT => Heights::Short(cursor.clone()),
            _ => Heights::Long,
        };
        let lists = lane.bounding_walks().map(|(weight, it)| (weight, heights(&it.cursor)));
        Self { scorer: lane.scorer(), lists: lists.collect() }
    }

    /// More than it gives any passage.
    pub(super) fn most_of_all(&self, index: &Index) -> f64 {
        let most = |(weight, heights): &(f32, Heights)| {
            weight * heights.clone().most(index, &self.scorer, 0, u32::MAX)
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
    /// What [`Scorer::ratio_of`] is at most in `start..end`.
    fn most(&mut self, index: &Index, scorer: &Scorer, start: u32, end: u32) -> f32 {
        match self {
            Self::Long => f32::INFINITY,
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
