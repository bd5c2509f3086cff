//! A term's scorer: its posting lists, the bits that they set, and its BM25.

use tantivy::TERMINATED;

use crate::rank::Bm25;
use crate::searcher::plan::{ScoringTerm, TermBits, TermPostings, has, merge};
use crate::searcher::postings::Cursor;

/// Upper bounds are multiplied by this, so that the rounding of sums never makes one too low.
pub(super) const ROUNDING: f64 = 1.000_001;

/// One posting list of a scorer: its cursor, what an occurrence counts, and the bits that it sets.
#[derive(Clone)]
pub(super) struct ScorerPostings {
    pub(super) cursor: Cursor,
    pub(super) weight: f32,
    /// As in [`TermPostings::is_within`].
    pub(super) is_within: bool,
    /// The bits that a passage of this list gets: as typed, and in any form.
    pub(super) exact: TermBits,
    pub(super) any_form: TermBits,
}

impl ScorerPostings {
    /// Makes the list that the plan names from its open cursor. `words` is [`Plan::bit_words`].
    ///
    /// [`Plan::bit_words`]: crate::searcher::plan::Plan::bit_words
    pub(super) fn new(postings: &TermPostings, cursor: Cursor, words: usize) -> Self {
        let exact = TermBits::with(words, postings.exact.iter().copied());
        let any_form =
            TermBits::with(words, postings.exact.iter().chain(&postings.expanded).copied());
        let TermPostings { weight, is_within, .. } = *postings;
        Self { cursor, weight, is_within, exact, any_form }
    }

    /// Adds its bits to those of a passage.
    #[inline]
    pub(super) fn add_bits(&self, exact: &mut [u64], any_form: &mut [u64]) {
        merge(exact, self.exact.bits());
        merge(any_form, self.any_form.bits());
    }

    /// Whether it sets any of some bits: as typed, or in any form.
    pub(super) fn sets(&self, bits: &[u32], exactly: bool) -> bool {
        let own = if exactly { &self.exact } else { &self.any_form };
        bits.iter().any(|it| has(own.bits(), *it))
    }
}

/// The scorer of one term; a clone moves through the passages by itself.
#[derive(Clone)]
pub(super) struct TermScorer {
    /// Its place among the scorers of the plan.
    pub(super) number: usize,
    /// A bit that stands for it in sets of scorers; 0 where there are more scorers than bits.
    pub(super) scorer_bit: u32,
    pub(super) weight: f32,
    pub(super) mean_length: f32,
    pub(super) lists: Vec<ScorerPostings>,
    /// Upper bound of its contribution to any passage; set once all scorers are open.
    pub(super) upper_bound: f64,
}

impl TermScorer {
    /// Makes the scorer of a term from the open cursors of its lists.
    pub(super) fn new(
        number: usize,
        term: &ScoringTerm,
        cursors: Vec<Cursor>,
        words: usize,
    ) -> Self {
        let scorer_bit =
            u32::try_from(number).ok().and_then(|it| 1_u32.checked_shl(it)).unwrap_or(0);
        let ScoringTerm { weight, mean_length, ref postings, .. } = *term;
        let lists =
            postings.iter().zip(cursors).map(|(it, own)| ScorerPostings::new(it, own, words));
        let lists = lists.collect();
        Self { number, scorer_bit, weight, mean_length, lists, upper_bound: 0.0 }
    }

    /// Whether a passage may match by this scorer alone. One that sets no bits only adds to the
    /// scores of passages that others find: 中 and 国 stand in half of all passages.
    pub(super) fn can_match_alone(&self) -> bool {
        self.weight == 0.0 || self.lists.iter().any(|it| it.any_form.is_any())
    }

    /// The lists that bound its score, and what one occurrence counts at most there: lists that lie
    /// within the last one are counted with it.
    pub(super) fn bounding_lists(&self) -> impl Iterator<Item = (f32, &ScorerPostings)> {
        let within: f32 = self.lists.iter().filter(|it| it.is_within).map(|it| it.weight).sum();
        let last = self.lists.iter().rposition(|it| !it.is_within);
        let own = self.lists.iter().enumerate().filter(|it| !it.1.is_within);
        own.map(move |(at, it)| (it.weight + if Some(at) == last { within } else { 0.0 }, it))
    }

