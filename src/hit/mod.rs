//! A candidate becomes a hit: snippet, highlights, copies folded.

mod results;
mod types;

pub use results::Results;
pub use types::{Copy, Hit};
