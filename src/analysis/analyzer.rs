//! The one way from text to tokens.

use std::sync::Arc;

use super::Tokens;
use super::dictionary::Words;
use super::scan::Scan;

/// Raised whenever the rules change on purpose.
const VERSION: u64 = 1;

/// Makes tokens of text. Cheap to clone; clones share the dictionary.
#[derive(Clone, Debug)]
pub struct Analyzer {
    words: Option<Arc<Words>>,
}

impl Analyzer {
    /// For building an index: emits all families. The dictionary of words is loaded at the first
    /// Han run; `han_names` are added to it as words (folded here).
    #[must_use]
    pub fn for_index(han_names: &[String]) -> Self {
        Self { words: Some(Arc::new(Words::new(han_names))) }
    }

    /// For a query: the same tokens but those of [`super::Family::Word`]; loads nothing.
    #[must_use]
    pub fn for_query() -> Self {
        Self { words: None }
    }

    /// The tokens of a text; `out` is cleared first.
    pub fn tokens(&self, text: &str, out: &mut Tokens) {
        Scan::new(text, out, self.words.as_deref()).run();
    }

    /// How often a word stands in the dictionary's corpus; none for the query side.
    #[must_use]
    pub fn word_frequency(&self, word: &str) -> Option<u64> {
        self.words.as_ref()?.frequency(word)
    }

    /// The sum of all frequencies.
    #[must_use]
    pub fn word_total(&self) -> u64 {
        60_101_967
    }
}

/// Changes whenever tokens can change: an index made under another one must be rebuilt.
#[must_use]
pub fn fingerprint() -> u64 {
    VERSION
}
