//! Opens the files of a generation: checks that they are those of the manifest and have its
//! lengths, and maps them.

use std::fs;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use tantivy::directory::{Directory, MmapDirectory, OwnedBytes};

use super::disk::{Disk, FileCall};
use super::manifest::{Manifest, ManifestError};
use super::verified_bytes::{FirstDamage, SUM_BYTES, VerifiedFile, blocks_in};
use super::verify::verify_file;
use crate::index::error::{Error, other_version};
use crate::index::file_names;
use crate::index::file_names::generation_folder;

/// The files of one generation.
#[derive(Debug)]
pub(crate) struct GenerationFiles {
    folder: PathBuf,
    manifest: Manifest,
    files: MmapDirectory,
    /// The checksums of the blocks of all files, in the manifest's order.
    sums: OwnedBytes,
    damage: FirstDamage,
    disk: Disk,
}

impl GenerationFiles {
    /// Reads the manifest, compares the length of every file and verifies the file of checksums.
    pub(crate) fn open(dir: &Path, number: u64, disk: &Disk) -> Result<Self, Error> {
        let manifest = read_manifest(dir, number, disk)?;
        let folder = generation_folder(dir, number);
        for record in manifest.all_files() {
            let path = folder.join(&record.name);
            let metadata = fs::metadata(&path).map_err(|it| Error::damaged(&path, it))?;
            if !metadata.is_file() {
                return Err(Error::damaged(&path, "not a regular file"));
            }
            let bytes = metadata.len();
            if bytes != record.bytes {
                let what = format!("{bytes} bytes instead of {}", record.bytes);
                return Err(Error::damaged(&path, what));
            }
        }
        manifest.sums.iter().try_for_each(|it| verify_file(&folder, it, disk))?;
        let files = MmapDirectory::open(&folder);
        let files = files.map_err(|it| Error::damaged(&folder.join("."), it))?;
        let (sums, damage, disk) = (OwnedBytes::empty(), FirstDamage::default(), disk.clone());
        let opened = Self { folder, manifest, files, sums, damage, disk };
        Ok(Self { sums: opened.map(file_names::SUMS)?, ..opened })
    }

    /// The generation's folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The manifest.
    pub(crate) fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The first damage that was found.
    pub(crate) fn damage(&self) -> &FirstDamage {
        &self.damage
    }

    /// The path of a file.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Maps a file; whoever reads it verifies its bytes.
    pub(crate) fn map(&self, name: &str) -> Result<OwnedBytes, Error> {
        let told = self.disk.observe(FileCall::Open(&self.path(name)));
        told.map_err(|it| Error::io(&self.path(name), &it))?;
        let handle = self.files.get_file_handle(Path::new(name));
        let handle = handle.map_err(|it| Error::damaged(&self.path(name), it))?;
        let bytes = handle.read_bytes(0..handle.len());
        bytes.map_err(|it| Error::io(&self.path(name), &it))
    }

    /// Maps a file; its bytes are verified block by block when they are read.
    pub(crate) fn verified(&self, name: &str) -> Result<VerifiedFile, Error> {
        let mut start = 0;
        for record in &self.manifest.files {
            let end = start + blocks_in(record.bytes) * SUM_BYTES;
            if record.name == name {
                let misfit = || Error::damaged(&self.path(file_names::SUMS), "it is too short");
                let sums = self.sums.get(start..end).map(|_| self.sums.slice(start..end));
                let sums = sums.ok_or_else(misfit)?;
                return Ok(VerifiedFile::new(
                    &self.path(name),
                    self.map(name)?,
                    sums,
                    &self.damage,
                ));
            }
            start = end;
        }
        Err(Error::damaged(&self.path(file_names::MANIFEST), format!("it does not name `{name}`")))
    }

    /// The rows of a file of JSON lines; every byte is verified.
    pub(crate) fn table<T: DeserializeOwned>(&self, name: &str) -> Result<Vec<T>, Error> {
        rows(&self.path(name), &self.whole(name)?)
    }

    /// All bytes of a file, verified.
    pub(crate) fn whole(&self, name: &str) -> Result<OwnedBytes, Error> {
        let file = self.verified(name)?;
        let unseen = || Error::damaged(&self.path(name), "cannot be read");
        file.whole().cloned().ok_or_else(|| self.damage.get().cloned().unwrap_or_else(unseen))
    }
}

/// Reads and verifies a generation's manifest.
fn read_manifest(dir: &Path, number: u64, disk: &Disk) -> Result<Manifest, Error> {
    let path = generation_folder(dir, number).join(file_names::MANIFEST);
    let bytes = disk.read(&path).map_err(|it| Error::damaged(&path, it))?;
    let manifest = Manifest::from_bytes(&bytes).map_err(|it| match it {
        ManifestError::Damaged(what) => Error::damaged(&path, what),
        ManifestError::OtherForm(_) => other_version(dir, "another form of files"),
    })?;
    if manifest.analysis != crate::analysis::fingerprint() {
        return Err(other_version(dir, "another analysis of text"));
    }
    Ok(manifest)
}

/// The rows of a file of JSON lines.
fn rows<T: DeserializeOwned>(path: &Path, bytes: &[u8]) -> Result<Vec<T>, Error> {
    let lines = bytes.split(|it| *it == b'\n').filter(|it| !it.is_empty());
    let row = |it| serde_json::from_slice(it).map_err(|it| Error::damaged(path, it));
    lines.map(row).collect()
}
