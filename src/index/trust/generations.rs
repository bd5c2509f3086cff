//! The numbered generations of an index folder: which of them are whole, which may be deleted.
//!
//! Names found on disk are checked before anything is read or deleted by them.

use std::fs;
use std::io;
use std::path::Path;

use super::current::{current_generation, set_current};
use super::disk::Disk;
use super::manifest::Manifest;
use super::verify::verify_generation;
use crate::index::error::{Error, ErrorKind};
use crate::index::file_names::{CURRENT, CURRENT_NEW, LOCK, generation_folder, generation_number};

/// Names that a folder may hold before it holds an index.
const HARMLESS: [&str; 3] = ["README.md", ".gitignore", LOCK];

/// The generations whose bytes are all right, the latest first.
pub(crate) fn good_generations(dir: &Path, disk: &Disk) -> impl Iterator<Item = (u64, Manifest)> {
    let numbers = generations(dir).unwrap_or_default().into_iter().rev();
    numbers.filter_map(|number| {
        Some((number, verify_generation(&generation_folder(dir, number), disk, 1).ok()?))
    })
}

/// Restores a missing `CURRENT` where a generation is whole: somebody deleted the file, or the
/// first build was stopped just before it was written.
pub(crate) fn restore_current(dir: &Path, disk: &Disk) -> Result<(), Error> {
    if current_generation(dir).is_ok_and(|it| it.is_none())
        && let Some((number, manifest)) = good_generations(dir, disk).next()
    {
        return set_current(dir, number, &manifest, disk).map_err(|it| Error::io(dir, &it));
    }
    Ok(())
}

/// The numbers of the generations in the folder, complete or not, rising.
pub(crate) fn generations(dir: &Path) -> io::Result<Vec<u64>> {
    let mut numbers = Vec::new();
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        // A link with the name of a generation is not ours.
        if entry.file_type()?.is_dir() {
            numbers.extend(entry.file_name().to_str().and_then(generation_number));
        }
    }
    numbers.sort_unstable();
    Ok(numbers)
}

/// The number of a new generation: above all that exist, skipping files and links of such names.
pub(crate) fn next_number(dir: &Path) -> io::Result<u64> {
    let mut number = generations(dir)?.last().map_or(1, |it| it.saturating_add(1));
    while fs::symlink_metadata(generation_folder(dir, number)).is_ok() {
        number += 1;
    }
    Ok(number)
}

/// Makes sure that the folder is ours to write to: that it holds an index, or nothing of anybody
/// else's.
///
/// # Errors
/// `NotOurs` where it is somebody else's, `Io` where it cannot be read.
pub(crate) fn claim_folder(dir: &Path, disk: &Disk) -> Result<(), Error> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return disk.create_folders(dir).map_err(|it| Error::io(dir, &it));
        }
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            let message = format!("{}: not a folder", dir.display());
            return Err(Error::new(ErrorKind::NotOurs, message));
        }
        Err(error) => return Err(Error::io(dir, &error)),
    };
    // Other programs have a file of this name too: only beside a generation it is ours.
    let has_generation = || generations(dir).is_ok_and(|it| !it.is_empty());
    if dir.join(CURRENT).is_file() && has_generation() {
        return Ok(());
    }
    for entry in entries {
        let entry = entry.map_err(|it| Error::io(dir, &it))?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        // A first build that was interrupted leaves a generation without `CURRENT`.
        if !HARMLESS.contains(&&*name) && generation_number(&name).is_none() && name != CURRENT_NEW
        {
            let message = format!("{}: holds `{name}`, which is not of an index", dir.display());
            let hint = "name an empty folder, or one that does not exist, with --index";
            return Err(Error::new(ErrorKind::NotOurs, message).with_hint(hint));
        }
    }
    Ok(())
}

/// Deletes unfinished generations and all before the previous one.
///
/// The previous generation is kept for readers that read `CURRENT` just before it changed; a reader
/// keeps the generation it has opened.
pub(crate) fn remove_old_generations(dir: &Path, disk: &Disk) -> io::Result<()> {
    let Ok(current) = current_generation(dir).map(|it| it.map(|it| it.number)) else {
        // It is not known which generation is good: keep all.
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
/// A generation holds plain files only; anything else there is not ours and is kept, with its
/// folder.
fn remove_generation(dir: &Path, number: u64, disk: &Disk) -> io::Result<()> {
    let folder = generation_folder(dir, number);
    for entry in fs::read_dir(&folder)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            disk.remove_file(&entry.path())?;
        }
    }
    disk.remove_folder(&folder)
}
