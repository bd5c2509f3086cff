//! How good a ranking is and how fast an answer: judgments become nDCG, reciprocal rank, recall
//! and average precision; samples become percentiles. It prints nothing.

mod judged;
mod paired;
mod percentile;

pub use judged::{BadLine, Figures, Judgments, figures, mean};
pub use paired::{Comparison, compare};
pub use percentile::percentile;
