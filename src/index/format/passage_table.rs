//! The table of passages: columns of fixed-width little-endian numbers, read in place.
//!
//! Column by column, so that a query that needs one number of each candidate touches only the pages
//! of that column. The bytes may be damaged: every read is checked against bounds.

use std::io::{self, Write};

use crate::article::Lang;
use crate::index::records::PassageRecord;
use crate::index::trust::{VerifiedFile, u16_at, u32_at};

/// Bytes that one passage takes over all columns.
pub(crate) const PASSAGE_BYTES: usize = 4 * 4 + 2 * 2 + 1;

const HAS_WORDS: u8 = 1 << 4;
const HAS_HAN: u8 = 1 << 5;

/// A row: the record of a passage, and which scripts it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PassageRow {
    pub(crate) record: PassageRecord,
    /// Whether it holds a word that is not Han.
    pub(crate) has_words: bool,
    /// Whether it holds a Han character.
    pub(crate) has_han: bool,
}

/// The passages of an index or of a batch.
#[derive(Clone, Debug)]
pub(crate) struct PassageTable {
    bytes: VerifiedFile,
    count: usize,
}

impl PassageTable {
    /// Opens the columns of `count` passages, followed by the bits of copies; nothing where the
    /// length does not fit.
    pub(crate) fn open(bytes: VerifiedFile, count: u32) -> Option<Self> {
        let count = count as usize;
        let fits = bytes.len() == count * PASSAGE_BYTES + count.div_ceil(64) * 8;
        fits.then_some(Self { bytes, count })
    }

    /// Opens the columns of a batch, whose copies are not known yet.
    pub(crate) fn of_batch(bytes: VerifiedFile, count: u32) -> Option<Self> {
        let count = count as usize;
        (bytes.len() == count * PASSAGE_BYTES).then_some(Self { bytes, count })
    }

    /// A passage's length; 1 where there is no such passage.
    #[inline]
    pub(crate) fn length(&self, number: u32) -> u16 {
        self.u16_of_column(0, number).unwrap_or(1)
    }

    /// A passage's family; itself where there is no such passage.
    #[inline]
    pub(crate) fn family(&self, number: u32) -> u32 {
        self.u32_of_column(2, number).unwrap_or(number)
    }

    /// The lengths of up to `count` passages from `first` on; fewer at the end.
    pub(crate) fn lengths(&self, first: u32, count: usize) -> &[[u8; 2]] {
        self.column(0, first, count)
    }

    /// Whether a passage holds Han characters; true where there is no such passage.
    #[inline]
    pub(crate) fn holds_han(&self, number: u32) -> bool {
        self.flags(number).is_none_or(|it| it & HAS_HAN != 0)
    }

    /// The byte of a passage's language and scripts.
    #[inline]
    fn flags(&self, number: u32) -> Option<u8> {
        let at = self.place(20, 1, number)?;
        self.bytes.get(at..at + 1)?.first().copied()
    }

    /// A bit for each of the passages from `first` on, 64 to a word: whether it is not the first of
    /// its family. `first` is a multiple of 64; there are fewer words at the end.
    pub(crate) fn copy_bits(&self, first: u32, words: usize) -> &[[u8; 8]] {
        let all = self.count.div_ceil(64);
        let first = (first as usize / 64).min(all);
        let end = first.saturating_add(words).min(all);
        let start = self.count * PASSAGE_BYTES;
        let bytes = self.bytes.get(start + 8 * first..start + 8 * end);
        bytes.map_or(&[], |it| it.as_chunks().0)
    }

    /// Part of a column; `before` is the number of bytes a passage in the columns before it.
    fn column<const WIDTH: usize>(
        &self,
        before: usize,
        first: u32,
        count: usize,
    ) -> &[[u8; WIDTH]] {
        let first = (first as usize).min(self.count);
        let end = first.saturating_add(count).min(self.count);
        let start = before * self.count;
        let bytes = self.bytes.get(start + WIDTH * first..start + WIDTH * end);
        bytes.map_or(&[], |it| it.as_chunks().0)
    }

