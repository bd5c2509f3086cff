//! Passages to disk and back: generations, manifest, verification, the passage store.
//!
//! A build reads files into parts on all cores (`gather`), numbers what they hold in order of path
//! (`assemble`), merges their postings into one tantivy segment (`merge`) and makes the whole a
//! new generation. [`Index`] reads one. What a query means, and how hits are ranked, lies above.

// What is read here may be damaged: nothing of it may end in a panic.
#![warn(clippy::indexing_slicing, clippy::string_slice, clippy::panic)]

mod articles;
#[expect(clippy::indexing_slicing, reason = "its numbers are its own; a build is fenced")]
mod assemble;
#[expect(clippy::indexing_slicing, reason = "its numbers are its own; a build is fenced")]
mod automaton;
mod build;
mod check;
mod columns;
mod directory;
mod disk;
mod error;
pub mod file_names;
mod folder;
mod fresh;
mod gather;
mod generation;
mod guard;
mod imports;
#[expect(clippy::indexing_slicing, reason = "its numbers are its own; a build is fenced")]
mod invert;
mod jobs;
mod ledger;
#[expect(clippy::indexing_slicing, reason = "a byte among 256 norms")]
mod lengths;
mod lines;
mod list;
mod list_writer;
mod lists;
mod manifest;
mod mapped;
#[expect(clippy::indexing_slicing, reason = "its numbers are its own; a build is fenced")]
mod merge;
mod merging;
mod near;
mod numbers;
mod open;
mod pairs;
#[expect(clippy::indexing_slicing, reason = "its numbers are its own; a build is fenced")]
mod part;
mod plan;
mod postings;
mod records;
mod run;
mod segment;
mod side_by_side;
mod sources;
mod term_writer;
#[expect(clippy::indexing_slicing, reason = "its numbers are its own; a build is fenced")]
mod terms;
mod terms_guard;
mod texts;
mod tokenizers;
mod topics;

pub use build::{Means, Progress, Report, Request, build, build_with, change_imports};
pub use check::{Checked, check};
pub use disk::{Call, Disk, Witness};
pub use error::{Kind, Problem};
pub use fresh::{Freshness, freshness};
pub use guard::Verified;
pub use imports::{Change, ImportRecord};
pub use list::{List, before};
pub use manifest::Manifest;
pub use open::Index;
pub use pairs::pair;
pub use records::{ArticleRecord, PassageRecord, Root, Side, Statistics};
pub use segment::body_start;
pub use side_by_side::{Place, Together};
pub use sources::{DroppedLine, Source, dropped, skips, sources};
pub use tokenizers::register_tokenizers;
