//! What was typed becomes a tree with spans, filters and remarks. Parsing never fails; only the
//! caps of [`check`] do, before it.

// What comes in here is not trusted: nothing of it may end in a panic.
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
pub use spell::{Correction, corrections, distance, slips};
pub use tree::{Clause, FilterLang, Filters, Near, Node, Occur, Query, Region, Remark, RemarkKind};
