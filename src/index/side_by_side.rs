//! Passages in which lists of postings stand together, and the positions at which they do.

use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::{DocSet, TERMINATED};

/// Lists that a passage must stand in, and places of which each must stand somewhere in it.
pub struct Together {
    filters: Vec<SegmentPostings>,
    places: Vec<Place>,
}

/// One place of a phrase: the postings of what fits there, with positions, and how far it is from
/// the first place.
pub struct Place {
    offset: u32,
    alternatives: Vec<SegmentPostings>,
    positions: Vec<u32>,
}

impl Place {
    /// A place at a distance from the first; at least one list fits.
    #[must_use]
    pub fn new(alternatives: Vec<SegmentPostings>, offset: u32) -> Self {
        Self { offset, alternatives, positions: Vec::new() }
    }

    /// Positions in the passage that was [read](Together::read) last, sorted.
    #[must_use]
    pub fn positions(&self) -> &[u32] {
        &self.positions
    }

    /// In at most so many passages it stands.
    fn passages(&self) -> u64 {
        self.alternatives.iter().map(|it| u64::from(it.doc_freq())).sum()
    }

    fn seek(&mut self, target: u32) -> u32 {
        self.alternatives.iter_mut().map(|it| seek(it, target)).min().unwrap_or(TERMINATED)
    }

    fn read(&mut self) {
        let passage = self.alternatives.iter().map(DocSet::doc).min();
        self.positions.clear();
        let here = self.alternatives.iter_mut().filter(|it| Some(it.doc()) == passage);
        for postings in here {
            postings.append_positions_with_offset(0, &mut self.positions);
        }
        if self.alternatives.len() > 1 {
            self.positions.sort_unstable();
            self.positions.dedup();
        }
    }
}

impl Together {
    /// The filters tell fast that a passage is none; positions are read only where all stand.
    #[must_use]
    pub fn new(mut filters: Vec<SegmentPostings>, mut places: Vec<Place>) -> Self {
        filters.sort_by_key(SegmentPostings::doc_freq);
        // The rarest first: it tells soonest that a passage is none.
        places.sort_by_key(Place::passages);
        Self { filters, places }
    }

    /// The first passage at or after `from` in which all stand; calls go forward.
    pub fn next(&mut self, from: u32) -> Option<u32> {
        let mut target = from;
        'again: loop {
            for filter in &mut self.filters {
                let at = seek(filter, target);
                if at > target {
                    target = at;
                    continue 'again;
                }
            }
            for place in &mut self.places {
                let at = place.seek(target);
                if at > target {
                    target = at;
                    continue 'again;
                }
            }
            return (target < TERMINATED).then_some(target);
        }
    }

    /// Reads the positions of all places in the current passage that are below `end`.
    pub fn read(&mut self, end: u32) -> &[Place] {
        for place in &mut self.places {
            place.read();
            place.positions.retain(|it| *it < end);
        }
        &self.places
    }

    /// How often the places stand at their distances in the current passage, before position
    /// `end`. Positions are read one place after the other, and no further than until none is left.
    pub fn side_by_side(&mut self, end: u32) -> usize {
        let Some((first, rest)) = self.places.split_first_mut() else { return 0 };
        first.read();
        let offset = first.offset;
        first.positions.retain_mut(|it| {
            let start = it.checked_sub(offset).filter(|_| *it < end);
            *it = start.unwrap_or_default();
            start.is_some()
        });
        for place in rest {
            if first.positions.is_empty() {
                return 0;
            }
            place.read();
            let stands = |it: &u32| *it < end && place.positions.binary_search(it).is_ok();
            first.positions.retain(|start| stands(&(start + place.offset)));
        }
        first.positions.len()
    }
}

fn seek(postings: &mut SegmentPostings, target: u32) -> u32 {
    if postings.doc() < target { postings.seek(target) } else { postings.doc() }
}
