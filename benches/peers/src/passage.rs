//! The passages that all engines index: a file with one JSON object a line.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

/// A passage with the title of its article, which may be empty.
#[derive(Deserialize, Serialize)]
pub struct Passage {
    pub title: String,
    pub text: String,
}

impl Passage {
    /// What is searched: the title, then the text.
    pub fn searched(&self) -> String {
        format!("{}\n{}", self.title, self.text)
    }
}

/// Reads the passages of a file, in order.
pub fn read(path: &Path) -> Result<impl Iterator<Item = Result<Passage>> + use<>> {
    let file = File::open(path).with_context(|| path.display().to_string())?;
    let lines = BufReader::with_capacity(1 << 20, file).lines();
    Ok(lines.map(|line| serde_json::from_str(&line?).context("a line is not a passage")))
}
