//! A day that may lack its day of month or its month, and how people write one.

mod day;

pub use day::{Day, DayRange};
