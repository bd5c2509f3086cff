//! Paths become raw texts: walking folders, telling formats apart, decoding, and saying by name why
//! a file was skipped. What the text means is not its business.

mod raw;

pub use raw::{Content, File, Format, Raw, Reason, Record, Skip};
