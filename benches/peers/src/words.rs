//! The words of a mixed text: runs of letters and digits in small letters, and what jieba cuts from
//! runs of Han characters.
//!
//! Only Chinese goes through jieba, which is slow on English. No word is allocated.

use std::iter::Peekable;
use std::ops::Range;
use std::str::CharIndices;
use std::sync::LazyLock;

use jieba_rs::Jieba;

static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// Longer words are left out, as tantivy's own `RemoveLongFilter` does.
const LONGEST_BYTES: usize = 40;

/// Calls `each` with every word of a text: the bytes that it takes, and its small letters.
pub fn cut(text: &str, mut each: impl FnMut(Range<usize>, &str)) {
    let mut characters = text.char_indices().peekable();
    let mut lower = String::new();
    while let Some((start, first)) = characters.next() {
        if is_han(first) {
            let end = end_of_run(&mut characters, text, is_han);
            let mut at = start;
            for token in JIEBA.cut(&text[start..end], true) {
                each(at..at + token.word.len(), token.word);
                at += token.word.len();
            }
        } else if first.is_alphanumeric() {
            let end = end_of_run(&mut characters, text, |it| it.is_alphanumeric() && !is_han(it));
            lower.clear();
            lower.extend(text[start..end].chars().flat_map(char::to_lowercase));
            if lower.len() <= LONGEST_BYTES {
                each(start..end, &lower);
            }
        }
    }
}

/// The words of a query or another short text.
pub fn list(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    cut(text, |_, word| words.push(word.to_owned()));
    words
}

/// The words of a text, with a space between them, for engines that cut at spaces only.
pub fn spaced(text: &str) -> String {
    let mut words = String::with_capacity(text.len() * 5 / 4);
    cut(text, |_, word| {
        words.push_str(word);
        words.push(' ');
    });
    words
}

/// Whether a character is Han, as far as jieba's dictionary knows them.
pub fn is_han(it: char) -> bool {
    matches!(it, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2ffff}')
}

/// Passes over the characters that belong to a run; gives the byte at which it ends.
fn end_of_run(
    characters: &mut Peekable<CharIndices<'_>>,
    text: &str,
    belongs: impl Fn(char) -> bool,
) -> usize {
    while characters.next_if(|it| belongs(it.1)).is_some() {}
    characters.peek().map_or(text.len(), |it| it.0)
}
