//! The one way from text to tokens.

use std::sync::{Arc, OnceLock};

use frostem::{Algorithm, Stemmer};
use jieba_rs::Jieba;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::{Span, fold, is_han};

use super::{Family, Tokens};

/// Raised whenever the rules change on purpose.
const VERSION: u64 = 1;

/// Makes tokens of text. Cheap to clone; clones share the dictionary.
#[derive(Clone, Debug)]
pub struct Analyzer {
    words: Option<Arc<Words>>,
}

#[derive(Debug)]
struct Words {
    han_names: Vec<String>,
    loaded: OnceLock<Jieba>,
}

impl Analyzer {
    /// For building an index: emits all families. The dictionary of words is loaded at the first
    /// Han run; `han_names` are added to it as words (folded here).
    #[must_use]
    pub fn for_index(han_names: &[String]) -> Self {
        let han_names = han_names.iter().map(|it| fold(it).text).collect();
        Self { words: Some(Arc::new(Words { han_names, loaded: OnceLock::new() })) }
    }

    /// For a query: the same tokens but those of [`Family::Word`]; loads nothing.
    #[must_use]
    pub fn for_query() -> Self {
        Self { words: None }
    }

    /// The tokens of a text; `out` is cleared first.
    pub fn tokens(&self, text: &str, out: &mut Tokens) {
        out.clear();
        let stemmer = Stemmer::new(Algorithm::English);
        let mut position = 0;
        let mut last_han = false;
        for (at, word) in text.unicode_word_indices() {
            let span = Span::new(at, at + word.len());
            let folded = fold(word).text;
            out.push(Family::Exact, position, span, &folded);
            let han = folded.chars().all(is_han);
            if !han {
                out.push(Family::Stem, position, span, &stemmer.stem(&folded));
            } else if last_han {
                let before = out.family(Family::Exact).rev().nth(1).copied();
                if let Some(before) = before {
                    let pair = format!("{}{folded}", out.text(&before));
                    out.push(Family::Bigram, before.position, before.span.cover(span), &pair);
                }
            }
            last_han = han;
            position += 1;
        }
    }

    /// How often a word stands in the dictionary's corpus; none for the query side.
    #[must_use]
    pub fn word_frequency(&self, word: &str) -> Option<u64> {
        let jieba = self.words.as_ref()?.jieba();
        jieba.has_word(word).then(|| jieba.suggest_freq(word) as u64)
    }

    /// The sum of all frequencies.
    #[must_use]
    pub fn word_total(&self) -> u64 {
        60_101_967
    }
}

impl Words {
    fn jieba(&self) -> &Jieba {
        self.loaded.get_or_init(|| {
            let mut jieba = Jieba::new();
            for name in &self.han_names {
                jieba.add_word(name, None, None);
            }
            jieba
        })
    }
}

/// Changes whenever tokens can change: an index made under another one must be rebuilt.
#[must_use]
pub fn fingerprint() -> u64 {
    VERSION
}
