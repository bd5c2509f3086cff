//! A day that may lack its day of month or its month, and how people write one.

// What comes in here is not trusted: nothing of it may end in a panic.
#![warn(clippy::indexing_slicing, clippy::string_slice, clippy::panic)]

mod day;
mod found;
mod han;
mod month;
mod place;
mod written;

pub use day::{Day, DayRange};
pub use found::Found;
pub use place::{in_address, in_name};
pub use written::{find, find_from, read};
