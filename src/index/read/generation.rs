//! An index that is open for reading: one generation, with its tables, terms and postings.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::OnceLock;

use anyhow::{Context, Result};
use tantivy::directory::OwnedBytes;
use tantivy::termdict::TermDictionary;

use super::fuzzy_terms::terms_within;
use super::postings::Postings;
use super::postings_reader::PostingsReader;
use super::stores::Stores;
use crate::analysis::Family;
use crate::index::error::{Error, ErrorKind};
use crate::index::file_names;
use crate::index::file_names::{
    ARTICLE_STRINGS, ARTICLES, DICTIONARY, IDS, LEXICON, PASSAGES, TEXT_STARTS, TOPICS, WORDS,
    generation_folder,
};
use crate::index::format::{
    ArticleTable, IdTable, PassageTable, TextTable, TopicTable, read_imports,
};
use crate::index::records::{ArticleRecord, PassageRecord, Statistics};
use crate::index::trust::{
    CurrentGeneration, Disk, GenerationFiles, Manifest, VerifiedBytes, VerifiedFile,
    current_generation, good_generations, missing_current,
};
use crate::lexicon::{Compiled, Form, Import};

/// One generation, opened for reading. Passages are numbered from 0, as tantivy's documents are.
pub struct Generation {
    files: GenerationFiles,
    stores: Stores,
    ids: IdTable,
    topics: TopicTable,
    words: Lazy<Option<fst::Map<OwnedBytes>>>,
    lexicon: Lazy<Compiled<VerifiedBytes>>,
    dictionary: Lazy<Compiled<VerifiedBytes>>,
    postings: PostingsReader,
    /// Family and number of each passage that is not the first of its family, sorted; computed when
    /// first needed.
    copies: OnceLock<Vec<(u32, u32)>>,
    warning: Option<String>,
}

/// A value that is made from a file when it is first needed. The file itself is mapped when the
/// index is opened: later a newer generation may have replaced this one and deleted it.
struct Lazy<T> {
    file: Option<VerifiedFile>,
    made: OnceLock<T>,
}

impl<T> Lazy<T> {
    fn new(file: Option<VerifiedFile>) -> Self {
        Self { file, made: OnceLock::new() }
    }
}

impl Lazy<Compiled<VerifiedBytes>> {
    fn compiled(&self) -> &Compiled<VerifiedBytes> {
        self.made.get_or_init(|| Compiled::new(VerifiedBytes(self.file.clone())))
    }
}

