//! The calendar day: validated when made, ordered, packed for storage.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A calendar day of the years 1 to 9999. The day of the month may be unknown, or both month and
/// day.
///
/// Ordered by year, month and day; an unknown part sorts first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Day {
    year: u16,
    /// 1 to 12, or 0 when unknown.
    month: u8,
    /// 1 to 31, or 0 when unknown; always 0 when the month is unknown.
    day: u8,
}

impl Day {
    /// Makes a day; `None` where the calendar has no such day.
    #[must_use]
    pub fn new(year: u16, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        if !(1..=9999).contains(&year) || (month.is_none() && day.is_some()) {
            return None;
        }
        let made = Self { year, month: month.unwrap_or(0), day: day.unwrap_or(0) };
        let month_is_valid = month.is_none_or(|it| (1..=12).contains(&it));
        let day_is_valid = day.is_none_or(|it| it >= 1 && it <= days_in(year, made.month));
        (month_is_valid && day_is_valid).then_some(made)
    }

    /// The day in universal time of a number of seconds since 1970; `None` before the year 1.
    ///
    /// After Howard Hinnant, "chrono-compatible low-level date algorithms", 2013. Years begin in
    /// March there, so that a leap day is the last one of a year.
    #[must_use]
    pub fn of_unix(seconds: i64) -> Option<Self> {
        let days = seconds.div_euclid(86_400).checked_add(719_468)?;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        let small = |it: i64| u8::try_from(it).ok();
        Self::new(u16::try_from(year).ok()?, Some(small(month)?), Some(small(day)?))
    }

    /// Parses `2015`, `2015-10` or `2015-10-24`, and nothing else.
    ///
    /// ```
    /// use passages::date::Day;
    /// assert_eq!(Day::parse("2015-10"), Day::new(2015, Some(10), None));
    /// assert_eq!(Day::parse("October 2015"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = digits(parts.next()?, 4)?;
        let month = parts.next().map(|it| digits(it, 2)).map_or(Some(None), |it| it.map(Some))?;
        let day = parts.next().map(|it| digits(it, 2)).map_or(Some(None), |it| it.map(Some))?;
        if parts.next().is_some() {
            return None;
        }
        let small = |it: Option<u16>| it.map(|it| u8::try_from(it).unwrap_or(u8::MAX));
        Self::new(year, small(month), small(day))
    }

    /// The year, 1 to 9999.
    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12, if known.
    #[must_use]
    pub fn month(self) -> Option<u8> {
        (self.month > 0).then_some(self.month)
    }

    /// The day of the month, 1 to 31, if known.
    #[must_use]
    pub fn day(self) -> Option<u8> {
        (self.day > 0).then_some(self.day)
    }

    /// Whether month and day are known.
    #[must_use]
    pub fn is_exact(self) -> bool {
        self.day > 0
    }

    /// The number of days from the first day that this can mean to the first one that `other` can
    /// mean; negative if that is earlier.
    #[must_use]
    pub fn days_until(self, other: Self) -> i64 {
        other.count() - self.count()
    }

    /// The number of the first day that it can mean, counted from a fixed day; the inverse of
    /// [`Day::of_unix`].
    fn count(self) -> i64 {
        let (month, day) = (i64::from(self.month.max(1)), i64::from(self.day.max(1)));
        let year = i64::from(self.year) - i64::from(month <= 2);
        let from_march = if month > 2 { month - 3 } else { month + 9 };
        let day_of_year = (153 * from_march + 2) / 5 + day - 1;
        365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year
    }

    /// The first day that it can mean, as the number `yyyymmdd`.
    #[must_use]
    pub fn first(self) -> u32 {
        u32::from(self.year) * 10_000
            + u32::from(self.month.max(1)) * 100
            + u32::from(self.day.max(1))
    }

    /// The last day that it can mean, as the number `yyyymmdd`.
    #[must_use]
    pub fn last(self) -> u32 {
        let month = if self.month == 0 { 12 } else { self.month };
        let day = if self.day == 0 { days_in(self.year, month) } else { self.day };
        u32::from(self.year) * 10_000 + u32::from(month) * 100 + u32::from(day)
    }

    /// The number `yyyymmdd` with zeros for unknown parts; never 0.
    #[must_use]
    pub fn pack(self) -> u32 {
        u32::from(self.year) * 10_000 + u32::from(self.month) * 100 + u32::from(self.day)
    }

    /// The inverse of [`Day::pack`]; `None` for 0 and for numbers that are no day.
    #[must_use]
    pub fn unpack(packed: u32) -> Option<Self> {
        let part = |it: u32| u8::try_from(it).ok();
        let known = |it: u8| (it > 0).then_some(it);
        let year = u16::try_from(packed / 10_000).ok()?;
        Self::new(year, known(part(packed / 100 % 100)?), known(part(packed % 100)?))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}", self.year)?;
        if self.month > 0 {
            write!(out, "-{:02}", self.month)?;
        }
        if self.day > 0 {
            write!(out, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

impl TryFrom<String> for Day {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or_else(|| format!("`{text}` is no day"))
    }
}

/// A range of days; either end may be open. A day with unknown parts covers all days that it can
/// mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DayRange {
    /// The earliest day of the range.
    pub from: Option<Day>,
    /// The latest day of the range.
    pub to: Option<Day>,
}

impl DayRange {
    /// Whether any day that `day` can mean lies in the range.
    #[must_use]
    pub fn overlaps(&self, day: Day) -> bool {
        self.from.is_none_or(|from| day.last() >= from.first())
            && self.to.is_none_or(|to| day.first() <= to.last())
    }

    /// Parses `2015`, `2015..2016`, `2015-10..` or `..2016-02-01`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let Some((from, to)) = text.split_once("..") else {
            let day = Day::parse(text)?;
            return Some(Self { from: Some(day), to: Some(day) });
        };
        let end = |it: &str| {
            if it.is_empty() { Some(None) } else { Day::parse(it).map(Some) }
        };
        let range = Self { from: end(from)?, to: end(to)? };
        (range.from.is_some() || range.to.is_some()).then_some(range)
    }
}

fn digits(text: &str, count: usize) -> Option<u16> {
    (text.len() == count && text.bytes().all(|it| it.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

/// The number of days in a month; 31 if the month is unknown (0) or out of range.
fn days_in(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}
