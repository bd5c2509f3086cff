//! How a command ended when it did not fail; the exit status follows from it.

/// How a command ended when it did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// There are hits, or the work is done.
    Done,
    /// There are no hits, or the index is not up to date.
    NoHits,
    /// Some of many queries failed, each with its own error.
    SomeFailed,
}
