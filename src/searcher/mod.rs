//! The main job: a query becomes a ranked answer.
//!
//! The rooms stand in the order in which a query goes through them, and none names a later one:
//! `postings` opens posting lists, `plan` decides what is looked up, `retrieve` finds the best
//! candidates, `answer` makes hits of them. `fallback` tries other forms of a query, and `search`
//! puts all together.

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
#[doc(hidden)]
pub use timings::{Clock, Timings};
