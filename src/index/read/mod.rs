//! Reads one generation: its tables, its terms and its postings. [`Generation`] opens it; damage is
//! noticed when it is touched.

mod fuzzy_terms;
mod generation;
mod phrase_scorer;
mod postings;
mod postings_reader;
mod stores;
mod tables;
mod term_lookup;

pub use generation::Generation;
pub use phrase_scorer::{PhrasePositions, PhraseScorer};
pub use postings::Postings;
pub(crate) use postings::gallop;
pub(crate) use postings_reader::PostingsReader;
pub(crate) use stores::Stores;
pub use tables::{dropped, skips, sources};
