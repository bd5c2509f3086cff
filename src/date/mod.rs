//! A day that may lack its day of month or its month, and how people write one.

mod day;
mod han;
mod month;
mod written;

pub use day::{Day, DayRange};
pub use written::{Found, find, find_from, read};
