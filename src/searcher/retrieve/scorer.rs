//! The units of a plan as they are walked, and what they give one passage.

use tantivy::TERMINATED;

use crate::rank::Saturation;
use crate::searcher::plan::{Evidence, has, merge};
use crate::searcher::plan::{Source, Unit};
use crate::searcher::postings::Cursor;

/// Bounds are a little higher than what they bound, for the rounding of sums.
pub(crate) const ROUNDING: f64 = 1.000_001;

/// The evidence that one source gives, and its postings: what the collector walks.
#[derive(Clone)]
pub(crate) struct Walk {
    pub(crate) cursor: Cursor,
    pub(crate) weight: f32,
    /// As in [`Source::is_within`].
    pub(crate) is_within: bool,
    /// The bits that it sets as typed, and in any form.
    pub(crate) typed: Evidence,
    pub(crate) held: Evidence,
}

impl Walk {
    /// For evidence of so many words.
    pub(crate) fn new(source: &Source, cursor: Cursor, words: usize) -> Self {
        let typed = Evidence::with(words, source.typed.iter().copied());
        let held = Evidence::with(words, source.typed.iter().chain(&source.expanded).copied());
        let Source { weight, is_within, .. } = *source;
        Self { cursor, weight, is_within, typed, held }
    }

    /// Adds its bits to what a passage holds as typed, and in any form.
    #[inline]
    pub(crate) fn tell(&self, typed: &mut [u64], held: &mut [u64]) {
        merge(typed, self.typed.bits());
        merge(held, self.held.bits());
    }

    /// Whether it sets any of some bits: as typed, or in any form.
    pub(crate) fn sets(&self, bits: &[u32], as_typed: bool) -> bool {
        let own = if as_typed { &self.typed } else { &self.held };
        bits.iter().any(|it| has(own.bits(), *it))
    }
}

/// A unit on its way through the passages; a clone walks by itself.
#[derive(Clone)]
pub(crate) struct Lane {
    pub(crate) number: usize,
    /// A bit of its own; none where there are more lanes than bits.
    pub(crate) mark: u32,
    pub(crate) weight: f32,
    pub(crate) mean_length: f32,
    pub(crate) walks: Vec<Walk>,
    /// More than it can add.
    pub(crate) most: f64,
}

impl Lane {
    pub(crate) fn new(number: usize, unit: &Unit, cursors: Vec<Cursor>, words: usize) -> Self {
        let mark = u32::try_from(number).ok().and_then(|it| 1_u32.checked_shl(it)).unwrap_or(0);
        let Unit { weight, mean_length, ref sources, .. } = *unit;
        let walks = sources.iter().zip(cursors).map(|(it, own)| Walk::new(it, own, words));
        let walks = walks.collect();
        Self { number, mark, weight, mean_length, walks, most: 0.0 }
    }

    /// Whether a passage may answer by this alone. What neither proves nor demands is there for
    /// the passages that others bring up: 中 and 国 stand in half of all passages.
    pub(crate) fn proves(&self) -> bool {
        self.weight == 0.0 || self.walks.iter().any(|it| it.held.is_any())
    }

    /// A lane that gives no passage less than this one, by fewer lists.
    pub(crate) fn bounding(&self) -> Self {
        let walks = self.bounding_walks().map(|(weight, it)| Walk { weight, ..it.clone() });
        Self { walks: walks.collect(), ..*self }
    }

    /// Its lists, and what one occurrence counts there.
    pub(crate) fn bounding_walks(&self) -> impl Iterator<Item = (f32, &Walk)> {
        let within: f32 = self.walks.iter().filter(|it| it.is_within).map(|it| it.weight).sum();
        let last = self.walks.iter().rposition(|it| !it.is_within);
        let own = self.walks.iter().enumerate().filter(|it| !it.1.is_within);
        own.map(move |(at, it)| (it.weight + if Some(at) == last { within } else { 0.0 }, it))
    }

    /// Whether only passages that hold Han characters can stand in it.
    pub(crate) fn is_of_han(&self) -> bool {
        self.walks.iter().all(|it| it.cursor.is_of_han())
    }

    /// In how many passages it stands, those of several sources counted more than once.
    pub(crate) fn passages(&self) -> u64 {
        let own = self.walks.iter().filter(|it| !it.is_within);
        own.map(|it| u64::from(it.cursor.document_frequency())).sum()
    }

    /// The next passage of any of its sources.
    pub(crate) fn next(&self) -> Option<u32> {
        let next = self.walks.iter().map(|it| it.cursor.passage()).min();
        next.filter(|it| *it < TERMINATED)
    }

