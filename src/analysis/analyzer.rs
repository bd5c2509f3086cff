//! The one way from text to tokens.

use std::sync::Arc;

use super::chinese::{Dictionary, Segmenter};
use super::english::{INDEX_STEMS, QUERY_STEMS};
use super::prefilter::Prefilter;
use super::tokenizer::{Pool, Tokenizer};
use super::tokens::Tokens;

/// Makes tokens of text. Cheap to clone; clones share what they learn. Reuse it:
/// it remembers stems.
#[derive(Clone, Debug)]
pub struct Analyzer {
    segmenter: Option<Arc<Segmenter>>,
    pool: Arc<Pool>,
}

impl Analyzer {
    /// For building an index: emits all families. `han_names` are added to the dictionary as words
    /// (folded here).
    #[must_use]
    pub fn for_index(han_names: &[String]) -> Self {
        let segmenter = Some(Segmenter::shared(han_names));
        Self { segmenter, pool: Arc::new(Pool::new(INDEX_STEMS)) }
    }

    /// For a query: the same tokens but those of [`super::Family::Word`].
    #[must_use]
    pub fn for_query() -> Self {
        Self { segmenter: None, pool: Arc::new(Pool::new(QUERY_STEMS)) }
    }

    /// Loads at once what else is loaded beside the first Chinese text of an index: what is measured
    /// after it is the same each time. For a query there is nothing to load.
    pub fn load(&self) {
        if let Some(segmenter) = &self.segmenter {
            segmenter.load();
        }
    }

    /// The tokens of a text; `out` is cleared first.
    pub fn tokens(&self, text: &str, out: &mut Tokens) {
        let buffers = Tokenizer::new(text, out, self.pool.take(), self.segmenter.as_deref()).run();
        self.pool.give_back(buffers);
    }

    /// The tokens of a text without those stems that [`super::DerivedStems`] tells of their words;
    /// `out` is cleared first.
    pub fn tokens_for_index(&self, text: &str, out: &mut Tokens) {
        let mut scan = Tokenizer::new(text, out, self.pool.take(), self.segmenter.as_deref());
        scan.omits_derived_stems = true;
        self.pool.give_back(scan.run());
    }

    /// Of the tokens of a text all that are sought, and perhaps others; `out` is cleared first.
    ///
    /// They are as in [`Analyzer::tokens`], which takes ten times as long.
    pub fn matching_tokens(&self, text: &str, prefilter: &Prefilter, out: &mut Tokens) {
        let mut scan = Tokenizer::new(text, out, self.pool.take(), None);
        scan.prefilter = Some(prefilter);
        self.pool.give_back(scan.run());
    }

    /// The same where only near positions matter: of two tokens that are sought the positions differ
    /// by what they differ in [`Analyzer::tokens`], or in both by more than `reach`; with 0 only
    /// their order is the same.
    pub fn tokens_within(&self, text: &str, prefilter: &Prefilter, reach: u32, out: &mut Tokens) {
        let mut scan = Tokenizer::new(text, out, self.pool.take(), None);
        (scan.prefilter, scan.reach) = (Some(prefilter), Some(reach));
        self.pool.give_back(scan.run());
    }

    /// How often a folded Han word stands in the dictionary's corpus, for [`super::segment_han`]. On the
    /// index side names count as words; on the query side only the dictionary speaks.
    #[must_use]
    pub fn word_frequency(&self, word: &str) -> Option<u64> {
        match &self.segmenter {
            Some(segmenter) => segmenter.frequency(word),
            None => Dictionary::open().frequency(word),
        }
    }

    /// The sum of the dictionary's frequencies.
    #[must_use]
    pub fn word_total(&self) -> u64 {
        Dictionary::open().total()
    }
}
