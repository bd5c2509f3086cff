//! One file on its way to its raw texts: its bytes, opened and unpacked, and its skips.

use std::io::{self, BufReader, Cursor, Read};
use std::sync::Arc;

use super::encoding::{self, Extent};
use super::format::{self, Packing};
use super::limits::{Limits, shown};
use super::raw::{RawText, Skip, SkipReason};
use super::store::{Bound, Bytes, Store, reason_of};

/// Bytes at the start of a file that tell its packing, format and encoding.
const HEAD_BYTES: u64 = 1 << 16;

/// Raws and skips as they come.
pub(super) type Raws = Box<dyn Iterator<Item = Result<RawText, Skip>> + Send>;

impl Skip {
    /// A skip of a whole file.
    pub(super) fn of(path: &str, reason: SkipReason, detail: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line: None, reason, detail: detail.into() }
    }

    /// The same, of the record that starts at a line.
    pub(super) fn at_line(self, line: u32) -> Self {
        Self { line: Some(line), ..self }
    }
}

/// One file to be read: a file on disk or a member of an archive.
#[derive(Clone)]
pub(super) struct Input {
    /// Its path as shown to people.
    pub(super) shown: String,
    pub(super) store: Store,
    pub(super) bound: Bound,
    /// How many archives it stands in.
    pub(super) depth: u32,
    pub(super) limits: Arc<Limits>,
    /// Reads a file of any format. The formats stand below the reader and cannot name it, and an
    /// archive holds files of all formats.
    pub(super) read_any: fn(Input) -> Result<Raws, Skip>,
}

/// The bytes of a file, unpacked, of which the first are known.
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

    /// Opens and, where need be, unpacks the file. `promised` is the packing that its name tells.
    pub(super) fn open(&self, promised: Option<Packing>) -> Result<Opened, Skip> {
        let failed = |it: io::Error| self.failed(&it);
        let mut bytes = self.store.open(&self.bound).map_err(failed)?;
        let head = head_of(&mut bytes).map_err(failed)?;
        // Pages are saved packed under a name that does not say so; the bytes are believed.
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
    /// All the bytes; an error of the kind `FileTooLarge` where there are more than `cap`.
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

    /// The bytes as UTF-8, decoded as they are read; what does not decode stays as it is where the
    /// encoding is UTF-8 already.
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