    /// Goes on to the first passage at or after one.
    pub(crate) fn seek(&mut self, passage: u32) {
        for walk in &mut self.walks {
            walk.cursor.seek(passage);
        }
    }

    /// Whether it says of any passage that it holds something as typed.
    pub(crate) fn types(&self) -> bool {
        self.walks.iter().any(|it| it.typed.is_any())
    }

    /// Whether it says of any passage that it holds something by another name alone.
    pub(crate) fn expands(&self) -> bool {
        self.walks.iter().any(|it| it.typed != it.held)
    }

    /// Whether it sets any of some bits: as typed, or in any form.
    pub(crate) fn proves_any(&self, bits: &[u32], as_typed: bool) -> bool {
        self.walks.iter().any(|it| it.sets(bits, as_typed))
    }

    /// Whether each of its lists sets any of some bits: as typed, or in any form.
    pub(crate) fn prove_all(&self, bits: &[u32], as_typed: bool) -> bool {
        !self.walks.is_empty() && self.walks.iter().all(|it| it.sets(bits, as_typed))
    }

    /// Whether its lists all say the same, so that who is in any of them holds it.
    pub(super) fn says_one_thing(&self) -> bool {
        self.walks.windows(2).all(|it| it[0].typed == it[1].typed && it[0].held == it[1].held)
    }

    /// How it scores.
    pub(crate) fn scorer(&self) -> Scorer {
        let rule = Saturation::default();
        let fixed = rule.k1 * (1.0 - rule.b);
        let each = rule.k1 * rule.b / self.mean_length.max(1.0);
        Scorer { rule, weight: self.weight, ceiling: self.weight * rule.ceiling(), fixed, each }
    }
}

/// The marks of some lanes.
pub(crate) fn marks<'l>(lanes: impl Iterator<Item = &'l Lane>) -> u32 {
    lanes.fold(0, |all, it| all | it.mark)
}

/// A unit's score of a frequency: [`Saturation`] with what does not change worked out.
#[derive(Clone, Copy)]
pub(crate) struct Scorer {
    rule: Saturation,
    pub(crate) weight: f32,
    /// The weight times what saturation approaches.
    ceiling: f32,
    fixed: f32,
    each: f32,
}

impl Scorer {
    /// What a frequency gives in a passage of this length.
    #[inline]
    pub(crate) fn score(&self, frequency: f32, length: u16) -> f64 {
        let norm = self.fixed + self.each * f32::from(length);
        f64::from(self.weight * self.rule.saturate(frequency, norm))
    }

    /// The length from which on a frequency gives less than this; one more or less by rounding.
    pub(crate) fn longest(&self, frequency: f32, least: f64) -> u32 {
        if least <= 0.0 {
            return 1 << 16;
        }
        let norm = f64::from(self.ceiling * frequency) / least - f64::from(frequency);
        // Too large and too small numbers become the largest and the smallest.
        ((norm - f64::from(self.fixed)) / f64::from(self.each)).min(65_535.0) as u32 + 1
    }

    /// What `frequency / norm` is at most where `frequency / (free length + length)` is at most
    /// this.
    #[inline]
    pub(crate) fn ratio(&self, given: f32, free_length: f32) -> f32 {
        // With another mean the two differ most for the shortest passage.
        let own = self.fixed / self.each;
        given * (free_length / own).max(1.0) / self.each
    }

    /// `frequency / norm` of one posting.
    #[inline]
    pub(crate) fn ratio_of(&self, frequency: u32, length: u16) -> f32 {
        counted(1.0, frequency) / (self.fixed + self.each * f32::from(length))
    }

    /// What this gives at most where [`Scorer::ratio`] is at most so much.
    #[inline]
    pub(crate) fn most(&self, ratio: f32) -> f64 {
        let share = if ratio < f32::MAX { ratio / (1.0 + ratio) } else { 1.0 };
        // Single precision here and there may differ in the last digit.
        f64::from(self.ceiling * share) * ROUNDING
    }
}

/// What so many occurrences count.
#[inline]
#[expect(clippy::cast_precision_loss, reason = "a passage holds few thousand words")]
pub(crate) fn counted(source_weight: f32, frequency: u32) -> f32 {
    source_weight * frequency as f32
}

/// The length of the passage at a place.
#[inline]
pub(crate) fn length(lengths: &[[u8; 2]], place: usize) -> u16 {
    lengths.get(place).map_or(1, |it| u16::from_le_bytes(*it))
}
