//! What was typed becomes a tree with spans, filters and remarks. Parsing never fails; only the
//! caps of [`check`] do, before it.

mod tree;

pub use tree::{Clause, FilterLang, Filters, Near, Node, Occur, Query, Region, Remark, RemarkKind};
