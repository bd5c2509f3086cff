//! What is needed to show a hit: where it matches, its snippet, its highlights.

mod matcher;
mod results;
mod snippet;
mod types;

#[doc(hidden)]
pub use matcher::{Matcher, PhrasePattern};
pub use results::Results;
#[doc(hidden)]
pub use snippet::{highlights, snippet};
pub use types::{Copy, Hit};
