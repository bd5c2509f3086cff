//! Every byte of a generation against its manifest.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use anyhow::Result;
use xxhash_rust::xxh3::Xxh3;

use super::error::Problem;
use super::file_names;
use super::parallel::{Job, share};
use crate::index::read::{Index, no_index};
use crate::index::trust::Disk;
use crate::index::trust::FileRecord;
use crate::index::trust::generations as folder;
use crate::index::trust::{Fault, Manifest};

/// What a check found.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// The generation that was checked.
    pub generation: String,
    /// Files that were verified.
    pub files: u64,
    /// Bytes that were verified.
    pub bytes: u64,
    /// What is wrong, a problem a file; empty when all is well.
    pub problems: Vec<Problem>,
    /// The passages whose text is not what was indexed, as `article@n`.
    pub passages: Vec<String>,
}

/// Verifies every byte of the current generation; `progress` is told the bytes done and in all.
///
/// # Errors
/// Where there is no index. What is damaged is no error here: it is what was asked for.
pub fn check(dir: &Path, progress: &dyn Fn(u64, u64)) -> Result<Checked, Problem> {
    let current = match folder::current(dir) {
        Ok(Some(current)) => current,
        Ok(None) => {
            let whole = folder::whole(dir, &Disk::default()).next();
            let problems = whole.map(|_| vec![folder::missing_current(dir)]);
            let problems = problems.ok_or_else(|| no_index(dir))?;
            return Ok(Checked { problems, ..Checked::default() });
        }
        Err(problem) => return Ok(Checked { problems: vec![problem], ..Checked::default() }),
    };
    let number = current.number;
    let (folder, disk) = (folder::generation(dir, number), &Disk::default());
    let generation = format!("gen-{number}");
    let mut checked = Checked { generation, files: 1, ..Checked::default() };
    let manifest = match read(&folder, disk) {
        Ok((manifest, bytes)) => {
            checked.bytes = bytes;
            manifest
        }
        Err(problem) => return Ok(Checked { problems: vec![problem], ..checked }),
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
        checked.problems.extend(Index::open_current(dir, disk).err());
    } else if let Ok(index) = Index::open_current(dir, disk) {
        checked.passages = damaged_passages(&index);
    }
    Ok(checked)
}

/// Verifies every file of a generation, on so many threads; gives its manifest.
///
/// # Errors
/// A file that is not as the manifest has it.
pub(super) fn verify(folder: &Path, disk: &Disk, workers: usize) -> Result<Manifest> {
    let (manifest, _) = read(folder, disk)?;
    let mut files: Vec<&FileRecord> = manifest.all_files().collect();
    files.sort_by_key(|it| Reverse(it.bytes));
    let verify = |it| -> Job<'_> { Box::new(move || Ok(verify_file(folder, it, disk)?)) };
    share(files.into_iter().map(verify).collect(), workers)?;
    Ok(manifest)
}

/// Verifies one file of a generation.
pub(super) fn verify_file(folder: &Path, record: &FileRecord, disk: &Disk) -> Result<(), Problem> {
    let path = folder.join(&record.name);
    let found = sum_of(&path, disk).map_err(|it| Problem::damaged(&path, it))?;
    if found == (record.bytes, record.xxh3.clone()) {
        return Ok(());
    }
    Err(Problem::damaged(&path, "its bytes are not those that were written"))
}

/// A generation's manifest and its length.
fn read(folder: &Path, disk: &Disk) -> Result<(Manifest, u64), Problem> {
    let path = folder.join(file_names::MANIFEST);
    let bytes = disk.read(&path).map_err(|it| Problem::damaged(&path, it))?;
    let manifest = Manifest::from_bytes(&bytes).map_err(|it| match it {
        Fault::Damaged(what) => Problem::damaged(&path, what),
        Fault::OtherForm(form) => Problem::damaged(&path, format!("of another form ({form})")),
    })?;
    Ok((manifest, bytes.len() as u64))
}

/// The files in the folder that the manifest does not name.
fn foreign(folder: &Path, manifest: &Manifest) -> Vec<Problem> {
    let named: BTreeSet<&str> =
        manifest.all_files().map(|it| it.name.as_str()).chain([file_names::MANIFEST]).collect();
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return vec![Problem::io(folder, &error)],
    };
    let names = entries.flatten().map(|it| it.file_name().to_string_lossy().into_owned());
    let foreign = names
        .filter(|it| !named.contains(it.as_str()) && !it.starts_with(file_names::TANTIVY_LOCKS));
    foreign.map(|it| Problem::damaged(&folder.join(it), "the manifest does not name it")).collect()
}

/// The passages whose text, record or article cannot be trusted.
fn damaged_passages(index: &Index) -> Vec<String> {
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
