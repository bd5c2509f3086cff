//! An index opened for reading.

use std::path::Path;

use anyhow::Result;
use serde::{Deserialize, Serialize};
use tantivy::postings::SegmentPostings;
use tantivy::schema::IndexRecordOption;
use tantivy::termdict::TermDictionary;

use super::error::Problem;
use crate::analysis::Family;
use crate::article::{DateSource, Lang};
use crate::date::Day;

/// A folder or file that is indexed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Root {
    /// As given: what the paths of its files begin with.
    pub path: String,
    /// The working folder it was given in; absolute.
    pub base: String,
}

/// What a generation says of itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// The roots, in the order given.
    pub roots: Vec<Root>,
    /// Numbers for ranking.
    pub statistics: Statistics,
    // Format version, analysis fingerprint, files with length and checksum, counts: index owns them.
}

/// The numbers that ranking needs, over all passages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Statistics {
    /// Passages in all.
    pub passages: u32,
    /// Articles in all.
    pub articles: u32,
    /// The passages that hold at least one word that is not Han.
    pub words: Side,
    /// The passages that hold at least one Han character.
    pub han: Side,
}

/// The passages that hold one kind of script.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Side {
    /// How many there are: N of the idf of this script's terms.
    pub passages: u32,
    /// Their mean [`PassageRecord::length`]; 0 when there are none.
    pub mean_length: f32,
}

/// What is known of a passage without reading its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PassageRecord {
    /// The number of its article in the index.
    pub article: u32,
    /// Its number in the article, from 1.
    pub ordinal: u32,
    /// The line of the file at which it starts, from 1.
    pub line: u32,
    /// Its length with its title: words, a Han character counting .6, rounded, at least 1.
    pub length: u16,
    /// How many positions of the exact field its title takes before the body's first; 0 without.
    pub title_positions: u16,
    /// Which copies it belongs to: the number of a passage, the same for all copies of one text.
    pub family: u32,
    /// What it is written in.
    pub lang: Lang,
    /// The article's day, packed ([`Day::pack`]); 0 when unknown.
    pub day: u32,
}

/// What is known of an article.
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
    /// Which root it came from: an index into [`Manifest::roots`].
    pub root: u32,
}

/// One generation, opened for reading. Passages are numbered from 0, as tantivy's documents are.
#[derive(Debug)]
pub struct Index {
    manifest: Manifest,
}

impl Index {
    /// Opens the current generation of an index folder; takes no lock and writes nothing.
    ///
    /// # Errors
    /// A [`Problem`] of kind `NoIndex`, `OtherVersion`, `Damaged` or `Io`.
    pub fn open(dir: &Path) -> Result<Self, Problem> {
        let _ = dir;
        let statistics = Statistics::default();
        Ok(Self { manifest: Manifest { roots: Vec::new(), statistics } })
    }

    /// What the generation says of itself.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// A passage's record.
    ///
    /// # Errors
    /// When the number is out of range or the table is damaged.
    pub fn passage(&self, number: u32) -> Result<PassageRecord> {
        anyhow::bail!("no passage {number}")
    }

    /// A passage's length as in [`PassageRecord::length`]: the one number read for each candidate.
    #[must_use]
    pub fn length(&self, number: u32) -> u16 {
        let _ = number;
        1
    }

    /// A passage's family as in [`PassageRecord::family`].
    #[must_use]
    pub fn family(&self, number: u32) -> u32 {
        number
    }

    /// A passage's text, its checksum verified.
    ///
    /// # Errors
    /// When the text is damaged.
    pub fn text(&self, number: u32) -> Result<&str> {
        anyhow::bail!("no passage {number}")
    }

    /// An article's record.
    ///
    /// # Errors
    /// When the number is out of range or the table is damaged.
    pub fn article(&self, number: u32) -> Result<ArticleRecord<'_>> {
        anyhow::bail!("no article {number}")
    }

    /// The number of the article with this id.
    #[must_use]
    pub fn article_number(&self, id: &str) -> Option<u32> {
        let _ = id;
        None
    }

    /// The terms of a family; nothing where no passage holds one.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn terms(&self, family: Family) -> Result<Option<&TermDictionary>> {
        let _ = family;
        Ok(None)
    }

    /// The postings of a term; nothing where no passage holds it. Positions are those of
    /// [`crate::analysis::Token::position`] over title, gap, body; only [`Family::Exact`] has them.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn postings(
        &self,
        family: Family,
        term: &str,
        option: IndexRecordOption,
    ) -> Result<Option<SegmentPostings>> {
        let _ = (family, term, option);
        Ok(None)
    }

    /// In how many passages a term stands.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn document_frequency(&self, family: Family, term: &str) -> Result<u32> {
        let _ = (family, term);
        Ok(0)
    }

    /// The frequency by which the word cut weighs a Han word; nothing for a word that the index
    /// does not hold. The sum over the dictionary is [`Index::word_total`].
    #[must_use]
    pub fn word_frequency(&self, word: &str) -> Option<u64> {
        let _ = word;
        None
    }

    /// The sum of all frequencies of the dictionary that cut the index.
    #[must_use]
    pub fn word_total(&self) -> u64 {
        0
    }

    /// The lexicon of this index.
    #[must_use]
    pub fn lexicon(&self) -> &crate::lexicon::Compiled<tantivy::directory::OwnedBytes> {
        unimplemented!()
    }
}
