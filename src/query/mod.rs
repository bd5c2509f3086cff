//! Parses what was typed into a tree with spans, filters and remarks. Parsing never fails.
//! [`check`] refuses a query beforehand if it goes over a cap or asks for nothing.
//!
//! `parse` holds the grammar, `parser` the state of the pass, `field`, `word` and `level` its
//! parts; `tree` is the result.

// The query is not trusted: nothing typed may cause a panic.
#![warn(clippy::indexing_slicing, clippy::string_slice, clippy::panic)]

mod caps;
mod chars;
mod fault;
mod field;
mod level;
mod parse;
mod parser;
mod spell;
mod tree;
mod understood;
mod word;

pub use caps::{DEEPEST, LONGEST_BYTES, MOST_CLAUSES, MOST_PHRASE_WORDS};
pub use fault::{Fault, FaultKind, check};
pub use parse::parse;
#[doc(hidden)]
pub use spell::{Correction, corrections, distance, slips};
pub use tree::{Clause, FilterLang, Filters, Near, Node, Occur, Query, Region, Remark, RemarkKind};
