//! The texts of passages: one blob, and a table of where each ends with its checksum.

use std::io::{self, Write};

use anyhow::{Context, Result, bail};
use tantivy::directory::OwnedBytes;
use xxhash_rust::xxh3::xxh3_64;

use super::columns::{u32_at, u64_at};
use super::guard::Guard;

/// Bytes that one passage takes in the table: where its text ends, and a checksum.
pub(super) const ENTRY_BYTES: usize = 12;

/// The texts of an index or of a part of one.
#[derive(Clone, Debug)]
pub(super) struct TextTable {
    ends: Guard,
    /// Verified passage by passage, against the sums in the table.
    blob: OwnedBytes,
}

impl TextTable {
    /// Takes a table of `count` passages and its blob; nothing where the length does not fit.
    pub(super) fn open(ends: Guard, blob: OwnedBytes, count: u32) -> Option<Self> {
        (ends.len() == count as usize * ENTRY_BYTES).then_some(Self { ends, blob })
    }

    /// A passage's text, its checksum verified.
    ///
    /// # Errors
    /// When there is no such passage, or its bytes are not those that were written.
    pub(super) fn get(&self, number: u32) -> Result<&str> {
        let at = number as usize * ENTRY_BYTES;
        let place = || {
            let start = match at.checked_sub(ENTRY_BYTES) {
                Some(before) => u64_at(self.ends.get(before..at)?, 0)?,
                None => 0,
            };
            let here = self.ends.get(at..at + ENTRY_BYTES)?;
            let range = usize::try_from(start).ok()?..usize::try_from(u64_at(here, 0)?).ok()?;
            Some((range, u32_at(here, 8)?))
        };
        let (range, sum) = place().with_context(|| format!("no passage {number}"))?;
        let bytes = self.blob.get(range);
        let bytes = bytes.with_context(|| format!("passage {number}: text out of bounds"))?;
        if sum != checksum(bytes) {
            bail!("passage {number}: its text has changed on disk");
        }
        str::from_utf8(bytes).with_context(|| format!("passage {number}: not UTF-8"))
    }
}

/// Writes texts and their table.
#[derive(Debug)]
pub(super) struct TextWriter<E, B> {
    ends: E,
    blob: B,
    end: u64,
}

impl<E: Write, B: Write> TextWriter<E, B> {
    /// Starts with no text.
    pub(super) fn new(ends: E, blob: B) -> Self {
        Self { ends, blob, end: 0 }
    }

    /// Appends the next passage's text.
    pub(super) fn push(&mut self, text: &str) -> io::Result<()> {
        self.end += text.len() as u64;
        self.blob.write_all(text.as_bytes())?;
        self.ends.write_all(&self.end.to_le_bytes())?;
        self.ends.write_all(&checksum(text.as_bytes()).to_le_bytes())
    }

    /// Gives the table and the blob back.
    pub(super) fn finish(self) -> (E, B) {
        (self.ends, self.blob)
    }
}

/// Half of xxh3: what a passage or an article's record is verified by.
#[expect(clippy::cast_possible_truncation, reason = "half of the hash is what is kept")]
pub(super) fn checksum(bytes: &[u8]) -> u32 {
    xxh3_64(bytes) as u32
}
