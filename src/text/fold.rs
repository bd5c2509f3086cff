//! Folding: what differs only in case, width, accents, quotes or Chinese variants becomes equal.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Span, is_han, simplified};

/// A folded text that knows where each of its bytes came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    starts: Vec<u32>,
    ends: Vec<u32>,
}

impl Folded {
    /// The part of the original text that a span of the folded text came from.
    #[must_use]
    pub fn original(&self, span: Span) -> Span {
        if span.is_empty() {
            let at = self.starts.get(span.start()).or(self.ends.last()).copied().unwrap_or(0);
            return Span::new(at as usize, at as usize);
        }
        let start = self.starts.get(span.start()).copied().unwrap_or(0);
        let end = self.ends.get(span.end() - 1).copied().unwrap_or(start);
        Span::new(start as usize, end as usize)
    }
}

/// Folds a text: compatibility forms, case, accents, quotes, Traditional characters; invisible
/// characters go.
#[must_use]
pub fn fold(text: &str) -> Folded {
    let mut folded = Folded::default();
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        fold_char(c, |it| {
            folded.text.push(it);
            for _ in 0..it.len_utf8() {
                folded.starts.push(u32::try_from(at).unwrap_or(u32::MAX));
                folded.ends.push(u32::try_from(end).unwrap_or(u32::MAX));
            }
        });
    }
    folded
}

/// Folds one character; gives nothing for an invisible character or a combining mark.
pub fn fold_char(c: char, mut give: impl FnMut(char)) {
    if c.is_ascii() {
        return give(c.to_ascii_lowercase());
    }
    for it in c.nfkd() {
        match it {
            '’' | '‘' | 'ʼ' | '＇' => give('\''),
            '“' | '”' => give('"'),
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            _ if is_combining_mark(it) => {}
            _ if is_han(it) => give(simplified(it)),
            _ => it.to_lowercase().for_each(&mut give),
        }
    }
}
