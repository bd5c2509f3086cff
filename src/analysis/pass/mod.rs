//! Words that are not sought are passed over: they take their positions and nothing is made.
//!
//! A run without blanks is read by the rules of the lexer, on the text as it stands; wherever
//! something might be sought, or the rules are not certain here, the lexer has to read the run.

mod letters;
mod number;
mod plain;
pub(super) mod skim;
mod wide;
mod word;

use crate::text::{Span, is_han};

use super::Sought;
use super::scan::{Origin, Scan, is_inside_han};
pub(super) use letters::letters;
pub(super) use wide::parting_sign;
use wide::{Wide, wide};

const LETTER: u8 = 1;
const CAPITAL: u8 = 2;
const DIGIT: u8 = 4;
/// Parts words and says nothing.
const SIGN: u8 = 8;
/// Gives the word beside it another form: @handle, #tag, 5%, $5.
const NAMING: u8 = 16;
const BLANK: u8 = 32;
/// Behind a word it may make more of it: don't, AT&T, C++, C#, US$5, café.
const GLUE: u8 = 64;
/// Joins the words beside it: e-commerce, co.uk.
const JOINT: u8 = 128;

/// What each byte may mean.
static KINDS: [u8; 256] = kinds();

const fn kinds() -> [u8; 256] {
    let mut kinds = [GLUE; 256];
    let mut at = 0_u8;
    while at < 128 {
        kinds[at as usize] = match at {
            b'a'..=b'z' => LETTER,
            b'A'..=b'Z' => LETTER | CAPITAL,
            b'0'..=b'9' => DIGIT | GLUE,
            b'-' | b'/' | b'.' | b'_' => SIGN | JOINT,
            b'@' => NAMING | JOINT,
            b'%' => NAMING,
            b'#' | b'$' => NAMING | GLUE,
            b'\'' | b'&' | b'+' => SIGN | GLUE,
            b'\t' | b'\n' | 0x0c | b'\r' | b' ' => BLANK,
            _ if at.is_ascii_graphic() => SIGN,
            _ => 0,
        };
        at += 1;
    }
    kinds
}

#[inline]
fn is(bytes: &[u8], at: usize, kinds: u8) -> bool {
    bytes.get(at).is_some_and(|it| KINDS[usize::from(*it)] & kinds != 0)
}

/// Runs that are being passed over, one after the other.
struct Run<'a> {
    text: &'a str,
    bytes: &'a [u8],
    sought: &'a Sought,
    /// Where the stretch starts that `at` stands in: without blanks, Han characters and signs that
    /// part whatever stands around them.
    start: usize,
    at: usize,
    /// Up to where the stretch was read by the lexer.
    read: usize,
    /// What was passed and has taken no positions yet, and the same before `read`.
    passed: Passed,
    before: Passed,
    /// Where the stretch ends, and whether it is ASCII, once that was asked.
    stretch: Option<(usize, bool)>,
    /// Whether the stretch has no word so far.
    is_bare: bool,
}

/// What was passed over.
#[derive(Clone, Copy, Default)]
struct Passed {
    words: u32,
    /// Where the last word stands, if it is a number.
    number: Option<Span>,
    /// Whether something without words stood after the last word.
    is_parted: bool,
}

impl Scan<'_> {
    /// Passes over what begins at `from`, at most to the next Han character or the end of the
    /// paragraph, and gives where the walk goes on; all of it has taken its positions then. What may
    /// be sought is read on the way.
    ///
    /// Nothing where a blank or a Han character stands. At `limit` a run ends, or the text is read as
    /// if one did.
    #[inline]
    pub(super) fn passed_over(&mut self, from: usize, limit: usize) -> Option<usize> {
        let mut run = Run::new(self.text.get(..limit)?, self.sought?, from);
        loop {
            if self.number.is_some() && run.parts_number() {
                self.number = None;
            }
            if self.number.is_none() && run.pass().is_some() || !self.read(&mut run) {
                break;
            }
        }
        self.take_places(&run);
        (run.at > from).then_some(run.at)
    }

    fn take_places(&mut self, run: &Run<'_>) {
        if run.passed.words > 0 {
            self.place_words(run.passed.words);
            self.passed = run.passed.number.map(|it| (self.position_before(), it));
        }
        self.is_parted |= run.passed.is_parted;
    }

    /// Reads the compound that begins where the run stands; where it began before, all since the
    /// last one that was read; a stretch that is not ASCII as a whole. False at its end.
    fn read(&mut self, run: &mut Run<'_>) -> bool {
        let (end, is_ascii) = run.stretch();
        if run.at >= end {
            run.end();
            return false;
        }
        if !is_ascii {
            run.passed = run.before;
            self.take_places(run);
            self.stretch(run.start, end, false);
            run.passed = Passed::default();
            run.begin(end);
            return true;
        }
        let goal = run.at;
        if self.number.is_none() && !run.begins_compound() {
            (run.at, run.passed) = (run.read, run.before);
        }
        self.take_places(run);
        self.recall_number();
        match only_word_end(run.bytes, run.at).filter(|_| self.number.is_none() && run.at == goal) {
            Some(end) => {
                let word = Span::new(goal, end);
                self.only_word(word.of(self.text), word);
                run.at = end;
            }
            None => self.compounds_past(run, goal, end),
        }
        (run.passed, run.before, run.read) = (Passed::default(), Passed::default(), run.at);
        run.is_bare = false;
        true
    }

    /// Reads compounds from where the run stands to the first that ends after `goal`.
    fn compounds_past(&mut self, run: &mut Run<'_>, goal: usize, end: usize) {
        let (start, origin) = (run.start, Origin::At(run.start));
        let text = self.text.get(start..end).unwrap_or_default();
        while run.at <= goal {
            let Some(next) = self.compound(text, &origin, run.at - start) else {
                self.is_parted = true;
                run.at = end;
                return;
            };
            run.at = start + next;
        }
    }
}

