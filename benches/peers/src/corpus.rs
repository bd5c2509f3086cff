//! The corpus that is searched: a folder or a file of records, or a share of these.

use std::env;
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hasher};
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// What ours indexes.
pub struct Corpus {
    /// The place for all that is made of it.
    pub folder: PathBuf,
    /// The corpus itself, or a file with a share of its records.
    pub records: PathBuf,
}

impl Corpus {
    /// Takes a share of a corpus; of a folder always all.
    pub fn new(path: &Path, fraction: f64) -> Result<Self> {
        let path = path.canonicalize().with_context(|| path.display().to_string())?;
        let name = path.file_name().context("the corpus has no name")?;
        let program = env::current_exe()?;
        let folder = format!("corpora/{}-{fraction}", name.display());
        let folder = program.with_file_name(folder);
        fs::create_dir_all(&folder)?;
        let is_packed = path.extension().is_some_and(|it| it == "zst");
        if path.is_dir() || fraction >= 1.0 && !is_packed {
            return Ok(Self { folder, records: path });
        }
        let records = folder.join("records.jsonl");
        if !records.is_file() {
            let part = records.with_extension("part");
            sample(&path, is_packed, fraction, &part)?;
            fs::rename(&part, &records)?;
        }
        Ok(Self { folder, records })
    }
}

/// Writes every so manieth record to a file.
fn sample(path: &Path, is_packed: bool, fraction: f64, to: &Path) -> Result<()> {
    let file = File::open(path)?;
    let unpacked: Box<dyn Read> = if is_packed {
        let mut unpacked = zstd::Decoder::new(file)?;
        // As large corpora are packed: `zstd --long=27`.
        unpacked.window_log_max(27)?;
        Box::new(unpacked)
    } else {
        Box::new(file)
    };
    let mut out = BufWriter::new(File::create(to)?);
    let mut due = 0.0;
    for line in BufReader::new(unpacked).lines() {
        let line = line?;
        due += fraction;
        if due >= 1.0 {
            due -= 1.0;
            writeln!(out, "{line}")?;
        }
    }
    Ok(out.flush()?)
}

/// A number that changes when the file does.
pub fn fingerprint(path: &Path) -> Result<u64> {
    let mut hasher = DefaultHasher::new();
    hasher.write(&fs::read(path)?);
    Ok(hasher.finish())
}
