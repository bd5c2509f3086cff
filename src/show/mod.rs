//! Turns results into text for a terminal or a pipe, JSON, TREC lines, Markdown or paths.
//!
//! These are pure functions: width, colour and links are arguments. Texts of articles and names of
//! files pass through [`crate::text::visible`], so that they cannot steer a terminal.

// The texts are not trusted: no content may cause a panic.
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
