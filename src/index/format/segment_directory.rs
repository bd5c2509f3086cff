//! The files of a generation's segment as a `Directory` of tantivy, for reading or writing.
//!
//! Lock files, the list of managed files and watches of tantivy are ignored; so reading needs no
//! permission to write.

use std::fmt;
use std::io::{self, BufWriter};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use tantivy::HasLen;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::footer::Footer;
use tantivy::directory::{
    CompositeFile, Directory, DirectoryLock, FileHandle, FileSlice, Lock, WatchCallback,
    WatchHandle, WritePtr,
};

use crate::index::file_names::{SEGMENT, TERMS};
use crate::index::segment::{FAMILIES, field};
use crate::index::trust::{ChecksummedFiles, UnverifiedFile, VerifiedFile};

/// tantivy's view of the files of a segment.
#[derive(Clone)]
pub(crate) struct SegmentDirectory {
    /// The files to read, by name.
    handles: Vec<(&'static str, Arc<dyn FileHandle>)>,
    /// Where files are written.
    output: Option<ChecksummedFiles>,
}

impl SegmentDirectory {
    /// Reads a finished generation; `guards` are its [`SEGMENT`] files in order.
    ///
    /// Bytes are verified as tantivy reads them, except for the term dictionaries, which tantivy
    /// takes as a whole when it opens them: [`crate::index::read`] verifies what it looks up there.
    pub(crate) fn reading(guards: &[VerifiedFile; SEGMENT.len()]) -> Self {
        let handle = |(name, guard): (&'static str, &VerifiedFile)| {
            let handle: Arc<dyn FileHandle> = match name {
                TERMS => Arc::new(UnverifiedFile(guard.unverified().clone())),
                _ => Arc::new(guard.clone()),
            };
            (name, handle)
        };
        Self { handles: SEGMENT.into_iter().zip(guards).map(handle).collect(), output: None }
    }

    /// Writes a new generation.
    pub(crate) fn writing(output: ChecksummedFiles) -> Self {
        Self { handles: Vec::new(), output: Some(output) }
    }

    fn handle(&self, path: &Path) -> Option<&Arc<dyn FileHandle>> {
        self.handles.iter().find(|(it, _)| path.as_os_str() == *it).map(|(_, it)| it)
    }
}

/// The ranges of the families in a composite file: one after the other from its start.
pub(crate) fn family_ranges(file: &VerifiedFile) -> anyhow::Result<[Range<usize>; FAMILIES.len()]> {
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

impl fmt::Debug for SegmentDirectory {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("SegmentDirectory")
    }
}

impl Directory for SegmentDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let handle = self.handle(path);
        handle.cloned().ok_or_else(|| OpenReadError::FileDoesNotExist(path.to_owned()))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::FileDoesNotExist(path.to_owned()))
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        Ok(self.handle(path).is_some())
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let name = SEGMENT.into_iter().find(|it| path.as_os_str() == *it);
        let (Some(name), Some(output)) = (name, &self.output) else {
            let error = io::Error::from(io::ErrorKind::ReadOnlyFilesystem);
            return Err(OpenWriteError::wrap_io_error(error, path.to_owned()));
        };
        let file = output.create(name);
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
