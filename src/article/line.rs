//! The lines of a text, with what their shape says about them.

use super::rule::Rule;
use super::types::DroppedText;
use crate::text::is_han;

/// A line with visible characters, without the white space around them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    /// The number of the line in its file, counted from 1.
    pub(super) number: u32,
    /// Whether the line opens a paragraph: a blank line or the start of the text stands before it.
    pub(super) opens: bool,
    /// Counted once, because every rule asks for it.
    length: Length,
}

/// The length of a line in words.
#[derive(Clone, Copy, Debug, Default)]
struct Length {
    words: usize,
    /// How many of the words are Han characters, and how many are Japanese letters.
    han: usize,
    kana: usize,
}

/// Splits a text into its visible lines. `first` is the number of its first line in the file.
pub(super) fn lines(text: &str, first: u32) -> Vec<Line<'_>> {
    let mut found = Vec::with_capacity(text.len() / 64 + 1);
    let mut opens = true;
    for (line, number) in text.split('\n').zip(first..) {
        let line = line.trim_matches(is_blank);
        if line.is_empty() {
            opens = true;
        } else {
            found.push(Line::new(line, number, opens));
            opens = false;
        }
    }
    found
}

/// White space, byte order marks and zero-width characters.
fn is_blank(it: char) -> bool {
    it.is_whitespace() || matches!(it, '\u{FEFF}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\0')
}

impl<'a> Line<'a> {
    pub(super) fn new(text: &'a str, number: u32, opens: bool) -> Self {
        Self { text, number, opens, length: Length::of(text) }
    }

    /// Makes the record that `rule` dropped this line.
    pub(super) fn dropped(&self, rule: Rule) -> DroppedText {
        DroppedText { line: self.number, text: self.text.to_owned(), rule }
    }

    /// Returns the line with or without a paragraph break before it.
    pub(super) fn opening(self, opens: bool) -> Self {
        Self { opens, ..self }
    }

    /// The number of words, separated by blanks. Each Han character and each Japanese letter counts
    /// as a word.
    pub(super) fn words(&self) -> usize {
        self.length.words
    }

    /// The number of words, where a Han character counts as .6 word and a Japanese letter as .4.
    pub(super) fn weight(&self) -> usize {
        let Length { words, han, kana } = self.length;
        words - han - kana + (han * 6 + kana * 4) / 10
    }

    /// Whether the line ends with a sentence mark; closing brackets and quotes may follow the mark.
    pub(super) fn is_closed(&self) -> bool {
        is_closed(self.text)
    }

    /// Whether the line reads as running text: it is long, or it is of some length and ends with a
    /// sentence mark.
    pub(super) fn is_prose(&self) -> bool {
        let words = self.words();
        (words >= 30 || words >= 10 && self.is_closed()) && !self.is_row()
    }

    /// Whether the line is a row of names with bars or dots between them, as in a menu or a table.
    pub(super) fn is_row(&self) -> bool {
        is_row_of(self.text, self.words())
    }
}

/// Does the same as [`Line::is_row`] for a text.
pub(super) fn is_row(text: &str) -> bool {
    is_row_of(text, words(text))
}

fn is_row_of(text: &str, words: usize) -> bool {
    let marks = ['|', '｜', '•', '▪', '·', '»'];
    let count = text.chars().filter(|it| marks.contains(it)).count();
    count >= 3 && words <= (count + 1) * 8
}

pub(super) fn words(text: &str) -> usize {
    Length::of(text).words
}

impl Length {
    fn of(text: &str) -> Self {
        if text.is_ascii() {
            return Self { words: words_of_ascii(text), ..Self::default() };
        }
        let mut length = Self::default();
        let mut is_inside = false;
        for it in text.chars() {
            if it.is_whitespace() {
                is_inside = false;
            } else if is_han(it) || is_kana(it) {
                length.words += 1;
                *(if is_kana(it) { &mut length.kana } else { &mut length.han }) += 1;
                is_inside = false;
            } else if !is_inside && it.is_alphanumeric() {
                length.words += 1;
                is_inside = true;
            }
        }
        length
    }
}

/// Counts bytes, which is faster than counting characters. Most English lines are ASCII.
fn words_of_ascii(text: &str) -> usize {
    let (mut words, mut is_inside) = (0, false);
    for byte in text.bytes() {
        let opens = !is_inside && byte.is_ascii_alphanumeric();
        words += usize::from(opens);
        is_inside = (is_inside || opens) && !byte.is_ascii_whitespace() && byte != 0x0b;
    }
    words
}

/// Japanese letters, which have no blanks between words either.
fn is_kana(it: char) -> bool {
    matches!(it, '\u{3041}'..='\u{30FF}')
}

pub(super) fn is_closed(text: &str) -> bool {
    let closing = |it: char| {
        matches!(it, '"' | '\'' | ')' | ']' | '”' | '’' | '」' | '』' | '）' | '】' | '》')
    };
    let bare = text.trim_end_matches(closing);
    bare.ends_with(['.', '!', '?', '。', '！', '？', '…', ';', '；', ':', '：', ',', '，'])
}
