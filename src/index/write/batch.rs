//! A batch: some analysed articles of this build, as bytes that are spooled to disk and read back
//! when all are merged.
//!
//! Batches are made on all cores and spooled in whatever order they are finished. A [`BatchRange`]
//! says which articles of a batch belong to which file, and [`super::passage_order`] puts them in
//! order.

use std::ops::Range;

use tantivy::directory::OwnedBytes;

use super::inverted::{Inverter, RunKind};
use crate::analysis::{Analyzer, DerivedStems, Family, Tokens};
use crate::article::Article;
use crate::budget::{Budget, Overrun};
use crate::date::Day;
use crate::duplicate::{Fingerprint, fingerprint};
use crate::index::format::{
    ArticleTable, ArticleWriter, PASSAGE_BYTES, PassageRow, PassageTable, RECORD_BYTES, TextTable,
    TextWriter, write_passages,
};
use crate::index::read::Stores;
use crate::index::records::{ArticleRecord, PassageRecord};
use crate::index::segment::{FAMILIES, body_offset};
use crate::index::trust::VerifiedFile;
use crate::passage::{Passage, Size, cut};
use crate::text::is_han;

/// Budget steps for each byte that is cut into passages, and for each that is analysed.
const CUT: usize = 4;
const ANALYSED: usize = 20;

/// Sections of a batch before its runs: records, strings, passages, starts of texts, texts,
/// fingerprints.
const STORES: usize = 6;

/// Bytes of a passage's fingerprint: whether there is one, then the fingerprint.
const FINGERPRINT_BYTES: usize = 1 + Fingerprint::BYTES;

/// Consecutive articles of one file in a source: a batch, or the previous generation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BatchRange {
    /// The file's index in the change set.
    pub(crate) file: u32,
    /// Which range of the file, from 0.
    pub(crate) order: u32,
    /// The index of the source.
    pub(crate) source: u32,
    pub(crate) articles: Range<u32>,
}

/// A batch that is being filled.
#[derive(Debug)]
pub(crate) struct BatchBuilder {
    articles: ArticleWriter<Vec<u8>, Vec<u8>>,
    texts: TextWriter,
    rows: Vec<PassageRow>,
    fingerprints: Vec<u8>,
    inverter: Inverter,
    article_count: u32,
}

/// An analysed article; nothing can fail after this.
#[derive(Debug)]
pub(crate) struct AnalysedArticle {
    article: Article,
    title: Tokens,
    passages: Vec<(Passage, Tokens, Option<Fingerprint>)>,
}

impl AnalysedArticle {
    /// Cuts an article into passages and analyses them. Tokens are made in `buffer` and then
    /// copied, so that they take no more memory than they need.
    pub(crate) fn new(
        article: Article,
        analyzer: &Analyzer,
        budget: &Budget,
        buffer: &mut Tokens,
    ) -> Result<Self, Overrun> {
        let titled = article.title.as_ref().map_or(0, String::len);
        budget.spend(article.body.len() * CUT + titled * ANALYSED);
        budget.verdict()?;
        let mut title = Tokens::default();
        if !article.shares_title {
            analyzer.tokens_for_index(article.title.as_deref().unwrap_or_default(), &mut title);
        }
        let analysed = |passage: Passage| {
            let text = passage.span.of(&article.body);
            analyzer.tokens_for_index(text, buffer);
            let tokens = buffer.clone();
            let fingerprint = fingerprint(text);
            // The title is indexed with every passage.
            budget.spend(text.len() * ANALYSED + titled);
            budget.verdict().map(|()| (passage, tokens, fingerprint))
        };
        let passages = cut(&article, Size::default()).into_iter().map(analysed);
        let passages = passages.collect::<Result<_, _>>()?;
        Ok(Self { title, passages, article })
    }
}

impl Default for BatchBuilder {
    fn default() -> Self {
        Self {
            articles: ArticleWriter::new(Vec::new(), Vec::new()),
            texts: TextWriter::new(),
            rows: Vec::new(),
            fingerprints: Vec::new(),
            inverter: Inverter::default(),
            article_count: 0,
        }
    }
}

impl BatchBuilder {
    /// The number of articles.
    pub(crate) fn articles(&self) -> u32 {
        self.article_count
    }

    /// Appends an article; `has_own_id` if its record gave its id.
    pub(crate) fn push(&mut self, analysed: &AnalysedArticle, root: u32, has_own_id: bool) {
        let AnalysedArticle { article, title, passages } = analysed;
        let record = ArticleRecord {
            id: &article.id,
            path: &article.path,
            title: article.title.as_deref(),
            author: article.author.as_deref(),
            url: article.url.as_deref(),
            date: article.date,
            date_source: article.date_source,
            lang: article.lang,
            first_passage: self.next_passage(),
            passages: u32::try_from(passages.len()).unwrap_or(u32::MAX),
            root,
        };
        let written = self.articles.push(&record, has_own_id);
        written.expect("writing to memory does not fail");
        let title_positions = positions_of(title);
        let title_counts = ScriptCounts::of(title);
        for (passage, tokens, fingerprint) in passages {
            let number = self.next_passage();
            let counts = title_counts.plus(ScriptCounts::of(tokens));
            self.rows.push(PassageRow {
                record: PassageRecord {
                    article: self.article_count,
                    line: passage.line,
                    length: counts.length(),
                    title_positions,
                    family: number,
                    lang: passage.lang,
                    day: article.date.map_or(0, Day::pack),
                },
                has_words: counts.words > 0,
                has_han: counts.han > 0,
            });
            self.inverter.add(number, title, 0);
            self.inverter.add(number, tokens, body_offset(title_positions));
            let text = passage.span.of(&article.body);
            self.texts.push(text).expect("writing to memory does not fail");
            self.fingerprints.extend(fingerprint_bytes(*fingerprint));
        }
        self.article_count += 1;
    }

