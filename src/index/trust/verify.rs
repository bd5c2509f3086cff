//! Compares the files of a generation with its manifest, byte for byte.

use std::cmp::Reverse;
use std::io::{self, Read};
use std::path::Path;

use anyhow::Result;
use xxhash_rust::xxh3::Xxh3;

use super::checksummed_files::FileRecord;
use super::disk::Disk;
use super::manifest::{Manifest, ManifestError};
use crate::index::error::Error;
use crate::index::file_names;
use crate::index::parallel::{Job, share};

/// Verifies every file of a generation on `workers` threads, and returns its manifest.
///
/// # Errors
/// Where a file is not as the manifest says.
pub(crate) fn verify_generation(folder: &Path, disk: &Disk, workers: usize) -> Result<Manifest> {
    let (manifest, _) = stored_manifest(folder, disk)?;
    let mut files: Vec<&FileRecord> = manifest.all_files().collect();
    files.sort_by_key(|it| Reverse(it.bytes));
    let verify = |it| -> Job<'_> { Box::new(move || Ok(verify_file(folder, it, disk)?)) };
    share(files.into_iter().map(verify).collect(), workers)?;
    Ok(manifest)
}

/// Verifies one file of a generation.
pub(crate) fn verify_file(folder: &Path, record: &FileRecord, disk: &Disk) -> Result<(), Error> {
    let path = folder.join(&record.name);
    let found = sum_of(&path, disk).map_err(|it| Error::damaged(&path, it))?;
    if found == (record.bytes, record.xxh3.clone()) {
        return Ok(());
    }
    Err(Error::damaged(&path, "its bytes are not those that were written"))
}

/// A generation's manifest and its length.
pub(crate) fn stored_manifest(folder: &Path, disk: &Disk) -> Result<(Manifest, u64), Error> {
    let path = folder.join(file_names::MANIFEST);
    let bytes = disk.read(&path).map_err(|it| Error::damaged(&path, it))?;
    let manifest = Manifest::from_bytes(&bytes).map_err(|it| match it {
        ManifestError::Damaged(what) => Error::damaged(&path, what),
        ManifestError::OtherForm(form) => {
            Error::damaged(&path, format!("of another form ({form})"))
        }
    })?;
    Ok((manifest, bytes.len() as u64))
}

/// Length and XXH3 of a file.
fn sum_of(path: &Path, disk: &Disk) -> io::Result<(u64, String)> {
    let mut file = disk.open(path)?;
    let (mut sum, mut bytes) = (Xxh3::new(), 0);
    let mut buffer = vec![0; 1 << 18];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok((bytes, format!("{:032x}", sum.digest128())));
        }
        sum.update(buffer.get(..read).unwrap_or_default());
        bytes += read as u64;
    }
}
