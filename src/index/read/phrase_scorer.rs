//! Finds the passages that hold a phrase, and counts it there by comparing positions.

use tantivy::TERMINATED;

use super::postings::Postings;

/// Finds a phrase: filters that a passage must be in, and places, each of which one of some terms
/// must fill.
pub struct PhraseScorer {
    filters: Vec<Postings>,
    /// Whether the rarest place is rarer than every filter, and is looked up before them.
    leads: bool,
    /// The rarest first: it rules passages out soonest.
    places: Vec<PhrasePositions>,
    /// The places from this index on are so frequent that they are looked up only in passages where
    /// the others stand at their distances.
    late: usize,
    /// The passage that [`PhraseScorer::next`] returned last.
    passage: u32,
    /// The positions in it at which the phrase may begin, as far as places were compared.
    starts: Vec<u32>,
}

/// A third place this many times as frequent as the first is looked up late: a block is decoded for
/// nearly every passage, and most passages hold it.
const LATE: u64 = 8;

/// One place of a phrase: the postings of the terms that may fill it, and its distance from the
/// first place.
pub struct PhrasePositions {
    offset: u32,
    alternatives: Vec<Postings>,
    positions: Vec<u32>,
}

impl PhrasePositions {
    /// A place at a distance from the first place; there is at least one list.
    #[must_use]
    pub fn new(alternatives: Vec<Postings>, offset: u32) -> Self {
        Self { offset, alternatives, positions: Vec::new() }
    }

    /// Positions in the passage that was [read](PhraseScorer::read) last, sorted.
    #[must_use]
    pub fn positions(&self) -> &[u32] {
        &self.positions
    }

    /// Upper bound of the number of passages that fill this place.
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

    /// Collects where the phrase would begin for each position of this place before `end`.
    #[inline]
    fn starts(&mut self, end: u32, starts: &mut Vec<u32>) {
        starts.clear();
        self.read();
        let (offset, positions) = (self.offset, &self.positions);
        let before_end = positions.iter().filter(|it| **it < end);
        starts.extend(before_end.filter_map(|it| it.checked_sub(offset)));
    }

    /// Keeps the starts that this place follows at its distance before `end`; both are sorted.
    #[inline]
    fn keep(&mut self, end: u32, starts: &mut Vec<u32>) {
        self.read();
        keep_followed(starts, self.positions.iter().copied(), self.offset, end);
    }
}

impl PhraseScorer {
    /// Filters rule passages out quickly; positions are read only in passages that all lists hold.
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

    /// The first passage at or after `from` that all lists hold but the very frequent ones, which
    /// [`PhraseScorer::side_by_side`] looks up. Calls must go forward.
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

    /// Reads the positions before `end` of all places in the current passage.
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

    /// How often the phrase stands in the current passage before position `end`. Places are
    /// compared one after the other, until no start is left.
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

/// Keeps the starts that one of `positions` follows at a distance, before `end`; both are sorted.
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
        // The most frequent case.
        if !is_followed(start) {
            starts.clear();
        }
        return;
    }
    starts.retain(is_followed);
}
