//! Passages to disk and back: generations, manifest, verification, the passage store.
//!
//! Every generation of an index is a tantivy index with tables of ours beside it.
//!
//! Rooms, each of which uses only those before it: `trust` (file calls, checksums, manifests,
//! generations, the write lock), `format` (one kind of file each, reader beside writer), `read`
//! (one generation opened), `write` (a new generation: what changed, what was read, merged,
//! written). [`build()`], [`check()`] and [`freshness()`] stand above them. What a query means and
//! how hits are ranked is not known here.

// Files may be damaged, so nothing read from them may end in a panic.
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
#[doc(hidden)]
pub use format::frequent_pair;
pub use format::{DroppedLine, ImportChange, Source};
pub use freshness::{Freshness, freshness};
pub(crate) use read::gallop;
pub use read::{Generation, dropped, skips, sources};
#[doc(hidden)]
pub use read::{PhrasePositions, PhraseScorer, Postings};
pub use records::{ArticleRecord, PassageRecord, Root, ScriptStatistics, Statistics};
pub use request::{BuildOptions, Progress, Report, Request};
#[doc(hidden)]
pub use segment::body_offset;
pub use tokenizers::register_tokenizers;
#[doc(hidden)]
pub use trust::{Disk, DiskObserver, FileCall, VerifiedBytes};
pub use trust::{ImportRecord, Manifest};
