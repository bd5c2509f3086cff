//! Features of a candidate become a score with named parts. What goes in are numbers and the
//! places of the matched terms; what comes out are numbers. It knows no index and no files.

mod bm25;
mod explanation;
mod occurrence;
mod proximity;

pub use bm25::{Bm25, idf};
pub use explanation::{Explanation, TermPart};
pub use occurrence::Occurrence;
pub use proximity::{Pair, Proximity, proximity};
