//! Passages in which lists of postings stand together, and the positions at which they do.

use tantivy::TERMINATED;

use super::postings::Postings;

/// Lists that a passage must stand in, and places of which each must stand somewhere in it.
pub struct PhraseScorer {
    filters: Vec<Postings>,
    /// Whether the first place is rarer than all filters, and is sought before them.
    leads: bool,
    /// The rarest first: it tells soonest that a passage is none.
    places: Vec<PhrasePositions>,
    /// The places from this one on are so frequent that they are sought only where those before
    /// them stand as they should.
    late: usize,
    /// The passage that [`PhraseScorer::next`] gave last.
    passage: u32,
    /// Where those places begin in it that stand at their distances.
    starts: Vec<u32>,
}

/// A third place that is so many times as frequent as the first is late: it is sought in another
/// block for nearly each passage, and most hold it.
const LATE: u64 = 8;

/// One place of a phrase: the postings of what fits there, with positions, and how far it is from
/// the first place.
pub struct PhrasePositions {
    offset: u32,
    alternatives: Vec<Postings>,
    positions: Vec<u32>,
}

impl PhrasePositions {
    /// A place at a distance from the first; at least one list fits.
    #[must_use]
    pub fn new(alternatives: Vec<Postings>, offset: u32) -> Self {
        Self { offset, alternatives, positions: Vec::new() }
    }

    /// Positions in the passage that was [read](PhraseScorer::read) last, sorted.
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
        let passage = self.alternatives.iter().map(Postings::passage).min();
        let here = self.alternatives.iter_mut().filter(|it| Some(it.passage()) == passage);
        here.for_each(|it| it.append_positions(&mut self.positions));
        self.positions.sort_unstable();
        self.positions.dedup();
    }

    /// Reads where the first place would begin for each position of this one that is before `end`.
    #[inline]
    fn starts(&mut self, end: u32, starts: &mut Vec<u32>) {
        starts.clear();
        self.read();
        let (offset, positions) = (self.offset, &self.positions);
        let before_end = positions.iter().filter(|it| **it < end);
        starts.extend(before_end.filter_map(|it| it.checked_sub(offset)));
    }

    /// Keeps the starts at whose distance this place stands before `end`; both rise.
    #[inline]
    fn keep(&mut self, end: u32, starts: &mut Vec<u32>) {
        self.read();
        keep_followed(starts, self.positions.iter().copied(), self.offset, end);
    }
}

impl PhraseScorer {
    /// The filters tell fast that a passage is none; positions are read only where all stand.
    #[must_use]
    pub fn new(mut filters: Vec<Postings>, mut places: Vec<PhrasePositions>) -> Self {
        filters.sort_by_key(Postings::document_frequency);
        places.sort_by_key(PhrasePositions::passages);
        let passages = |at: usize| places.get(at).map(PhrasePositions::passages);
        let filter = filters.first().map(|it| u64::from(it.document_frequency()));
        let leads = passages(0) < filter.or(Some(u64::MAX));
        let frequent = passages(0).unwrap_or_default().saturating_mul(LATE);
        let late = places.partition_point(|it| it.passages() <= frequent).max(2);
        let late = late.min(places.len());
        Self { filters, leads, places, late, passage: 0, starts: Vec::new() }
    }

    /// The first passage at or after `from` in which all stand that are not very frequent; calls go
    /// forward. Whether the others stand in it too is told by what stands side by side.
    pub fn next(&mut self, from: u32) -> Option<u32> {
        let places = self.places.get_mut(..self.late).unwrap_or_default();
        let (first, others) = places.split_at_mut(usize::from(self.leads && !places.is_empty()));
        let mut target = from;
        'again: loop {
            if let [first] = first {
                target = first.seek(target);
            }
            for filter in &mut self.filters {
                let at = filter.seek(target);
                if at > target {
                    target = at;
                    continue 'again;
                }
            }
            for place in others.iter_mut() {
                let at = place.seek(target);
                if at > target {
                    target = at;
                    continue 'again;
                }
            }
            self.passage = target;
            return (target < TERMINATED).then_some(target);
        }
    }

    /// Reads the positions of all places in the current passage that are below `end`.
    pub fn read(&mut self, end: u32) -> &[PhrasePositions] {
        for (at, place) in self.places.iter_mut().enumerate() {
            if at >= self.late && place.seek(self.passage) != self.passage {
                place.positions.clear();
                continue;
            }
            place.read();
            place.positions.retain(|it| *it < end);
        }
        &self.places
    }

    /// How often the places stand at their distances in the current passage, before position
    /// `end`. Positions are read one place after the other, and no further than until none is left.
    pub fn side_by_side(&mut self, end: u32) -> usize {
        let Some((first, rest)) = self.places.split_first_mut() else { return 0 };
        first.starts(end, &mut self.starts);
        for (at, place) in (1..).zip(rest) {
            if self.starts.is_empty() {
                return 0;
            }
            if at >= self.late && place.seek(self.passage) != self.passage {
                return 0;
            }
            place.keep(end, &mut self.starts);
        }
        self.starts.len()
    }
}

/// Keeps the starts that one of some positions follows at a distance, before `end`; both rise.
#[inline]
fn keep_followed(
    starts: &mut Vec<u32>,
    mut positions: impl Iterator<Item = u32>,
    distance: u32,
    end: u32,
) {
    let mut here = positions.next();
    let mut is_followed = |start: &u32| {
        let wanted = start.saturating_add(distance);
        while let Some(position) = here
            && position < wanted
        {
            here = positions.next();
        }
        here == Some(wanted) && wanted < end
    };
    if let [start] = starts.as_slice() {
        // Most often.
        if !is_followed(start) {
            starts.clear();
        }
        return;
    }
    starts.retain(is_followed);
}