    /// Whether only passages that hold Han characters can match it.
    pub(super) fn is_of_han(&self) -> bool {
        self.lists.iter().all(|it| it.cursor.is_of_han())
    }

    /// The sum of its lists' document frequencies.
    pub(super) fn passages(&self) -> u64 {
        let own = self.lists.iter().filter(|it| !it.is_within);
        own.map(|it| u64::from(it.cursor.document_frequency())).sum()
    }

    /// The current passage: the first that any of its lists stands at.
    pub(super) fn next(&self) -> Option<u32> {
        let next = self.lists.iter().map(|it| it.cursor.passage()).min();
        next.filter(|it| *it < TERMINATED)
    }

    /// Moves all lists to the first passage at or after one.
    pub(super) fn seek(&mut self, passage: u32) {
        for list in &mut self.lists {
            list.cursor.seek(passage);
        }
    }

    /// Whether a passage of any of its lists holds something by another name only.
    pub(super) fn matches_expanded(&self) -> bool {
        self.lists.iter().any(|it| it.exact != it.any_form)
    }

    /// Whether any of its lists sets any of some bits: as typed, or in any form.
    pub(super) fn any_matches(&self, bits: &[u32], exactly: bool) -> bool {
        self.lists.iter().any(|it| it.sets(bits, exactly))
    }

    /// Whether each of its lists sets any of some bits: as typed, or in any form.
    pub(super) fn all_match(&self, bits: &[u32], exactly: bool) -> bool {
        !self.lists.is_empty() && self.lists.iter().all(|it| it.sets(bits, exactly))
    }

    /// Whether all its lists set the same bits, so that it need not be known which of them matched.
    pub(super) fn is_uniform(&self) -> bool {
        self.lists
            .windows(2)
            .all(|it| it[0].exact == it[1].exact && it[0].any_form == it[1].any_form)
    }

    /// Its BM25.
    pub(super) fn bm25(&self) -> TermBm25 {
        let rule = Bm25::default();
        let fixed = rule.k1 * (1.0 - rule.b);
        let each = rule.k1 * rule.b / self.mean_length.max(1.0);
        TermBm25 { rule, weight: self.weight, ceiling: self.weight * rule.ceiling(), fixed, each }
    }
}

/// The bits of some scorers.
pub(super) fn scorer_bits<'l>(scorers: impl Iterator<Item = &'l TermScorer>) -> u32 {
    scorers.fold(0, |all, it| all | it.scorer_bit)
}

/// BM25 of one term, with what is the same for all passages worked out.
#[derive(Clone, Copy)]
pub(super) struct TermBm25 {
    rule: Bm25,
    pub(super) weight: f32,
    /// What the score approaches as the frequency grows.
    ceiling: f32,
    /// The length norm is `fixed + each * length`.
    fixed: f32,
    each: f32,
}

impl TermBm25 {
    /// The score of a frequency in a passage of this length.
    #[inline]
    pub(super) fn score(&self, frequency: f32, length: u16) -> f64 {
        let norm = self.fixed + self.each * f32::from(length);
        f64::from(self.weight * self.rule.saturate(frequency, norm))
    }

    /// `frequency / norm` of one posting.
    #[inline]
    pub(super) fn ratio_of(&self, frequency: u32, length: u16) -> f32 {
        counted(1.0, frequency) / (self.fixed + self.each * f32::from(length))
    }

    /// Upper bound of the score where `frequency / norm` is at most this.
    #[inline]
    pub(super) fn upper_bound(&self, ratio: f32) -> f64 {
        let share = if ratio < f32::MAX { ratio / (1.0 + ratio) } else { 1.0 };
        // Single precision here and there may differ in the last digit.
        f64::from(self.ceiling * share) * ROUNDING
    }
}

/// What so many occurrences count in a list of this weight.
#[inline]
#[expect(clippy::cast_precision_loss, reason = "a passage holds few thousand words")]
pub(super) fn counted(list_weight: f32, frequency: u32) -> f32 {
    list_weight * frequency as f32
}

/// The length of the passage at a place of a window.
#[inline]
pub(super) fn length(lengths: &[[u8; 2]], place: usize) -> u16 {
    lengths.get(place).map_or(1, |it| u16::from_le_bytes(*it))
}
