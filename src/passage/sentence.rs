//! Splits a text into sentences, each with its weight in words.

use crate::text::{Span, is_han};

/// An amount of text in tenths of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Weight(pub(super) u32);

/// The weight of a word and of a Han character. Ten Han characters weigh as much as six words.
pub(super) const WORD: u32 = 10;
pub(super) const HAN: u32 = 6;

/// A run without blanks counts as one more word for each of these many bytes. So an endless line of
/// hexadecimal digits, or of Thai, is cut too.
pub(super) const LONGEST_WORD: usize = 30;

impl Weight {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before")]
    pub(super) fn from_words(words: f32) -> Self {
        Self((words.clamp(1.0, 1e6) * 10.0) as u32)
    }

    pub(super) fn times(self, tenths: u32) -> Self {
        Self(self.0.saturating_mul(tenths) / 10)
    }
}

/// A sentence, or a part of one that is too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// Its bytes; it starts and ends with a visible character.
    pub(super) span: Span,
    pub(super) weight: Weight,
    /// Whether it is the last of its paragraph.
    pub(super) ends_paragraph: bool,
    /// Whether it ends with a sentence mark. A paragraph that does not is probably a heading.
    pub(super) is_closed: bool,
}

/// The sentences of `body[start..end]`, in order.
pub(super) fn units(body: &str, start: usize, end: usize) -> Vec<Unit> {
    let mut scanner = SentenceScanner::new(body, start, end);
    while scanner.at < end {
        scanner.step();
    }
    scanner.close(end, true, false);
    scanner.units
}

/// Scans the bytes of a text once.
struct SentenceScanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    end: usize,
    at: usize,
    /// The start of the open sentence, and its weight so far.
    start: usize,
    weight: u32,
    /// The start of the open word.
    word: Option<usize>,
    units: Vec<Unit>,
}

impl<'a> SentenceScanner<'a> {
    fn new(text: &'a str, start: usize, end: usize) -> Self {
        let bytes = text.as_bytes();
        Self { text, bytes, end, at: start, start, weight: 0, word: None, units: Vec::new() }
    }

    /// Reads one character, or a run of ASCII letters.
    fn step(&mut self) {
        let Some(&byte) = self.bytes.get(self.at) else {
            self.at = self.end;
            return;
        };
        match byte {
            b'\n' | 0x0C => self.newline(),
            b' ' | b'\t' | b'\r' => {
                self.word_ends();
                self.at += 1;
            }
            b'.' | b'!' | b'?' => self.ascii_stop(),
            0x80.. => self.wide(),
            _ => {
                self.word.get_or_insert(self.at);
                self.at += 1;
                while self.bytes.get(self.at).is_some_and(|it| it.is_ascii_alphanumeric()) {
                    self.at += 1;
                }
            }
        }
    }

    fn word_ends(&mut self) {
        if let Some(start) = self.word.take() {
            let words = 1 + (self.at - start) / LONGEST_WORD;
            self.weight += WORD * u32::try_from(words).unwrap_or(u32::MAX / WORD);
        }
    }

    /// Reads a line end. A blank line ends a paragraph, and so does a line end before a Chinese
    /// indent.
    fn newline(&mut self) {
        self.word_ends();
        let is_page_end = self.bytes.get(self.at) == Some(&0x0C);
        let stop = self.at;
        self.at += 1;
        while matches!(self.bytes.get(self.at), Some(b' ' | b'\t' | b'\r')) {
            self.at += 1;
        }
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let is_indent = rest.starts_with("\u{3000}".as_bytes());
        if is_page_end || is_indent || matches!(rest.first(), Some(b'\n' | 0x0C)) {
            self.close(stop, true, false);
        }
    }

    /// Reads `.`, `!` or `?` with closing quotes and brackets; a sentence ends there if a blank
    /// follows.
    fn ascii_stop(&mut self) {
        let stop = self.at;
        self.word.get_or_insert(stop);
        self.at += 1;
        while matches!(self.bytes.get(self.at), Some(b'.' | b'!' | b'?')) {
            self.at += 1;
        }
        let after = closers(self.text, self.at);
        let is_blank = self.bytes.get(after).is_none_or(u8::is_ascii_whitespace)
            || self.bytes.get(after..).is_some_and(|it| it.starts_with("\u{A0}".as_bytes()));
        let is_single = self.at == stop + 1 && self.bytes.get(stop) == Some(&b'.');
        if !is_blank || is_single && !ends_sentence(self.text, self.start, stop, after) {
            return;
        }
        self.at = after;
        self.word_ends();
        self.close(after, false, true);
    }

    fn wide(&mut self) {
        let Some(it) = self.text.get(self.at..).and_then(|it| it.chars().next()) else {
            self.at += 1;
            return;
        };
        let after = self.at + it.len_utf8();
        match it {
            '。' | '！' | '？' | '｡' => {
                self.word_ends();
                self.at = closers(self.text, after);
                self.close(self.at, false, true);
            }
            _ if is_han(it) => {
                self.word_ends();
                self.weight += HAN;
                self.at = after;
            }
            _ if it.is_whitespace() || is_wide_mark(it) => {
                self.word_ends();
                self.at = after;
            }
            _ => {
                self.word.get_or_insert(self.at);
                self.at = after;
            }
        }
    }

