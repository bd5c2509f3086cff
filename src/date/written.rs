//! Finds dates in running text, in the forms of English and Chinese writers.

use super::day::Day;
use super::found::{Found, YEARS, certain, exact};
use super::{han, month};
use crate::text::Span;

/// Finds the first date in a text that names at least a year and a month.
///
/// It reads `Sep 12 2018`, `October 25, 2015`, `23 Oct 2015`, `23-Oct-2015`, `2015-10-25`,
/// `10-27-2015`, `25.10.2015`, `2018年9月12日`, `二〇一八年九月十二日`, `民國104年10月25日` and `October 2015`. A
/// count joined to the year (`23 Oct 20152`) is not part of the span. A single number is never a
/// date, not even a year.
#[must_use]
pub fn find(text: &str) -> Option<Found> {
    find_from(text, 0)
}

/// Finds the first date, as [`find`] does, that starts at byte `from` or later.
#[must_use]
pub fn find_from(text: &str, from: usize) -> Option<Found> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(&byte) = bytes.get(at) {
        // Every form contains a digit, or the character 年 after Chinese numerals.
        if byte.is_ascii_digit() {
            let run = DigitRun::at(bytes, at);
            if let Some(found) = at_digits(text, run).filter(|it| it.span.start() >= from) {
                return Some(found);
            }
            at = run.end;
        } else if byte == 0xE5 && text.get(at..).is_some_and(|it| it.starts_with('年')) {
            if let Some(found) = han::around_year(text, at).filter(|it| it.span.start() >= from) {
                return Some(found);
            }
            at += '年'.len_utf8();
        } else {
            at += 1;
        }
    }
    None
}

/// Reads a text that is a date as a whole, such as a field or an attribute.
///
/// It reads what [`find`] reads, and also `2015`, `2015-10`, `20151025`, and a year of two digits
/// if the day is certain (`27/10/15`).
#[must_use]
pub fn read(text: &str) -> Option<Found> {
    let trimmed = text.trim();
    let span = Span::new(0, text.len());
    let whole = Day::parse(trimmed).or_else(|| compact(trimmed)).or_else(|| short(trimmed));
    if let Some(day) = whole {
        return Some(Found { day, span, readings: None });
    }
    find(text)
}

/// Reads `20151025`, also with a time joined to it (`20151025T101500Z`).
fn compact(text: &str) -> Option<Day> {
    let digits = text.get(..8)?;
    let rest = text.get(8..)?;
    let is_whole = rest.is_empty() || rest.starts_with('T');
    if !is_whole || !digits.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    let part = |range: std::ops::Range<usize>| digits.get(range)?.parse::<u16>().ok();
    exact(part(0..4)?, part(4..6)?, part(6..8)?)
}

/// Reads `30.10.23` or `27/10/15`: a year of two digits, if day and month are certain.
fn short(text: &str) -> Option<Day> {
    let separator =
        text.chars().find(|it| !it.is_ascii_digit()).filter(|it| "./-".contains(*it))?;
    let parts: Vec<&str> = text.split(separator).collect();
    let [first, second, year] = parts.as_slice() else { return None };
    let is_short = |it: &str| it.len() == 2 && it.bytes().all(|it| it.is_ascii_digit());
    if !is_short(first) || !is_short(second) || !is_short(year) {
        return None;
    }
    let number = |it: &str| it.parse::<u16>().ok();
    let (first, second, year) = (number(first)?, number(second)?, number(year)?);
    let year = if year < 50 { 2000 + year } else { 1900 + year };
    let is_day_first = separator == '.' || first > 12;
    let is_month_first = second > 12 && separator != '.';
    match (is_day_first, is_month_first) {
        (true, false) => exact(year, second, first),
        (false, true) => exact(year, first, second),
        _ => None,
    }
}

/// A run of ASCII digits and its value; the value is right for up to 9 digits only.
#[derive(Clone, Copy)]
pub(super) struct DigitRun {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) value: u32,
}

