//! The front door of the library: an index of a folder is built, opened and searched.
//!
//! [`Index::build`] gives an [`IndexBuilder`], [`Index::open`] an [`Index`]; [`Index::search`] answers
//! with the usual options, [`Index::query`] gives a [`Search`] that takes others. What stands behind
//! it (generations, plans, rankings) is documented in the modules of this crate.

mod builder;
mod error;
mod index;
mod search;

pub use builder::IndexBuilder;
pub use index::Index;
pub use search::Search;
