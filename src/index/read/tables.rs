//! The tables that `status` lists: the files, what was skipped, what was dropped.

use std::path::Path;

use serde::de::DeserializeOwned;

use super::generation::Generation;
use crate::index::error::Error;
use crate::index::file_names::{DROPPED, SKIPS, SOURCES};
use crate::index::format::{DroppedLine, Source};
use crate::source::Skip;

/// The files that the current generation was built from, in order of path.
///
/// # Errors
/// As [`crate::index::Generation::open`].
pub fn sources(dir: &Path) -> Result<Vec<Source>, Error> {
    table(dir, SOURCES)
}

/// What was skipped when the current generation was built, in order of path.
///
/// # Errors
/// As [`crate::index::Generation::open`].
pub fn skips(dir: &Path) -> Result<Vec<Skip>, Error> {
    table(dir, SKIPS)
}

/// The lines that were dropped from the articles of the current generation, in order of path and
/// line.
///
/// # Errors
/// As [`crate::index::Generation::open`].
pub fn dropped(dir: &Path) -> Result<Vec<DroppedLine>, Error> {
    table(dir, DROPPED)
}

/// Reads a table of the generation that is open, and verifies every byte of it.
fn table<T: DeserializeOwned>(dir: &Path, name: &str) -> Result<Vec<T>, Error> {
    Generation::open(dir)?.files().table(name)
}
