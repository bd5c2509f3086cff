//! The file calls of a build: an index folder changes only through this file.
//!
//! A test can observe each call before it is made, and refuse it: so it makes any call fail, or
//! records the calls and replays what a power cut leaves. Without an observer a call costs one
//! comparison more than that of the standard library.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// More than any manifest has; a longer file is not read to its end.
const SMALL_BYTES: u64 = 1 << 26;

/// A file call, as the observer sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileCall<'a> {
    /// A folder is created.
    CreateFolder(&'a Path),
    /// A file is created; the lock file, where it exists, is emptied.
    Create(&'a Path),
    /// Bytes are appended to a file that was created.
    Write(&'a Path, &'a [u8]),
    /// A file is synced.
    Sync(&'a Path),
    /// A file replaces another in the same folder.
    Rename(&'a Path, &'a Path),
    /// A folder is synced.
    SyncFolder(&'a Path),
    /// A file is removed.
    RemoveFile(&'a Path),
    /// An empty folder is removed.
    RemoveFolder(&'a Path),
    /// A file is opened to be read.
    Open(&'a Path),
}

/// Called before each call, on the thread that makes it; an error becomes the result of the call.
pub type DiskObserver = dyn Fn(FileCall<'_>) -> io::Result<()> + Send + Sync;

/// The file system as a build uses it.
#[derive(Clone, Default)]
pub struct Disk {
    observer: Option<Arc<DiskObserver>>,
}

impl Disk {
    /// The file system with an observer of every call.
    #[must_use]
    pub fn watched(observer: Arc<DiskObserver>) -> Self {
        Self { observer: Some(observer) }
    }

    #[inline]
    pub(crate) fn observe(&self, call: FileCall<'_>) -> io::Result<()> {
        match &self.observer {
            None => Ok(()),
            Some(observer) => observer(call),
        }
    }

    /// Creates a folder and its missing parents, durably.
    pub(crate) fn create_folders(&self, dir: &Path) -> io::Result<()> {
        let is_missing = |it: &&Path| !it.as_os_str().is_empty() && !it.exists();
        let missing: Vec<&Path> = dir.ancestors().take_while(is_missing).collect();
        for folder in missing.into_iter().rev() {
            match self.create_folder(folder) {
                // Another program created it in the meantime.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                created => created?,
            }
            let parent = folder.parent().filter(|it| !it.as_os_str().is_empty());
            self.sync_folder(parent.unwrap_or(Path::new(".")))?;
        }
        Ok(())
    }

    /// Creates one folder.
    pub(crate) fn create_folder(&self, dir: &Path) -> io::Result<()> {
        self.observe(FileCall::CreateFolder(dir))?;
        fs::create_dir(dir)
    }

    /// Creates a file that must not exist yet.
    pub(crate) fn create(&self, path: &Path) -> io::Result<ObservedFile> {
        self.observe(FileCall::Create(path))?;
        let file = File::create_new(path)?;
        Ok(ObservedFile { file, path: path.to_owned(), disk: self.clone() })
    }

    /// Opens a file for reading; refuses pipes, which would block for ever.
    pub(crate) fn open(&self, path: &Path) -> io::Result<File> {
        self.observe(FileCall::Open(path))?;
        if fs::metadata(path)?.is_file() { File::open(path) } else { Err(no_file()) }
    }

    /// Reads a whole small file.
    pub(crate) fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.open(path)?.take(SMALL_BYTES).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Opens a file for reading and writing, and creates it where it does not exist; refuses links,
    /// which could lead out of the folder.
    pub(crate) fn open_or_create(&self, path: &Path) -> io::Result<File> {
        self.observe(FileCall::Create(path))?;
        if fs::symlink_metadata(path).is_ok_and(|it| !it.is_file()) {
            return Err(no_file());
        }
        OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
    }

    /// Renames a file over another.
    pub(crate) fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.observe(FileCall::Rename(from, to))?;
        fs::rename(from, to)
    }

    /// Syncs the entries of a folder.
    pub(crate) fn sync_folder(&self, dir: &Path) -> io::Result<()> {
        self.observe(FileCall::SyncFolder(dir))?;
        File::open(dir)?.sync_all()
    }

    /// Removes a file.
    pub(crate) fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.observe(FileCall::RemoveFile(path))?;
        fs::remove_file(path)
    }

    /// Removes an empty folder.
    pub(crate) fn remove_folder(&self, dir: &Path) -> io::Result<()> {
        self.observe(FileCall::RemoveFolder(dir))?;
        fs::remove_dir(dir)
    }
}

fn no_file() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "not a regular file")
}

impl fmt::Debug for Disk {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(if self.observer.is_some() { "Disk(watched)" } else { "Disk" })
    }
}

/// A file being written, whose calls are observed.
#[derive(Debug)]
pub(crate) struct ObservedFile {
    file: File,
    path: PathBuf,
    disk: Disk,
}

impl ObservedFile {
    /// Syncs the file.
    pub(crate) fn sync(&self) -> io::Result<()> {
        self.disk.observe(FileCall::Sync(&self.path))?;
        self.file.sync_all()
    }
}

impl Write for ObservedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.disk.observe(FileCall::Write(&self.path, bytes))?;
        // All at once, so that what the observer saw is what is there.
        self.file.write_all(bytes).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