    /// The number of a passage's article.
    #[inline]
    pub(crate) fn article(&self, number: u32) -> u32 {
        self.u32_of_column(6, number).unwrap_or(u32::MAX)
    }

    /// The family and the number of every passage that is not the first of its family, sorted.
    pub(crate) fn copies(&self) -> Vec<(u32, u32)> {
        let words = self.copy_bits(0, self.count.div_ceil(64));
        let mut copies = Vec::new();
        for (word, first) in words.iter().zip((0_u32..).step_by(64)) {
            let mut bits = u64::from_le_bytes(*word);
            while bits != 0 {
                let number = first + bits.trailing_zeros();
                bits &= bits - 1;
                copies.push((self.family(number), number));
            }
        }
        copies.sort_unstable();
        copies
    }

    /// The row of a passage.
    pub(crate) fn row(&self, number: u32) -> Option<PassageRow> {
        let flags = self.flags(number)?;
        let record = PassageRecord {
            length: self.u16_of_column(0, number)?,
            family: self.u32_of_column(2, number)?,
            article: self.u32_of_column(6, number)?,
            line: self.u32_of_column(10, number)?,
            day: self.u32_of_column(14, number)?,
            title_positions: self.u16_of_column(18, number)?,
            lang: lang_of(flags & 3)?,
        };
        Some(PassageRow {
            record,
            has_words: flags & HAS_WORDS != 0,
            has_han: flags & HAS_HAN != 0,
        })
    }

    /// The place of a value; `before` is the number of bytes a passage in the columns before it.
    #[inline]
    fn place(&self, before: usize, width: usize, number: u32) -> Option<usize> {
        let number = number as usize;
        (number < self.count).then(|| before * self.count + width * number)
    }

    #[inline]
    fn u16_of_column(&self, before: usize, number: u32) -> Option<u16> {
        let at = self.place(before, 2, number)?;
        u16_at(self.bytes.get(at..at + 2)?, 0)
    }

    #[inline]
    fn u32_of_column(&self, before: usize, number: u32) -> Option<u32> {
        let at = self.place(before, 4, number)?;
        u32_at(self.bytes.get(at..at + 4)?, 0)
    }
}

/// Writes rows as columns, in the order that [`PassageTable`] reads.
///
/// `rows` is iterated once for each column, so that only one row is in memory.
pub(crate) fn write_passages<I>(out: &mut dyn Write, rows: impl Fn() -> I) -> io::Result<()>
where
    I: Iterator<Item = PassageRow>,
{
    let u32s: [fn(&PassageRecord) -> u32; 4] =
        [|it| it.family, |it| it.article, |it| it.line, |it| it.day];
    for row in rows() {
        out.write_all(&row.record.length.to_le_bytes())?;
    }
    for column in u32s {
        for row in rows() {
            out.write_all(&column(&row.record).to_le_bytes())?;
        }
    }
    for row in rows() {
        out.write_all(&row.record.title_positions.to_le_bytes())?;
    }
    for row in rows() {
        let scripts = u8::from(row.has_words) * HAS_WORDS + u8::from(row.has_han) * HAS_HAN;
        out.write_all(&[lang_byte(row.record.lang) | scripts])?;
    }
    Ok(())
}

/// Writes which passages are not the first of their family, a bit for each, after the columns.
pub(crate) fn write_copy_bits(out: &mut dyn Write, families: &[u32]) -> io::Result<()> {
    let mut numbers = 0_u32..;
    for families in families.chunks(64) {
        let places = families.iter().zip(&mut numbers).enumerate();
        let word = places
            .fold(0_u64, |word, (at, (family, number))| word | u64::from(*family != number) << at);
        out.write_all(&word.to_le_bytes())?;
    }
    Ok(())
}

/// A language as one byte below 4.
pub(super) fn lang_byte(lang: Lang) -> u8 {
    match lang {
        Lang::En => 0,
        Lang::Zh => 1,
        Lang::Mixed => 2,
    }
}

/// The inverse of [`lang_byte`].
pub(super) fn lang_of(byte: u8) -> Option<Lang> {
    match byte {
        0 => Some(Lang::En),
        1 => Some(Lang::Zh),
        2 => Some(Lang::Mixed),
        _ => None,
    }
}
