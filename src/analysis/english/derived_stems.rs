//! Stems that depend on the word alone, so that an index can derive them once a word instead of
//! once a token.

use super::stem::is_its_own;
use super::stem_cache::{INDEX_STEMS, StemCache};
use crate::analysis::tokens::LONGEST_BYTES;

/// The longest of the words that mean something else after a number or after `per`.
pub(crate) const LONGEST_CONTEXT_DEPENDENT: usize = 4;

/// Whether the stem of a folded word can be told from the word alone, wherever it stands: of small
/// letters and digits, of digits and a point. Not so where it means something else after a number
/// or after `per`, nor where it may be the beginning of a longer one.
pub(crate) fn is_derived(word: &str) -> bool {
    let (mut has_letter, mut has_point) = (false, false);
    for byte in word.bytes() {
        match byte {
            b'a'..=b'z' => has_letter = true,
            b'0'..=b'9' => {}
            b'.' => has_point = true,
            _ => return false,
        }
    }
    !(word.is_empty() || has_letter && has_point || is_context_dependent(word))
}

/// Whether a word's stem depends on where it stands, or may be cut short with it; what is given
/// holds nothing but small letters, digits and points.
#[inline]
pub(crate) fn is_context_dependent(word: &str) -> bool {
    // The list is written out again, because matching constants takes a tenth of the time of a
    // search.
    #[rustfmt::skip]
    let is_listed = matches!(
        word,
        "b" | "m" | "cent" | "cm" | "ft" | "ha" | "hr" | "hrs" | "lb" | "lbs" | "min" | "mins" | "mm"
            | "mn" | "mt" | "oz" | "sec" | "tn" | "yr" | "yrs"
    );
    word.len() >= LONGEST_BYTES || word.len() <= LONGEST_CONTEXT_DEPENDENT && is_listed
}

/// Derives the stems that depend on the word alone, and caches them. The tokens of a text need not
/// hold these: the postings of a stem are made from the postings of its words.
#[derive(Debug)]
pub struct DerivedStems(StemCache);

impl Default for DerivedStems {
    fn default() -> Self {
        Self(StemCache::remembering(INDEX_STEMS))
    }
}

impl DerivedStems {
    /// The stem that a folded word has wherever it stands; nothing where that depends on the text.
    pub fn of<'a>(&'a mut self, word: &'a str) -> Option<&'a str> {
        if !is_derived(word) {
            return None;
        }
        if word.contains('.') {
            return Some(without_zeros(word));
        }
        // Looking these up in the cache takes longer than the test.
        Some(if is_its_own(word) { word } else { self.0.stem(word) })
    }
}

/// Whether a folded word is its own stem wherever it stands.
#[must_use]
pub fn is_own_stem(word: &str) -> bool {
    DerivedStems(StemCache::default()).of(word) == Some(word)
}

/// A number in digits without zeros after its point: 1.5 for 1.50.
pub(crate) fn without_zeros(number: &str) -> &str {
    match number.contains('.') {
        true => number.trim_end_matches('0').trim_end_matches('.'),
        false => number,
    }
}

#[cfg(test)]
mod tests {
    use super::super::stem::AFTER_NUMBER;
    use super::*;

    #[test]
    fn words_that_mean_something_else_after_a_number_are_odd() {
        for word in AFTER_NUMBER.iter().map(|it| it.0).chain(["b", "m", "cent"]) {
            assert!(
                word.len() <= LONGEST_CONTEXT_DEPENDENT
                    && is_context_dependent(word)
                    && !is_derived(word),
                "{word}"
            );
        }
    }
}
