//! How good a ranking is and how fast an answer: judgments become nDCG, reciprocal rank, recall
//! and average precision; samples become percentiles and histograms; texts become queries to time.
//! It prints nothing.

mod judged;
mod made;
mod paired;
mod percentile;
mod samples;

pub use judged::{BadLine, Figures, Judgments, figures, mean};
pub use made::{Class, Random, made};
pub use paired::{Comparison, compare};
pub use percentile::percentile;
pub use samples::{Bar, Change, Spread, Times, Verdict, change, histogram};
