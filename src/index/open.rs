//! An index opened for reading.

use std::fmt;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use tantivy::directory::{Directory, MmapDirectory, OwnedBytes};
use tantivy::postings::SegmentPostings;
use tantivy::schema::IndexRecordOption;
use tantivy::termdict::TermDictionary;
use tantivy::{InvertedIndexReader, SegmentReader};

use super::articles::{ArticleTable, IdTable};
use super::assemble::{ARTICLE_STRINGS, ARTICLES, IDS, PASSAGES, PRINTS, TEXT_ENDS, TEXTS};
use super::check;
use super::columns::PassageTable;
use super::directory::{self, Files};
use super::error::{Kind, Problem, rebuild_hint};
use super::folder;
use super::generation::{LEXICON, WORDS};
use super::manifest::{self, Fault, Manifest};
use super::part::Stores;
use super::schema::{FAMILIES, field};
use super::texts::TextTable;
use crate::analysis::Family;
use crate::article::{DateSource, Lang};
use crate::date::Day;
use crate::lexicon::Compiled;

/// A folder or file that is indexed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Root {
    /// As given: what the paths of its files begin with.
    pub path: String,
    /// The working folder it was given in; absolute.
    pub base: String,
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

impl Side {
    /// From the sum of the lengths.
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "a mean")]
    pub(super) fn of(passages: u32, length_sum: u64) -> Self {
        let mean = length_sum as f64 / f64::from(passages.max(1));
        Self { passages, mean_length: mean as f32 }
    }
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

/// The files that are small, or of which a query reads anything anywhere: verified when opened.
const CHECKED_AT_OPEN: [&str; 2] = [LEXICON, directory::UNUSED];

/// One generation, opened for reading. Passages are numbered from 0, as tantivy's documents are.
pub struct Index {
    folder: PathBuf,
    manifest: Manifest,
    stores: Stores,
    ids: IdTable,
    words: fst::Map<OwnedBytes>,
    lexicon: Compiled<OwnedBytes>,
    segment: SegmentReader,
    inverted: [OnceLock<Arc<InvertedIndexReader>>; FAMILIES.len()],
    remark: Option<String>,
}

impl Index {
    /// Opens the current generation of an index folder; takes no lock and writes nothing.
    ///
    /// # Errors
    /// A [`Problem`] of kind `NoIndex`, `OtherVersion`, `Damaged` or `Io`.
    pub fn open(dir: &Path) -> Result<Self, Problem> {
        let problem = match folder::current(dir) {
            Ok(None) => return Err(no_index(dir)),
            Ok(Some(number)) => match Self::open_fenced(dir, number) {
                Ok(index) => return Ok(index),
                Err(problem) => problem,
            },
            Err(problem) => problem,
        };
        if problem.kind != Kind::Damaged {
            return Err(problem);
        }
        Self::open_older(dir, &problem).ok_or(problem)
    }

    /// Opens the current generation, and no other in its place.
    pub(super) fn open_current(dir: &Path) -> Result<Self, Problem> {
        let number = folder::current(dir)?.ok_or_else(|| no_index(dir))?;
        Self::open_fenced(dir, number)
    }

    /// Opens the latest generation of which every byte is right, in the place of a damaged one.
    fn open_older(dir: &Path, problem: &Problem) -> Option<Self> {
        let numbers = folder::generations(dir).ok()?;
        let whole = numbers.iter().rev().find_map(|number| {
            check::verify(&folder::generation(dir, *number)).ok()?;
            Self::open_fenced(dir, *number).ok()
        });
        whole.map(|index| {
            let built = index.manifest.built_s;
            let remark = format!("{problem}; answering from the index as of {built}");
            Self { remark: Some(remark), ..index }
        })
    }

    fn open_fenced(dir: &Path, number: u64) -> Result<Self, Problem> {
        let opened = catch_unwind(|| Self::open_generation(dir, number));
        opened.unwrap_or_else(|_| {
            let path = folder::generation(dir, number).join(manifest::NAME);
            Err(Problem::damaged(&path, "a file of this generation cannot be read"))
        })
    }

    fn open_generation(dir: &Path, number: u64) -> Result<Self, Problem> {
        let manifest = read_manifest(dir, number)?;
        let folder = folder::generation(dir, number);
        for record in &manifest.files {
            let path = folder.join(&record.name);
            let bytes = fs::metadata(&path).map_err(|it| Problem::damaged(&path, it))?.len();
            if bytes != record.bytes {
                let what = format!("{bytes} bytes instead of {}", record.bytes);
                return Err(Problem::damaged(&path, what));
            }
            if CHECKED_AT_OPEN.contains(&record.name.as_str()) {
                check::verify_file(&folder, record)?;
            }
        }
        let mapped = MmapDirectory::open(&folder);
        let mapped = mapped.map_err(|it| Problem::damaged(&folder.join("."), it))?;
        let map = |name: &str| map(&folder, &mapped, name);
        let misfit = |name: &str| Problem::damaged(&folder.join(name), "its length does not fit");
        let Statistics { passages, articles, .. } = manifest.statistics;
        let stores = Stores {
            articles: ArticleTable::open(map(ARTICLES)?, map(ARTICLE_STRINGS)?, articles)
                .ok_or_else(|| misfit(ARTICLES))?,
            passages: PassageTable::open(map(PASSAGES)?, passages)
                .ok_or_else(|| misfit(PASSAGES))?,
            texts: TextTable::open(map(TEXT_ENDS)?, map(TEXTS)?, passages)
                .ok_or_else(|| misfit(TEXT_ENDS))?,
            prints: map(PRINTS)?,
            passage_count: passages,
        };
        let words = fst::Map::new(map(WORDS)?);
        let words = words.map_err(|it| Problem::damaged(&folder.join(WORDS), it))?;
        let (ids, lexicon) = (IdTable::open(map(IDS)?), Compiled::new(map(LEXICON)?));
        let unused = map(directory::UNUSED)?;
        let segment = Files::reading(mapped, unused).segment(passages);
        let segment = segment.and_then(|it| SegmentReader::open(&it));
        let segment = segment.map_err(|it| Problem::damaged(&folder.join("terms"), it))?;
        let inverted = Default::default();
        Ok(Self { folder, manifest, stores, ids, words, lexicon, segment, inverted, remark: None })
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
        let row = self.stores.passages.row(number);
        row.map(|it| it.record).with_context(|| format!("no passage {number}"))
    }

