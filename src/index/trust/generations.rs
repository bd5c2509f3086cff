//! The index folder: which generation is current, who writes, what is ours to delete.
//!
//! `CURRENT` names a folder `gen-<n>`; `lock` is held by the one who builds. Names found on disk
//! are checked before anything is read or deleted by them.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::disk::{Call, Disk};
use super::manifest::Manifest;
use crate::index::check;
use crate::index::error::{Kind, Problem, other_version, rebuild_hint};
use crate::index::file_names::{CURRENT, CURRENT_NEW, GENERATION, LOCK};

/// What an index folder that holds no index may hold.
const HARMLESS: [&str; 3] = ["README.md", ".gitignore", LOCK];

/// Which generation answers: its number, and the checksum of its manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Current {
    pub(crate) number: u64,
    sum: String,
}

impl Current {
    /// Reads `gen-3`, line feed, the sum in hexadecimal, line feed.
    fn read(dir: &Path, text: &str) -> Result<Self, Problem> {
        let problem = |what| {
            let problem = Problem::damaged(&dir.join(CURRENT), what);
            problem.with_hint(rebuild_hint(dir))
        };
        let mut lines = text.split('\n');
        let number = lines.next().and_then(generation_number);
        let number = number.ok_or_else(|| problem("it names no generation"))?;
        match (lines.next(), lines.next(), lines.next()) {
            (Some(sum), Some(""), None) if !sum.is_empty() => {
                Ok(Self { number, sum: sum.to_owned() })
            }
            // The form of before: a name alone, which a turned bit makes another's.
            (Some(""), None, None) => Err(other_version(dir, "another form of `CURRENT`")),
            _ => Err(problem("it does not say of which content the generation is")),
        }
    }

    /// Whether the generation is the one that was meant, and no other of its number.
    pub(crate) fn is_of(&self, dir: &Path, manifest: &Manifest) -> Result<(), Problem> {
        if self.sum == manifest.sum {
            return Ok(());
        }
        let what = format!("it means another {GENERATION}{} than stands there", self.number);
        Err(Problem::damaged(&dir.join(CURRENT), what).with_hint(rebuild_hint(dir)))
    }
}

/// The current generation; nothing where there is none.
///
/// # Errors
/// `Damaged` where `CURRENT` names no generation, `Io` where it cannot be read.
pub(crate) fn current(dir: &Path) -> Result<Option<Current>, Problem> {
    let path = dir.join(CURRENT);
    let mut text = String::new();
    match Disk::default().open(&path) {
        // It is short: what is longer is not ours, and is not read.
        Ok(file) => match file.take(128).read_to_string(&mut text) {
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::InvalidData => text.clear(),
            Err(error) => return Err(Problem::io(&path, &error)),
        },
        Err(error) if is_absent(&error) => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => text.clear(),
        Err(error) => return Err(Problem::io(&path, &error)),
    }
    Current::read(dir, &text).map(Some)
}

/// There are generations, and nothing that says which is current.
pub(crate) fn missing_current(dir: &Path) -> Problem {
    Problem::damaged(&dir.join(CURRENT), "it is missing")
        .with_hint(format!("`search index --index {}` puts it back", dir.display()))
}

/// The generations of which every byte is right, the latest first.
pub(crate) fn whole(dir: &Path, disk: &Disk) -> impl Iterator<Item = (u64, Manifest)> {
    let numbers = generations(dir).unwrap_or_default().into_iter().rev();
    numbers
        .filter_map(|number| Some((number, check::verify(&generation(dir, number), disk, 1).ok()?)))
}

/// Puts back a `CURRENT` that is missing where a generation is whole: somebody took it away, or the
/// first build was stopped just before it was written.
pub(crate) fn repair(dir: &Path, disk: &Disk) -> Result<(), Problem> {
    if current(dir).is_ok_and(|it| it.is_none())
        && let Some((number, manifest)) = whole(dir, disk).next()
    {
        return set_current(dir, number, &manifest, disk).map_err(|it| Problem::io(dir, &it));
    }
    Ok(())
}

/// The folder of a generation.
pub(crate) fn generation(dir: &Path, number: u64) -> PathBuf {
    dir.join(format!("{GENERATION}{number}"))
}

/// The numbers of the generations in the folder, whole or not, in rising order.
pub(crate) fn generations(dir: &Path) -> io::Result<Vec<u64>> {
    let mut numbers = Vec::new();
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        // A link named like a generation is not ours.
        if entry.file_type()?.is_dir() {
            numbers.extend(entry.file_name().to_str().and_then(generation_number));
        }
    }
    numbers.sort_unstable();
    Ok(numbers)
}

/// The number for a new generation: above those that stand there, and not that of a file or link
/// by such a name.
pub(crate) fn next_number(dir: &Path) -> io::Result<u64> {
    let mut number = generations(dir)?.last().map_or(1, |it| it.saturating_add(1));
    while fs::symlink_metadata(generation(dir, number)).is_ok() {
        number += 1;
    }
    Ok(number)
}