    /// The bytes of the batch, section by section.
    pub(crate) fn finish(self, stems: &mut DerivedStems) -> Vec<Vec<u8>> {
        let mut columns = Vec::with_capacity(self.rows.len() * PASSAGE_BYTES);
        let written = write_passages(&mut columns, || self.rows.iter().copied());
        written.expect("writing to memory does not fail");
        let (records, strings) = self.articles.finish();
        let (starts, documents) = self.texts.finish();
        let mut sections = vec![records, strings, columns, starts, documents, self.fingerprints];
        sections.extend(self.inverter.into_runs(stems));
        sections
    }

    fn next_passage(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }
}

/// The number of positions that a title takes.
fn positions_of(title: &Tokens) -> u16 {
    let last = title.all().iter().map(|it| it.position).max();
    last.map_or(0, |it| u16::try_from(it + 1).unwrap_or(u16::MAX))
}

/// How many words and Han characters a text has.
#[derive(Clone, Copy, Debug)]
struct ScriptCounts {
    words: u32,
    han: u32,
}

impl ScriptCounts {
    fn of(tokens: &Tokens) -> Self {
        let mut counts = Self { words: 0, han: 0 };
        for token in tokens.family(Family::Exact) {
            let is_ascii = tokens.bytes(token).first().is_some_and(u8::is_ascii);
            let is_han = !is_ascii && tokens.text(token).chars().next().is_some_and(is_han);
            *if is_han { &mut counts.han } else { &mut counts.words } += 1;
        }
        counts
    }

    fn plus(self, other: Self) -> Self {
        Self { words: self.words + other.words, han: self.han + other.han }
    }

    /// The length in words: a Han character counts as .6, rounded half up, at least 1.
    fn length(self) -> u16 {
        let tenths = u64::from(self.words) * 10 + u64::from(self.han) * 6;
        u16::try_from((tenths + 5) / 10).unwrap_or(u16::MAX).max(1)
    }
}

/// A fingerprint as it is stored.
fn fingerprint_bytes(fingerprint: Option<Fingerprint>) -> [u8; FINGERPRINT_BYTES] {
    let mut bytes = [0; FINGERPRINT_BYTES];
    if let Some(fingerprint) = fingerprint {
        let (flag, rest) = bytes.split_at_mut(1);
        flag[0] = 1;
        rest.copy_from_slice(&fingerprint.to_bytes());
    }
    bytes
}

/// The stored fingerprint of a passage: the inverse of [`fingerprint_bytes`].
pub(super) fn stored_fingerprint(fingerprints: &[u8], number: u32) -> Option<Fingerprint> {
    let at = number as usize * FINGERPRINT_BYTES;
    let bytes = fingerprints.get(at..at + FINGERPRINT_BYTES)?;
    if bytes[0] == 0 {
        return None;
    }
    bytes[1..].first_chunk().copied().map(Fingerprint::from_bytes)
}

/// A batch that was read back from the spool file.
#[derive(Debug)]
pub(crate) struct Batch {
    pub(crate) stores: Stores,
    runs: Vec<OwnedBytes>,
}

impl Batch {
    /// Opens the sections of a batch; nothing where they do not fit together.
    pub(crate) fn open(sections: &[OwnedBytes]) -> Option<Self> {
        let (stores, runs) = sections.split_at_checked(STORES)?;
        let [records, strings, columns, starts, documents, fingerprints] = stores else {
            return None;
        };
        let articles = u32::try_from(records.len() / RECORD_BYTES).ok()?;
        let passages = u32::try_from(columns.len() / PASSAGE_BYTES).ok()?;
        let stores = Stores {
            articles: ArticleTable::open(
                VerifiedFile::trusted(records.clone()),
                strings.clone(),
                articles,
            )?,
            passages: PassageTable::of_batch(VerifiedFile::trusted(columns.clone()), passages)?,
            texts: TextTable::open(
                VerifiedFile::trusted(starts.clone()),
                documents.clone(),
                passages,
            )?,
            fingerprints: Some(fingerprints.clone()),
            passage_count: passages,
        };
        (runs.len() == FAMILIES.len()).then(|| Self { stores, runs: runs.to_vec() })
    }

    /// The run of a family, and its kind.
    pub(crate) fn run(&self, family: Family) -> (&[u8], RunKind<'_>) {
        let run = match family {
            Family::Exact => RunKind::WithPositions,
            Family::Stem => RunKind::Stems(&self.runs[Family::Exact as usize]),
            Family::Form | Family::Bigram | Family::Word => RunKind::WithPassages,
        };
        (&self.runs[family as usize], run)
    }
}
