//! Paths become raw texts: walking folders, telling formats apart, decoding, and saying by name why
//! a file was skipped. What the text means is not its business.

mod format;
mod limits;
mod raw;
mod reader;
mod records;
mod walk;

pub use limits::Limits;
pub use raw::{Content, File, Format, Raw, Reason, Record, Skip};
pub use reader::{Reader, read};
pub use walk::{Walk, walk};