impl DigitRun {
    pub(super) fn at(bytes: &[u8], start: usize) -> Self {
        let mut it = Self { start, end: start, value: 0 };
        while let Some(digit) = bytes.get(it.end).filter(|it| it.is_ascii_digit()) {
            it.value = it.value.wrapping_mul(10).wrapping_add(u32::from(digit - b'0'));
            it.end += 1;
        }
        it
    }

    fn len(self) -> usize {
        self.end - self.start
    }

    /// The first four digits as a year. Up to four more digits may be joined to them (`20152`: the
    /// year 2015 and 2 comments); they are left out.
    fn year(self, bytes: &[u8]) -> Option<(u16, usize)> {
        if !(4..=8).contains(&self.len()) {
            return None;
        }
        let four = bytes.get(self.start..self.start + 4)?;
        let year = four.iter().fold(0_u16, |sum, it| sum * 10 + u16::from(it - b'0'));
        YEARS.contains(&year).then_some((year, self.start + 4))
    }

    fn small(self) -> Option<u8> {
        if self.len() > 2 { None } else { u8::try_from(self.value).ok().filter(|it| *it > 0) }
    }
}

/// The date that contains the run of digits, if any.
fn at_digits(text: &str, run: DigitRun) -> Option<Found> {
    let bytes = text.as_bytes();
    // `v1.2015` and `A4-10-2015` are names, so a letter before the digits speaks against a date.
    let before = run.start.checked_sub(1).and_then(|it| bytes.get(it)).copied();
    if before.is_some_and(|it| it.is_ascii_alphabetic() || matches!(it, b'$' | b'_')) {
        return None;
    }
    if run.len() == 4 {
        return year_first(text, run).or_else(|| month_year(text, run));
    }
    run.small()?;
    month_day_year(text, run).or_else(|| day_month_year(text, run)).or_else(|| numbers(bytes, run))
}

/// Reads `2015-10-25`, `2015/10/25`, `2015.10.25`, `2015 Oct 25`, or `2018年9月12日` with ASCII
/// digits.
fn year_first(text: &str, run: DigitRun) -> Option<Found> {
    let bytes = text.as_bytes();
    let (year, end) = run.year(bytes)?;
    if let Some(found) = han::after_year(bytes, run.start, year, end) {
        return Some(found);
    }
    let separator = *bytes.get(end)?;
    if matches!(separator, b'-' | b'/' | b'.') {
        let month = digits(bytes, end + 1)?;
        if bytes.get(month.end) != Some(&separator) {
            return None;
        }
        let day = digits(bytes, month.end + 1)?;
        if bytes.get(day.end) == Some(&separator)
            && bytes.get(day.end + 1).is_some_and(u8::is_ascii_digit)
        {
            return None;
        }
        let found = exact(year, month.value as u16, day.value as u16)?;
        return Some(certain(found, run.start, day.end));
    }
    let (number, after) = month::after(text, blanks(bytes, end))?;
    let day = digits(bytes, blanks(bytes, after))?;
    Some(certain(exact(year, u16::from(number), day.value as u16)?, run.start, day.end))
}

/// Reads `October 2015` or `April, 2014`, backwards from the year.
fn month_year(text: &str, run: DigitRun) -> Option<Found> {
    let bytes = text.as_bytes();
    let (year, end) = run.year(bytes)?;
    let (number, start) = month::before(text, run.start)?;
    // A number before the month would be a day, but no valid one.
    let before = bytes.get(..start)?.trim_ascii_end();
    if before.last().is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let day = Day::new(year, Some(number), None)?;
    Some(certain(day, start, end))
}

/// Reads `Sep 12 2018` or `October 25th, 2015`, backwards from the day.
fn month_day_year(text: &str, run: DigitRun) -> Option<Found> {
    let bytes = text.as_bytes();
    let (number, start) = month::before(text, run.start)?;
    let after = blanks(bytes, comma(bytes, ordinal(bytes, run.end)));
    let (year, end) = DigitRun::at(bytes, after).year(bytes)?;
    Some(certain(exact(year, u16::from(number), run.value as u16)?, start, end))
}

