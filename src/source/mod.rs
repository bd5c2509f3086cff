//! Paths become raw texts: walking folders, telling formats apart, decoding, and saying by name why
//! a file was skipped. What the text means is not its business.

// What comes in here is not trusted: nothing of it may end in a panic.
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

pub use limits::Limits;
pub use raw::{Chapter, Content, File, Format, Pdf, RawText, Record, Skip, SkipReason};
pub use reader::{Reader, read};
pub(crate) use walk::resolve;
pub use walk::{Walk, walk};
