//! The results of reading files.

use super::batch::{Batch, BatchRange};
use crate::article::{DroppedText, LineKey};
use crate::source::Skip;

/// The result of reading a file, or part of one.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) file: u32,
    pub(crate) order: u32,
    pub(crate) skips: Vec<Skip>,
    pub(crate) dropped: Vec<DroppedText>,
    /// The lines that are dropped if they repeat in many files: sorted and distinct.
    pub(crate) lines: Vec<LineKey>,
    /// The hash of the file's bytes, in the first outcome of the file; else 0.
    pub(crate) hash: u64,
}

/// The results of all files.
#[derive(Debug, Default)]
pub(crate) struct ReadFiles {
    pub(crate) batches: Vec<Batch>,
    /// In no order; their `source` is an index into `batches`.
    pub(crate) ranges: Vec<BatchRange>,
    /// In no order.
    pub(crate) outcomes: Vec<Outcome>,
}

impl ReadFiles {
    /// Replaces the results of some files, which were read again.
    pub(crate) fn replace(&mut self, files: &[u32], again: Self) {
        let is_kept = |it: u32| files.binary_search(&it).is_err();
        self.ranges.retain(|it| is_kept(it.file));
        self.outcomes.retain(|it| is_kept(it.file));
        let first = u32::try_from(self.batches.len()).unwrap_or(u32::MAX);
        let ranges = again.ranges.into_iter();
        self.ranges.extend(ranges.map(|it| BatchRange { source: first + it.source, ..it }));
        self.outcomes.extend(again.outcomes);
        self.batches.extend(again.batches);
    }
}
