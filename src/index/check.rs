//! Checks every byte of the current generation against its manifest (`search check`).

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::Result;

use super::error::Error;
use super::file_names;
use super::file_names::generation_folder;
use crate::index::read::Generation;
use crate::index::trust::{
    Disk, Manifest, current_generation, good_generations, missing_current, stored_manifest,
    verify_file,
};

/// What a check found.
#[derive(Clone, Debug, Default)]
pub struct CheckReport {
    /// The generation that was checked.
    pub generation: String,
    /// Files that were verified.
    pub files: u64,
    /// Bytes that were verified.
    pub bytes: u64,
    /// What is wrong, one error for each damaged file; empty when all is well.
    pub problems: Vec<Error>,
    /// The passages whose text is not what was indexed, as `article@n`.
    pub passages: Vec<String>,
}

/// Verifies every byte of the current generation. `progress` is called with the bytes done and the
/// bytes in all.
///
/// # Errors
/// Where there is no index. Damage is not an error here but the result.
pub fn check(dir: &Path, progress: &dyn Fn(u64, u64)) -> Result<CheckReport, Error> {
    let current = match current_generation(dir) {
        Ok(Some(current)) => current,
        Ok(None) => {
            let whole = good_generations(dir, &Disk::default()).next();
            let problems = whole.map(|_| vec![missing_current(dir)]);
            let problems = problems.ok_or_else(|| Error::no_index(dir))?;
            return Ok(CheckReport { problems, ..CheckReport::default() });
        }
        Err(problem) => {
            return Ok(CheckReport { problems: vec![problem], ..CheckReport::default() });
        }
    };
    let number = current.number;
    let (folder, disk) = (generation_folder(dir, number), &Disk::default());
    let generation = format!("gen-{number}");
    let mut checked = CheckReport { generation, files: 1, ..CheckReport::default() };
    let manifest = match stored_manifest(&folder, disk) {
        Ok((manifest, bytes)) => {
            checked.bytes = bytes;
            manifest
        }
        Err(problem) => return Ok(CheckReport { problems: vec![problem], ..checked }),
    };
    let total = checked.bytes + manifest.index_bytes();
    checked.problems.extend(current.is_of(dir, &manifest).err());
    checked.problems.extend(foreign(&folder, &manifest));
    for record in manifest.all_files() {
        checked.problems.extend(verify_file(&folder, record, disk).err());
        checked.files += 1;
        checked.bytes += record.bytes;
        progress(checked.bytes, total);
    }
    if checked.problems.is_empty() {
        checked.problems.extend(Generation::open_current(dir, disk).err());
    } else if let Ok(index) = Generation::open_current(dir, disk) {
        checked.passages = damaged_passages(&index);
    }
    Ok(checked)
}

/// Files in the folder that the manifest does not name.
fn foreign(folder: &Path, manifest: &Manifest) -> Vec<Error> {
    let named: BTreeSet<&str> =
        manifest.all_files().map(|it| it.name.as_str()).chain([file_names::MANIFEST]).collect();
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return vec![Error::io(folder, &error)],
    };
    let names = entries.flatten().map(|it| it.file_name().to_string_lossy().into_owned());
    let foreign = names
        .filter(|it| !named.contains(it.as_str()) && !it.starts_with(file_names::TANTIVY_LOCKS));
    foreign.map(|it| Error::damaged(&folder.join(it), "the manifest does not name it")).collect()
}

/// The passages whose text, record or article cannot be trusted.
fn damaged_passages(index: &Generation) -> Vec<String> {
    let mut damaged = Vec::new();
    for number in 0..index.manifest().statistics.passages {
        if index.text(number).is_ok() {
            continue;
        }
        let record = index.passage(number);
        let article = record.ok().and_then(|it| index.article(it.article).ok());
        damaged.push(match article {
            Some(article) => format!("{}@{}", article.id, article.ordinal_of(number)),
            None => format!("passage {number} of {}", file_names::STORE),
        });
    }
    damaged
}
