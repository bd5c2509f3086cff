//! Reads one generation: its tables, its terms, its postings.

mod fuzzy_terms;
mod index;
mod phrase_scorer;
mod postings;
mod postings_reader;
mod stores;
mod tables;
mod term_lookup;

pub use index::Index;
pub use phrase_scorer::{Place, Together};
pub use postings::{List, before};
pub(crate) use postings_reader::Lists;
pub(crate) use stores::Stores;
pub use tables::{dropped, skips, sources};
