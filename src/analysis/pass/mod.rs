//! Words that are not sought are passed over: they take their positions and nothing is made.
//!
//! A run without blanks is read by the rules of the lexer, on the text as it stands; wherever
//! something might be sought, or the rules are not certain here, the lexer has to read the run.

mod letters;
mod number;
mod plain;
mod wide;
mod word;

use crate::text::Span;

use super::Sought;
use super::scan::{Origin, Scan, is_inside_han};
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
    /// Where the run without blanks starts that `at` stands in.
    start: usize,
    at: usize,
    /// What was passed and has taken no positions yet, and the same before this run.
    passed: Passed,
    before: Passed,
    /// What of this run was read by the lexer, if anything.
    read: Option<Read>,
    /// Whether this run has no word so far.
    is_bare: bool,
}

/// What was passed over.
#[derive(Clone, Copy, Default)]
struct Passed {
    words: u32,
    /// Where the last word stands, if it is a number.
    number: Option<Span>,
    /// Whether a run without words stood after the last word.
    is_parted: bool,
}

/// What of a run was read by the lexer: up to `at`; it ends at `end` and is ASCII.
#[derive(Clone, Copy)]
struct Read {
    at: usize,
    end: usize,
}

impl Scan<'_> {
    /// Passes over what begins at `from`, at most to the next Han character or the end of the
    /// paragraph, and gives where the walk goes on; what was passed has taken its positions then.
    ///
    /// Nothing where a blank or a Han character stands, or what the lexer has to read.
    #[inline]
    pub(super) fn passed_over(&mut self, from: usize) -> Option<usize> {
        let sought = self.sought?;
        if self.number.is_some() {
            return None;
        }
        let mut run = Run::new(self.text, sought, from);
        while self.number.is_some() || run.pass().is_none() {
            if self.number.is_none() && self.read_sought(&mut run).is_some() {
                continue;
            }
            if let Some(read) = run.read {
                let text = self.text.get(run.start..read.end)?;
                self.compounds_from(text, &Origin::At(run.start), read.at - run.start);
                return Some(read.end);
            }
            run.passed = run.before;
            self.take_places(&run);
            return match (run.start > from, run.at > run.start) {
                (_, true) => Some(self.chunk(run.start)),
                (true, false) => Some(run.start),
                (false, false) => None,
            };
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

    /// Reads the compound in which something may be sought, if one begins where the run stands and
    /// the run is ASCII.
    fn read_sought(&mut self, run: &mut Run<'_>) -> Option<()> {
        if !run.begins_compound() {
            return None;
        }
        let end = match run.read {
            Some(read) => read.end,
            None => Some(self.run_end(run.start)).filter(|it| it.1)?.0,
        };
        self.take_places(run);
        self.recall_number();
        run.at = match run.only_word_end().filter(|_| self.number.is_none()) {
            Some(end) => {
                let word = Span::new(run.at, end);
                self.only_word(word.of(self.text), word);
                end
            }
            None => {
                let (text, origin) = (self.text.get(run.start..end)?, Origin::At(run.start));
                run.start + self.compound(text, &origin, run.at - run.start)?
            }
        };
        (run.passed, run.is_bare) = (Passed::default(), false);
        run.read = Some(Read { at: run.at, end });
        Some(())
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
            passed: Passed::default(),
            before: Passed::default(),
            read: None,
            is_bare: true,
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

    /// The run ends here. One without words parts the Han characters around it, but for a hyphen
    /// and the like directly between them.
    #[inline]
    fn end(&mut self) {
        if self.is_bare && self.at > self.start {
            let sign = self.bytes.get(self.start..).unwrap_or_default();
            let (kind, length) = wide(sign);
            let may_join =
                matches!(kind, Wide::Hyphen | Wide::Bridge) && length == self.at - self.start;
            let is_joint = may_join && is_inside_han(self.text, self.start, self.at);
            self.passed.is_parted |= !is_joint;
        }
    }

    /// Another run begins here.
    #[inline]
    fn begin(&mut self, at: usize) {
        (self.start, self.at) = (at, at);
        (self.before, self.read, self.is_bare) = (self.passed, None, true);
    }

    /// Whether a word begins here that is joined with nothing before it.
    fn begins_compound(&self) -> bool {
        let before = self.bytes.get(self.start..self.at).unwrap_or_default().last();
        is(self.bytes, self.at, LETTER)
            && before.is_none_or(|it| {
                let kind = KINDS[usize::from(*it)];
                kind & (SIGN | NAMING) != 0 && kind & JOINT == 0
            })
    }

    /// The end of the word that begins here, if it is of letters with at most a capital in front
    /// and is joined with nothing after it.
    fn only_word_end(&self) -> Option<usize> {
        let end = letters::small_end(self.bytes, self.at + 1);
        let is_alone = match self.bytes.get(end..).unwrap_or_default() {
            [b'-' | b'/' | b'.' | b'_' | b'@', next, ..] => {
                KINDS[usize::from(*next)] & (SIGN | BLANK) != 0
            }
            [next, ..] => KINDS[usize::from(*next)] & (GLUE | LETTER) == 0,
            [] => true,
        };
        // A single letter may begin an acronym.
        (is_alone && end > self.at + 1).then_some(end)
    }

    #[inline]
    fn place(&mut self, end: usize) {
        let words = self.passed.words + 1;
        self.passed = Passed { words, ..Passed::default() };
        (self.at, self.is_bare) = (end, false);
    }
}
