//! A candidate becomes a hit: where it matches, what of it is shown, what is marked.

mod results;
mod scan;
mod snippet;
mod types;

pub use results::Results;
pub use scan::{Matcher, PhrasePattern};
pub use snippet::{highlights, snippet};
pub use types::{Copy, Hit};
