//! Features of a candidate become a score with named parts. What goes in are numbers and the
//! places of the matched terms; what comes out are numbers. It knows no index and no files.

mod bm25;
mod nearness;
mod occurrence;
mod why;

pub use bm25::{Saturation, inverse_frequency};
pub use nearness::{Nearness, Pair, nearness};
pub use occurrence::Occurrence;
pub use why::{TermPart, Why};
