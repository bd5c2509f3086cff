//! What a caller looks for in a text, so that an analysis need not make all the rest.
//!
//! It says which tokens cannot be meant, by their first letters: never one too many. So whoever
//! looks through the fewer tokens finds what stands among all of them, at the same positions.

use crate::text::is_han;

use super::{Family, stem};

/// Words are told apart by their first three letters, Han characters by the low bits of their code.
#[derive(Clone, Debug, Default)]
pub struct Sought {
    /// A bit for each beginning; empty where no word is sought.
    beginnings: Vec<u64>,
    /// A bit for each letter that is sought as a word.
    single: u32,
    /// Whether anything that begins with a digit is sought, or an amount.
    numbers: bool,
    han: [u64; CHARACTERS / 64],
}

/// Letters and, for the third, none.
const LETTERS: usize = 26;
const THIRDS: usize = LETTERS + 1;
const BEGINNINGS: usize = LETTERS * LETTERS * THIRDS;
const CHARACTERS: usize = 1024;

/// A stem of so many letters has three that all its words begin with; a shorter one has two.
const LONG_STEM: usize = 5;

impl Sought {
    /// Looks for a token of a family.
    pub fn add(&mut self, family: Family, text: &str) {
        match family {
            // Stems of parts of words are forms.
            Family::Stem | Family::Form if text.len() < LONG_STEM => {
                self.add_prefix(text.get(..2).unwrap_or(text));
            }
            _ => self.begins(text.as_bytes()),
        }
        if matches!(family, Family::Stem | Family::Form) {
            stem::odd_words(text).for_each(|it| self.begins(it.as_bytes()));
        }
        for c in text.chars().filter(|it| is_han(*it)) {
            let it = c as usize % CHARACTERS;
            self.han[it / 64] |= 1 << (it % 64);
        }
    }

    /// Looks for words that begin so.
    pub fn add_prefix(&mut self, text: &str) {
        match text.as_bytes() {
            [] => {}
            [only] => {
                self.begins(&[*only]);
                (b'a'..=b'z').for_each(|it| self.add_pair(*only, it));
            }
            [first, second] => self.add_pair(*first, *second),
            longer => self.begins(longer),
        }
    }

    /// Whether a word may be meant, by its beginning: one that is not of letters alone always may.
    #[inline]
    pub(super) fn may_begin(&self, word: &[u8]) -> bool {
        place(word).is_none_or(|it| {
            self.beginnings.get(it / 64).is_some_and(|word| word >> (it % 64) & 1 == 1)
        })
    }

    /// Whether a letter that stands alone may be meant.
    #[inline]
    pub(super) fn may_be_letter(&self, letter: u8) -> bool {
        number(letter).is_none_or(|it| self.single >> it & 1 == 1)
    }

    /// Whether a number may be meant.
    #[inline]
    pub(super) fn may_be_number(&self) -> bool {
        self.numbers
    }

    /// Whether a Han character, folded, may be meant or a part of what is.
    #[inline]
    pub(super) fn may_be(&self, c: char) -> bool {
        let it = c as usize % CHARACTERS;
        self.han[it / 64] >> (it % 64) & 1 == 1
    }

    fn add_pair(&mut self, first: u8, second: u8) {
        self.begins(&[first, second]);
        (b'a'..=b'z').for_each(|it| self.begins(&[first, second, it]));
    }

    /// What begins with anything but letters is never passed over.
    fn begins(&mut self, text: &[u8]) {
        if let [only] = text {
            self.single |= number(*only).map_or(0, |it| 1 << it);
        }
        self.numbers |= text.first().is_some_and(|it| !it.is_ascii_alphabetic() && it.is_ascii());
        if let Some(it) = place(text) {
            self.beginnings.resize(BEGINNINGS.div_ceil(64), 0);
            self.beginnings[it / 64] |= 1 << (it % 64);
        }
    }
}

/// The number of a word's beginning, whatever its case; none where it is not of letters.
#[inline]
fn place(word: &[u8]) -> Option<usize> {
    let (first, rest) = word.split_first()?;
    let (second, rest) = rest.split_first()?;
    let third = rest.first().map_or(Some(LETTERS), |it| number(*it))?;
    Some((number(*first)? * LETTERS + number(*second)?) * THIRDS + third)
}

/// The number of a letter, whatever its case.
#[inline]
fn number(letter: u8) -> Option<usize> {
    let it = usize::from(letter.to_ascii_lowercase().wrapping_sub(b'a'));
    (it < LETTERS).then_some(it)
}
