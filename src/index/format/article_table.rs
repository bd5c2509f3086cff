//! The table of articles: fixed-width records, with their strings in a file of their own; and the
//! table of article ids.

use std::io::{self, Write};

use anyhow::{Context, Result, bail};
use tantivy::directory::OwnedBytes;
use xxhash_rust::xxh3::xxh3_64;

use super::passage_table::{lang_byte, lang_of};
use crate::article::DateSource;
use crate::date::Day;
use crate::index::records::ArticleRecord;
use crate::index::trust::{VerifiedFile, checksum, u32_at, u64_at};

/// Bytes of one record; see [`ArticleWriter::push`] for the layout.
pub(crate) const RECORD_BYTES: usize = 56;

/// Bytes of one entry in the table of ids: a hash, and the article's number.
const ID_BYTES: usize = 12;

/// The length of a string that is absent.
const ABSENT: u32 = u32::MAX;

const SOURCES: [DateSource; 7] = [
    DateSource::Field,
    DateSource::Metadata,
    DateSource::Byline,
    DateSource::Text,
    DateSource::Url,
    DateSource::FileName,
    DateSource::Parent,
];

/// The articles of an index or of a batch.
#[derive(Clone, Debug)]
pub(crate) struct ArticleTable {
    records: VerifiedFile,
    /// Verified for each article, against the checksum in its record.
    strings: OwnedBytes,
}

impl ArticleTable {
    /// Opens the records of `count` articles; nothing where the length does not fit.
    pub(crate) fn open(records: VerifiedFile, strings: OwnedBytes, count: u32) -> Option<Self> {
        (records.len() == count as usize * RECORD_BYTES).then_some(Self { records, strings })
    }

    /// An article's record, its checksum verified.
    ///
    /// # Errors
    /// When there is no such article, or its bytes are not those that were written.
    pub(crate) fn get(&self, number: u32) -> Result<ArticleRecord<'_>> {
        let at = number as usize * RECORD_BYTES;
        let record = self.records.get(at..at + RECORD_BYTES);
        let record = record.with_context(|| format!("no article {number}"))?;
        let strings = strings_of(record, &self.strings);
        let strings = strings.with_context(|| format!("article {number}: out of bounds"))?;
        let (body, sum) = record.split_at(RECORD_BYTES - 4);
        if u32_at(sum, 0) != Some(checksum(body) ^ checksum(strings)) {
            bail!("article {number}: its record has changed on disk");
        }
        parsed(record, strings).with_context(|| format!("article {number}: malformed"))
    }

    /// Whether the article's id came from its record: a later article with the same id replaces it.
    pub(crate) fn has_own_id(&self, number: u32) -> bool {
        let at = number as usize * RECORD_BYTES + 34;
        self.records.get(at..at + 1).is_some_and(|it| it == [1])
    }
}

/// The bytes of all strings of a record.
fn strings_of<'a>(record: &[u8], strings: &'a [u8]) -> Option<&'a [u8]> {
    let start = usize::try_from(u64_at(record, 0)?).ok()?;
    let mut length = 0;
    for at in (8..28).step_by(4) {
        let it = u32_at(record, at)?;
        length += if it == ABSENT { 0 } else { it as usize };
    }
    strings.get(start..start.checked_add(length)?)
}

fn parsed<'a>(record: &[u8], strings: &'a [u8]) -> Option<ArticleRecord<'a>> {
    let mut rest = str::from_utf8(strings).ok()?;
    let mut next = |at: usize| -> Option<Option<&'a str>> {
        let length = u32_at(record, at)?;
        if length == ABSENT {
            return Some(None);
        }
        let (it, after) = rest.split_at_checked(length as usize)?;
        rest = after;
        Some(Some(it))
    };
    let source = *record.get(32)?;
    Some(ArticleRecord {
        id: next(8)??,
        path: next(12)??,
        title: next(16)?,
        author: next(20)?,
        url: next(24)?,
        date: Day::unpack(u32_at(record, 28)?),
        date_source: source.checked_sub(1).and_then(|it| SOURCES.get(usize::from(it))).copied(),
        lang: lang_of(*record.get(33)?)?,
        first_passage: u32_at(record, 36)?,
        passages: u32_at(record, 40)?,
        root: u32_at(record, 44)?,
    })
}

