//! The texts of passages, as stored documents of tantivy, and a table of where each begins, with
//! its checksum.
//!
//! A document has the bytes of tantivy's store: the number of fields, then for each field its id,
//! its type, and the value after its length. The text is the first field, so it is read in place,
//! without tantivy's block. The table has groups of 64 passages: the start of the group's first
//! document (8 bytes), then for each passage the distance of its document from there and the
//! checksum of its text (4 bytes each).

use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use anyhow::{Context, Result, bail};
use tantivy::directory::{AntiCallToken, OwnedBytes, TerminatingWrite, WritePtr};
use tantivy::store::{Compressor, StoreWriter};

use crate::index::segment::{ARTICLE, TEXT};
use crate::index::trust::{
    VerifiedFile, VerifiedFlags, checksum, push_varint, u32_at, u64_at, varint_at,
};

/// Passages of a group; bytes of its head, of each passage in it, and of the whole.
const GROUP: usize = 64;
const HEAD_BYTES: usize = 8;
const ENTRY_BYTES: usize = 8;
const GROUP_BYTES: usize = HEAD_BYTES + GROUP * ENTRY_BYTES;

/// Bytes of a document before the length of its text: the number of fields, and the first field's
/// number and type.
const BEFORE_TEXT: usize = 1 + FIELD_BYTES;
const FIELD_BYTES: usize = 4 + 1;

/// The first byte of a document: two fields.
const TWO_FIELDS: u8 = 0x80 | 2;

/// The type of a field that holds text.
const TEXT_TYPE: u8 = 0;

/// Bytes after which tantivy's store ends a block of documents.
const STORE_BLOCK_BYTES: usize = 1 << 14;

/// The texts of an index or of a batch.
#[derive(Clone, Debug)]
pub(crate) struct TextTable {
    starts: VerifiedFile,
    /// Verified for each passage, against the checksum in the table.
    documents: OwnedBytes,
    /// The passages whose texts were verified.
    seen: Arc<OnceLock<VerifiedFlags>>,
}

impl TextTable {
    /// Opens the table of `count` passages; nothing where its length does not fit.
    pub(crate) fn open(starts: VerifiedFile, documents: OwnedBytes, count: u32) -> Option<Self> {
        let count = count as usize;
        let bytes = count.div_ceil(GROUP) * HEAD_BYTES + count * ENTRY_BYTES;
        (starts.len() == bytes).then(|| Self { starts, documents, seen: Arc::default() })
    }

    /// A passage's text, its checksum verified when it is first read.
    ///
    /// # Errors
    /// When there is no such passage, or its bytes are not those that were written.
    pub(crate) fn get(&self, number: u32) -> Result<&str> {
        let place = self.place(number);
        let (range, sum) = place.with_context(|| format!("no passage {number}"))?;
        let bytes = self.documents.get(range);
        let bytes = bytes.with_context(|| format!("passage {number}: text out of bounds"))?;
        // An upper bound of the number of passages.
        let seen = self.seen.get_or_init(|| VerifiedFlags::of(self.starts.len() / ENTRY_BYTES));
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
    #[inline]
    fn place(&self, number: u32) -> Option<(Range<usize>, u32)> {
        let (group, at) = (number as usize / GROUP, number as usize % GROUP);
        let start = group * GROUP_BYTES;
        let entry = HEAD_BYTES + at * ENTRY_BYTES;
        let bytes = self.starts.get(start..start + entry + ENTRY_BYTES)?;
        let base = usize::try_from(u64_at(bytes, 0)?).ok()?;
        let document = base.checked_add(u32_at(bytes, entry)? as usize)?;
        let mut text = document.checked_add(BEFORE_TEXT)?;
        let length = varint_at(&self.documents, &mut text)? as usize;
        Some((text..text.checked_add(length)?, u32_at(bytes, entry + 4)?))
    }
}

/// Writes a document to `out`, in place of what it held.
fn write_document(text: &str, article: &str, out: &mut Vec<u8>) -> io::Result<()> {
    out.clear();
    out.push(TWO_FIELDS);
    for (field, value) in [(TEXT, text), (ARTICLE, article)] {
        let length = u32::try_from(value.len());
        let length = length.map_err(|_| io::Error::other("a text is over 4 GiB"))?;
        out.extend(field.to_le_bytes());
        out.push(TEXT_TYPE);
        push_varint(length, out);
        out.extend(value.as_bytes());
    }
    Ok(())
}

/// Writes the table of where documents begin.
#[derive(Debug)]
struct StartWriter<W> {
    out: W,
    count: usize,
    /// Where the first document of the group begins.
    base: u64,
}

impl<W: Write> StartWriter<W> {
    fn push(&mut self, start: u64, text: &str) -> io::Result<()> {
        if self.count.is_multiple_of(GROUP) {
            self.base = start;
            self.out.write_all(&self.base.to_le_bytes())?;
        }
        let start = u32::try_from(start - self.base);
        let start =
            start.map_err(|_| io::Error::other("the texts of 64 passages are over 4 GiB"))?;
        self.out.write_all(&start.to_le_bytes())?;
        self.count += 1;
        self.out.write_all(&checksum(text.as_bytes()).to_le_bytes())
    }
}

/// Collects the texts of a batch in memory.
#[derive(Debug)]
pub(crate) struct TextWriter {
    starts: StartWriter<Vec<u8>>,
    documents: Vec<u8>,
    document: Vec<u8>,
}

impl TextWriter {
    /// No texts.
    pub(crate) fn new() -> Self {
        let starts = StartWriter { out: Vec::new(), count: 0, base: 0 };
        Self { starts, documents: Vec::new(), document: Vec::new() }
    }

