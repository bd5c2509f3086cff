//! A date found in a text.

use super::day::Day;
use crate::text::Span;

/// A date found in a text, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The day. Only its year is known if the date can be read in two ways.
    pub day: Day,
    /// The bytes of the date in the text.
    pub span: Span,
    /// Both days, if the date can be read in two ways: `05-06-2015` is 5 June or May 6.
    pub readings: Option<[Day; 2]>,
}

/// Years outside of this range are prices, numbers and typing errors, whatever the date is today.
pub(super) const YEARS: std::ops::RangeInclusive<u16> = 1800..=2049;

pub(super) fn certain(day: Day, start: usize, end: usize) -> Found {
    Found { day, span: Span::new(start, end), readings: None }
}

pub(super) fn exact(year: u16, month: u16, day: u16) -> Option<Day> {
    let plausible = YEARS.contains(&year);
    let day = Day::new(year, Some(u8::try_from(month).ok()?), Some(u8::try_from(day).ok()?))?;
    plausible.then_some(day)
}
