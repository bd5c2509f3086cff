//! The manifest: the description of a generation, with a checksum of every file and of itself.

use std::path::Path;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

use super::checksummed_files::FileRecord;
use super::disk::Disk;
use crate::index::file_names;
use crate::index::records::{Root, Statistics};
use crate::lexicon::Form;

/// The version of the file formats; raised whenever one of them changes.
pub(crate) const FORMAT: u32 = 7;

const BEFORE_SUM: &str = "{\"xxh3\":\"";
const AFTER_SUM: &str = "\",\"manifest\":";
const SUM_BYTES: usize = 32;

/// The description of a generation.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of the file formats; only this program's version is read.
    pub format: u32,
    /// The fingerprint of the analysis that made the tokens.
    pub analysis: u64,
    /// The fingerprint of the lexicon that came with the program.
    pub lexicon: u64,
    /// The fingerprint of the limits by which files were read.
    pub limits: u64,
    /// When it was built, seconds since 1970.
    pub built_s: u64,
    /// The roots, in the order given.
    pub roots: Vec<Root>,
    /// The statistics that ranking needs.
    pub statistics: Statistics,
    /// The sum of the frequencies of the dictionary that cut the Han words.
    pub word_total: u64,
    /// Files that were found, read or skipped.
    pub sources: u64,
    /// What was skipped: files, and records of files.
    pub skips: u64,
    /// Bytes of passages' text.
    pub text_bytes: u64,
    /// What a person added to the lexicon, in order of name.
    #[serde(default)]
    pub imports: Vec<ImportRecord>,
    /// In order of name; the file of checksums has the same order.
    pub(crate) files: Vec<FileRecord>,
    /// The file of checksums.
    pub(crate) sums: Vec<FileRecord>,
    /// Its own checksum.
    #[serde(skip)]
    pub(crate) sum: String,
}

/// What is wrong with a manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ManifestError {
    /// The bytes are not those that were written.
    Damaged(String),
    /// The files have another format version.
    OtherForm(u32),
}

/// The part of a manifest that every version has.
#[derive(Deserialize)]
struct AnyForm {
    format: u32,
    #[serde(default)]
    roots: Vec<Root>,
    #[serde(default)]
    imports: Vec<ImportRecord>,
}

impl AnyForm {
    fn from_bytes(inner: &[u8]) -> Result<Self, ManifestError> {
        serde_json::from_slice(inner).map_err(|it| ManifestError::Damaged(it.to_string()))
    }
}

/// The bytes that the manifest's checksum covers, if it fits.
fn verified(bytes: &[u8]) -> Result<&[u8], ManifestError> {
    let parts = || {
        let rest = bytes.strip_prefix(BEFORE_SUM.as_bytes())?;
        let (sum, rest) = rest.split_at_checked(SUM_BYTES)?;
        Some((sum, rest.strip_prefix(AFTER_SUM.as_bytes())?.strip_suffix(b"}\n")?))
    };
    let (sum, inner) =
        parts().ok_or_else(|| ManifestError::Damaged("not a manifest".to_owned()))?;
    if sum != sum_of(inner).as_bytes() {
        return Err(ManifestError::Damaged("its checksum does not fit".to_owned()));
    }
    Ok(inner)
}

fn sum_of(inner: &[u8]) -> String {
    format!("{:032x}", xxh3_128(inner))
}

/// The manifest of a generation of any version, if it is whole.
fn any_form(folder: &Path) -> Option<AnyForm> {
    let bytes = Disk::default().read(&folder.join(file_names::MANIFEST)).ok()?;
    AnyForm::from_bytes(verified(&bytes).ok()?).ok()
}

/// The roots of a generation of any version, if its manifest is whole.
pub(crate) fn manifest_roots(folder: &Path) -> Option<Vec<Root>> {
    any_form(folder).map(|it| it.roots)
}

/// The imports of a generation of any version, if its manifest is whole.
pub(crate) fn manifest_imports(folder: &Path) -> Option<Vec<ImportRecord>> {
    any_form(folder).map(|it| it.imports)
}

impl Manifest {
    /// The bytes of the file: JSON that begins with the checksum of what follows.
    pub(crate) fn to_bytes(&self) -> serde_json::Result<Vec<u8>> {
        let inner = serde_json::to_string(self)?;
        let sum = sum_of(inner.as_bytes());
        Ok(format!("{BEFORE_SUM}{sum}{AFTER_SUM}{inner}}}\n").into_bytes())
    }

    /// Reads the file's bytes; says what is wrong with them.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, ManifestError> {
        let inner = verified(bytes)?;
        let any = AnyForm::from_bytes(inner)?;
        if any.format != FORMAT {
            return Err(ManifestError::OtherForm(any.format));
        }
        let mut manifest: Self =
            serde_json::from_slice(inner).map_err(|it| ManifestError::Damaged(it.to_string()))?;
        // The files of a generation are in its folder: no name may lead out of it.
        let is_plain =
            |it: &str| !it.is_empty() && !it.starts_with('.') && !it.contains(['/', '\\']);
        if let Some(file) = manifest.all_files().find(|it| !is_plain(&it.name)) {
            return Err(ManifestError::Damaged(format!("it names `{}`", file.name)));
        }
        manifest.sum = sum_of(inner);
        Ok(manifest)
    }

    /// All files but the manifest itself.
    pub(crate) fn all_files(&self) -> impl Iterator<Item = &FileRecord> {
        self.files.iter().chain(&self.sums)
    }

    /// Bytes of all files of the generation but the manifest.
    #[must_use]
    pub fn index_bytes(&self) -> u64 {
        self.all_files().map(|it| it.bytes).sum()
    }
}

/// What the manifest says of an imported file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRecord {
    /// What it is called.
    pub name: String,
    /// What it is.
    pub form: Form,
    /// How many entries it gives.
    pub entries: u64,
    /// Who made it and under which licence, where the file says so.
    pub attribution: Option<String>,
}