    /// Ends the open sentence at `stop`.
    fn close(&mut self, stop: usize, ends_paragraph: bool, is_closed: bool) {
        self.word_ends();
        let span = visible(self.text, self.start, stop.min(self.end));
        if span.is_empty() {
            // `. \n\n`: the paragraph ends after a sentence that was ended already.
            if let Some(last) = self.units.last_mut().filter(|_| ends_paragraph) {
                last.ends_paragraph = true;
            }
        } else {
            let weight = Weight(self.weight.max(1));
            self.units.push(Unit { span, weight, ends_paragraph, is_closed });
        }
        self.start = stop.min(self.end);
        self.weight = 0;
    }
}

/// Punctuation that is part of no word.
pub(super) fn is_wide_mark(it: char) -> bool {
    matches!(it, '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{303F}' | '\u{FF00}'..='\u{FF0F}')
}

/// The offset after closing quotes and brackets.
fn closers(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let closing = |it: char| {
        matches!(
            it,
            '"' | '\'' | ')' | ']' | '”' | '’' | '»' | '」' | '』' | '）' | '】' | '》' | '〉'
        )
    };
    at + rest.len() - rest.trim_start_matches(closing).len()
}

/// Words, in lower case, before a dot that does not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "adm", "al", "approx", "apr", "art", "assn", "aug", "ave", "bros", "brig", "capt", "cf",
    "cmdr", "co", "col", "corp", "dec", "dept", "dr", "ed", "eds", "eq", "est", "etc", "ex", "feb",
    "fig", "figs", "ft", "gen", "gov", "govt", "hon", "inc", "jan", "jr", "jul", "jun", "km", "lt",
    "ltd", "maj", "mar", "messrs", "min", "mr", "mrs", "ms", "mt", "no", "nos", "nov", "oct", "op",
    "pp", "pres", "prof", "pvt", "rep", "rev", "sec", "sen", "sep", "sept", "sgt", "sr", "st",
    "supt", "univ", "viz", "vol", "vols", "vs",
];

/// Words that often open a sentence. A dot after `U.S.` or `Co.` may end the sentence: it does if
/// one of these words follows with a capital.
const OPENERS: &str = "\
    a after all also although an and as at because before both but by during each for from he \
    her his how however i if in it its many meanwhile more most no not now on one or our she \
    since so some such that the their then there these they this those though to we what when \
    where while who why with yet you";

/// Whether the single dot at `stop` ends the sentence that began at `start`.
fn ends_sentence(text: &str, start: usize, stop: usize, after: usize) -> bool {
    let before = text.get(start..stop).unwrap_or_default();
    let next =
        text.get(after..).unwrap_or_default().trim_start_matches([' ', '\u{A0}', '\n', '\r']);
    let opening = |it: char| matches!(it, '"' | '\'' | '(' | '[' | '“' | '‘');
    let next = next.trim_start_matches(opening);
    if next.chars().next().is_some_and(char::is_lowercase) {
        return false;
    }
    let is_inside = |it: char| it.is_alphanumeric() || it == '.';
    let word = before.get(before.trim_end_matches(is_inside).len()..).unwrap_or_default();
    let is_number = !word.is_empty() && word.bytes().all(|it| it.is_ascii_digit());
    // `1. Belt and Road`: the number of a list item, not a sentence.
    if is_number && before.trim().len() == word.len() && word.len() <= 3 {
        return false;
    }
    let last = word.rsplit('.').next().unwrap_or_default();
    let is_initial =
        last.chars().count() == 1 && last.chars().all(char::is_alphabetic) && last != "I";
    if is_initial || ABBREVIATIONS.contains(&word.to_ascii_lowercase().as_str()) {
        let is_opener = |it: &str| OPENERS.split(' ').any(|word| it.eq_ignore_ascii_case(word));
        // `in the U.S. The` and `Wuhan Logistics Co. It` are ends; `J. He` and `Mr. So` are names.
        let can_end =
            word.contains('.') || matches!(word, "Co" | "Corp" | "Inc" | "Ltd" | "etc" | "Jr");
        return can_end && next.split(|it: char| !it.is_alphabetic()).next().is_some_and(is_opener);
    }
    true
}

/// The smallest span of `text[start..end]` that holds all its visible characters.
pub(super) fn visible(text: &str, start: usize, end: usize) -> Span {
    let part = text.get(start..end).unwrap_or_default();
    let is_blank = |it: char| it.is_whitespace() || it.is_control() || is_invisible(it);
    let from = start + part.len() - part.trim_start_matches(is_blank).len();
    Span::new(from, from + part.trim_matches(is_blank).len())
}

/// Characters without a shape: zero-width spaces and joiners, direction marks, byte order marks.
fn is_invisible(it: char) -> bool {
    matches!(it, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{AD}')
}
