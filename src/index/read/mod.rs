//! Reads one generation: its tables, its terms, its postings.

mod fuzzy_terms;
mod index;
mod phrase_scorer;
mod postings;
mod postings_reader;
mod term_lookup;

pub use index::Index;
pub(crate) use index::no_index;
pub use phrase_scorer::{Place, Together};
pub use postings::{List, before};
pub(crate) use postings_reader::Lists;
