//! Folds text: what differs only in case, width, accents, quotes or Chinese variants becomes equal.

use unicode_normalization::UnicodeNormalization;

use super::han::{is_han, simplified};
use super::span::Span;

/// A folded text that knows from which original bytes each of its bytes comes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// For each byte of the folded text, the bytes of the original character.
    from: Vec<Span>,
}

impl Folded {
    /// The part of the original text from which a span of the folded text comes.
    ///
    /// Accents and invisible characters after the last character belong to it. An empty span gives
    /// an empty span.
    #[must_use]
    pub fn original(&self, span: Span) -> Span {
        let Some(first) = self.from.get(span.start()) else {
            let end = self.from.last().map_or(0, |it| it.end());
            return Span::new(end, end);
        };
        if span.is_empty() {
            return Span::new(first.start(), first.start());
        }
        let last = self.from.get(span.end() - 1).unwrap_or(first);
        first.cover(*last)
    }

    /// Appends the folding of `text`, keeping its case. `base` is added to the offsets of the
    /// origins.
    pub(crate) fn push_plain(&mut self, text: &str, base: usize) {
        self.push(text, base, |c, out| plain_char(c, |it| out.push(it)));
    }

    fn push(&mut self, text: &str, base: usize, fold: impl Fn(char, &mut String)) {
        for (at, c) in text.char_indices() {
            let origin = Span::new(base + at, base + at + c.len_utf8());
            let before = self.text.len();
            fold(c, &mut self.text);
            if self.text.len() == before
                && is_mark(c)
                && let Some(last) = self.from.last_mut()
            {
                *last = last.cover(origin);
            }
            self.from.resize(self.text.len(), origin);
        }
    }

    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.from.clear();
    }
}

/// The text on one line. Each run of white space becomes one blank, and none stands at the ends.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Folds a text: compatibility forms, case, accents, quotes, dashes, Traditional characters.
/// Invisible characters are removed.
#[must_use]
pub fn fold(text: &str) -> Folded {
    let mut folded = Folded::default();
    folded.push(text, 0, |c, out| fold_char(c, |it| out.push(it)));
    folded
}

/// Folds one character and passes the result to `give`. An invisible character or an accent by
/// itself gives nothing.
pub fn fold_char(c: char, mut give: impl FnMut(char)) {
    if c.is_ascii() {
        return give(c.to_ascii_lowercase());
    }
    plain_char(c, |it| it.to_lowercase().filter(|it| !is_mark(*it)).for_each(&mut give));
}

/// Folds like [`fold_char`], but keeps the case.
pub(crate) fn plain_char(c: char, mut give: impl FnMut(char)) {
    if c.is_ascii() {
        return give(c);
    }
    if is_han(c) {
        return give(simplified(c));
    }
    if is_syllabic(c) {
        return c.nfkc().for_each(give);
    }
    match c {
        '™' | '℠' => {}
        '´' => give('\''),
        _ => c.nfkd().for_each(|it| plain_part(it, &mut give)),
    }
}

/// Whether a character belongs to a script whose combining parts are not accents.
fn is_syllabic(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{ff61}'..='\u{ff9f}' | '\u{ac00}'..='\u{d7a3}')
}

fn plain_part(c: char, give: &mut impl FnMut(char)) {
    match c {
        '‘' | '’' | '‚' | '‛' | 'ʼ' | 'ʹ' | '′' | '`' => give('\''),
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => give('"'),
        '‐' | '‑' | '‒' | '–' | '−' => give('-'),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => {}
        '\u{180e}' | '\u{fe00}'..='\u{fe0f}' | '\u{202a}'..='\u{202e}' => {}
        'ß' => ['s', 's'].into_iter().for_each(give),
        'æ' => ['a', 'e'].into_iter().for_each(give),
        'Æ' => ['A', 'E'].into_iter().for_each(give),
        'œ' => ['o', 'e'].into_iter().for_each(give),
        'Œ' => ['O', 'E'].into_iter().for_each(give),
        'ø' => give('o'),
        'Ø' => give('O'),
        'đ' | 'ð' => give('d'),
        'Đ' | 'Ð' => give('D'),
        'ł' => give('l'),
        'Ł' => give('L'),
        'ı' => give('i'),
        _ if is_mark(c) => {}
        _ if is_han(c) => give(simplified(c)),
        _ => give(c),
    }
}

/// Whether a character is an accent. The vowel signs of other scripts are none.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}
