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
pub use check::{Checked, check};
pub use error::{Kind, Problem};
pub use format::{Change, DroppedLine, Source, pair};
pub use freshness::{Freshness, freshness};
pub use read::{Index, List, Place, Together, before, dropped, skips, sources};
pub use records::{ArticleRecord, PassageRecord, Root, Side, Statistics};
pub use request::{Means, Progress, Report, Request};
pub use segment::body_start;
pub use tokenizers::register_tokenizers;
pub use trust::{Call, Disk, ImportRecord, Manifest, Verified, Witness};
