//! Turns paths into raw texts: walks folders, detects formats, decodes, and names the reason for
//! each file that it skips. It does not interpret the texts.
//!
//! `walk` lists files; `reader` opens one and calls the file of its format (`json`, `table`,
//! `epub`, `pdf`, `archive`); `input` and `store` hold the bytes, `encoding` decodes them.

// The files are not trusted: no content may cause a panic.
#![warn(clippy::indexing_slicing, clippy::string_slice, clippy::panic)]

mod archive;
mod encoding;
mod epub;
mod format;
mod html;
mod input;
mod json;
mod limits;
mod pdf;
mod raw;
mod reader;
mod record;
mod store;
mod table;
mod text_quality;
mod walk;

pub use format::Format;
pub use limits::Limits;
#[doc(hidden)]
pub use raw::{Chapter, Content, File, Pdf, RawText, Record};
pub use raw::{Skip, SkipReason};
#[doc(hidden)]
pub use reader::{Reader, read};
pub(crate) use walk::resolve;
#[doc(hidden)]
pub use walk::{Walk, walk};
