//! Holds the bytes of a file so that they can be opened again (on disk, in memory, or in an
//! archive), and caps what packed bytes may become.

use std::fs;
use std::io::{self, BufReader, Cursor, ErrorKind, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::read::{DeflateDecoder, MultiGzDecoder};

use super::format::Packing;
use super::limits::Limits;
use super::raw::SkipReason;

/// A stream of bytes.
pub(super) type Bytes = Box<dyn Read + Send>;

/// A stream that can seek.
pub(super) trait Seekable: Read + Seek + Send {}

impl<T: Read + Seek + Send> Seekable for T {}

/// Bytes that can be opened more than once.
#[derive(Clone, Debug)]
pub(super) enum Store {
    /// A file and its length at the first opening. If the file grows, no more is read.
    Disk { path: PathBuf, size_bytes: u64 },
    /// The unpacked bytes of a file whose reader has to seek.
    Memory(Arc<[u8]>),
    /// A member of an archive.
    Member { archive: Arc<Store>, start: u64, packed_bytes: u64, packing: Packing },
}

impl Store {
    /// Opens the bytes at their start; unpacks a member of an archive.
    pub(super) fn open(&self, bound: &Bound) -> io::Result<Bytes> {
        Ok(match self {
            Self::Disk { path, size_bytes } => Box::new(fs::File::open(path)?.take(*size_bytes)),
            Self::Memory(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
            Self::Member { archive, start, packed_bytes, packing } => {
                let mut archive = archive.seekable()?;
                archive.seek(SeekFrom::Start(*start))?;
                bound.unpack(*packing, Box::new(archive.take(*packed_bytes)), *packed_bytes)?
            }
        })
    }

    /// The number of bytes before unpacking.
    pub(super) fn packed_bytes(&self) -> u64 {
        match self {
            Self::Disk { size_bytes, .. } => *size_bytes,
            Self::Memory(bytes) => bytes.len() as u64,
            Self::Member { packed_bytes, .. } => *packed_bytes,
        }
    }

    /// Opens the bytes for seeking. A member of an archive has to be unpacked first.
    pub(super) fn seekable(&self) -> io::Result<Box<dyn Seekable>> {
        match self {
            Self::Disk { path, .. } => Ok(Box::new(BufReader::new(fs::File::open(path)?))),
            Self::Memory(bytes) => Ok(Box::new(Cursor::new(Arc::clone(bytes)))),
            Self::Member { .. } => Err(io::Error::other("a member must be unpacked first")),
        }
    }
}

/// The cap on what packed bytes may become: each text alone, and all texts of an archive together.
#[derive(Clone, Debug)]
pub(super) struct Bound {
    expansion: u64,
    left: Arc<AtomicU64>,
}

impl Bound {
    /// The number of bytes that any packed text may become. A blank page packs a thousandfold and
    /// does no harm.
    const FREE_BYTES: u64 = 16 << 20;

    /// The number of bytes that all texts of an archive may become together; they unpack in under a
    /// second.
    const FREE_TOGETHER_BYTES: u64 = 256 << 20;

    /// The cap for everything that a file of `packed_bytes` unpacks to.
    pub(super) fn new(limits: &Limits, packed_bytes: u64) -> Self {
        let left = packed_bytes.saturating_mul(limits.expansion).max(Self::FREE_TOGETHER_BYTES);
        Self { expansion: limits.expansion, left: Arc::new(AtomicU64::new(left)) }
    }

    /// Whether everything that is allowed together has been unpacked.
    pub(super) fn is_spent(&self) -> bool {
        self.left.load(Ordering::Relaxed) == 0
    }

    /// Wraps `unpacked` so that it fails where it grows too large for its `packed_bytes`.
    fn over(&self, unpacked: impl Read + Send + 'static, packed_bytes: u64) -> Bytes {
        let own = packed_bytes.saturating_mul(self.expansion).max(Self::FREE_BYTES);
        Box::new(Bounded { unpacked, own, shared: Arc::clone(&self.left) })
    }

    /// Unpacks `packed`, which has `packed_bytes` bytes.
    pub(super) fn unpack(
        &self,
        packing: Packing,
        packed: Bytes,
        packed_bytes: u64,
    ) -> io::Result<Bytes> {
        Ok(match packing {
            Packing::Stored => self.over(packed, packed_bytes),
            Packing::Deflate => self.over(DeflateDecoder::new(packed), packed_bytes),
            Packing::Gzip => self.over(MultiGzDecoder::new(packed), packed_bytes),
            // The decoder itself refuses a window over 128 MiB (`--long=27`).
            Packing::Zstd => self.over(zstd::Decoder::new(packed)?, packed_bytes),
        })
    }
}

struct Bounded<R> {
    unpacked: R,
    own: u64,
    shared: Arc<AtomicU64>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.unpacked.read(buffer)?;
        let spent = read as u64;
        // Only one thread reads a file, so load and store need not be atomic together.
        let shared = self.shared.load(Ordering::Relaxed);
        self.shared.store(shared.saturating_sub(spent), Ordering::Relaxed);
        if spent > self.own || spent > shared {
            return Err(io::Error::new(
                ErrorKind::FileTooLarge,
                "it unpacks to far more than it is",
            ));
        }
        self.own -= spent;
        Ok(read)
    }
}

/// The reason to skip a file after this error.
pub(super) fn reason_of(error: &io::Error) -> SkipReason {
    if error.raw_os_error().is_some() {
        return SkipReason::Unreadable;
    }
    match error.kind() {
        ErrorKind::FileTooLarge | ErrorKind::OutOfMemory => SkipReason::TooLarge,
        ErrorKind::PermissionDenied | ErrorKind::NotFound => SkipReason::Unreadable,
        // The decompressors report broken data in several ways.
        _ if error.to_string().contains("too much memory") => SkipReason::TooLarge,
        _ => SkipReason::Malformed,
    }
}
