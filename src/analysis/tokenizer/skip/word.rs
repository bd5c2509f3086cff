//! Skips words of letters, unless a word or compound that begins so may match.

use crate::analysis::prefilter::{
    BLANK, CAPITAL, DIGIT, GLUE, JOINT, KINDS, LETTER, SIGN, Wide, is, small_end, wide,
};
use crate::text::plain_char;

use super::run::SkippedRun;

impl SkippedRun<'_> {
    /// Skips a word that begins with a letter; `None` where it may match or needs the lexer.
    #[inline]
    pub(super) fn word(&mut self) -> Option<()> {
        let end = small_end(self.bytes, self.at + 1);
        let after = self.bytes.get(end).map_or(BLANK, |it| KINDS[usize::from(*it)]);
        if after & (GLUE | CAPITAL) != 0 {
            return self.mixed_word();
        }
        let may_be = match (end - self.at, self.bytes.get(self.at..)?) {
            // Joined with what follows a short word may be another one.
            (1 | 2, _) if after & JOINT != 0 => return self.mixed_word(),
            (1, [letter, ..]) => self.prefilter.may_be_letter(*letter),
            (2, [first, second, ..]) => self.prefilter.may_be_two(*first, *second),
            (_, [first, second, third, ..]) => self.prefilter.may_be_three(*first, *second, *third),
            _ => return None,
        };
        if may_be {
            return None;
        }
        self.place(end);
        Some(())
    }

    /// The same for a short word before a joint, or one with capitals, digits or apostrophes in it.
    fn mixed_word(&mut self) -> Option<()> {
        let from = self.at;
        let end = self.word_end()?;
        let rest = self.bytes.get(end..).unwrap_or_default();
        if let (Wide::Accented | Wide::Other | Wide::Mark, _) = wide(rest) {
            return self.wide_word();
        }
        if self.may_begin(from) {
            return None;
        }
        let is_single = end == from + 1;
        if let [b'.', next, ..] = rest
            && is_single
            && !is(&[*next], 0, SIGN | BLANK)
        {
            let end = self.acronym_end()?;
            self.place(end);
            return Some(());
        }
        let is_more = match rest {
            [b'&', next, ..] => !is(&[*next], 0, SIGN | BLANK),
            [b'+', b'+', ..] => true,
            [b'#', ..] => is_single,
            [b'$', next, ..] => *next == b'.' || next.is_ascii_digit(),
            // What follows a digit is possessive: G20's.
            [b'\'', ..] | [0xe2, 0x80, 0x98 | 0x99, ..] => is(self.bytes, end - 1, DIGIT),
            _ => false,
        };
        if is_more {
            return None;
        }
        self.place(end);
        Some(())
    }

    /// The end of a word of ASCII letters, digits and apostrophes, if no part of it may match.
    fn word_end(&mut self) -> Option<usize> {
        let from = self.at;
        let mut end = from + 1;
        while let Some(byte) = self.bytes.get(end) {
            let before = KINDS[usize::from(*self.bytes.get(end - 1)?)];
            let kind = KINDS[usize::from(*byte)];
            if kind & LETTER != 0 {
                // AliExpress has express in it.
                let is_seam = kind & CAPITAL != 0 && before & (LETTER | CAPITAL) == LETTER;
                if is_seam && self.may_be_part(end) {
                    return None;
                }
                end += 1;
            } else if kind & DIGIT != 0 {
                // RMB100 is an amount.
                if end == from + 3 && before & LETTER != 0 {
                    return None;
                }
                end += 1;
            } else {
                let length = match self.bytes.get(end..)? {
                    [b'\'', ..] => 1,
                    [0xe2, 0x80, 0x98 | 0x99, ..] => 3,
                    _ => break,
                };
                if before & DIGIT != 0 || !self.is_letter(end + length)? {
                    break;
                }
                // d'Ivoire has ivoire in it.
                if end - from < 3 && self.may_be_part(end + length) {
                    return None;
                }
                end += length;
            }
        }
        Some(end)
    }

    /// Whether a letter stands there; none where only the lexer knows.
    fn is_letter(&self, at: usize) -> Option<bool> {
        match self.bytes.get(at..).unwrap_or_default() {
            [0x80..=0xff, ..] => match wide(self.bytes.get(at..)?).0 {
                Wide::Accented | Wide::Other => Some(true),
                Wide::Unsure => None,
                _ => Some(false),
            },
            _ => Some(is(self.bytes, at, LETTER)),
        }
    }

    /// The end of U.S. or e.g., which are one word.
    fn acronym_end(&self) -> Option<usize> {
        let is_single = |at: usize| match self.bytes.get(at..).unwrap_or_default() {
            [0x80..=0xff, ..] | [_, 0x80..=0xff, ..] => None,
            _ => Some(
                is(self.bytes, at, LETTER)
                    && !is(self.bytes, at + 1, LETTER | DIGIT)
                    && self.bytes.get(at + 1) != Some(&b'&'),
            ),
        };
        let mut end = self.at + 1;
        while self.bytes.get(end) == Some(&b'.') && is_single(end + 1)? {
            end += 2;
        }
        if end == self.at + 1 {
            return Some(end);
        }
        if self.bytes.get(end) == Some(&b'.') && !is(self.bytes, end + 1, LETTER | DIGIT) {
            end += 1;
        }
        // It may be possessive.
        let is_certain = !matches!(self.bytes.get(end), Some(b'\'' | 0x80..));
        is_certain.then_some(end)
    }

    /// Whether a word, alone or joined with what follows, may match by its first letters.
    pub(super) fn may_begin(&self, from: usize) -> bool {
        let mut first = [0; 3];
        let mut count = 0;
        let mut at = from;
        loop {
            match self.bytes.get(at..).unwrap_or_default() {
                [letter, ..] if letter.is_ascii_alphabetic() => {
                    first[count] = *letter;
                    count += 1;
                    at += 1;
                    if count == 3 {
                        return self.prefilter.may_be_three(first[0], first[1], first[2]);
                    }
                    continue;
                }
                [digit, ..] if digit.is_ascii_digit() => {
                    return self.prefilter.may_be_mixed(first[0]);
                }
                // co.uk, don't, e-commerce: with what follows it may be another word.
                [b'\'' | b'-' | b'/' | b'.' | b'_' | b'@', ..] => at += 1,
                [0x80..=0xff, ..] => match wide(self.bytes.get(at..).unwrap_or_default()) {
                    (Wide::Sign | Wide::Bridge | Wide::End | Wide::Currency, _) => break,
                    (Wide::Apostrophe | Wide::Hyphen, length) => at += length,
                    _ => return true,
                },
                _ => break,
            }
            if self.may_be_short(first, count) || self.prefilter.may_be_mixed(first[0]) {
                return true;
            }
        }
        self.may_be_short(first, count)
    }

    fn may_be_short(&self, first: [u8; 3], count: usize) -> bool {
        match count {
            1 => self.prefilter.may_be_letter(first[0]),
            _ => self.prefilter.may_be_two(first[0], first[1]),
        }
    }

    /// Whether a part within a word may match; parts have at least three letters.
    fn may_be_part(&self, at: usize) -> bool {
        match self.bytes.get(at..).unwrap_or_default() {
            [first, second, third, ..]
                if [second, third].iter().all(|it| it.is_ascii_alphabetic()) =>
            {
                self.prefilter.may_be_three(*first, *second, *third)
            }
            [first, ..] => self.prefilter.may_be_mixed(*first),
            [] => false,
        }
    }

    /// Skips a word with letters that are not ASCII.
    pub(super) fn wide_word(&mut self) -> Option<()> {
        let (mut first, mut count) = ([0; 3], 0);
        let (mut is_other, mut is_certain) = (false, true);
        let mut end = self.at;
        while let Some(c) = self.text.get(end..)?.chars().next() {
            match wide(self.bytes.get(end..)?).0 {
                _ if c.is_uppercase() && end > self.at => return None,
                _ if c.is_ascii_digit() => return None,
                Wide::Other => is_other = true,
                Wide::Accented | Wide::Sign if c.is_alphabetic() => plain_char(c, |it| {
                    is_certain &= it.is_ascii_alphabetic();
                    if let (Some(slot), Ok(it)) = (first.get_mut(count), u8::try_from(it)) {
                        *slot = it;
                        count += 1;
                    }
                }),
                Wide::Mark => {}
                _ if matches!(c, '\'' | '’' | '‘') && self.is_letter(end + c.len_utf8())? => {
                    if count < 3 {
                        return None;
                    }
                }
                Wide::Unsure => return None,
                _ => break,
            }
            end += c.len_utf8();
        }
        let after = self.bytes.get(end..).unwrap_or_default();
        let is_more = match after {
            [b'&' | b'+' | b'#' | b'$', ..] => true,
            // Joined with what follows it may be another word, or an acronym.
            [b'-' | b'/' | b'.' | b'_' | b'@' | b'\'' | 0x80..=0xff, ..] => count < 3 && !is_other,
            _ => false,
        };
        let is_sought = match count {
            _ if is_other && self.prefilter.has_other_letters() => true,
            3 => self.prefilter.may_be_three(first[0], first[1], first[2]),
            _ => !is_other && self.may_be_short(first, count),
        };
        if is_more || is_sought || !is_certain {
            return None;
        }
        self.place(end);
        Some(())
    }
}
