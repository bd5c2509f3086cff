//! The first letters of all tokens that a caller looks for, so that other text can be skipped.
//!
//! It may let tokens through that do not match, but never rejects one that does. So a search among
//! the tokens that are left finds all matches, at the same positions as among all tokens.

use crate::analysis::english::{LONG_STEM, common_letters, irregular_words, is_currency};
use crate::analysis::tokens::Family;
use crate::text::is_han;

use super::ascii::letters;
use super::blocks::{ENDS, LetterPairs};

/// Which words and Han characters may match: words by their first three letters, Han characters by
/// the low bits of their code.
#[derive(Clone, Debug)]
pub struct Prefilter {
    /// For each pair of first letters a bit for each third; the lowest for words of two. A letter
    /// that is a word has nothing for its second; nothing at all always may be sought.
    pairs: Box<[u32; PAIRS]>,
    /// A bit for each letter that begins something sought with a digit or a sign among the first
    /// three: G20, C++, co.uk.
    mixed: u32,
    /// A bit for each digit that begins a number or an amount.
    digits: u16,
    /// Whether a token may match that begins with a sign: @handle, #tag, %.
    signs: bool,
    /// Whether the name of a currency may match, because its sign stands for it too.
    money: bool,
    /// Whether `percent` may match, because `%` stands for it too.
    percent: bool,
    /// Whether a word may match with letters among the first three that are not a to z.
    others: bool,
    han: [u64; CHARACTERS / 64],
    /// The first letters of the same words, for the search in blocks.
    letter_pairs: LetterPairs,
    /// What words that stand alone begin with, up to eight letters: which of them count, and what
    /// they are, the first one lowest.
    keys: Vec<(u64, u64)>,
}

/// The low five bits of two letters, whatever their case.
const PAIRS: usize = 1 << 10;
/// The bits of a Han character that are looked at: the last ten of its last two bytes in UTF-8.
const CHARACTERS: usize = 1024;

impl Default for Prefilter {
    fn default() -> Self {
        let mut pairs = Box::new([0; PAIRS]);
        pairs[0] = 1;
        Self {
            pairs,
            mixed: 0,
            digits: 0,
            signs: false,
            money: false,
            percent: false,
            others: false,
            han: [0; CHARACTERS / 64],
            letter_pairs: LetterPairs::default(),
            keys: Vec::new(),
        }
    }
}

impl Prefilter {
    /// Lets a token of a family through.
    pub fn add(&mut self, family: Family, text: &str) {
        match family {
            Family::Stem | Family::Form => self.add_key(text, common_letters(text)),
            _ => self.add_key(text, usize::MAX),
        }
        match family {
            // Stems of parts of words are forms.
            Family::Stem | Family::Form if text.len() < LONG_STEM => {
                self.begin(text.get(..2).unwrap_or(text));
            }
            _ => self.begins(text.as_bytes()),
        }
        if matches!(family, Family::Stem | Family::Form) {
            irregular_words(text).for_each(|it| {
                self.add_key(it, usize::MAX);
                self.begins(it.as_bytes());
            });
            self.money |= is_currency(text);
        }
        self.percent |= self.may_be_alone(letters("percent"));
        // A sign stands for it, or it is another word after any number.
        if self.money || self.percent || self.may_be_two(b'a', b'm') {
            self.letter_pairs.add_other();
        }
        for c in text.chars().filter(|it| is_han(*it)) {
            let it = c as usize % CHARACTERS;
            self.han[it / 64] |= 1 << (it % 64);
        }
    }

    /// Lets words through that begin so.
    pub fn add_prefix(&mut self, text: &str) {
        self.add_key(text, text.len());
        self.begin(text);
    }

    /// Words begin so.
    fn begin(&mut self, text: &str) {
        match text.as_bytes() {
            [] => {}
            [only] => {
                self.begins(&[*only]);
                self.begins_more(*only);
                self.letter_pairs.add_other();
                (b'a'..=b'z').for_each(|it| self.add_pair(*only, it));
            }
            [first, second] => {
                self.begins_more(*first);
                self.add_pair(*first, *second);
            }
            longer => self.begins(longer),
        }
    }

    /// Whether a word may be meant, by its beginning: one that is not of letters alone always may.
    #[inline]
    pub(crate) fn may_begin(&self, word: &[u8]) -> bool {
        match word {
            [first, second, third, ..] if [first, second, third].iter().all(|it| is_letter(it)) => {
                self.may_be_three(*first, *second, *third)
            }
            [first, second] if [first, second].iter().all(|it| is_letter(it)) => {
                self.may_be_two(*first, *second)
            }
            _ => true,
        }
    }

    /// Whether a word of letters may be meant that begins with these three.
    #[inline]
    pub(crate) fn may_be_three(&self, first: u8, second: u8, third: u8) -> bool {
        self.pairs[pair(first, second)] >> (third & 31) & 1 == 1
    }

    /// The same for a word of small letters by its first eight, the first one lowest; zeros follow
    /// where it has fewer. True without any.
    #[inline]
    pub(crate) fn may_be_letters(&self, letters: u64) -> bool {
        let five = |place: u32| (letters >> (8 * place) & 31) as usize;
        self.pairs[five(0) << 5 | five(1)] >> five(2) & 1 == 1
    }

