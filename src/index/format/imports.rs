//! The dictionaries and names that a person imported. Every generation keeps the imported files,
//! compressed: they are compiled again when the analysis changes, and need not be found where they
//! once were.

use std::path::Path;

use anyhow::{Context, Result};
use xxhash_rust::xxh3::xxh3_64;

use crate::index::file_names::{IMPORTS, generation_folder};
use crate::index::trust::{
    ChecksummedFiles, Disk, ImportRecord, current_generation, generations, manifest_imports,
};
use crate::lexicon::Import;

/// Bytes of the checksum in front of the packed files.
const SUM_BYTES: usize = 8;
/// Text compresses to a third; a higher level gains little and costs time.
const LEVEL: i32 = 3;

/// A change of the imports.
#[derive(Clone, Debug)]
pub enum ImportChange {
    /// Adds an import, in place of one with the same name.
    Add(Import),
    /// Removes the import of this name.
    Remove(String),
}

impl ImportChange {
    /// The imports after the change, in order of name.
    pub(crate) fn apply(&self, mut imports: Vec<Import>) -> Vec<Import> {
        let name = match self {
            Self::Add(import) => &import.name,
            Self::Remove(name) => name,
        };
        imports.retain(|it| it.name != *name);
        if let Self::Add(import) = self {
            imports.push(import.clone());
        }
        imports.sort_by(|a, b| a.name.cmp(&b.name));
        imports
    }
}

/// The records of the imports for the manifest.
pub(crate) fn import_records(imports: &[Import]) -> Vec<ImportRecord> {
    let record = |it: &Import| ImportRecord {
        name: it.name.clone(),
        form: it.form,
        entries: it.entries,
        attribution: it.attribution.clone(),
    };
    imports.iter().map(record).collect()
}

/// Writes the compressed imports; nothing where there are none.
pub(crate) fn write_imports(output: &ChecksummedFiles, imports: &[Import]) -> Result<()> {
    if imports.is_empty() {
        return Ok(());
    }
    let packed = zstd::encode_all(serde_json::to_vec(imports)?.as_slice(), LEVEL)?;
    let mut bytes = xxh3_64(&packed).to_le_bytes().to_vec();
    bytes.extend(packed);
    output.write(IMPORTS, &bytes)?;
    Ok(())
}

/// The imports of the current generation, or else of the latest whose manifest can be read.
///
/// # Errors
/// Where a manifest names imports whose file is damaged: building without them would silently lose
/// them.
pub(crate) fn latest_imports(dir: &Path) -> Result<Vec<Import>> {
    let numbers = generations(dir).unwrap_or_default();
    let current = current_generation(dir).ok().flatten().map(|it| it.number);
    let mut failure = None;
    // The current generation first: a later one is unfinished.
    let later = numbers.iter().rev().copied().filter(|it| Some(*it) != current);
    for number in current.into_iter().chain(later) {
        match read_imports(&generation_folder(dir, number)) {
            Ok(Some(imports)) => return Ok(imports),
            Ok(None) => {}
            Err(error) => {
                failure.get_or_insert(error);
            }
        }
    }
    failure.map_or_else(|| Ok(Vec::new()), Err)
}

/// The imports of a generation; nothing where its manifest cannot be read.
pub(crate) fn read_imports(folder: &Path) -> Result<Option<Vec<Import>>> {
    let Some(named) = manifest_imports(folder) else {
        return Ok(None);
    };
    if named.is_empty() {
        return Ok(Some(Vec::new()));
    }
    let path = folder.join(IMPORTS);
    let bytes = Disk::default().read(&path).with_context(|| path.display().to_string())?;
    let damaged = || format!("{}: what was imported is damaged", path.display());
    let (sum, packed) = bytes.split_at_checked(SUM_BYTES).with_context(damaged)?;
    let is_whole = sum == xxh3_64(packed).to_le_bytes();
    let unpacked = is_whole.then(|| zstd::decode_all(packed)).with_context(damaged)??;
    Ok(Some(serde_json::from_slice(&unpacked).with_context(damaged)?))
}
