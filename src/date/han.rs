//! The Chinese forms of dates: 年 月 日 after Arabic digits, full-width digits or Chinese numerals.

use super::day::Day;
use super::found::{Found, YEARS, certain, exact};

/// Reads `年9月12日` after a known year. `end` is the byte after the year's digits.
pub(super) fn after_year(bytes: &[u8], start: usize, year: u16, end: usize) -> Option<Found> {
    let rest = std::str::from_utf8(bytes.get(end..)?.get(..64.min(bytes.len() - end))?);
    // The window may end within a character; the part before it is enough.
    let rest = match rest {
        Ok(it) => it,
        Err(it) => std::str::from_utf8(bytes.get(end..end + it.valid_up_to())?).ok()?,
    };
    let mut reader = NumberReader { rest };
    reader.sign(&['年'])?;
    let month = reader.number()?;
    reader.sign(&['月'])?;
    let after_month = end + rest.len() - reader.rest.len();
    let day = reader.number().filter(|_| reader.sign(&['日', '号', '號']).is_some());
    match day.and_then(|day| exact(year, month, day)) {
        Some(found) => Some(certain(found, start, end + rest.len() - reader.rest.len())),
        None => {
            let found = Day::new(year, Some(u8::try_from(month).ok()?), None)?;
            Some(certain(found, start, after_month))
        }
    }
}

/// Reads the date around the 年 at byte `at` whose year is not written in ASCII digits.
pub(super) fn around_year(text: &str, at: usize) -> Option<Found> {
    let before = text.get(..at)?.trim_end_matches(' ');
    let digits: Vec<(usize, char)> = before.char_indices().rev().take(4).collect();
    if let Some(found) = minguo(before, text.as_bytes(), at) {
        return Some(found);
    }
    let year =
        digits.iter().rev().try_fold(0_u16, |sum, (_, it)| Some(sum * 10 + numeral(*it)?))?;
    let start = digits.last()?.0;
    (digits.len() == 4 && YEARS.contains(&year)).then_some(())?;
    after_year(text.as_bytes(), start, year, at)
}

/// Reads `民國104年`, which counts years from 1911.
fn minguo(before: &str, bytes: &[u8], at: usize) -> Option<Found> {
    let tail = before.trim_end_matches(|it: char| numeral(it).is_some() || it == '十');
    let name = ["民國", "民国"].into_iter().find(|it| tail.trim_end().ends_with(it))?;
    let start = tail.trim_end().len() - name.len();
    let year = NumberReader { rest: before.get(tail.len()..)? }.number()?.checked_add(1911)?;
    YEARS.contains(&year).then_some(())?;
    after_year(bytes, start, year, at)
}

/// Reads numbers and signs one after the other.
struct NumberReader<'a> {
    rest: &'a str,
}

impl NumberReader<'_> {
    /// Skips one of the signs; blanks may stand before it.
    fn sign(&mut self, signs: &[char]) -> Option<()> {
        self.rest = self.rest.trim_start_matches([' ', '\u{3000}']).strip_prefix(signs)?;
        Some(())
    }

    /// Reads a number such as `12`, `１２`, `十二`, `二十一` or `〇九`.
    fn number(&mut self) -> Option<u16> {
        self.rest = self.rest.trim_start_matches([' ', '\u{3000}']);
        let mut total = None;
        for _ in 0..3 {
            let Some(it) = self.rest.chars().next() else { break };
            let so_far = total.unwrap_or(0);
            total = match (numeral(it), it) {
                (None, '十') => Some(if so_far == 0 { 10 } else { so_far * 10 }),
                // In 二十一 the numeral after the ten is added; in 21 a digit moves the others up.
                (Some(digit), _) if so_far >= 10 && so_far % 10 == 0 && !it.is_ascii() => {
                    Some(so_far + digit)
                }
                (Some(digit), _) => Some(so_far * 10 + digit),
                (None, _) => break,
            };
            self.rest = self.rest.get(it.len_utf8()..)?;
        }
        total
    }
}

/// The value of an ASCII digit, a full-width digit or a Chinese numeral below ten.
fn numeral(it: char) -> Option<u16> {
    Some(match it {
        '0'..='9' => it as u16 - '0' as u16,
        '０'..='９' => it as u16 - '０' as u16,
        '〇' | '零' | '○' => 0,
        '一' | '元' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}
