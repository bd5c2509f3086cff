//! Finds the lines that stand on many pages of one corpus: menus, slogans, share prompts.
//!
//! Each file gives its candidate lines as sorted keys. The counts over all files decide which lines
//! are furniture. The keys of a removed file are subtracted, so an update does not have to read the
//! other files again.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::article::rule::Rule;
use crate::article::types::{Article, DroppedText};
use crate::date;

/// A line, identified by the XXH3 hash of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LineKey(pub u64);

/// A line must stand in at least this many files. A story is reprinted two or three times; a menu
/// stands on every page.
const FILES: u32 = 5;

/// Longer lines are text even where they repeat, such as a reprinted lead.
const LONGEST_BYTES: usize = 120;

impl LineKey {
    /// The key of a line that could be furniture. `None` for a long line, for one that ends as a
    /// sentence does, and for one with a date, which all pages of one day may share.
    #[must_use]
    pub fn of(line: &str) -> Option<Self> {
        let line = line.trim();
        let ends_as_sentence = line.ends_with(['.', '!', '?', '。', '！', '？', '”', '"', '」']);
        if line.is_empty()
            || line.len() > LONGEST_BYTES
            || ends_as_sentence
            || date::find(line).is_some()
        {
            return None;
        }
        Some(Self(xxh3_64(line.as_bytes())))
    }
}

/// The number of files in which each candidate line stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineCounts {
    files: BTreeMap<LineKey, u32>,
}

impl LineCounts {
    /// The candidate lines of one file's articles: sorted, each once.
    ///
    /// The result does not depend on the repeated lines with which the articles were read: dropped
    /// lines still count. Records are never cleaned, so their articles need not be counted.
    #[must_use]
    pub fn candidates(articles: &[Article]) -> Vec<LineKey> {
        // A line taken for the headline is a line of the page too.
        let kept = articles.iter().flat_map(|it| it.body.lines().chain(it.title.as_deref()));
        // The rules whose result depends on which lines repeat.
        let is_counted =
            |it: &&DroppedText| matches!(it.rule, Rule::Repeated | Rule::Menu | Rule::Boilerplate);
        let dropped = articles.iter().flat_map(|it| &it.dropped).filter(is_counted);
        let lines = kept.chain(dropped.map(|it| it.text.trim())).filter_map(LineKey::of);
        lines.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Adds the candidates of one more file.
    pub fn add(&mut self, candidates: &[LineKey]) {
        for key in candidates {
            *self.files.entry(*key).or_insert(0) += 1;
        }
    }

    /// Subtracts the candidates of a file that was added before.
    pub fn remove(&mut self, candidates: &[LineKey]) {
        for key in candidates {
            let Some(count) = self.files.get_mut(key) else { continue };
            *count = count.saturating_sub(1);
            if *count == 0 {
                self.files.remove(key);
            }
        }
    }

    /// Adds the counts of other files.
    pub fn merge(&mut self, other: &Self) {
        for (key, count) in &other.files {
            *self.files.entry(*key).or_insert(0) += count;
        }
    }

    /// The lines that stand in enough files to be furniture.
    #[must_use]
    pub fn verdict(&self) -> RepeatedLines {
        let often = self.files.iter().filter(|(_, count)| **count >= FILES);
        RepeatedLines { keys: often.map(|(key, _)| *key).collect() }
    }
}

/// The lines that are furniture because they repeat across the files of a corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepeatedLines {
    /// Sorted, each once.
    keys: Vec<LineKey>,
}

impl RepeatedLines {
    /// No lines: for a single page, or before the first count.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Whether a line is one of them.
    #[must_use]
    pub fn holds(&self, line: &str) -> bool {
        !self.keys.is_empty()
            && LineKey::of(line).is_some_and(|it| self.keys.binary_search(&it).is_ok())
    }

    /// Whether a file with these candidates reads differently with other repeated lines.
    /// `candidates` must be sorted.
    #[must_use]
    pub fn differs_for(&self, other: &Self, candidates: &[LineKey]) -> bool {
        candidates
            .iter()
            .any(|it| self.keys.binary_search(it).is_ok() != other.keys.binary_search(it).is_ok())
    }
}
