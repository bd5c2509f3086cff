//! The units of a plan as they are walked, and what they give one passage.

use tantivy::TERMINATED;

use crate::rank::Saturation;
use crate::searcher::plan::{ScoringTerm, TermPostings};
use crate::searcher::plan::{TermBits, has, merge};
use crate::searcher::postings::Cursor;

/// UpperBounds are a little higher than what they bound, for the rounding of sums.
pub(crate) const ROUNDING: f64 = 1.000_001;

/// The evidence that one source gives, and its postings: what the collector lists.
#[derive(Clone)]
pub(crate) struct ScorerPostings {
    pub(crate) cursor: Cursor,
    pub(crate) weight: f32,
    /// As in [`TermPostings::is_within`].
    pub(crate) is_within: bool,
    /// The bits that it sets as exact, and in any form.
    pub(crate) exact: TermBits,
    pub(crate) any_form: TermBits,
}

impl ScorerPostings {
    /// For evidence of so many words.
    pub(crate) fn new(source: &TermPostings, cursor: Cursor, words: usize) -> Self {
        let exact = TermBits::with(words, source.exact.iter().copied());
        let any_form = TermBits::with(words, source.exact.iter().chain(&source.expanded).copied());
        let TermPostings { weight, is_within, .. } = *source;
        Self { cursor, weight, is_within, exact, any_form }
    }

    /// Adds its bits to what a passage holds as exact, and in any form.
    #[inline]
    pub(crate) fn add_bits(&self, exact: &mut [u64], any_form: &mut [u64]) {
        merge(exact, self.exact.bits());
        merge(any_form, self.any_form.bits());
    }

    /// Whether it sets any of some bits: as exact, or in any form.
    pub(crate) fn sets(&self, bits: &[u32], as_typed: bool) -> bool {
        let own = if as_typed { &self.exact } else { &self.any_form };
        bits.iter().any(|it| has(own.bits(), *it))
    }
}

/// A unit on its way through the passages; a clone lists by itself.
#[derive(Clone)]
pub(crate) struct TermScorer {
    pub(crate) number: usize,
    /// A bit of its own; none where there are more scorers than bits.
    pub(crate) scorer_bit: u32,
    pub(crate) weight: f32,
    pub(crate) mean_length: f32,
    pub(crate) lists: Vec<ScorerPostings>,
    /// More than it can add.
    pub(crate) most: f64,
}

impl TermScorer {
    pub(crate) fn new(
        number: usize,
        unit: &ScoringTerm,
        cursors: Vec<Cursor>,
        words: usize,
    ) -> Self {
        let scorer_bit =
            u32::try_from(number).ok().and_then(|it| 1_u32.checked_shl(it)).unwrap_or(0);
        let ScoringTerm { weight, mean_length, ref postings, .. } = *unit;
        let lists =
            postings.iter().zip(cursors).map(|(it, own)| ScorerPostings::new(it, own, words));
        let lists = lists.collect();
        Self { number, scorer_bit, weight, mean_length, lists, most: 0.0 }
    }

    /// Whether a passage may answer by this alone. What neither can_match_alone nor demands is there for
    /// the passages that others bring up: 中 and 国 stand in half of all passages.
    pub(crate) fn can_match_alone(&self) -> bool {
        self.weight == 0.0 || self.lists.iter().any(|it| it.any_form.is_any())
    }

    /// A scorer that gives no passage less than this one, by fewer lists.
    pub(crate) fn bounding(&self) -> Self {
        let lists =
            self.bounding_lists().map(|(weight, it)| ScorerPostings { weight, ..it.clone() });
        Self { lists: lists.collect(), ..*self }
    }

    /// Its lists, and what one occurrence counts there.
    pub(crate) fn bounding_lists(&self) -> impl Iterator<Item = (f32, &ScorerPostings)> {
        let within: f32 = self.lists.iter().filter(|it| it.is_within).map(|it| it.weight).sum();
        let last = self.lists.iter().rposition(|it| !it.is_within);
        let own = self.lists.iter().enumerate().filter(|it| !it.1.is_within);
        own.map(move |(at, it)| (it.weight + if Some(at) == last { within } else { 0.0 }, it))
    }

    /// Whether only passages that hold Han characters can stand in it.
    pub(crate) fn is_of_han(&self) -> bool {
        self.lists.iter().all(|it| it.cursor.is_of_han())
    }

    /// In how many passages it stands, those of several sources counted more than once.
    pub(crate) fn passages(&self) -> u64 {
        let own = self.lists.iter().filter(|it| !it.is_within);
        own.map(|it| u64::from(it.cursor.document_frequency())).sum()
    }

    /// The next passage of any of its sources.
    pub(crate) fn next(&self) -> Option<u32> {
        let next = self.lists.iter().map(|it| it.cursor.passage()).min();
        next.filter(|it| *it < TERMINATED)
    }

    /// Goes on to the first passage at or after one.
    pub(crate) fn seek(&mut self, passage: u32) {
        for list in &mut self.lists {
            list.cursor.seek(passage);
        }
    }

    /// Whether it says of any passage that it holds something as exact.
    pub(crate) fn matches_exactly(&self) -> bool {
        self.lists.iter().any(|it| it.exact.is_any())
    }

    /// Whether it says of any passage that it holds something by another name alone.
    pub(crate) fn matches_expanded(&self) -> bool {
        self.lists.iter().any(|it| it.exact != it.any_form)
    }

    /// Whether it sets any of some bits: as exact, or in any form.
    pub(crate) fn any_matches(&self, bits: &[u32], as_typed: bool) -> bool {
        self.lists.iter().any(|it| it.sets(bits, as_typed))
    }

    /// Whether each of its lists sets any of some bits: as exact, or in any form.
    pub(crate) fn all_match(&self, bits: &[u32], as_typed: bool) -> bool {
        !self.lists.is_empty() && self.lists.iter().all(|it| it.sets(bits, as_typed))
    }

    /// Whether its lists all say the same, so that who is in any of them holds it.
    pub(super) fn is_uniform(&self) -> bool {
        self.lists
            .windows(2)
            .all(|it| it[0].exact == it[1].exact && it[0].any_form == it[1].any_form)
    }

    /// How it scores.
    pub(crate) fn bm25(&self) -> TermBm25 {
        let rule = Saturation::default();
        let fixed = rule.k1 * (1.0 - rule.b);
        let each = rule.k1 * rule.b / self.mean_length.max(1.0);
        TermBm25 { rule, weight: self.weight, ceiling: self.weight * rule.ceiling(), fixed, each }
    }
}

/// The scorer_bits of some scorers.
pub(crate) fn scorer_bits<'l>(scorers: impl Iterator<Item = &'l TermScorer>) -> u32 {
    scorers.fold(0, |all, it| all | it.scorer_bit)
}

/// A unit's score of a frequency: [`Saturation`] with what does not change worked out.
#[derive(Clone, Copy)]
pub(crate) struct TermBm25 {
    rule: Saturation,
    pub(crate) weight: f32,
    /// The weight times what saturation approaches.
    ceiling: f32,
    fixed: f32,
    each: f32,
}

impl TermBm25 {
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

    /// What this gives at most where [`TermBm25::ratio`] is at most so much.
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
