//! Scores a candidate: numbers and the positions of matched terms go in, numbers come out. This
//! module knows no index and no files.

mod bm25;
mod explanation;
mod occurrence;
mod proximity;

pub use bm25::{Bm25, idf};
pub use explanation::{Explanation, TermPart};
pub use occurrence::Occurrence;
pub use proximity::{Pair, Proximity, proximity};
