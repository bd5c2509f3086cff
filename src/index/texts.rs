//! The texts of passages: one blob, and a table of where each ends with its checksum.
//!
//! The table goes by groups of 64 passages: where the first text of the group begins (8 bytes), then
//! for each passage how far from there its text ends and a checksum of it (4 bytes each). A text that
//! stood before is not written again: its passage ends where the one before does, and after the last
//! group a list names these passages with the one whose text is theirs (4 bytes each), rising.

use std::io::{self, Write};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use anyhow::{Context, Result, bail};
use tantivy::directory::OwnedBytes;
use xxhash_rust::xxh3::xxh3_64;

use super::columns::{u32_at, u64_at};
use super::guard::{Guard, Seen};

/// Passages of a group, and bytes of its head and of what each passage has in it.
const GROUP: usize = 64;
const HEAD_BYTES: usize = 8;
const ENTRY_BYTES: usize = 8;
const GROUP_BYTES: usize = HEAD_BYTES + GROUP * ENTRY_BYTES;

/// Bytes of a passage without a text of its own, and of the one that has it.
const SAME_BYTES: usize = 8;

/// The texts of an index or of a part of one.
#[derive(Clone, Debug)]
pub(super) struct TextTable {
    ends: Guard,
    /// Where the list of passages without a text of their own begins.
    same: usize,
    /// Verified passage by passage, against the sums in the table.
    blob: OwnedBytes,
    /// The passages whose texts were found right.
    seen: Arc<OnceLock<Seen>>,
}

impl TextTable {
    /// Takes a table of `count` passages and its blob; nothing where the length does not fit.
    pub(super) fn open(ends: Guard, blob: OwnedBytes, count: u32) -> Option<Self> {
        let count = count as usize;
        let same = count.div_ceil(GROUP) * HEAD_BYTES + count * ENTRY_BYTES;
        let rest = ends.len().checked_sub(same)?;
        (rest % SAME_BYTES == 0).then(|| Self { ends, same, blob, seen: Arc::default() })
    }

    /// A passage's text, its checksum verified when it is first read.
    ///
    /// # Errors
    /// When there is no such passage, or its bytes are not those that were written.
    pub(super) fn get(&self, number: u32) -> Result<&str> {
        let place = self.place(number);
        let (range, sum) = place.with_context(|| format!("no passage {number}"))?;
        let bytes = self.blob.get(range);
        let bytes = bytes.with_context(|| format!("passage {number}: text out of bounds"))?;
        // No table has room for more passages.
        let seen = self.seen.get_or_init(|| Seen::of(self.same / ENTRY_BYTES));
        let number = number as usize;
        if !seen.has(number) {
            if sum != checksum(bytes) {
                bail!("passage {number}: its text has changed on disk");
            }
            seen.add(number);
        }
        simdutf8::basic::from_utf8(bytes).with_context(|| format!("passage {number}: not UTF-8"))
    }

    /// Where the text of a passage stands, and its checksum.
    fn place(&self, number: u32) -> Option<(Range<usize>, u32)> {
        let (range, sum) = self.own_place(number)?;
        if !range.is_empty() {
            return Some((range, sum));
        }
        let list = self.ends.get(self.same..self.ends.len())?;
        let pairs = list.as_chunks::<SAME_BYTES>().0;
        let passage = |it: &[u8; SAME_BYTES]| u32_at(it, 0);
        let found = pairs.binary_search_by_key(&Some(number), passage);
        match found.ok().and_then(|at| u32_at(pairs.get(at)?, 4)) {
            Some(same) => Some((self.own_place(same)?.0, sum)),
            None => Some((range, sum)),
        }
    }

    fn own_place(&self, number: u32) -> Option<(Range<usize>, u32)> {
        let (group, at) = (number as usize / GROUP, number as usize % GROUP);
        let start = group * GROUP_BYTES;
        let entry = start + HEAD_BYTES + at * ENTRY_BYTES;
        let end = entry + ENTRY_BYTES;
        let bytes = self.ends.get(start..end).filter(|_| end <= self.same)?;
        let base = usize::try_from(u64_at(bytes, 0)?).ok()?;
        let from = if at == 0 { 0 } else { u32_at(bytes, entry - ENTRY_BYTES - start)? };
        let (to, sum) = (u32_at(bytes, entry - start)?, u32_at(bytes, entry + 4 - start)?);
        let place = |it: u32| base.checked_add(it as usize);
        Some((place(from)?..place(to)?, sum))
    }
}

/// Writes texts and their table.
#[derive(Debug)]
pub(super) struct TextWriter<E, B> {
    ends: E,
    blob: B,
    count: u32,
    end: u64,
    /// Where the first text of the group begins.
    base: u64,
    same: Vec<u8>,
}

impl<E: Write, B: Write> TextWriter<E, B> {
    /// Starts with no text.
    pub(super) fn new(ends: E, blob: B) -> Self {
        Self { ends, blob, count: 0, end: 0, base: 0, same: Vec::new() }
    }

    /// Appends the next passage's text.
    pub(super) fn push(&mut self, text: &str) -> io::Result<()> {
        self.begin()?;
        self.end += text.len() as u64;
        self.blob.write_all(text.as_bytes())?;
        self.enter(text)
    }

    /// Appends the next passage, whose text is the very one of an earlier passage.
    pub(super) fn push_same(&mut self, text: &str, earlier: u32) -> io::Result<()> {
        self.begin()?;
        self.same.extend(self.count.to_le_bytes());
        self.same.extend(earlier.to_le_bytes());
        self.enter(text)
    }

    fn begin(&mut self) -> io::Result<()> {
        if (self.count as usize).is_multiple_of(GROUP) {
            self.base = self.end;
            self.ends.write_all(&self.base.to_le_bytes())?;
        }
        Ok(())
    }

    fn enter(&mut self, text: &str) -> io::Result<()> {
        let end = u32::try_from(self.end - self.base);
        let end = end.map_err(|_| io::Error::other("the texts of 64 passages are over 4 GiB"))?;
        self.ends.write_all(&end.to_le_bytes())?;
        self.ends.write_all(&checksum(text.as_bytes()).to_le_bytes())?;
        self.count += 1;
        Ok(())
    }

    /// Ends the table and gives it and the blob back.
    pub(super) fn finish(mut self) -> io::Result<(E, B)> {
        self.ends.write_all(&self.same)?;
        Ok((self.ends, self.blob))
    }
}

/// Half of xxh3: what a passage or an article's record is verified by.
#[expect(clippy::cast_possible_truncation, reason = "half of the hash is what is kept")]
pub(super) fn checksum(bytes: &[u8]) -> u32 {
    xxh3_64(bytes) as u32
}