    /// Appends the next passage's text.
    pub(crate) fn push(&mut self, text: &str) -> io::Result<()> {
        self.starts.push(self.documents.len() as u64, text)?;
        // The article's id is in the table of articles.
        write_document(text, "", &mut self.document)?;
        self.documents.extend(&self.document);
        Ok(())
    }

    /// Returns the table and the documents.
    pub(crate) fn finish(self) -> (Vec<u8>, Vec<u8>) {
        (self.starts.out, self.documents)
    }
}

/// Writes the texts of a generation to tantivy's store, and the table beside it.
pub(crate) struct StoreTextWriter<W> {
    starts: StartWriter<W>,
    store: StoreWriter,
    /// Bytes that the store has written.
    written: Arc<AtomicU64>,
    /// Bytes of the documents in the store's current block.
    pending: u64,
    document: Vec<u8>,
}

impl<W: Write> StoreTextWriter<W> {
    /// Writes the table to `starts` and the documents to `store`.
    pub(crate) fn new(starts: W, store: WritePtr) -> io::Result<Self> {
        let written = Arc::new(AtomicU64::new(0));
        let counted: Box<dyn TerminatingWrite + Send + Sync> =
            Box::new(CountingStore { out: store, written: Arc::clone(&written) });
        // Without a buffer, what the store writes is counted at once.
        let counted = BufWriter::with_capacity(0, counted);
        let store = StoreWriter::new(counted, Compressor::None, STORE_BLOCK_BYTES, false)?;
        let starts = StartWriter { out: starts, count: 0, base: 0 };
        Ok(Self { starts, store, written, pending: 0, document: Vec::new() })
    }

    /// Appends the next passage's text, with the id of its article.
    pub(crate) fn push(&mut self, text: &str, article: &str) -> io::Result<()> {
        let before = self.written.load(Ordering::Relaxed);
        self.starts.push(before + self.pending, text)?;
        write_document(text, article, &mut self.document)?;
        self.store.store_bytes(&self.document)?;
        self.pending = if self.written.load(Ordering::Relaxed) > before {
            0
        } else {
            self.pending + self.document.len() as u64
        };
        Ok(())
    }

    /// Closes the store and returns the output of the table.
    pub(crate) fn finish(self) -> io::Result<W> {
        self.store.close()?;
        Ok(self.starts.out)
    }
}

/// Counts the bytes written.
struct CountingStore {
    out: WritePtr,
    written: Arc<AtomicU64>,
}

impl Write for CountingStore {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.written.fetch_add(written as u64, Ordering::Relaxed);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl TerminatingWrite for CountingStore {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.out.terminate_ref(token)
    }
}
