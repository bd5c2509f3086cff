//! Numbers, and what sticks to them: units, percent signs, the rest of a word like 5G.

use crate::analysis::english::is_unit;
use crate::analysis::prefilter::{DIGIT, GLUE, Wide, is, parting_sign, wide};
use crate::text::Span;

use super::run::SkippedRun;

impl SkippedRun<'_> {
    /// Skips a number, and what is written onto it.
    pub(super) fn digits(&mut self) -> Option<()> {
        let from = self.at;
        let before = self.bytes.get(self.start..from)?;
        let prefilter = self.prefilter;
        // 1.2.3 has a rule of its own, and .5 is 0.5.
        let is_fraction = matches!(before, [.., b'.'] | [.., 0xe2, 0x80, 0xa6]);
        if prefilter.may_be_number(*self.bytes.get(from)?)
            || (is_fraction
                && (prefilter.has_numbers() || matches!(before, [.., b'0'..=b'9' | b'.', _])))
        {
            return None;
        }
        let end = self.number_end()?;
        let needs_lexer = is_fraction || matches!(before, [.., b'$' | 0x80..=0xff]);
        let is_plain = self.bytes.get(from..end)?.iter().all(u8::is_ascii_digit);
        match self.bytes.get(end..).unwrap_or_default() {
            _ if is_fraction && !is_plain => return None,
            [b'%', rest @ ..] => {
                let is_certain = !matches!(rest, [b'\'' | 0x80..=0xff, ..]);
                if !is_certain || prefilter.has_sign(b'%') {
                    return None;
                }
                self.place(end);
                self.place(end + 1);
                return Some(());
            }
            [letter, ..] if letter.is_ascii_alphabetic() => {
                return if needs_lexer { None } else { self.suffix(end, is_plain) };
            }
            [b'\'', ..] => return None,
            // '，' groups digits as ',' does.
            [0xef, ..] if parting_sign(self.bytes, end).is_none() => return None,
            [0x80..=0xff, ..] => match wide(self.bytes.get(end..)?).0 {
                Wide::Sign | Wide::Bridge | Wide::Hyphen | Wide::End => {}
                _ => return None,
            },
            _ => {}
        }
        self.place(end);
        self.passed.number = Some(Span::new(from - usize::from(before.ends_with(b".")), end));
        Some(())
    }

    /// The end of 9,779, 1.28 or 2015, unless more groups follow.
    fn number_end(&self) -> Option<usize> {
        let digits = |at: usize| {
            let rest = self.bytes.get(at..).unwrap_or_default();
            at + rest.iter().take_while(|it| it.is_ascii_digit()).count()
        };
        let mut end = digits(self.at);
        if end - self.at <= 3 {
            while self.bytes.get(end) == Some(&b',') && digits(end + 1) == end + 4 {
                end += 4;
            }
        }
        if self.bytes.get(end) == Some(&b'.') && is(self.bytes, end + 1, DIGIT) {
            end = digits(end + 1);
            if self.bytes.get(end) == Some(&b'.') && is(self.bytes, end + 1, DIGIT) {
                return None;
            }
        }
        Some(end)
    }

    /// Skips a unit or a word that is written onto a number (5km, 0.5a), or the rest of a word that
    /// begins with digits: 5G, 1st.
    fn suffix(&mut self, from: usize, is_plain: bool) -> Option<()> {
        let rest = self.bytes.get(from..)?;
        let length = rest.iter().take_while(|it| it.is_ascii_alphanumeric()).count();
        let is_seam = |it: &[u8]| matches!(it, [b'a'..=b'z', b'A'..=b'Z']);
        if is(self.bytes, from + length, GLUE) || rest.get(..length)?.windows(2).any(is_seam) {
            return None;
        }
        if !is_plain || is_unit(self.text.get(from..from + length)?) {
            if self.may_begin(from) {
                return None;
            }
            self.place(from);
        }
        self.place(from + length);
        Some(())
    }
}
