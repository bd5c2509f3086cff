//! Topics: which passages touch one, and which topics a passage touches.

use std::collections::BTreeSet;

use anyhow::Result;

use super::phrase::{self, Phrase};
use super::postings::{self, Posting};
use crate::analysis::{self, Family, Tokens};
use crate::index::Index;

/// The passages that hold a name of any concept of a topic, in order; nothing for a topic that the
/// lexicon does not know.
pub(super) fn passages(index: &Index, topic: &str) -> Result<Option<Vec<Posting>>> {
    let lexicon = index.lexicon();
    if !lexicon.topics().iter().any(|it| it.name == topic) {
        return Ok(None);
    }
    let mut lists = Vec::new();
    for entry in lexicon.entries().filter(|it| it.topics.iter().any(|it| it == topic)) {
        for name in &entry.names {
            let units = analysis::units(name);
            let texts = units.iter().filter_map(|it| it.exact.first()).map(String::as_str);
            let list = match units.as_slice() {
                [unit] => match unit.exact.first() {
                    Some(text) => postings::read(index, Family::Exact, text)?,
                    None => Vec::new(),
                },
                _ => phrase::find(index, &Phrase::of(texts))?,
            };
            lists.push(list);
        }
    }
    Ok(Some(postings::union(lists)))
}

/// Finds the topics of passages by the names that they hold.
pub(super) struct Labels {
    longest: usize,
}

impl Labels {
    pub(super) fn new(index: &Index) -> Self {
        Self { longest: index.lexicon().longest_key_tokens() }
    }

    /// The names of the topics of an analysed text, sorted.
    pub(super) fn of(&self, index: &Index, tokens: &Tokens) -> Vec<String> {
        let exact: Vec<_> = tokens.family(Family::Exact).collect();
        let mut topics = BTreeSet::new();
        let mut key = String::new();
        for start in 0..exact.len() {
            key.clear();
            for token in exact.iter().skip(start).take(self.longest) {
                if !key.is_empty() {
                    key.push(' ');
                }
                key.push_str(tokens.text(token));
                let senses = index.lexicon().senses(&key);
                let plain = senses.into_iter().filter(|it| !it.is_capitals_only);
                topics.extend(plain.flat_map(|it| it.topics));
            }
        }
        topics.into_iter().collect()
    }
}
