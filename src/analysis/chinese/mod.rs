//! Han runs are cut into words: by the dictionary for an index, by the index's own words for a query.

mod dictionary;
mod query_cut;
mod quick;
mod segmenter;

pub(crate) use dictionary::Dictionary;
pub(crate) use query_cut::Route;
pub use query_cut::cut;
pub(crate) use segmenter::Words;
