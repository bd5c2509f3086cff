//! Full-text search over a folder of English and Chinese articles.
//!
//! An index is built from files, opened, and asked; every answer holds ranked passages with the words
//! marked, and says of itself what was understood differently than typed.
//!
//! ```
//! # fn main() -> Result<(), passages::Error> {
//! # let dir = tempfile::tempdir().expect("a folder");
//! # let index = dir.path().join("index");
//! use passages::Index;
//!
//! Index::build(&index).add("seeds").run()?;
//! let results = Index::open(&index)?.search("Wuhan Moscow train")?;
//! for hit in &results.hits {
//!     println!("{:.1} {} {}", hit.score, hit.article, hit.snippet);
//! }
//! # assert!(!results.hits.is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! [`Index`] builds, opens and answers; [`Search`] takes options (dates, languages, paths, topics,
//! order); [`Results`] and its [`Hit`]s are the answer, which [`show`] turns into text or JSON;
//! [`Error`] is the one error, with a kind to branch on and a hint to show.
//!
//! - [How passages are ranked](rank): formulas, constants and their sources.
//! - [What an index folder holds](index_form): it is a tantivy index, also for other programs.
//! - [The query language](query): words, phrases, operators and filters.
//!
//! With `default-features = false` only the library is compiled, without the crates of the program
//! `search`.
//!
//! The modules stand in the order in which text flows. Those that are not shown here serve the
//! program, its tests and its benches, and may change in any version.

// Characters, spans and days: what all the others speak in; how much work a text may make.
pub mod text;

#[doc(hidden)]
pub mod budget;

pub mod date;

// Files become articles, articles become passages.
pub mod source;

pub mod article;

#[doc(hidden)]
pub mod passage;

#[doc(hidden)]
pub mod duplicate;

// Text becomes tokens, the same way for the index and for a query.
#[doc(hidden)]
pub mod lexicon;

#[doc(hidden)]
pub mod analysis;

// Passages to disk and back.
pub mod index;

#[doc = include_str!("../index/README.md")]
pub mod index_form {}

// What was typed becomes ranked hits.
pub mod query;

pub mod rank;

pub mod hit;

pub mod searcher;

// The front door.
mod library;

pub use hit::{Hit, Results};
pub use index::{Error, ErrorKind, Manifest, Progress, Report};
pub use library::{Index, IndexBuilder, Search};
pub use query::{Query, Remark};
pub use searcher::Options;
pub use source::{Limits, Skip};

// Hits become bytes; rankings become figures.
pub mod show;

#[doc(hidden)]
pub mod measure;
