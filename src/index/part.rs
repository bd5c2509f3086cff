//! A part: some articles of this build, analysed, as the bytes that the assembly reads back.
//!
//! Parts are made on all cores and written to one spool file in whatever order they are done; the
//! pieces say which articles of which file each holds, and the assembly goes by them.

use std::ops::Range;

use tantivy::directory::OwnedBytes;

use super::articles::{ArticleTable, ArticleWriter};
use super::columns::{PASSAGE_BYTES, PassageTable, Row, write_passages};
use super::guard::Guard;
use super::invert::Inverter;
use super::records::{ArticleRecord, PassageRecord};
use super::run::Run;
use super::schema::{FAMILIES, body_start};
use super::texts::{TextTable, TextWriter};
use crate::analysis::{Analyzer, DerivedStems, Family, Tokens};
use crate::article::Article;
use crate::budget::{Budget, Overrun};
use crate::date::Day;
use crate::duplicate::{Fingerprint, fingerprint};
use crate::passage::{Passage, Size, cut};
use crate::text::is_han;

/// Steps of a byte when it is cut into passages, and when it is analysed.
const CUT: usize = 4;
const ANALYSED: usize = 20;

/// Sections of a part before its runs: records, strings, passages, ends, texts, prints.
const STORES: usize = 6;

/// Bytes of a passage's print: whether there is one, then the print.
const PRINT_BYTES: usize = 1 + Fingerprint::BYTES;

/// Articles of one file that stand together in a source: a part, or the generation before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Which file of the plan.
    pub(super) file: u32,
    /// Which piece of the file, from 0.
    pub(super) order: u32,
    /// Which source.
    pub(super) source: u32,
    pub(super) articles: Range<u32>,
}

/// A part as it grows.
#[derive(Debug)]
pub(super) struct PartBuilder {
    articles: ArticleWriter<Vec<u8>, Vec<u8>>,
    texts: TextWriter<Vec<u8>, Vec<u8>>,
    rows: Vec<Row>,
    prints: Vec<u8>,
    inverter: Inverter,
    article_count: u32,
}

/// An article after analysis: nothing of it can fail any more.
#[derive(Debug)]
pub(super) struct Analysed {
    article: Article,
    title: Tokens,
    passages: Vec<(Passage, Tokens, Option<Fingerprint>)>,
}

impl Analysed {
    /// Cuts and analyses an article; `room` is where tokens are made before they are kept in no
    /// more memory than they need.
    pub(super) fn new(
        article: Article,
        analyzer: &Analyzer,
        budget: &Budget,
        room: &mut Tokens,
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
            analyzer.tokens_for_index(text, room);
            let tokens = room.clone();
            let print = fingerprint(text);
            // A title is found with every passage under it.
            budget.spend(text.len() * ANALYSED + titled);
            budget.verdict().map(|()| (passage, tokens, print))
        };
        let passages = cut(&article, Size::default()).into_iter().map(analysed);
        let passages = passages.collect::<Result<_, _>>()?;
        Ok(Self { title, passages, article })
    }
}

impl Default for PartBuilder {
    fn default() -> Self {
        Self {
            articles: ArticleWriter::new(Vec::new(), Vec::new()),
            texts: TextWriter::new(Vec::new(), Vec::new()),
            rows: Vec::new(),
            prints: Vec::new(),
            inverter: Inverter::default(),
            article_count: 0,
        }
    }
}

impl PartBuilder {
    /// How many articles it holds.
    pub(super) fn articles(&self) -> u32 {
        self.article_count
    }

    /// Appends an article of a root; `has_own_id` where its record named it.
    pub(super) fn push(&mut self, analysed: &Analysed, root: u32, has_own_id: bool) {
        let Analysed { article, title, passages } = analysed;
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
        let title_measure = Measure::of(title);
        for (passage, tokens, print) in passages {
            let number = self.next_passage();
            let measure = title_measure.plus(Measure::of(tokens));
            self.rows.push(Row {
                record: PassageRecord {
                    article: self.article_count,
                    line: passage.line,
                    length: measure.length(),
                    title_positions,
                    family: number,
                    lang: passage.lang,
                    day: article.date.map_or(0, Day::pack),
                },
                has_words: measure.words > 0,
                has_han: measure.han > 0,
            });
            self.inverter.add(number, title, 0);
            self.inverter.add(number, tokens, body_start(title_positions));
            let text = passage.span.of(&article.body);
            self.texts.push(text).expect("writing to memory does not fail");
            self.prints.extend(print_bytes(*print));
        }
        self.article_count += 1;
    }

