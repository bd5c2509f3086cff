//! Han runs are cut into words: by jieba for an index, by the index's own words for a query.

mod dictionary;
mod query_cut;
mod segmenter;

pub(crate) use dictionary::Dictionary;
pub use query_cut::segment_han;
pub(crate) use segmenter::Segmenter;
