//! The state while text is skipped: the current place, and words that have no positions yet.

use crate::analysis::prefilter::{
    DIGIT, JOINT, KINDS, LETTER, NAMING, Prefilter, SIGN, Wide, is, parting_sign, wide,
};
use crate::analysis::tokenizer::state::is_inside_han;
use crate::text::{Span, is_han};

/// The text that is being skipped, stretch by stretch.
pub(super) struct SkippedRun<'a> {
    pub(super) text: &'a str,
    pub(super) bytes: &'a [u8],
    pub(super) prefilter: &'a Prefilter,
    /// The start of the stretch that holds `at`: text without blanks, Han characters and signs that
    /// always separate words.
    pub(super) start: usize,
    pub(super) at: usize,
    /// Up to here the lexer has read the stretch.
    pub(super) read: usize,
    /// What was skipped and has no positions yet, and the same up to `read`.
    pub(super) passed: Skipped,
    pub(super) before: Skipped,
    /// Where the stretch ends, and whether it is ASCII, once that was asked.
    pub(super) stretch: Option<(usize, bool)>,
    /// Whether the stretch has no word so far.
    pub(super) is_bare: bool,
}

/// Words that were skipped and have no positions yet.
#[derive(Clone, Copy, Default)]
pub(super) struct Skipped {
    pub(super) words: u32,
    /// Where the last word stands, if it is a number.
    pub(super) number: Option<Span>,
    /// Whether something without words stood after the last word.
    pub(super) is_parted: bool,
}

impl<'a> SkippedRun<'a> {
    pub(super) fn new(text: &'a str, prefilter: &'a Prefilter, start: usize) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            prefilter,
            start,
            at: start,
            read: start,
            passed: Skipped::default(),
            before: Skipped::default(),
            stretch: None,
            is_bare: true,
        }
    }

    /// The end of the stretch, and whether it is ASCII.
    pub(super) fn stretch(&mut self) -> (usize, bool) {
        if let Some(known) = self.stretch {
            return known;
        }
        let rest = self.bytes.get(self.start..).unwrap_or_default();
        let end = self.start + rest.iter().take_while(|it| it.is_ascii_graphic()).count();
        let found = match self.bytes.get(end) {
            None => (end, true),
            Some(it) if it.is_ascii_whitespace() => (end, true),
            Some(_) => self.wide_stretch(end),
        };
        self.stretch = Some(found);
        found
    }

    /// The same from the first byte on that is no printable ASCII.
    fn wide_stretch(&self, from: usize) -> (usize, bool) {
        let (mut end, mut is_ascii) = (from, true);
        for c in self.text.get(from..).unwrap_or_default().chars() {
            if c.is_whitespace() || is_han(c) || parting_sign(self.bytes, end).is_some() {
                break;
            }
            is_ascii &= c.is_ascii();
            end += c.len_utf8();
        }
        (end, is_ascii)
    }

    /// A stretch ends here. One without words parts the Han characters around it, but for a hyphen
    /// and the like directly between them.
    #[inline]
    pub(super) fn end(&mut self) {
        if self.is_bare && self.at > self.start {
            let (kind, length) = wide(self.bytes.get(self.start..).unwrap_or_default());
            let may_join =
                matches!(kind, Wide::Hyphen | Wide::Bridge) && length == self.at - self.start;
            let is_joint = may_join && is_inside_han(self.text, self.start, self.at);
            self.passed.is_parted |= !is_joint;
        }
    }

    /// Another stretch begins here.
    #[inline]
    pub(super) fn begin(&mut self, at: usize) {
        (self.start, self.at, self.read) = (at, at, at);
        (self.before, self.stretch, self.is_bare) = (self.passed, None, true);
    }

    /// Whether a word or a number begins here that is joined with nothing before it.
    pub(super) fn begins_compound(&self) -> bool {
        let before = self.bytes.get(self.start..self.at).unwrap_or_default().last();
        let is_number = is(self.bytes, self.at, DIGIT);
        (is_number || is(self.bytes, self.at, LETTER))
            && before.is_none_or(|it| {
                let kind = KINDS[usize::from(*it)];
                kind & (SIGN | NAMING) != 0 && kind & JOINT == 0 && !(is_number && *it == b'$')
            })
    }

    #[inline]
    pub(super) fn place(&mut self, end: usize) {
        let words = self.passed.words + 1;
        self.passed = Skipped { words, ..Skipped::default() };
        (self.at, self.is_bare) = (end, false);
    }
}
