//! The entry to analysis: text in, tokens out.

use std::sync::Arc;

use super::chinese::{Dictionary, Segmenter};
use super::english::{INDEX_STEMS, QUERY_STEMS};
use super::prefilter::Prefilter;
use super::tokenizer::{Pool, Tokenizer};
use super::tokens::Tokens;

/// Makes tokens of text. It is cheap to clone, and clones share their buffers. Reuse it, because it
/// caches stems.
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

    /// Loads jieba now, which is otherwise loaded in the background with the first Chinese text;
    /// for measurements and tests. An analyzer for queries has nothing to load.
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

    /// The tokens of a text without the stems that [`super::DerivedStems`] derives from their
    /// words; `out` is cleared first.
    pub fn tokens_for_index(&self, text: &str, out: &mut Tokens) {
        let mut scan = Tokenizer::new(text, out, self.pool.take(), self.segmenter.as_deref());
        scan.omits_derived_stems = true;
        self.pool.give_back(scan.run());
    }

    /// All tokens of a text that match a prefilter, and perhaps others; `out` is cleared first.
    ///
    /// They are equal to those of [`Analyzer::tokens`], which takes ten times as long.
    pub fn matching_tokens(&self, text: &str, prefilter: &Prefilter, out: &mut Tokens) {
        let mut scan = Tokenizer::new(text, out, self.pool.take(), None);
        scan.prefilter = Some(prefilter);
        self.pool.give_back(scan.run());
    }

    /// The same where only short distances matter: the distance of two matching tokens is as in
    /// [`Analyzer::tokens`], or in both more than `reach`. With 0 only their order is the same.
    pub fn tokens_within(&self, text: &str, prefilter: &Prefilter, reach: u32, out: &mut Tokens) {
        let mut scan = Tokenizer::new(text, out, self.pool.take(), None);
        (scan.prefilter, scan.reach) = (Some(prefilter), Some(reach));
        self.pool.give_back(scan.run());
    }

    /// How often a folded Han word stands in the dictionary's corpus, for [`super::segment_han`].
    /// On the index side names count as words; on the query side only the dictionary speaks.
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
