//! Calendar days that may lack their day or month, and how people write them.
//!
//! `day` is the type; `written` finds dates in text, with `han` for Chinese forms and `month` for
//! names of months; `place` finds them in addresses and file names.

// The texts are not trusted: no content may cause a panic.
#![warn(clippy::indexing_slicing, clippy::string_slice, clippy::panic)]

mod day;
mod found;
mod han;
mod month;
mod place;
mod written;

pub use day::{Day, DayRange};
#[doc(hidden)]
pub use found::Found;
#[doc(hidden)]
pub use place::{in_address, in_name};
#[doc(hidden)]
pub use written::{find, find_from, read};
