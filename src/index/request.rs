//! What a caller asks of a build, how it is to be done, and what it reports.

use std::path::PathBuf;
use std::thread;

use super::records::Root;
use crate::budget::Watch;
use crate::index::trust::Disk;
use crate::source::{Limits, Skip};

/// What to build.
#[derive(Clone, Debug)]
pub struct Request {
    /// The index folder.
    pub dir: PathBuf,
    /// The roots to index; where empty, those that the manifest records.
    pub roots: Vec<Root>,
    /// Whether to keep the recorded roots and add these (`--in`).
    pub keeps_roots: bool,
    /// Whether to build from scratch, even where the index is damaged or of another version.
    pub rebuilds: bool,
    /// The wall clock in seconds since 1970, written into the manifest.
    pub now_s: u64,
}

/// How to build. The resulting index does not depend on these options, except that limits and watch
/// decide what is skipped.
#[derive(Clone, Debug, Default)]
pub struct BuildOptions {
    /// Which files are too large to be read, and which programs help to read them.
    pub limits: Limits,
    /// The number of threads; 0 for one on each core.
    pub threads: usize,
    /// Whether to wait for the write lock when another program holds it, instead of failing.
    pub waits: bool,
    /// A clock and the time that one text may take: stops work that the count of steps does not
    /// see.
    pub watch: Option<Watch>,
    /// The file system; a test may observe its calls.
    pub disk: Disk,
}

impl BuildOptions {
    /// The number of threads to use.
    pub(super) fn workers(&self) -> usize {
        let cores = || thread::available_parallelism().map_or(1, usize::from);
        if self.threads == 0 { cores() } else { self.threads }
    }
}

/// How far a build has come.
#[derive(Clone, Copy, Debug, Default)]
pub struct Progress {
    /// Files done.
    pub files: u64,
    /// Files to do in all.
    pub files_total: u64,
    /// Bytes of source read.
    pub bytes: u64,
    /// Bytes of source to read in all.
    pub bytes_total: u64,
    /// The stage: `reading`, `merging` or `verifying`.
    pub stage: &'static str,
}

/// What a build did.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Whether anything changed; when not, no generation was written.
    pub has_changed: bool,
    /// Files read for the first time.
    pub files_added: u64,
    /// Files read again.
    pub files_changed: u64,
    /// Files gone.
    pub files_removed: u64,
    /// Files that did not change.
    pub files_unchanged: u64,
    /// Roots that are no longer roots.
    pub roots_removed: Vec<String>,
    /// Articles in the index.
    pub articles: u64,
    /// Passages in the index.
    pub passages: u64,
    /// Records replaced by a later record with the same id.
    pub repeated_ids: u64,
    /// Files and records that were skipped, in order of path.
    pub skips: Vec<Skip>,
}
