//! Files whose bytes are verified when they are touched.
//!
//! Each block of a file has a checksum. A block is verified when something in it is first read, and
//! never again: a query pays only for what it touches, and never uses wrong bytes. Damage is
//! recorded for the whole index, because many small accessors cannot return an error; before an
//! answer is given, the record is checked.

use std::fmt;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use tantivy::HasLen;
use tantivy::directory::{FileHandle, OwnedBytes};

use super::checksum::checksum;
use super::little_endian::u32_at;
use crate::index::error::Error;
use crate::lexicon::Bytes;

/// Bytes of a block. Verifying 16 KiB takes some 2 µs, less than its page faults. The checksums of
/// all blocks are read when an index is opened and are 1/4096 of it. With 32 KiB a new process
/// answers a sixth later over 175,280 passages, and as soon over two files.
pub(super) const BLOCK_BYTES: usize = 1 << 14;

/// Bytes of a block's checksum.
pub(super) const SUM_BYTES: usize = 4;

/// The first damage found, shared by all readers of an index.
pub(crate) type FirstDamage = Arc<OnceLock<Error>>;

/// A file, or bytes in memory, verified block by block when first read.
#[derive(Clone)]
pub(crate) struct VerifiedFile {
    bytes: OwnedBytes,
    /// Nothing where the bytes need no verification because this build wrote them.
    blocks: Option<Arc<BlockSums>>,
}

struct BlockSums {
    path: PathBuf,
    /// The checksum of each block.
    sums: OwnedBytes,
    /// The blocks that were verified.
    seen: VerifiedFlags,
    damage: FirstDamage,
}

/// A bit for each thing that was verified.
#[derive(Debug)]
pub(crate) struct VerifiedFlags(Box<[AtomicU64]>);

impl VerifiedFlags {
    /// For so many things, none of them verified.
    pub(crate) fn of(count: usize) -> Self {
        Self((0..count.div_ceil(64)).map(|_| AtomicU64::new(0)).collect())
    }

    #[inline]
    pub(crate) fn has(&self, at: usize) -> bool {
        let word = self.0.get(at / 64).map_or(0, |it| it.load(Ordering::Relaxed));
        word & (1 << (at % 64)) != 0
    }

    pub(crate) fn add(&self, at: usize) {
        if let Some(word) = self.0.get(at / 64) {
            word.fetch_or(1 << (at % 64), Ordering::Relaxed);
        }
    }
}

impl VerifiedFile {
    /// Bytes that need no verification.
    pub(crate) fn trusted(bytes: OwnedBytes) -> Self {
        Self { bytes, blocks: None }
    }

    /// A file with the checksums of its blocks.
    pub(crate) fn new(
        path: &Path,
        bytes: OwnedBytes,
        sums: OwnedBytes,
        damage: &FirstDamage,
    ) -> Self {
        let seen = VerifiedFlags::of(blocks_in(bytes.len() as u64));
        let blocks = BlockSums { path: path.to_owned(), sums, seen, damage: Arc::clone(damage) };
        Self { bytes, blocks: Some(Arc::new(blocks)) }
    }

    /// How many bytes there are.
    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Bytes of a range; nothing where it is out of bounds or damaged.
    #[inline]
    pub(crate) fn get(&self, range: Range<usize>) -> Option<&[u8]> {
        let bytes = self.bytes.get(range.clone())?;
        self.is_right(range).then_some(bytes)
    }

    /// All bytes; nothing where any is damaged.
    pub(crate) fn whole(&self) -> Option<&OwnedBytes> {
        self.is_right(0..self.bytes.len()).then_some(&self.bytes)
    }

    /// The bytes without verification, for readers that verify each range themselves.
    pub(crate) fn unverified(&self) -> &OwnedBytes {
        &self.bytes
    }

    /// Whether the blocks of a range are as they were written; verifies those that were not
    /// verified before.
    #[inline]
    pub(crate) fn is_right(&self, range: Range<usize>) -> bool {
        let Some(blocks) = &self.blocks else { return true };
        if range.is_empty() {
            return true;
        }
        (range.start / BLOCK_BYTES..=(range.end - 1) / BLOCK_BYTES)
            .all(|it| blocks.seen.has(it) || blocks.verify(it, &self.bytes))
    }

    /// The file's path, where it is one.
    fn path(&self) -> PathBuf {
        self.blocks.as_ref().map(|it| it.path.clone()).unwrap_or_default()
    }
}

impl BlockSums {
    /// Compares a block with its checksum and records the result.
    #[cold]
    fn verify(&self, block: usize, bytes: &[u8]) -> bool {
        let start = block * BLOCK_BYTES;
        let found = bytes.get(start..bytes.len().min(start + BLOCK_BYTES)).map(checksum);
        let is_right = found.is_some() && found == u32_at(&self.sums, block * SUM_BYTES);
        if is_right {
            self.seen.add(block);
        } else {
            let what = format!("not as written between bytes {start} and {}", start + BLOCK_BYTES);
            self.damage.get_or_init(|| Error::damaged(&self.path, what));
        }
        is_right
    }
}

/// How many blocks a file of this length has.
pub(super) fn blocks_in(bytes: u64) -> usize {
    usize::try_from(bytes.div_ceil(BLOCK_BYTES as u64)).unwrap_or(usize::MAX)
}

impl fmt::Debug for VerifiedFile {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "VerifiedFile({} bytes)", self.bytes.len())
    }
}

impl HasLen for VerifiedFile {
    fn len(&self) -> usize {
        self.bytes.len()
    }
}

impl FileHandle for VerifiedFile {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if self.get(range.clone()).is_some() {
            return Ok(self.bytes.slice(range));
        }
        let message = format!("index damaged: {}", self.path().display());
        Err(io::Error::new(io::ErrorKind::InvalidData, message))
    }
}

/// A file whose bytes are verified when they are read; a missing file is empty.
#[derive(Debug, Default)]
pub struct VerifiedBytes(pub(crate) Option<VerifiedFile>);

impl Bytes for VerifiedBytes {
    fn piece(&self, range: Range<usize>) -> Option<&[u8]> {
        self.0.as_ref()?.get(range)
    }
}

/// A file that is handed to tantivy without verification; see [`VerifiedFile::unverified`].
#[derive(Debug)]
pub(crate) struct UnverifiedFile(pub(crate) OwnedBytes);

impl HasLen for UnverifiedFile {
    fn len(&self) -> usize {
        self.0.len()
    }
}

impl FileHandle for UnverifiedFile {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if self.0.get(range.clone()).is_some() {
            return Ok(self.0.slice(range));
        }
        Err(io::Error::from(io::ErrorKind::UnexpectedEof))
    }
}
