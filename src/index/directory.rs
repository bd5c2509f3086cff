//! What tantivy sees of a generation: three files of postings, and nothing else.
//!
//! tantivy names files by a random segment id and wants files that this index has no use for (a
//! document store, fast fields, norms) and a `meta.json`. Here a name stands for its extension,
//! the unused files are constants in memory, and what would be written besides goes nowhere: no
//! lock, no list of managed files, no watch. Reading needs no permission to write.

use std::fmt;
use std::io::{self, BufWriter};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::footer::Footer;
use tantivy::directory::{
    CompositeFile, Directory, DirectoryLock, FileHandle, FileSlice, Lock, OwnedBytes, RamDirectory,
    WatchCallback, WatchHandle, WritePtr,
};
use tantivy::indexer::SingleSegmentIndexWriter;
use tantivy::store::Compressor;
use tantivy::{HasLen, Index, IndexSettings, Segment, TantivyDocument};

use super::columns::u32_at;
use super::guard::{Guard, Unverified};
use super::ledger::Ledger;
use super::schema::{FAMILIES, field, schema};

/// The files of postings: tantivy's extension, and the name in a generation.
const POSTINGS: [(&str, &str); 3] = [("term", TERMS), ("idx", LISTS), ("pos", POSITIONS)];

/// The file of the terms.
pub(super) const TERMS: &str = "terms";
/// The file of the posting lists.
pub(super) const LISTS: &str = "postings";
/// The file of the positions.
pub(super) const POSITIONS: &str = "positions";

/// A generation's folder as tantivy sees it.
#[derive(Clone)]
pub(super) struct Files {
    /// What is read, by extension.
    handles: Vec<(&'static str, Arc<dyn FileHandle>)>,
    /// Where to write.
    ledger: Option<Ledger>,
}

impl Files {
    /// To read a finished generation: its terms, postings and positions, and [`UNUSED`].
    ///
    /// Postings and positions are verified as tantivy reads them. It reads the dictionaries of
    /// terms whole when it opens them: whoever looks into those verifies them first.
    pub(super) fn reading([terms, postings, positions]: [&Guard; 3], unused: &Guard) -> Self {
        let unused = unused.whole().cloned().unwrap_or_else(OwnedBytes::empty);
        let terms = Unverified(terms.unverified().clone());
        let mut handles: Vec<(&'static str, Arc<dyn FileHandle>)> = vec![
            ("term", Arc::new(terms)),
            ("idx", Arc::new(postings.clone())),
            ("pos", Arc::new(positions.clone())),
        ];
        for extension in UNUSED_PARTS {
            let part = unused_part(&unused, extension).unwrap_or_else(OwnedBytes::empty);
            handles.push((extension, Arc::new(part)));
        }
        Self { handles, ledger: None }
    }

    /// To write one.
    pub(super) fn writing(ledger: Ledger) -> Self {
        Self { handles: Vec::new(), ledger: Some(ledger) }
    }

    /// The one segment of `passages` passages.
    pub(super) fn segment(self, passages: u32) -> tantivy::Result<Segment> {
        let index = Index::create(self, schema(), IndexSettings::default())?;
        let id = tantivy::index::SegmentId::generate_random();
        let meta = index.new_segment_meta(id, passages);
        Ok(index.segment(meta))
    }
}

/// Where what is of each family stands in a file of postings: one after the other, from its start.
pub(super) fn places(file: &Guard) -> anyhow::Result<[Range<usize>; FAMILIES.len()]> {
    let (_, body) = Footer::extract_footer(FileSlice::new(Arc::new(file.clone())))?;
    let composite = CompositeFile::open(&body)?;
    let mut places = [const { 0..0 }; FAMILIES.len()];
    let mut start = 0_usize;
    for (place, family) in places.iter_mut().zip(FAMILIES) {
        let part = composite.open_read(field(family)).context("nothing of a family")?;
        let end = start.checked_add(part.len()).filter(|it| *it <= body.len());
        *place = start..end.context("it does not fit")?;
        start = place.end;
    }
    Ok(places)
}

/// The extension of a file of the segment.
fn extension(path: &Path) -> &str {
    path.extension().and_then(|it| it.to_str()).unwrap_or_default()
}

/// The name in a generation of a file of postings.
fn name(path: &Path) -> Option<&'static str> {
    POSTINGS.iter().find(|(it, _)| *it == extension(path)).map(|(_, name)| *name)
}

/// The file of what tantivy opens and this index does not use.
pub(super) const UNUSED: &str = "unused";

/// Extensions of the parts of [`UNUSED`], in their order: a store, fast fields, norms.
const UNUSED_PARTS: [&str; 3] = ["store", "fast", "fieldnorm"];

/// The files of an empty segment, one after the other, each after its length.
///
/// Made when an index is built: to make them anew at each opening took nine milliseconds.
pub(super) fn unused() -> tantivy::Result<Vec<u8>> {
    let ram = RamDirectory::create();
    // Named here, because what else is built beside this library may switch compression on.
    let settings =
        IndexSettings { docstore_compression: Compressor::None, ..IndexSettings::default() };
    let index = Index::builder().schema(schema()).settings(settings);
    let writer: SingleSegmentIndexWriter<TantivyDocument> =
        index.single_segment_index_writer(ram.clone(), 15_000_000)?;
    let index = writer.finalize()?;
    let mut bytes = Vec::new();
    for meta in index.searchable_segment_metas()? {
        for extension in UNUSED_PARTS {
            let path = PathBuf::from(format!("{}.{extension}", meta.id().uuid_string()));
            let part = ram.open_read(&path)?.read_bytes()?;
            bytes.extend(u32::try_from(part.len()).unwrap_or(0).to_le_bytes());
            bytes.extend_from_slice(&part);
        }
    }
    Ok(bytes)
}

/// The part of [`UNUSED`] with this extension.
fn unused_part(bytes: &OwnedBytes, extension: &str) -> Option<OwnedBytes> {
    let mut at = 0;
    for part in UNUSED_PARTS {
        let length = u32_at(bytes, at)? as usize;
        let range = at + 4..at.checked_add(4)?.checked_add(length)?;
        if part == extension {
            return (range.end <= bytes.len()).then(|| bytes.slice(range));
        }
        at = range.end;
    }
    None
}

impl fmt::Debug for Files {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Files")
    }
}

impl Directory for Files {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let handle = self.handles.iter().find(|(it, _)| *it == extension(path));
        let handle = handle.ok_or_else(|| OpenReadError::FileDoesNotExist(path.to_owned()))?;
        Ok(Arc::clone(&handle.1))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::FileDoesNotExist(path.to_owned()))
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        Ok(self.handles.iter().any(|(it, _)| *it == extension(path)))
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let (Some(name), Some(ledger)) = (name(path), &self.ledger) else {
            let error = io::Error::from(io::ErrorKind::ReadOnlyFilesystem);
            return Err(OpenWriteError::wrap_io_error(error, path.to_owned()));
        };
        let file = ledger.create(name);
        let file = file.map_err(|it| OpenWriteError::wrap_io_error(it, path.to_owned()))?;
        Ok(BufWriter::with_capacity(1 << 18, Box::new(file)))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        Err(OpenReadError::FileDoesNotExist(path.to_owned()))
    }

    fn atomic_write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        Ok(())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}
