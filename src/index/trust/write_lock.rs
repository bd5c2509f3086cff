//! The lock that one builder of an index holds.

use std::fs::{File, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::Path;

use super::disk::{Disk, FileCall};
use crate::index::error::{Error, ErrorKind};
use crate::index::file_names::LOCK;

/// The right to write to an index folder; released when dropped, or when the process ends.
#[derive(Debug)]
pub(crate) struct WriteLock {
    file: File,
}

impl WriteLock {
    /// Takes the lock and writes down who holds it since when.
    ///
    /// # Errors
    /// `Locked` where another program builds and `waits` is false, `Io` where the file cannot be
    /// opened.
    pub(crate) fn take(dir: &Path, now_s: u64, waits: bool, disk: &Disk) -> Result<Self, Error> {
        let path = dir.join(LOCK);
        let problem = |it: &io::Error| Error::io(&path, it);
        let mut file = disk.open_or_create(&path).map_err(|it| problem(&it))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) if waits => file.lock().map_err(|it| problem(&it))?,
            Err(TryLockError::WouldBlock) => return Err(held(dir, &mut file, now_s)),
            Err(TryLockError::Error(error)) => return Err(problem(&error)),
        }
        let note = format!("{} {now_s}\n", std::process::id());
        let told = disk.observe(FileCall::Write(&path, note.as_bytes()));
        let emptied = told.and_then(|()| file.set_len(0));
        let written = emptied.and_then(|()| file.write_all(note.as_bytes()));
        written.map_err(|it| problem(&it))?;
        Ok(Self { file })
    }
}

impl Drop for WriteLock {
    fn drop(&mut self) {
        // Unlocked explicitly, not by closing the file: a process that was just forked holds the
        // file too, until it executes another program.
        self.file.unlock().ok();
    }
}

/// The error that says who holds the lock, as far as the note in the file can be read.
fn held(dir: &Path, file: &mut File, now_s: u64) -> Error {
    let mut note = String::new();
    let read = file.rewind().and_then(|()| file.take(64).read_to_string(&mut note));
    let mut parts = note.split_whitespace().map(str::parse::<u64>);
    let who = match (read, parts.next(), parts.next()) {
        (Ok(_), Some(Ok(pid)), Some(Ok(since))) => {
            format!("process {pid}, for {} s", now_s.saturating_sub(since))
        }
        _ => "another process".to_owned(),
    };
    let message = format!("{}: being written by {who}", dir.display());
    Error::new(ErrorKind::Locked, message)
        .with_hint("`search index --wait` waits until it is done, and so does `--in PATH --wait`")
}
