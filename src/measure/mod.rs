//! Measures rankings and speed: nDCG, reciprocal rank, recall and average precision from judgments;
//! percentiles and histograms from samples; timed queries from texts. It prints nothing.

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