    /// The same for a word that stands alone, after that was true.
    #[inline]
    pub(crate) fn may_be_alone(&self, letters: u64) -> bool {
        self.keys.iter().any(|(mask, key)| (letters ^ key) & mask == 0)
    }

    /// Looks for words with so many letters of a text in front; with more than it has for itself.
    fn add_key(&mut self, text: &str, count: usize) {
        // Nothing stands after a whole word.
        let count = count.min(text.len() + 1);
        let mask = u64::MAX.checked_shr(64 - 8 * count.min(8) as u32).unwrap_or(0);
        let key = (mask, letters(text) & mask);
        if !self.keys.contains(&key) {
            self.keys.push(key);
        }
    }

    /// Whether a word of these two letters may be meant.
    #[inline]
    pub(crate) fn may_be_two(&self, first: u8, second: u8) -> bool {
        self.pairs[pair(first, second)] & 1 == 1
    }

    /// Whether anything may be meant that begins with these two letters.
    #[inline]
    pub(crate) fn may_be_more(&self, first: u8, second: u8) -> bool {
        self.pairs[pair(first, second)] != 0
    }

    /// Whether a letter that stands alone may be meant.
    #[inline]
    pub(crate) fn may_be_letter(&self, letter: u8) -> bool {
        self.pairs[pair(letter, 0)] & 1 == 1
    }

    /// Whether something may be meant that begins with this letter and has a digit or a sign among
    /// the first three.
    #[inline]
    pub(crate) fn may_be_mixed(&self, letter: u8) -> bool {
        self.mixed >> (letter & 31) & 1 == 1
    }

    /// Whether something may be meant that begins with a digit, or an amount that is written so.
    #[inline]
    pub(crate) fn may_be_number(&self, digit: u8) -> bool {
        // 05 is worth 5.
        self.digits != 0 && (digit == b'0' || self.digits >> (digit & 15) & 1 == 1)
    }

    /// The first letters of the words that may match, for the search in blocks.
    #[inline]
    pub(crate) fn letter_pairs(&self) -> &LetterPairs {
        &self.letter_pairs
    }

    /// Whether any number may be meant.
    #[inline]
    pub(crate) fn has_numbers(&self) -> bool {
        self.digits != 0
    }

    /// Whether a sign before or after a word may be a part of what is meant.
    #[inline]
    pub(crate) fn has_sign(&self, sign: u8) -> bool {
        self.signs || (sign == b'$' && self.money) || (sign == b'%' && self.percent)
    }

    /// The same for one that is not ASCII: by its name, or in a name with a dot (€1.4.kv).
    #[inline]
    pub(crate) fn has_wide_sign(&self) -> bool {
        self.money || self.others
    }

    /// Whether a word may be meant that has letters among its first three that are not a to z.
    #[inline]
    pub(crate) fn has_other_letters(&self) -> bool {
        self.others
    }

    /// Whether a Han character, folded, may be meant or a part of what is.
    #[inline]
    pub(crate) fn may_be(&self, c: char) -> bool {
        self.may_be_code(c as u32)
    }

    /// The same by its code.
    #[inline]
    pub(crate) fn may_be_code(&self, code: u32) -> bool {
        let it = code as usize % CHARACTERS;
        self.han[it / 64] >> (it % 64) & 1 == 1
    }

    fn add_pair(&mut self, first: u8, second: u8) {
        if [first, second].iter().all(is_letter) {
            self.pairs[pair(first, second)] = u32::MAX;
            self.letter_pairs.add(first, second);
        } else {
            self.begins(&[first, second]);
        }
    }

    /// After one or two bytes of a prefix anything may follow.
    fn begins_more(&mut self, first: u8) {
        self.others = true;
        if is_letter(&first) {
            self.mixed |= 1 << (first & 31);
        }
    }

    fn begins(&mut self, text: &[u8]) {
        let text = text.get(..3).unwrap_or(text);
        match text {
            [] => return,
            [letter] if is_letter(letter) => {
                self.pairs[pair(*letter, 0)] |= 1;
                return self.letter_pairs.add(*letter, ENDS);
            }
            [letter, second] if [letter, second].into_iter().all(is_letter) => {
                self.pairs[pair(*letter, *second)] |= 1;
                return self.letter_pairs.add(*letter, *second);
            }
            [letter, second, third] if text.iter().all(is_letter) => {
                self.pairs[pair(*letter, *second)] |= 1 << (third & 31);
                return self.letter_pairs.add(*letter, *second);
            }
            [b'=', digit, ..] | [digit, ..] if digit.is_ascii_digit() => {
                self.digits |= 1 << (digit & 15);
            }
            [letter, ..] if is_letter(letter) => self.mixed |= 1 << (letter & 31),
            [first, ..] => self.signs |= first.is_ascii(),
        }
        self.others |= !text.is_ascii();
        self.letter_pairs.add_other();
    }
}

#[inline]
fn is_letter(byte: &u8) -> bool {
    byte.is_ascii_alphabetic()
}

/// The number of a pair of letters, whatever their case.
#[inline]
fn pair(first: u8, second: u8) -> usize {
    usize::from(first & 31) << 5 | usize::from(second & 31)
}
