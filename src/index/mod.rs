//! Passages to disk and back: generations, manifest, verification, the passage store.
//!
//! A build reads files into parts on all cores (`gather`), numbers what they hold in order of path
//! (`assemble`), merges their postings into one tantivy segment (`merge`) and makes the whole a
//! new generation. [`Index`] reads one. What a query means, and how hits are ranked, lies above.

// What is read here may be damaged: nothing of it may end in a panic.
#![warn(clippy::indexing_slicing, clippy::string_slice, clippy::panic)]

mod build;
mod check;
mod error;
pub mod file_names;
mod format;
mod freshness;
mod parallel;
mod read;
mod records;
mod request;
mod segment;
mod tokenizers;
mod trust;
mod write;

pub use build::{build, build_with, change_imports};
pub use check::{CheckReport, check};
pub use error::{Error, ErrorKind};
pub use format::{DroppedLine, ImportChange, Source, frequent_pair};
pub use freshness::{Freshness, freshness};
pub(crate) use read::gallop;
pub use read::{Index, PhrasePositions, PhraseScorer, Postings, dropped, skips, sources};
pub use records::{ArticleRecord, PassageRecord, Root, ScriptStatistics, Statistics};
pub use request::{BuildOptions, Progress, Report, Request};
pub use segment::body_offset;
pub use tokenizers::register_tokenizers;
pub use trust::{Disk, DiskObserver, FileCall, ImportRecord, Manifest, VerifiedBytes};
