//! The main job: a query becomes a ranked answer. Plans against the index, collects candidates,
//! ranks, folds copies, makes hits.

mod options;
mod timings;
mod topics;
mod weights;

mod postings;

mod plan;

mod retrieve;

mod answer;

mod fallback;
mod search;

pub use options::{GroupBy, MoreLike, Options, Sort};
pub use search::Searcher;
pub use timings::{Clock, Timings};
