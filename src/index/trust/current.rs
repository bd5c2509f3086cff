//! Reads and writes `CURRENT`, the file that says which generation is the current one.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

use super::disk::Disk;
use super::manifest::Manifest;
use crate::index::error::{Error, other_version, rebuild_hint};
use crate::index::file_names::{CURRENT, CURRENT_NEW, GENERATION, generation_number};

/// The current generation: its number, and the checksum of its manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CurrentGeneration {
    pub(crate) number: u64,
    sum: String,
}

impl CurrentGeneration {
    /// Reads `gen-3`, line feed, the sum in hexadecimal, line feed.
    fn read(dir: &Path, text: &str) -> Result<Self, Error> {
        let problem = |what| {
            let problem = Error::damaged(&dir.join(CURRENT), what);
            problem.with_hint(rebuild_hint(dir))
        };
        let mut lines = text.split('\n');
        let number = lines.next().and_then(generation_number);
        let number = number.ok_or_else(|| problem("it names no generation"))?;
        match (lines.next(), lines.next(), lines.next()) {
            (Some(sum), Some(""), None) if !sum.is_empty() => {
                Ok(Self { number, sum: sum.to_owned() })
            }
            // An older form: a name alone, which one flipped bit turns into another name.
            (Some(""), None, None) => Err(other_version(dir, "another form of `CURRENT`")),
            _ => Err(problem("it does not say of which content the generation is")),
        }
    }

    /// An error where the manifest is not the one that `CURRENT` means, though the number is the
    /// same.
    pub(crate) fn is_of(&self, dir: &Path, manifest: &Manifest) -> Result<(), Error> {
        if self.sum == manifest.sum {
            return Ok(());
        }
        let what = format!("it means another {GENERATION}{} than stands there", self.number);
        Err(Error::damaged(&dir.join(CURRENT), what).with_hint(rebuild_hint(dir)))
    }
}

/// The current generation; nothing where there is none.
///
/// # Errors
/// `Damaged` where `CURRENT` names no generation, `Io` where it cannot be read.
pub(crate) fn current_generation(dir: &Path) -> Result<Option<CurrentGeneration>, Error> {
    let path = dir.join(CURRENT);
    let mut text = String::new();
    match Disk::default().open(&path) {
        // The file is short: a longer one is not ours and is not read.
        Ok(file) => match file.take(128).read_to_string(&mut text) {
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::InvalidData => text.clear(),
            Err(error) => return Err(Error::io(&path, &error)),
        },
        Err(error) if is_absent(&error) => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => text.clear(),
        Err(error) => return Err(Error::io(&path, &error)),
    }
    CurrentGeneration::read(dir, &text).map(Some)
}

/// The error where generations exist and `CURRENT` does not.
pub(crate) fn missing_current(dir: &Path) -> Error {
    Error::damaged(&dir.join(CURRENT), "it is missing")
        .with_hint(format!("`search index --index {}` puts it back", dir.display()))
}

/// Makes a generation the current one, durably.
pub(crate) fn set_current(
    dir: &Path,
    number: u64,
    manifest: &Manifest,
    disk: &Disk,
) -> io::Result<()> {
    let new = dir.join(CURRENT_NEW);
    // A link of this name could lead out of the folder.
    if fs::symlink_metadata(&new).is_ok() {
        disk.remove_file(&new)?;
    }
    let mut file = disk.create(&new)?;
    file.write_all(format!("{GENERATION}{number}\n{}\n", manifest.sum).as_bytes())?;
    file.sync()?;
    disk.rename(&new, &dir.join(CURRENT))?;
    disk.sync_folder(dir)
}

pub(super) fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