/// Reads `23 Oct 2015`, `23rd of October, 2015` or `23-Oct-2015`.
fn day_month_year(text: &str, run: DigitRun) -> Option<Found> {
    let bytes = text.as_bytes();
    let mut at = ordinal(bytes, run.end);
    let joint = bytes.get(at).copied().filter(|it| matches!(it, b'-' | b'/' | b'.'));
    at = joiner(bytes, blanks(bytes, if joint.is_some() { at + 1 } else { at }));
    let (number, after) = month::after(text, at)?;
    let is_joined = joint.is_some() && bytes.get(after).copied() == joint;
    let after = if is_joined { after + 1 } else { after };
    let after = joiner(bytes, blanks(bytes, comma(bytes, after)));
    let (year, end) = DigitRun::at(bytes, after).year(bytes)?;
    Some(certain(exact(year, u16::from(number), run.value as u16)?, run.start, end))
}

/// Reads `10-27-2015`, `27/10/2015` or `25.10.2015`. If two readings are valid, only the year is
/// known.
fn numbers(bytes: &[u8], run: DigitRun) -> Option<Found> {
    let separator = *bytes.get(run.end).filter(|it| matches!(it, b'-' | b'/' | b'.'))?;
    let second = digits(bytes, run.end + 1)?;
    if bytes.get(second.end) != Some(&separator) {
        return None;
    }
    let third = DigitRun::at(bytes, second.end + 1);
    let (year, end) = third.year(bytes).filter(|_| third.len() == 4)?;
    if bytes.get(end).is_some_and(u8::is_ascii_alphabetic) {
        return None;
    }
    let (first, second) = (run.value as u16, second.value as u16);
    let day_first = exact(year, second, first);
    // Dots are used only in the order day, month, year.
    let month_first = if separator == b'.' { None } else { exact(year, first, second) };
    match (day_first, month_first) {
        (Some(one), Some(other)) if one != other => {
            let day = Day::new(year, None, None)?;
            Some(Found { day, span: Span::new(run.start, end), readings: Some([one, other]) })
        }
        (Some(day), _) | (None, Some(day)) => Some(certain(day, run.start, end)),
        (None, None) => None,
    }
}

/// Reads one or two digits at `at`.
fn digits(bytes: &[u8], at: usize) -> Option<DigitRun> {
    let run = DigitRun::at(bytes, at);
    (1..=2).contains(&run.len()).then_some(run)
}

/// Skips up to three blanks; a no-break space counts as one.
pub(super) fn blanks(bytes: &[u8], mut at: usize) -> usize {
    for _ in 0..3 {
        match bytes.get(at..) {
            Some([b' ' | b'\t', ..]) => at += 1,
            Some([0xC2, 0xA0, ..]) => at += 2,
            _ => break,
        }
    }
    at
}

/// Skips the word between day, month and year: `3rd of May`, `3 de mayo de 2015`.
fn joiner(bytes: &[u8], at: usize) -> usize {
    let words: [&[u8]; 3] = [b"of ", b"de ", b"del "];
    let is_here =
        |it: &&[u8]| bytes.get(at..at + it.len()).is_some_and(|here| here.eq_ignore_ascii_case(it));
    words.iter().find(|it| is_here(it)).map_or(at, |it| at + it.len())
}

fn comma(bytes: &[u8], at: usize) -> usize {
    let at = blanks(bytes, at);
    if matches!(bytes.get(at), Some(b',' | b'.')) { at + 1 } else { at }
}

/// Skips `st`, `nd`, `rd`, `th`, and the French `er`.
fn ordinal(bytes: &[u8], at: usize) -> usize {
    let suffix = bytes.get(at..at + 2).map(<[u8]>::to_ascii_lowercase);
    match suffix.as_deref() {
        Some(b"st" | b"nd" | b"rd" | b"th" | b"er") => at + 2,
        _ => at,
    }
}
