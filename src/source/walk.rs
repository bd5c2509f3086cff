//! A root becomes the list of its files, and of what was left out.

use std::io;
use std::path::Path;
use std::time::UNIX_EPOCH;

use ignore::WalkBuilder;

use super::limits::Limits;
use super::raw::{File, Reason, Skip};

/// What stands below a root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Walk {
    /// The files to read, sorted by path, bytewise; no path twice.
    pub files: Vec<File>,
    /// What was left out, sorted by path, bytewise.
    pub skips: Vec<Skip>,
}

/// Lists the files below `root`, or `root` itself where it is a file.
///
/// `base` is the absolute working folder recorded with the root, `root` the path as given;
/// [`File::path`] is the root as given, joined by `/` with the way below it.
///
/// # Errors
/// Only where the root itself is missing or cannot be read.
pub fn walk(base: &Path, root: &str, limits: &Limits) -> Result<Walk, io::Error> {
    let _ = limits;
    let top = base.join(root);
    top.metadata()?;
    let mut found = Walk::default();
    let mut builder = WalkBuilder::new(&top);
    builder.standard_filters(false).hidden(true).git_ignore(true).require_git(false);
    builder.add_custom_ignore_filename(".searchignore");
    for entry in builder.build() {
        let Ok(entry) = entry else { continue };
        let below = entry.path().strip_prefix(&top).unwrap_or(entry.path()).to_string_lossy();
        let path = join(root, &below);
        let Ok(metadata) = entry.metadata() else { continue };
        if metadata.is_file() {
            found.files.push(File {
                path,
                size_bytes: metadata.len(),
                modified_ns: modified_ns(&metadata),
            });
        } else if !metadata.is_dir() {
            let reason = if metadata.is_symlink() { Reason::Link } else { Reason::NotRegular };
            found.skips.push(Skip { path, line: None, reason, detail: String::new() });
        }
    }
    found.files.sort_by(|a, b| a.path.cmp(&b.path));
    found.skips.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

fn join(root: &str, below: &str) -> String {
    match (root.trim_end_matches('/'), below) {
        (_, "") => root.to_owned(),
        ("" | ".", _) => below.to_owned(),
        (root, _) => format!("{root}/{below}"),
    }
}

fn modified_ns(metadata: &std::fs::Metadata) -> u64 {
    let since = metadata.modified().ok().and_then(|it| it.duration_since(UNIX_EPOCH).ok());
    since.and_then(|it| u64::try_from(it.as_nanos()).ok()).unwrap_or(0)
}
