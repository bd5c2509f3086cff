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
    /// What becomes the roots; empty: the roots that the manifest records.
    pub roots: Vec<Root>,
    /// Keep the roots that the manifest records, and add these (`--in`).
    pub keeps_roots: bool,
    /// Build from nothing, even where the index is of another version or damaged.
    pub rebuilds: bool,
    /// Wall clock, seconds since 1970, to be written down.
    pub now_s: u64,
}

/// How to build; what comes out does not depend on it, but for what the limits and the watch leave
/// out.
#[derive(Clone, Debug, Default)]
pub struct BuildOptions {
    /// What is too large to be read, and by which programs.
    pub limits: Limits,
    /// On how many threads to read and analyse; 0: as many as the machine has cores.
    pub threads: usize,
    /// Whether to wait until another program has built, instead of failing.
    pub waits: bool,
    /// A clock, and how long one text may take by it: what no count of steps sees is stopped so.
    pub watch: Option<Watch>,
    /// The file system, which a test may watch.
    pub disk: Disk,
}

impl BuildOptions {
    /// On how many threads to work.
    pub(super) fn workers(&self) -> usize {
        let cores = || thread::available_parallelism().map_or(1, usize::from);
        if self.threads == 0 { cores() } else { self.threads }
    }
}

/// How far a build is.
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
    /// `reading`, `merging`, `verifying`.
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
    /// Files as they were.
    pub files_unchanged: u64,
    /// Roots that are no longer roots.
    pub roots_removed: Vec<String>,
    /// Articles in the index.
    pub articles: u64,
    /// Passages in the index.
    pub passages: u64,
    /// Records whose id occurred again later; the last won.
    pub repeated_ids: u64,
    /// What was not read, in order of path.
    pub skips: Vec<Skip>,
}
