//! The tables that only a build and `status` read: the files, what was skipped, what was dropped.

use std::io::{self, Write};
use std::path::Path;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::article::Dropped;
use crate::index::error::Problem;
use crate::index::file_names::{DROPPED, SKIPS, SOURCES};
use crate::index::read::Index;
use crate::source::Skip;

/// A file as it was when it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its path, as in [`crate::source::File::path`].
    pub path: String,
    /// Which root it belongs to: an index into the manifest's roots.
    pub root: u32,
    /// Its length.
    pub size_bytes: u64,
    /// Its modification time, nanoseconds since 1970.
    pub modified_ns: u64,
    /// XXH3 of its bytes.
    pub hash: u64,
    /// How many articles of it the index holds.
    pub articles: u32,
    /// How many passages of it the index holds.
    pub passages: u32,
    /// How many of its records were replaced by a later file's with the same id.
    pub replaced: u32,
    /// How many of its lines would be furniture if they repeated in other files.
    pub lines: u32,
    /// Bytes of its lines in the table of what was dropped.
    pub dropped_bytes: u64,
}

/// A line that was left out of an article, and of which file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DroppedLine {
    /// The file's path.
    pub path: String,
    /// The line and the rule.
    #[serde(flatten)]
    pub dropped: Dropped,
}

/// The files that the current generation was built from, in order of path.
///
/// # Errors
/// As [`crate::index::Index::open`].
pub fn sources(dir: &Path) -> Result<Vec<Source>, Problem> {
    table(dir, SOURCES)
}

/// What was skipped when the current generation was built, in order of path.
///
/// # Errors
/// As [`crate::index::Index::open`].
pub fn skips(dir: &Path) -> Result<Vec<Skip>, Problem> {
    table(dir, SKIPS)
}

/// What was left out of the articles of the current generation, in order of path and line.
///
/// # Errors
/// As [`crate::index::Index::open`].
pub fn dropped(dir: &Path) -> Result<Vec<DroppedLine>, Problem> {
    table(dir, DROPPED)
}

/// Reads a table of the generation that answers, every byte of it verified.
fn table<T: DeserializeOwned>(dir: &Path, name: &str) -> Result<Vec<T>, Problem> {
    Index::open(dir)?.mapped().table(name)
}

/// The rows of a file of JSON lines.
pub(crate) fn rows<T: DeserializeOwned>(path: &Path, bytes: &[u8]) -> Result<Vec<T>, Problem> {
    let lines = bytes.split(|it| *it == b'\n').filter(|it| !it.is_empty());
    let row = |it| serde_json::from_slice(it).map_err(|it| Problem::damaged(path, it));
    lines.map(row).collect()
}

/// Writes rows as JSON lines.
pub(crate) fn write_rows<'a, T: Serialize + 'a>(
    out: &mut dyn Write,
    rows: impl IntoIterator<Item = &'a T>,
) -> io::Result<()> {
    for row in rows {
        serde_json::to_writer(&mut *out, row)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
