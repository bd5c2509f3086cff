//! Writes the files of a generation: computes their checksums on the way, and syncs each file
//! before the manifest names it.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use tantivy::directory::{AntiCallToken, TerminatingWrite};
use xxhash_rust::xxh3::Xxh3;

use super::checksum::checksum;
use super::disk::{Disk, ObservedFile};
use super::verified_bytes::BLOCK_BYTES;

/// One file of a generation, as the manifest names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FileRecord {
    pub(crate) name: String,
    pub(crate) bytes: u64,
    /// XXH3, 128 bits, in hexadecimal.
    pub(crate) xxh3: String,
}

/// A file of the ledger with the sums of its blocks.
type FinishedFile = (FileRecord, Vec<u8>);

/// Creates the files of one generation and remembers them. Clones share the list.
#[derive(Clone, Debug)]
pub(crate) struct ChecksummedFiles {
    dir: PathBuf,
    disk: Disk,
    files: Arc<Mutex<Vec<FinishedFile>>>,
}

impl ChecksummedFiles {
    /// For a generation's folder, which exists and is empty.
    pub(crate) fn new(dir: &Path, disk: &Disk) -> Self {
        Self { dir: dir.to_owned(), disk: disk.clone(), files: Arc::default() }
    }

    /// Creates a file; it counts once it is [finished](ChecksummedFile::finish).
    pub(crate) fn create(&self, name: &str) -> io::Result<ChecksummedFile> {
        let file = self.disk.create(&self.dir.join(name))?;
        let (name, files) = (name.to_owned(), Arc::clone(&self.files));
        let (sum, sums, block) = (Xxh3::new(), Vec::new(), Vec::with_capacity(BLOCK_BYTES));
        Ok(ChecksummedFile { file, name, bytes: 0, sum, sums, block, files })
    }

    /// Writes a small file at once.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let mut file = self.create(name)?;
        file.write_all(bytes)?;
        file.finish()
    }

    /// Writes a file through a buffer.
    pub(crate) fn fill<E: From<io::Error>>(
        &self,
        name: &str,
        write: impl FnOnce(&mut dyn Write) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut out = self.buffered(name)?;
        write(&mut out)?;
        finished(out)?;
        Ok(())
    }

    /// A file behind a buffer; to be closed by [`finished`].
    pub(crate) fn buffered(&self, name: &str) -> io::Result<BufWriter<ChecksummedFile>> {
        Ok(BufWriter::with_capacity(1 << 18, self.create(name)?))
    }

    /// The finished files, by name, and the sums of all their blocks in the same order.
    pub(crate) fn files(&self) -> (Vec<FileRecord>, Vec<u8>) {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner).clone();
        files.sort_by(|a, b| a.0.name.cmp(&b.0.name));
        let sums = files.iter().flat_map(|(_, sums)| sums.iter().copied()).collect();
        (files.into_iter().map(|(file, _)| file).collect(), sums)
    }
}

/// Flushes, syncs and records a buffered file.
pub(crate) fn finished(out: BufWriter<ChecksummedFile>) -> io::Result<()> {
    out.into_inner().map_err(io::IntoInnerError::into_error)?.finish()
}

/// A file that is summed as it is written.
pub(crate) struct ChecksummedFile {
    file: ObservedFile,
    name: String,
    bytes: u64,
    sum: Xxh3,
    sums: Vec<u8>,
    /// The bytes of the block that is not full yet.
    block: Vec<u8>,
    files: Arc<Mutex<Vec<FinishedFile>>>,
}

impl ChecksummedFile {
    /// Syncs the file and records it.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.close()
    }

    fn close(&mut self) -> io::Result<()> {
        self.file.sync()?;
        if !self.block.is_empty() {
            self.end_block();
        }
        let xxh3 = format!("{:032x}", self.sum.digest128());
        let record = FileRecord { name: self.name.clone(), bytes: self.bytes, xxh3 };
        self.files
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push((record, std::mem::take(&mut self.sums)));
        Ok(())
    }

    fn end_block(&mut self) {
        self.sums.extend(checksum(&self.block).to_le_bytes());
        self.block.clear();
    }
}

impl Write for ChecksummedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        let mut rest = bytes.get(..written).unwrap_or(bytes);
        self.sum.update(rest);
        self.bytes += written as u64;
        while !rest.is_empty() {
            let (now, later) = rest.split_at(rest.len().min(BLOCK_BYTES - self.block.len()));
            self.block.extend_from_slice(now);
            if self.block.len() == BLOCK_BYTES {
                self.end_block();
            }
            rest = later;
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl TerminatingWrite for ChecksummedFile {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        self.close()
    }
}
