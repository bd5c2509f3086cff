//! Every byte of a generation against its manifest.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use xxhash_rust::xxh3::Xxh3;

use super::error::Problem;
use super::ledger::FileRecord;
use super::manifest::{self, Manifest};

/// Verifies every file of a generation.
///
/// # Errors
/// The first file that is not as the manifest has it.
pub(super) fn verify(folder: &Path) -> Result<(), Problem> {
    let path = folder.join(manifest::NAME);
    let bytes = std::fs::read(&path).map_err(|it| Problem::io(&path, &it))?;
    let manifest = Manifest::from_bytes(&bytes).map_err(|it| Problem::damaged(&path, it))?;
    for record in &manifest.files {
        verify_file(folder, record)?;
    }
    Ok(())
}

fn verify_file(folder: &Path, record: &FileRecord) -> Result<(), Problem> {
    let path = folder.join(&record.name);
    let found = sum_of(&path).map_err(|it| Problem::damaged(&path, it))?;
    if found == (record.bytes, record.xxh3.clone()) {
        return Ok(());
    }
    Err(Problem::damaged(&path, "its bytes are not those that were written"))
}

/// Length and XXH3 of a file.
fn sum_of(path: &Path) -> io::Result<(u64, String)> {
    let mut file = File::open(path)?;
    let (mut sum, mut bytes) = (Xxh3::new(), 0);
    let mut buffer = vec![0; 1 << 18];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok((bytes, format!("{:032x}", sum.digest128())));
        }
        sum.update(&buffer[..read]);
        bytes += read as u64;
    }
}