/// `gen-12` → 12, and nothing for any other way to write it.
fn generation_number(name: &str) -> Option<u64> {
    let number = name.strip_prefix(GENERATION)?.parse().ok()?;
    (format!("{GENERATION}{number}") == name).then_some(number)
}

/// Whether the folder is ours to write to: it has a `CURRENT`, or nothing of anybody else's.
///
/// # Errors
/// `NotOurs` where it is somebody else's, `Io` where it cannot be read.
pub(crate) fn claim(dir: &Path, disk: &Disk) -> Result<(), Problem> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return disk.create_folders(dir).map_err(|it| Problem::io(dir, &it));
        }
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            let message = format!("{}: not a folder", dir.display());
            return Err(Problem::new(Kind::NotOurs, message));
        }
        Err(error) => return Err(Problem::io(dir, &error)),
    };
    // Other programs have a file of this name too: only beside a generation is it ours.
    let has_generation = || generations(dir).is_ok_and(|it| !it.is_empty());
    if dir.join(CURRENT).is_file() && has_generation() {
        return Ok(());
    }
    for entry in entries {
        let entry = entry.map_err(|it| Problem::io(dir, &it))?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        // A first build that was interrupted leaves a generation and no CURRENT.
        if !HARMLESS.contains(&&*name) && generation_number(&name).is_none() && name != CURRENT_NEW
        {
            let message = format!("{}: holds `{name}`, which is not of an index", dir.display());
            let hint = "name an empty folder, or one that does not exist, with --index";
            return Err(Problem::new(Kind::NotOurs, message).with_hint(hint));
        }
    }
    Ok(())
}

/// The right to write to an index folder; given up when dropped, or when the program ends.
#[derive(Debug)]
pub(crate) struct WriteLock {
    file: File,
}

impl WriteLock {
    /// Takes the lock and notes who holds it since when.
    ///
    /// # Errors
    /// `Locked` where another program builds and this one does not wait, `Io` where the file cannot be opened.
    pub(crate) fn take(dir: &Path, now_s: u64, waits: bool, disk: &Disk) -> Result<Self, Problem> {
        let path = dir.join(LOCK);
        let problem = |it: &io::Error| Problem::io(&path, it);
        let mut file = disk.open_or_create(&path).map_err(|it| problem(&it))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) if waits => file.lock().map_err(|it| problem(&it))?,
            Err(TryLockError::WouldBlock) => return Err(held(dir, &mut file, now_s)),
            Err(TryLockError::Error(error)) => return Err(problem(&error)),
        }
        let note = format!("{} {now_s}\n", std::process::id());
        let told = disk.tell(Call::Write(&path, note.as_bytes()));
        let emptied = told.and_then(|()| file.set_len(0));
        let written = emptied.and_then(|()| file.write_all(note.as_bytes()));
        written.map_err(|it| problem(&it))?;
        Ok(Self { file })
    }
}

impl Drop for WriteLock {
    fn drop(&mut self) {
        // Said, and not left to the closing of the file: a process that was just forked holds the
        // file too, until it becomes another program.
        self.file.unlock().ok();
    }
}

/// Says who holds the lock, as far as the note in it can be read.
fn held(dir: &Path, file: &mut File, now_s: u64) -> Problem {
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
    Problem::new(Kind::Locked, message)
        .with_hint("`search index --wait` waits until it is done, and so does `--in PATH --wait`")
}

/// Makes a generation the current one, and makes that last.
pub(crate) fn set_current(
    dir: &Path,
    number: u64,
    manifest: &Manifest,
    disk: &Disk,
) -> io::Result<()> {
    let new = dir.join(CURRENT_NEW);
    // A link of this name would lead out of the folder.
    if fs::symlink_metadata(&new).is_ok() {
        disk.remove_file(&new)?;
    }
    let mut file = disk.create(&new)?;
    file.write_all(format!("{GENERATION}{number}\n{}\n", manifest.sum).as_bytes())?;
    file.sync()?;
    disk.rename(&new, &dir.join(CURRENT))?;
    disk.sync_folder(dir)
}

/// Deletes unfinished generations, and those that are older than the one before the current.
///
/// A reader opens its generation and keeps it; the one before the current is kept for those who
/// read `CURRENT` just before it changed.
pub(crate) fn sweep(dir: &Path, disk: &Disk) -> io::Result<()> {
    let Ok(current) = self::current(dir).map(|it| it.map(|it| it.number)) else {
        // Which generation is the last good one is not known: all may be.
        return Ok(());
    };
    let numbers = generations(dir)?;
    let before = numbers.iter().copied().filter(|it| Some(*it) < current).max();
    for number in numbers {
        if Some(number) != current && Some(number) != before {
            remove_generation(dir, number, disk)?;
        }
    }
    Ok(())
}

/// Deletes a generation: the files in its folder, then the folder.
///
/// A generation holds plain files only; what else stands there is not ours, and keeps it.
fn remove_generation(dir: &Path, number: u64, disk: &Disk) -> io::Result<()> {
    let folder = generation(dir, number);
    for entry in fs::read_dir(&folder)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            disk.remove_file(&entry.path())?;
        }
    }
    disk.remove_folder(&folder)
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
