//! A file being read: its bytes, opened and unpacked, and the skips that it causes.

use std::io::{self, BufReader, Cursor, Read};
use std::sync::Arc;

use super::encoding::{self, Extent};
use super::format::{self, Packing};
use super::limits::{Limits, shown};
use super::raw::{RawText, Skip, SkipReason};
use super::store::{Bound, Bytes, Store, reason_of};

/// The number of bytes at the start of a file that decide its compression, format and encoding.
const HEAD_BYTES: u64 = 1 << 16;

/// Raw texts and skips, in order, read on demand.
pub(super) type Raws = Box<dyn Iterator<Item = Result<RawText, Skip>> + Send>;

impl Skip {
    /// A skip of a whole file.
    pub(super) fn of(path: &str, reason: SkipReason, detail: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line: None, reason, detail: detail.into() }
    }

    /// The same skip for the record that starts at a line.
    pub(super) fn at_line(self, line: u32) -> Self {
        Self { line: Some(line), ..self }
    }
}

/// A file to be read: a file on disk or a member of an archive.
#[derive(Clone)]
pub(super) struct Input {
    /// Its path as shown to people.
    pub(super) shown: String,
    pub(super) store: Store,
    pub(super) bound: Bound,
    /// The number of archives around it.
    pub(super) depth: u32,
    pub(super) limits: Arc<Limits>,
    /// Reads a file of any format. An archive contains files of all formats, but its module stands
    /// below the reader and cannot name it; so the reader passes its function here.
    pub(super) read_any: fn(Input) -> Result<Raws, Skip>,
}

/// The unpacked bytes of a file, of which the first are known.
pub(super) struct Opened {
    pub(super) head: Vec<u8>,
    pub(super) bytes: Bytes,
    /// Whether they differ from the bytes in the store.
    pub(super) is_unpacked: bool,
}

impl Input {
    pub(super) fn skip(&self, reason: SkipReason, detail: impl Into<String>) -> Skip {
        Skip::of(&self.shown, reason, detail)
    }

    pub(super) fn failed(&self, error: &io::Error) -> Skip {
        self.skip(reason_of(error), error.to_string())
    }

    /// Opens the file and unpacks it where needed. `promised` is the compression that its name
    /// promises.
    pub(super) fn open(&self, promised: Option<Packing>) -> Result<Opened, Skip> {
        let failed = |it: io::Error| self.failed(&it);
        let mut bytes = self.store.open(&self.bound).map_err(failed)?;
        let head = head_of(&mut bytes).map_err(failed)?;
        // Pages are saved compressed under names that do not say so; the bytes decide.
        let Some(packing) = format::packing(&head) else {
            return match promised {
                Some(_) if !head.is_empty() => {
                    Err(self.skip(SkipReason::Malformed, "not packed as its name says"))
                }
                _ => Ok(Opened { head, bytes, is_unpacked: false }),
            };
        };
        let packed: Bytes = Box::new(Cursor::new(head).chain(bytes));
        let size_bytes = self.store.packed_bytes();
        let mut bytes = self.bound.unpack(packing, packed, size_bytes).map_err(failed)?;
        let head = head_of(&mut bytes).map_err(failed)?;
        Ok(Opened { head, bytes, is_unpacked: true })
    }
}

impl Opened {
    /// Reads all bytes. An error of the kind `FileTooLarge` where there are more than `cap`.
    pub(super) fn all(self, cap: u64) -> io::Result<Vec<u8>> {
        let mut all = self.head;
        let left = (cap + 1).saturating_sub(all.len() as u64);
        self.bytes.take(left).read_to_end(&mut all)?;
        if all.len() as u64 > cap {
            let detail = format!("over {}", shown(cap));
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, detail));
        }
        Ok(all)
    }

    /// Decodes the bytes to UTF-8 as they are read. Invalid bytes of a UTF-8 file stay as they are.
    pub(super) fn utf8(self) -> Result<BufReader<Bytes>, (SkipReason, String)> {
        let chosen = encoding::choose(&self.head, Extent::Start, None)?;
        let all: Bytes = Box::new(Cursor::new(self.head).chain(self.bytes));
        Ok(BufReader::with_capacity(HEAD_BYTES as usize, encoding::utf8_stream(all, chosen)))
    }
}

fn head_of(bytes: &mut Bytes) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    bytes.by_ref().take(HEAD_BYTES).read_to_end(&mut head)?;
    Ok(head)
}
