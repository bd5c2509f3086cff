//! The rows of the tables that only a build and `status` read: files, skips and dropped lines.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use crate::article::DroppedText;

/// A source file as it was when it was read.
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
    /// The number of its candidate lines, which are dropped if they repeat in other files.
    pub lines: u32,
    /// Bytes of its rows in the table of dropped lines.
    pub dropped_bytes: u64,
}

/// A line that was dropped from an article, and its file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DroppedLine {
    /// The file's path.
    pub path: String,
    /// The line and the rule.
    #[serde(flatten)]
    pub dropped: DroppedText,
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