    /// The bytes of the part, section by section.
    pub(super) fn finish(self, stems: &mut DerivedStems) -> Vec<Vec<u8>> {
        let mut columns = Vec::with_capacity(self.rows.len() * PASSAGE_BYTES);
        let written = write_passages(&mut columns, || self.rows.iter().copied());
        written.expect("writing to memory does not fail");
        let (records, strings) = self.articles.finish();
        let written = self.texts.finish();
        let (ends, blob) = written.expect("writing to memory does not fail");
        let mut sections = vec![records, strings, columns, ends, blob, self.prints];
        sections.extend(self.inverter.into_runs(stems));
        sections
    }

    fn next_passage(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }
}

/// How many positions a title's tokens take.
fn positions_of(title: &Tokens) -> u16 {
    let last = title.all().iter().map(|it| it.position).max();
    last.map_or(0, |it| u16::try_from(it + 1).unwrap_or(u16::MAX))
}

/// What a text measures.
#[derive(Clone, Copy, Debug)]
struct Measure {
    words: u32,
    han: u32,
}

impl Measure {
    fn of(tokens: &Tokens) -> Self {
        let mut measure = Self { words: 0, han: 0 };
        for token in tokens.family(Family::Exact) {
            let is_ascii = tokens.bytes(token).first().is_some_and(u8::is_ascii);
            let is_han = !is_ascii && tokens.text(token).chars().next().is_some_and(is_han);
            *if is_han { &mut measure.han } else { &mut measure.words } += 1;
        }
        measure
    }

    fn plus(self, other: Self) -> Self {
        Self { words: self.words + other.words, han: self.han + other.han }
    }

    /// Words, a Han character counting .6, rounded half up, at least 1.
    fn length(self) -> u16 {
        let tenths = u64::from(self.words) * 10 + u64::from(self.han) * 6;
        u16::try_from((tenths + 5) / 10).unwrap_or(u16::MAX).max(1)
    }
}

/// A print as it is stored.
fn print_bytes(print: Option<Fingerprint>) -> [u8; PRINT_BYTES] {
    let mut bytes = [0; PRINT_BYTES];
    if let Some(print) = print {
        let (flag, rest) = bytes.split_at_mut(1);
        flag[0] = 1;
        rest.copy_from_slice(&print.to_bytes());
    }
    bytes
}

/// The inverse of [`print_bytes`], of the passage of this number.
pub(super) fn print_at(prints: &[u8], number: u32) -> Option<Fingerprint> {
    let at = number as usize * PRINT_BYTES;
    let bytes = prints.get(at..at + PRINT_BYTES)?;
    if bytes[0] == 0 {
        return None;
    }
    bytes[1..].first_chunk().copied().map(Fingerprint::from_bytes)
}

/// The stores of a part, or of the generation before: all but the postings.
#[derive(Clone, Debug)]
pub(super) struct Stores {
    pub(super) articles: ArticleTable,
    pub(super) passages: PassageTable,
    pub(super) texts: TextTable,
    /// Of a part; a generation keeps none.
    pub(super) prints: Option<OwnedBytes>,
    pub(super) passage_count: u32,
}

/// A part read back from the spool file.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) stores: Stores,
    runs: Vec<OwnedBytes>,
}

impl Part {
    /// Takes a part's sections; nothing where they do not fit together.
    pub(super) fn open(sections: &[OwnedBytes]) -> Option<Self> {
        let (stores, runs) = sections.split_at_checked(STORES)?;
        let [records, strings, columns, ends, blob, prints] = stores else { return None };
        let articles = u32::try_from(records.len() / super::articles::RECORD_BYTES).ok()?;
        let passages = u32::try_from(columns.len() / PASSAGE_BYTES).ok()?;
        let stores = Stores {
            articles: ArticleTable::open(
                Guard::trusted(records.clone()),
                strings.clone(),
                articles,
            )?,
            passages: PassageTable::of_part(Guard::trusted(columns.clone()), passages)?,
            texts: TextTable::open(Guard::trusted(ends.clone()), blob.clone(), passages)?,
            prints: Some(prints.clone()),
            passage_count: passages,
        };
        (runs.len() == FAMILIES.len()).then(|| Self { stores, runs: runs.to_vec() })
    }

    /// The run of a family, and what it is.
    pub(super) fn run(&self, family: Family) -> (&[u8], Run<'_>) {
        let run = match family {
            Family::Exact => Run::WithPositions,
            Family::Stem => Run::Stems(&self.runs[Family::Exact as usize]),
            Family::Form | Family::Bigram | Family::Word => Run::WithPassages,
        };
        (&self.runs[family as usize], run)
    }
}
