//! The records that an index gives: of passages, of articles and of itself.

use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::article::{DateSource, Lang};
use crate::date::Day;

/// A folder or file that is indexed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Root {
    /// The path as given; the paths of its files begin with it.
    pub path: String,
    /// The working folder it was given in; absolute.
    pub base: String,
}

impl Root {
    /// This root, written relative to the same folder as the roots it is added to.
    ///
    /// Paths begin with the root as it was written, so all relative roots of an index must be
    /// relative to one folder: that of the first. A root given from another working folder is
    /// rewritten relative to that folder if it lies below it, and as an absolute path otherwise.
    #[must_use]
    pub fn beside(self, others: &[Self]) -> Self {
        let mut relative = others.iter().filter(|it| Path::new(&it.path).is_relative());
        let Some(first) = relative.next().filter(|it| it.base != self.base) else { return self };
        if Path::new(&self.path).is_absolute() {
            return self;
        }
        let parts = Path::new(&self.path).components().filter(|it| *it != Component::CurDir);
        let full = Path::new(&self.base).join(parts.collect::<PathBuf>());
        let below = full.strip_prefix(&first.base).ok();
        let is_plain = |it: &&Path| it.components().all(|it| matches!(it, Component::Normal(_)));
        let below = below.filter(is_plain).and_then(Path::to_str);
        match below {
            Some("") => Self { path: ".".to_owned(), base: first.base.clone() },
            Some(path) => Self { path: path.to_owned(), base: first.base.clone() },
            None => Self { path: full.to_string_lossy().into_owned(), base: self.base },
        }
    }
}

/// The numbers that ranking needs, over all passages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Statistics {
    /// Passages in all.
    pub passages: u32,
    /// Articles in all.
    pub articles: u32,
    /// The passages that hold at least one word that is not Han.
    pub words: ScriptStatistics,
    /// The passages that hold at least one Han character.
    pub han: ScriptStatistics,
}

/// Statistics of the passages that hold one kind of script.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ScriptStatistics {
    /// How many there are: N of the idf of this script's terms.
    pub passages: u32,
    /// Their mean [`PassageRecord::length`]; 0 when there are none.
    pub mean_length: f32,
}

impl ScriptStatistics {
    /// From the sum of the lengths.
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "a mean")]
    pub(super) fn of(passages: u32, length_sum: u64) -> Self {
        let mean = length_sum as f64 / f64::from(passages.max(1));
        Self { passages, mean_length: mean as f32 }
    }
}

/// The record of a passage: what is known without reading its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PassageRecord {
    /// The number of its article in the index.
    pub article: u32,
    /// The line of the file at which it starts, from 1.
    pub line: u32,
    /// Its length with its title: words, a Han character counting .6, rounded, at least 1.
    pub length: u16,
    /// How many positions of the exact field its title takes before the body's first; 0 without.
    pub title_positions: u16,
    /// Its family of near-duplicates: the number of their first passage.
    pub family: u32,
    /// What it is written in.
    pub lang: Lang,
    /// The article's day, packed ([`Day::pack`]); 0 when unknown.
    pub day: u32,
}

/// The record of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "as in crate::article::Article")]
pub struct ArticleRecord<'a> {
    pub id: &'a str,
    pub path: &'a str,
    pub title: Option<&'a str>,
    pub author: Option<&'a str>,
    pub url: Option<&'a str>,
    pub date: Option<Day>,
    pub date_source: Option<DateSource>,
    pub lang: Lang,
    /// The number in the index of its first passage; all its passages follow one another.
    pub first_passage: u32,
    /// How many passages it has.
    pub passages: u32,
    /// Which root it came from: an index into [`super::Manifest::roots`].
    pub root: u32,
}

impl ArticleRecord<'_> {
    /// The ordinal of a passage within this article, from 1; `passage` is its number in the index.
    #[must_use]
    pub fn ordinal_of(&self, passage: u32) -> u32 {
        passage.saturating_sub(self.first_passage) + 1
    }
}