impl<'a> Run<'a> {
    fn new(text: &'a str, sought: &'a Sought, start: usize) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            sought,
            start,
            at: start,
            read: start,
            passed: Passed::default(),
            before: Passed::default(),
            stretch: None,
            is_bare: true,
        }
    }

    /// The end of the stretch, and whether it is ASCII.
    fn stretch(&mut self) -> (usize, bool) {
        if let Some(known) = self.stretch {
            return known;
        }
        let end = letters::graphic_end(self.bytes, self.start);
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

    /// Whether a sign stands here that parts a number from what would mean something else after it;
    /// `am` does so over any sign.
    fn parts_number(&self) -> bool {
        match self.bytes.get(self.at) {
            None | Some(b'-') => false,
            _ if self.sought.may_be_two(b'a', b'm') => false,
            Some(0x80..) => parting_sign(self.bytes, self.at).is_some(),
            Some(_) => is(self.bytes, self.at, SIGN | NAMING),
        }
    }

    /// Passes to the next Han character, the end of the paragraph or that of the text.
    #[inline]
    fn pass(&mut self) -> Option<()> {
        while let Some(byte) = self.bytes.get(self.at) {
            let kind = KINDS[usize::from(*byte)];
            if kind & LETTER != 0 {
                self.plain_words();
                if is(self.bytes, self.at, LETTER) {
                    self.word()?;
                }
            } else if kind & SIGN != 0 {
                self.at += 1;
            } else if kind & BLANK != 0 {
                self.end();
                if *byte != b' ' && !matches!(self.bytes.get(self.at + 1), Some(0x21..=0x7e)) {
                    return Some(());
                }
                self.begin(self.at + 1);
            } else if kind & DIGIT != 0 {
                self.digits()?;
            } else if kind & NAMING != 0 {
                if self.sought.has_sign(*byte) {
                    return None;
                }
                self.at += 1;
            } else {
                let (kind, length) = wide(self.bytes.get(self.at..)?);
                match kind {
                    Wide::Sign if parting_sign(self.bytes, self.at).is_some() => {
                        self.passed.is_parted = true;
                        self.begin(self.at + length);
                    }
                    Wide::Sign | Wide::Bridge | Wide::Apostrophe | Wide::Hyphen => {
                        self.at += length;
                    }
                    Wide::Currency if !self.sought.has_wide_sign() => self.at += length,
                    Wide::Accented | Wide::Other => self.wide_word()?,
                    Wide::End => break,
                    Wide::Currency | Wide::Mark | Wide::Unsure => return None,
                }
            }
        }
        self.end();
        Some(())
    }

    /// A stretch ends here. One without words parts the Han characters around it, but for a hyphen
    /// and the like directly between them.
    #[inline]
    fn end(&mut self) {
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
    fn begin(&mut self, at: usize) {
        (self.start, self.at, self.read) = (at, at, at);
        (self.before, self.stretch, self.is_bare) = (self.passed, None, true);
    }

    /// Whether a word or a number begins here that is joined with nothing before it.
    fn begins_compound(&self) -> bool {
        let before = self.bytes.get(self.start..self.at).unwrap_or_default().last();
        let is_number = is(self.bytes, self.at, DIGIT);
        (is_number || is(self.bytes, self.at, LETTER))
            && before.is_none_or(|it| {
                let kind = KINDS[usize::from(*it)];
                kind & (SIGN | NAMING) != 0 && kind & JOINT == 0 && !(is_number && *it == b'$')
            })
    }

    #[inline]
    fn place(&mut self, end: usize) {
        let words = self.passed.words + 1;
        self.passed = Passed { words, ..Passed::default() };
        (self.at, self.is_bare) = (end, false);
    }
}

/// The end of the word that begins at a byte, if it is of letters with at most a capital in front
/// and is joined with nothing after it.
fn only_word_end(bytes: &[u8], at: usize) -> Option<usize> {
    if !is(bytes, at, LETTER) {
        return None;
    }
    let end = letters::small_end(bytes, at + 1);
    let is_alone = match bytes.get(end..).unwrap_or_default() {
        [b'-' | b'/' | b'.' | b'_' | b'@', next, ..] => {
            KINDS[usize::from(*next)] & (SIGN | BLANK) != 0
        }
        [next, ..] => KINDS[usize::from(*next)] & (GLUE | LETTER) == 0,
        [] => true,
    };
    // A single letter may begin an acronym.
    (is_alone && end > at + 1).then_some(end)
}