/// Writes articles and their strings.
#[derive(Debug)]
pub(crate) struct ArticleWriter<R, S> {
    records: R,
    strings: S,
    end: u64,
}

impl<R: Write, S: Write> ArticleWriter<R, S> {
    /// A table without articles.
    pub(crate) fn new(records: R, strings: S) -> Self {
        Self { records, strings, end: 0 }
    }

    /// Appends the next article.
    pub(crate) fn push(&mut self, article: &ArticleRecord<'_>, has_own_id: bool) -> io::Result<()> {
        let parts =
            [Some(article.id), Some(article.path), article.title, article.author, article.url];
        let strings: String = parts.iter().flatten().copied().collect();
        let mut record = Vec::with_capacity(RECORD_BYTES);
        record.extend(self.end.to_le_bytes());
        for part in parts {
            let length = part.map_or(ABSENT, |it| u32::try_from(it.len()).unwrap_or(ABSENT));
            record.extend(length.to_le_bytes());
        }
        record.extend(article.date.map_or(0, Day::pack).to_le_bytes());
        let source = SOURCES.iter().position(|it| Some(*it) == article.date_source);
        record.push(source.map_or(0, |it| u8::try_from(it + 1).unwrap_or(0)));
        record.push(lang_byte(article.lang));
        record.push(u8::from(has_own_id));
        record.push(0);
        record.extend(article.first_passage.to_le_bytes());
        record.extend(article.passages.to_le_bytes());
        record.extend(article.root.to_le_bytes());
        record.extend([0; 4]);
        let sum = checksum(&record) ^ checksum(strings.as_bytes());
        record.extend(sum.to_le_bytes());
        self.end += strings.len() as u64;
        self.strings.write_all(strings.as_bytes())?;
        self.records.write_all(&record)
    }

    /// Returns the outputs for records and strings.
    pub(crate) fn finish(self) -> (R, S) {
        (self.records, self.strings)
    }
}

/// Finds articles by id: sorted hashes of ids with article numbers.
#[derive(Clone, Debug)]
pub(crate) struct IdTable {
    bytes: VerifiedFile,
}

impl IdTable {
    /// Opens the table.
    pub(crate) fn open(bytes: VerifiedFile) -> Self {
        Self { bytes }
    }

    fn hash(&self, at: usize) -> Option<u64> {
        u64_at(self.bytes.get(at * ID_BYTES..(at + 1) * ID_BYTES)?, 0)
    }

    /// The numbers of the articles whose id has the hash of `id`, in order; the caller compares the
    /// ids.
    pub(crate) fn candidates(&self, id: &str) -> impl Iterator<Item = u32> + '_ {
        let wanted = xxh3_64(id.as_bytes());
        let hash = |at: usize| self.hash(at).unwrap_or(u64::MAX);
        let (mut low, mut high) = (0, self.bytes.len() / ID_BYTES);
        while low < high {
            let middle = low + (high - low) / 2;
            if hash(middle) < wanted { low = middle + 1 } else { high = middle }
        }
        (low..self.bytes.len() / ID_BYTES)
            .take_while(move |at| self.hash(*at) == Some(wanted))
            .filter_map(|at| u32_at(self.bytes.get(at * ID_BYTES..(at + 1) * ID_BYTES)?, 8))
    }
}

/// Writes the table of ids from the hash of each id and its article's number.
pub(crate) fn write_ids(out: &mut dyn Write, mut hashes: Vec<(u64, u32)>) -> io::Result<()> {
    hashes.sort_unstable();
    for (hash, number) in hashes {
        out.write_all(&hash.to_le_bytes())?;
        out.write_all(&number.to_le_bytes())?;
    }
    Ok(())
}