impl Generation {
    /// Opens the current generation of an index folder; takes no lock and writes nothing.
    ///
    /// # Errors
    /// A [`Error`] of kind `NoIndex`, `OtherVersion`, `Damaged` or `Io`.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        let mut tried = None;
        let mut problem = Error::no_index(dir);
        loop {
            match current_generation(dir) {
                Ok(None) if tried.is_none() => {
                    // No generation is complete before the first build has ended.
                    let missing = missing_current(dir).message;
                    return Self::open_last_good(dir, &missing).ok_or(problem);
                }
                Ok(None) => return Err(problem),
                // If this generation disappeared while it was opened, a newer one has replaced it:
                // try that.
                Ok(current) if current == tried => break,
                Ok(Some(current)) => match Self::open_as(dir, &current, &Disk::default()) {
                    Ok(index) => return Ok(index),
                    Err(it) => (tried, problem) = (Some(current), it),
                },
                Err(it) => {
                    problem = it;
                    break;
                }
            }
        }
        if problem.kind != ErrorKind::Damaged {
            return Err(problem);
        }
        Self::open_last_good(dir, &problem.message).ok_or(problem)
    }

    /// Opens the current generation; no older one in its place.
    pub(crate) fn open_current(dir: &Path, disk: &Disk) -> Result<Self, Error> {
        let current = current_generation(dir)?.ok_or_else(|| Error::no_index(dir))?;
        Self::open_as(dir, &current, disk)
    }

    /// Opens the generation that `CURRENT` means; another one of the same number is an error.
    fn open_as(dir: &Path, current: &CurrentGeneration, disk: &Disk) -> Result<Self, Error> {
        let index = Self::open_fenced(dir, current.number, disk)?;
        current.is_of(dir, index.manifest())?;
        Ok(index)
    }

    /// Opens the latest generation whose bytes are all right, in place of a damaged one; its
    /// warning says what is damaged. Nothing where there is none.
    #[must_use]
    pub fn open_last_good(dir: &Path, damage: &str) -> Option<Self> {
        let disk = &Disk::default();
        let mut whole = good_generations(dir, disk);
        let index = whole.find_map(|(number, _)| Self::open_fenced(dir, number, disk).ok())?;
        let warning = format!("{damage}; answering from {}", index.generation());
        Some(Self { warning: Some(warning), ..index })
    }

    fn open_fenced(dir: &Path, number: u64, disk: &Disk) -> Result<Self, Error> {
        let opened = catch_unwind(AssertUnwindSafe(|| Self::open_generation(dir, number, disk)));
        opened.unwrap_or_else(|_| {
            let path = generation_folder(dir, number).join(file_names::MANIFEST);
            Err(Error::damaged(&path, "a file of this generation cannot be read"))
        })
    }

    fn open_generation(dir: &Path, number: u64, disk: &Disk) -> Result<Self, Error> {
        let files = GenerationFiles::open(dir, number, disk)?;
        let misfit = |name: &str| Error::damaged(&files.path(name), "its length does not fit");
        let Statistics { passages, articles, .. } = files.manifest().statistics;
        let stores = Stores {
            articles: ArticleTable::open(
                files.verified(ARTICLES)?,
                files.map(ARTICLE_STRINGS)?,
                articles,
            )
            .ok_or_else(|| misfit(ARTICLES))?,
            passages: PassageTable::open(files.verified(PASSAGES)?, passages)
                .ok_or_else(|| misfit(PASSAGES))?,
            texts: TextTable::open(
                files.verified(TEXT_STARTS)?,
                files.map(file_names::STORE)?,
                passages,
            )
            .ok_or_else(|| misfit(TEXT_STARTS))?,
            fingerprints: None,
            passage_count: passages,
        };
        let ids = IdTable::open(files.verified(IDS)?);
        let topics = TopicTable::open(files.verified(TOPICS)?, passages);
        let topics = topics.ok_or_else(|| misfit(TOPICS))?;
        let [terms, postings, positions, store, norms, fast] =
            file_names::SEGMENT.map(|it| files.verified(it));
        let segment_files = [terms?, postings?, positions?, store?, norms?, fast?];
        let postings = PostingsReader::new(segment_files, passages);
        let words = Lazy::new(Some(files.verified(WORDS)?));
        let lexicon = Lazy::new(Some(files.verified(LEXICON)?));
        let dictionary = Lazy::new(files.verified(DICTIONARY).ok());
        let copies = OnceLock::new();
        Ok(Self {
            files,
            stores,
            ids,
            topics,
            words,
            lexicon,
            dictionary,
            postings,
            copies,
            warning: None,
        })
    }

    /// The manifest of the generation.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        self.files.manifest()
    }

    /// A passage's record.
    ///
    /// # Errors
    /// When the number is out of range or the table is damaged.
    pub fn passage(&self, number: u32) -> Result<PassageRecord> {
        let row = self.stores.passages.row(number);
        row.map(|it| it.record).with_context(|| format!("no passage {number}"))
    }

    /// A passage's length as in [`PassageRecord::length`]. It is read for every candidate.
    #[must_use]
    #[inline]
    pub fn length(&self, number: u32) -> u16 {
        self.stores.passages.length(number)
    }

    /// Whether a passage holds Han characters, in its title or its text.
    #[must_use]
    #[inline]
    pub fn holds_han(&self, number: u32) -> bool {
        self.stores.passages.holds_han(number)
    }

    /// The lengths of up to `count` passages from `first` on, as little-endian bytes.
    #[must_use]
    pub fn lengths(&self, first: u32, count: usize) -> &[[u8; 2]] {
        self.stores.passages.lengths(first, count)
    }

    /// A bit for each passage from `first` on, 64 to a little-endian word: set where the passage is
    /// not the first of its family. `first` is a multiple of 64; there may be fewer words at the
    /// end.
    #[must_use]
    pub fn copy_bits(&self, first: u32, words: usize) -> &[[u8; 8]] {
        self.stores.passages.copy_bits(first, words)
    }

    /// The number of a passage's article; `u32::MAX` where there is no such passage.
    #[must_use]
    #[inline]
    pub fn article_of(&self, number: u32) -> u32 {
        self.stores.passages.article(number)
    }

    /// All passages of a family, in order.
    #[must_use]
    pub fn copies_of(&self, family: u32) -> Vec<u32> {
        let copies = self.copies.get_or_init(|| self.stores.passages.copies());
        let from = copies.partition_point(|it| it.0 < family);
        let others = copies.iter().skip(from).take_while(|it| it.0 == family).map(|it| it.1);
        std::iter::once(family).chain(others).collect()
    }

    /// A passage's family as in [`PassageRecord::family`].
    #[must_use]
    #[inline]
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

    /// The term dictionary of a family. That of stems leaves out the stems whose postings are those
    /// of the word written the same.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn terms(&self, family: Family) -> Result<&TermDictionary> {
        let verified =
            self.postings.terms(family).and_then(|it| it.verify_whole().context("terms"));
        let reader = verified.and_then(|()| self.postings.reader(family));
        Ok(reader.map_err(|it| self.as_damage(it))?.terms())
    }

    /// The terms of a family within `edits` of a word.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn fuzzy_terms(&self, family: Family, word: &str, edits: usize) -> Result<Vec<String>> {
        let letters: Vec<char> = word.chars().collect();
        let found = terms_within(self.postings.terms(family)?, &letters, edits);
        found.context("damaged terms").map_err(|it| self.as_damage(it))
    }

    /// The postings of a term; nothing where no passage holds it.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn postings(&self, family: Family, term: &str) -> Result<Option<Postings>> {
        self.postings.postings(family, term, false).map_err(|it| self.as_damage(it))
    }

    /// The postings of a term with positions, which count title, gap and body as in
    /// [`crate::analysis::Token::position`]. Only [`Family::Exact`] has positions.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn postings_with_positions(&self, family: Family, term: &str) -> Result<Option<Postings>> {
        self.postings.postings(family, term, true).map_err(|it| self.as_damage(it))
    }

    /// How many passages hold a term.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn document_frequency(&self, family: Family, term: &str) -> Result<u32> {
        self.postings.document_frequency(family, term).map_err(|it| self.as_damage(it))
    }

    /// The frequency of a Han word in the dictionary that cut the index; nothing for a word that
    /// the index does not hold. [`Generation::word_total`] is the sum over the dictionary.
    #[must_use]
    pub fn word_frequency(&self, word: &str) -> Option<u64> {
        let Lazy { file, made } = &self.words;
        let words = made.get_or_init(|| fst::Map::new(file.as_ref()?.whole()?.clone()).ok());
        words.as_ref()?.get(word)
    }

    /// The sum of all frequencies of the dictionary that cut the index.
    #[must_use]
    pub fn word_total(&self) -> u64 {
        self.manifest().word_total
    }

    /// Whether a passage has a topic, by the topic's number in the lexicon.
    #[must_use]
    #[inline]
    pub fn has_topic(&self, passage: u32, topic: usize) -> bool {
        self.topics.has_topic(passage, topic)
    }

    /// The numbers of a passage's topics, rising.
    pub fn topics_of(&self, passage: u32) -> impl Iterator<Item = usize> {
        self.topics.of(passage)
    }

    /// How many passages have a topic, by the topic's number in the lexicon.
    #[must_use]
    pub fn topic_count(&self, topic: usize) -> u64 {
        self.topics.count(topic)
    }

    /// The lexicon of this index.
    #[must_use]
    pub fn lexicon(&self) -> &Compiled<VerifiedBytes> {
        self.lexicon.compiled()
    }

    /// The words of the imported dictionaries; empty where none was imported.
    #[must_use]
    pub fn dictionary(&self) -> &Compiled<VerifiedBytes> {
        self.dictionary.compiled()
    }

    /// The compiled dictionary, if it was compiled from exactly these imports.
    pub(crate) fn compiled_dictionary(&self, dictionaries: &[Import]) -> Option<Vec<u8>> {
        let mut recorded = read_imports(self.folder()).ok()??;
        recorded.retain(|it| it.form == Form::Dictionary);
        let file = self.files.verified(DICTIONARY).ok()?;
        (recorded == dictionaries).then(|| file.whole().map(|it| it.to_vec()))?
    }

    /// What the person should be told: that a newer generation is damaged.
    #[must_use]
    pub fn warning(&self) -> Option<&str> {
        self.warning.as_deref()
    }

    /// The first damage found since the index was opened.
    ///
    /// An answer made after damage was found must not be given: the accessors that return no error
    /// return something harmless (a length of 1, no frequency) in place of damaged data.
    #[must_use]
    pub fn damage(&self) -> Option<&Error> {
        self.files.damage().get()
    }

    /// The name of the generation, such as `gen-12`.
    #[must_use]
    pub fn generation(&self) -> &str {
        self.folder().file_name().and_then(|it| it.to_str()).unwrap_or_default()
    }

    /// Its files.
    pub(crate) fn files(&self) -> &GenerationFiles {
        &self.files
    }

    /// The generation's folder.
    pub(crate) fn folder(&self) -> &Path {
        self.files.folder()
    }

    /// The tables of passages, articles and texts.
    pub(crate) fn stores(&self) -> &Stores {
        &self.stores
    }

    /// The posting lists.
    pub(crate) fn postings_reader(&self) -> &PostingsReader {
        &self.postings
    }

    /// The damage that was just found, if it was recorded; otherwise what failed.
    fn as_damage(&self, failed: anyhow::Error) -> anyhow::Error {
        match self.files.damage().get() {
            Some(problem) => problem.clone().into(),
            None => Error::damaged(&self.files.path(file_names::TERMS), failed).into(),
        }
    }
}

impl fmt::Debug for Generation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Generation").field("folder", &self.folder()).finish_non_exhaustive()
    }
}