    /// A passage's length as in [`PassageRecord::length`]: the one number read for each candidate.
    #[must_use]
    pub fn length(&self, number: u32) -> u16 {
        self.stores.passages.length(number)
    }

    /// A passage's family as in [`PassageRecord::family`].
    #[must_use]
    pub fn family(&self, number: u32) -> u32 {
        self.stores.passages.family(number)
    }

    /// A passage's text, its checksum verified.
    ///
    /// # Errors
    /// When the text is damaged.
    pub fn text(&self, number: u32) -> Result<&str> {
        self.stores.texts.get(number)
    }

    /// An article's record.
    ///
    /// # Errors
    /// When the number is out of range or the table is damaged.
    pub fn article(&self, number: u32) -> Result<ArticleRecord<'_>> {
        self.stores.articles.get(number)
    }

    /// The number of the article with this id.
    #[must_use]
    pub fn article_number(&self, id: &str) -> Option<u32> {
        self.ids.candidates(id).find(|it| self.article(*it).is_ok_and(|it| it.id == id))
    }

    /// The terms of a family; nothing where no passage holds one.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn terms(&self, family: Family) -> Result<Option<&TermDictionary>> {
        Ok(Some(self.inverted(family)?.terms()))
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
        let reader = self.inverted(family)?;
        let Some(info) = reader.terms().get(term)? else { return Ok(None) };
        Ok(Some(reader.read_postings_from_terminfo(&info, option)?))
    }

    /// In how many passages a term stands.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn document_frequency(&self, family: Family, term: &str) -> Result<u32> {
        Ok(self.inverted(family)?.terms().get(term)?.map_or(0, |it| it.doc_freq))
    }

    /// The frequency by which the word cut weighs a Han word; nothing for a word that the index
    /// does not hold. The sum over the dictionary is [`Index::word_total`].
    #[must_use]
    pub fn word_frequency(&self, word: &str) -> Option<u64> {
        self.words.get(word)
    }

    /// The sum of all frequencies of the dictionary that cut the index.
    #[must_use]
    pub fn word_total(&self) -> u64 {
        self.manifest.word_total
    }

    /// The lexicon of this index.
    #[must_use]
    pub fn lexicon(&self) -> &Compiled<OwnedBytes> {
        &self.lexicon
    }

    /// What a person should know of this index: that a newer one is damaged.
    #[must_use]
    pub fn remark(&self) -> Option<&str> {
        self.remark.as_deref()
    }

    /// The name of the generation, such as `gen-12`.
    #[must_use]
    pub fn generation(&self) -> &str {
        self.folder.file_name().and_then(|it| it.to_str()).unwrap_or_default()
    }

    /// The generation's folder.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// All tables but the postings.
    pub(super) fn stores(&self) -> &Stores {
        &self.stores
    }

    /// The postings of a family, opened when they are first asked for.
    pub(super) fn inverted(&self, family: Family) -> Result<&InvertedIndexReader> {
        let slot = &self.inverted[family as usize];
        if let Some(reader) = slot.get() {
            return Ok(reader);
        }
        let reader = self.segment.inverted_index(field(family))?;
        Ok(slot.get_or_init(|| reader))
    }
}

impl fmt::Debug for Index {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Index").field("folder", &self.folder).finish_non_exhaustive()
    }
}

/// Reads and verifies a generation's manifest.
pub(super) fn read_manifest(dir: &Path, number: u64) -> Result<Manifest, Problem> {
    let path = folder::generation(dir, number).join(manifest::NAME);
    let bytes = fs::read(&path).map_err(|it| Problem::damaged(&path, it))?;
    let other = |what: &str| {
        let message = format!("{}: built by another version ({what})", dir.display());
        Problem::new(Kind::OtherVersion, message).with_hint(rebuild_hint(dir))
    };
    let manifest = Manifest::from_bytes(&bytes).map_err(|it| match it {
        Fault::Damaged(what) => Problem::damaged(&path, what),
        Fault::OtherForm(_) => other("another form of files"),
    })?;
    if manifest.analysis != crate::analysis::fingerprint() {
        return Err(other("another analysis of text"));
    }
    Ok(manifest)
}

/// There is nothing to open.
pub(super) fn no_index(dir: &Path) -> Problem {
    let message = format!("{}: no index here", dir.display());
    Problem::new(Kind::NoIndex, message).with_hint("build one first: `search index PATH`")
}

/// Maps a file of a generation.
fn map(folder: &Path, mapped: &MmapDirectory, name: &str) -> Result<OwnedBytes, Problem> {
    let path = Path::new(name);
    let handle = mapped.get_file_handle(path);
    let handle = handle.map_err(|it| Problem::damaged(&folder.join(name), it))?;
    let bytes = handle.read_bytes(0..handle.len());
    bytes.map_err(|it| Problem::io(&folder.join(name), &it))
}
