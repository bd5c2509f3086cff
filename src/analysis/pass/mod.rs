//! Words that are not sought are passed over: they take their positions and nothing is made.
//!
//! A run without blanks is read by the rules of the lexer, on the text as it stands; wherever
//! something might be sought, or the rules are not certain here, the lexer has to read the run.

mod letters;
mod number;
mod wide;
mod word;

use crate::text::Span;

use super::Sought;
use super::scan::{Origin, Scan};
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

/// A run that is being passed over.
struct Run<'a> {
    text: &'a str,
    bytes: &'a [u8],
    sought: &'a Sought,
    start: usize,
    at: usize,
    words: u32,
    /// Where the last word stands, if it is a number.
    number: Option<Span>,
}

impl Scan<'_> {
    /// The end of the run that starts at `from`, if it is no blank or Han character and needs no
    /// more of the lexer than to read some of its compounds; it has taken its positions then.
    #[inline]
    pub(super) fn passed_over(&mut self, from: usize) -> Option<usize> {
        let sought = self.sought?;
        if self.number.is_some() {
            return None;
        }
        let (text, number) = (self.text, None);
        let bytes = text.as_bytes();
        let mut run = Run { text, bytes, sought, start: from, at: from, words: 0, number };
        let mut end = None;
        loop {
            let read = run.at;
            if self.number.is_none() {
                if run.pass().is_some() {
                    break;
                }
                if let Some(it) = self.read_sought(&mut run, end) {
                    end = Some(it);
                    continue;
                }
            }
            let end = end?;
            let text = self.text.get(from..end)?;
            self.compounds_from(text, &Origin::At(from), read - from);
            return Some(end);
        }
        if run.at == from {
            return None;
        }
        if run.words == 0 && end.is_none() {
            let (kind, length) = wide(bytes.get(from..)?);
            let may_join = matches!(kind, Wide::Hyphen | Wide::Bridge) && length == run.at - from;
            if may_join && self.is_inside_han(from, run.at) {
                return None;
            }
            self.is_parted = true;
        }
        self.take_places(&run);
        Some(run.at)
    }

    fn take_places(&mut self, run: &Run<'_>) {
        if run.words > 0 {
            self.place_words(run.words);
            self.passed = run.number.map(|it| (self.position_before(), it));
        }
    }

    /// Reads the compound in which something may be sought, if one begins where the run stands, and
    /// gives the end of the run, which is ASCII then.
    fn read_sought(&mut self, run: &mut Run<'_>, end: Option<usize>) -> Option<usize> {
        if !run.begins_compound() {
            return None;
        }
        let end = match end {
            Some(end) => end,
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
        (run.words, run.number) = (0, None);
        Some(end)
    }
}

impl Run<'_> {
    /// Passes to the end of the run.
    #[inline]
    fn pass(&mut self) -> Option<()> {
        while let Some(byte) = self.bytes.get(self.at) {
            let kind = KINDS[usize::from(*byte)];
            if kind & LETTER != 0 {
                self.word()?;
            } else if kind & SIGN != 0 {
                self.at += 1;
            } else if kind & BLANK != 0 {
                break;
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
        Some(())
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
        (self.at, self.words, self.number) = (end, self.words + 1, None);
    }
}
