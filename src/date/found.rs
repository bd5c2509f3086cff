//! A day that was read from a text, and where it stands.

use super::day::Day;
use crate::text::Span;

/// A day that was read from a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The day; only its year is known where the writing leaves month and day open.
    pub day: Day,
    /// What was read, a byte range into the text.
    pub span: Span,
    /// The day under the other reading, where the writing allows two: `05-06-2015` is a year, and
    /// either 5 June or May 6.
    pub readings: Option<[Day; 2]>,
}

/// Years outside are prices, numbers and typing errors, whatever today's date is.
pub(super) const YEARS: std::ops::RangeInclusive<u16> = 1800..=2049;

pub(super) fn certain(day: Day, start: usize, end: usize) -> Found {
    Found { day, span: Span::new(start, end), readings: None }
}

pub(super) fn exact(year: u16, month: u16, day: u16) -> Option<Day> {
    let plausible = YEARS.contains(&year);
    let day = Day::new(year, Some(u8::try_from(month).ok()?), Some(u8::try_from(day).ok()?))?;
    plausible.then_some(day)
}
