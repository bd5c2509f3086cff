//! A day that may lack its day of month or its month, and how people write one.

mod day;
mod han;
mod month;
mod place;
mod written;

pub use day::{Day, DayRange};
pub use place::{in_address, in_name};
pub use written::{Found, find, find_from, read};
