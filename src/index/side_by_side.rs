//! Passages in which lists of postings stand together, and the positions at which they do.

use tantivy::TERMINATED;

use super::list::List;

/// Lists that a passage must stand in, and places of which each must stand somewhere in it.
pub struct Together {
    filters: Vec<List>,
    places: Vec<Place>,
}

/// One place of a phrase: the postings of what fits there, with positions, and how far it is from
/// the first place.
pub struct Place {
    offset: u32,
    alternatives: Vec<List>,
    positions: Vec<u32>,
}

impl Place {
    /// A place at a distance from the first; at least one list fits.
    #[must_use]
    pub fn new(alternatives: Vec<List>, offset: u32) -> Self {
        Self { offset, alternatives, positions: Vec::new() }
    }

    /// Positions in the passage that was [read](Together::read) last, sorted.
    #[must_use]
    pub fn positions(&self) -> &[u32] {
        &self.positions
    }

    /// In at most so many passages it stands.
    fn passages(&self) -> u64 {
        self.alternatives.iter().map(|it| u64::from(it.document_frequency())).sum()
    }

    #[inline]
    fn seek(&mut self, target: u32) -> u32 {
        if let [only] = self.alternatives.as_mut_slice() {
            return only.seek(target);
        }
        self.alternatives.iter_mut().map(|it| it.seek(target)).min().unwrap_or(TERMINATED)
    }

    fn read(&mut self) {
        self.positions.clear();
        if let [only] = self.alternatives.as_mut_slice() {
            only.append_positions(&mut self.positions);
            return;
        }
        let passage = self.alternatives.iter().map(List::passage).min();
        let here = self.alternatives.iter_mut().filter(|it| Some(it.passage()) == passage);
        here.for_each(|it| it.append_positions(&mut self.positions));
        self.positions.sort_unstable();
        self.positions.dedup();
    }
}

impl Together {
    /// The filters tell fast that a passage is none; positions are read only where all stand.
    #[must_use]
    pub fn new(mut filters: Vec<List>, mut places: Vec<Place>) -> Self {
        filters.sort_by_key(List::document_frequency);
        // The rarest first: it tells soonest that a passage is none.
        places.sort_by_key(Place::passages);
        Self { filters, places }
    }

    /// The first passage at or after `from` in which all stand; calls go forward.
    pub fn next(&mut self, from: u32) -> Option<u32> {
        let mut target = from;
        'again: loop {
            for filter in &mut self.filters {
                let at = filter.seek(target);
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
        if let ([first, second, rest @ ..], u32::MAX) = (self.places.as_mut_slice(), end)
            && let Some(count) = pairs(first, second)
            && (count == 0 || rest.is_empty())
        {
            return count;
        }
        let Some((first, rest)) = self.places.split_first_mut() else { return 0 };
        first.read();
        let offset = first.offset;
        if offset > 0 || end < u32::MAX {
            first.positions.retain_mut(|it| {
                let start = it.checked_sub(offset).filter(|_| *it < end);
                *it = start.unwrap_or_default();
                start.is_some()
            });
        }
        for place in rest {
            if first.positions.is_empty() {
                return 0;
            }
            place.read();
            keep_followed(&mut first.positions, &place.positions, place.offset, end);
        }
        first.positions.len()
    }
}

/// Keeps the starts that one of some positions follows at a distance, before `end`; both rise.
#[inline]
fn keep_followed(starts: &mut Vec<u32>, positions: &[u32], distance: u32, end: u32) {
    if let ([start], [position]) = (starts.as_slice(), positions) {
        // Most often.
        if start + distance != *position || *position >= end {
            starts.clear();
        }
        return;
    }
    let mut rest = positions;
    starts.retain(|start| {
        let wanted = start + distance;
        while let [first, later @ ..] = rest
            && *first < wanted
        {
            rest = later;
        }
        wanted < end && rest.first() == Some(&wanted)
    });
}

/// How often two places stand at their distance in the current passage; nothing where that is not
/// told at once.
#[inline]
fn pairs(first: &mut Place, second: &mut Place) -> Option<usize> {
    let offsets = (first.offset, second.offset);
    let ([first], [second]) =
        (first.alternatives.as_mut_slice(), second.alternatives.as_mut_slice())
    else {
        return None;
    };
    let (first, second) = (first.steps()?, second.steps()?);
    let (mut first, mut second) = (first.iter(), second.iter());
    // Each as if it stood where the other should: both rise.
    let mut one = offsets.1.checked_add(*first.next()?)?;
    let mut other = offsets.0.checked_add(*second.next()?)?;
    let mut count = 0;
    loop {
        count += usize::from(one == other);
        let steps = if one <= other { &mut first } else { &mut second };
        let Some(step) = steps.next() else { return Some(count) };
        if one <= other {
            one = one.wrapping_add(*step);
        } else {
            other = other.wrapping_add(*step);
        }
    }
}
