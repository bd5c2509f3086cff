//! Results become text for a terminal or a pipe, JSON, TREC lines, Markdown or paths.
//!
//! Pure functions: width, colour and links are arguments, bytes are the answer. Text of articles
//! and names of files pass through [`crate::text::visible`] before they can reach a terminal.

// What comes in here is not trusted: nothing of it may end in a panic.
#![warn(clippy::indexing_slicing, clippy::string_slice, clippy::panic)]

mod article;
mod json;
mod look;
mod markdown;
mod notes;
mod paths;
mod text;
mod trec;
mod wrap;

pub use article::{Piece, Reading, article};
pub use json::{error, json, json_with_id, pretty};
pub use look::{Link, Look};
pub use markdown::markdown;
pub use notes::notes;
pub use paths::paths;
pub use text::{Around, text};
pub use trec::{trec, trec_id};
