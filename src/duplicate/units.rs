//! The units that texts are compared by: a word, a number, or a Han character, folded, as a hash.
//! Blanks, punctuation, case, width and Traditional forms do not count.

use crate::text::{fold_char, is_han, simplified};

/// How many units in a row are compared as one.
///
/// Four words or four Han characters hardly meet by chance, and one changed word breaks only four.
const SHINGLE: usize = 4;

/// An odd number without pattern in its bits, to spread those of others: 2⁶⁴ by the golden ratio.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// [`SPREAD`] to the power of [`SHINGLE`], by which a unit has been multiplied when it leaves.
const SPREAD_OUT: u64 = SPREAD.wrapping_mul(SPREAD).wrapping_mul(SPREAD).wrapping_mul(SPREAD);

/// The hash of one word, number or Han character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Unit(u64);

impl Unit {
    /// Whether it holds a digit.
    pub(super) fn is_number(self) -> bool {
        self.0 & 1 == 1
    }

    pub(super) fn hash(self) -> u64 {
        self.0
    }
}

/// Gives each unit of a text, in order.
pub(super) fn each(text: &str, mut give: impl FnMut(Unit)) {
    let mut word = Word::default();
    for c in text.chars() {
        match c {
            'a'..='z' => word.push(c),
            'A'..='Z' => word.push(c.to_ascii_lowercase()),
            '0'..='9' => word.push_digit(c),
            // An apostrophe joins, whichever it is: `China's`, `China’s`.
            '\'' | '’' => {}
            '\u{4e00}'..='\u{9fff}' => {
                word.end(&mut give);
                give(han(simplified(c)));
            }
            // The punctuation of both languages, without asking for what it decomposes to.
            '\0'..='\x7f' | '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{3003}' => {
                word.end(&mut give);
            }
            '\u{3008}'..='\u{301f}' | '\u{ff08}'..='\u{ff0c}' => word.end(&mut give),
            _ => fold_char(c, |it| {
                if is_han(it) {
                    word.end(&mut give);
                    give(han(it));
                } else if it.is_ascii_digit() {
                    word.push_digit(it);
                } else if it.is_alphanumeric() {
                    word.push(it);
                } else {
                    word.end(&mut give);
                }
            }),
        }
    }
    word.end(&mut give);
}

fn han(c: char) -> Unit {
    Unit(spread(u64::from(u32::from(c))) & !1)
}

/// The last few units, as one hash that rolls on.
#[derive(Default)]
pub(super) struct Shingles {
    window: [u64; SHINGLE],
    rolling: u64,
    seen: usize,
}

impl Shingles {
    /// The hash of the run of units that ends with this one; `None` where it is too short yet.
    pub(super) fn next(&mut self, unit: Unit) -> Option<u64> {
        let slot = self.window.get_mut(self.seen % SHINGLE)?;
        let gone = std::mem::replace(slot, unit.0).wrapping_mul(SPREAD_OUT);
        self.rolling = self.rolling.wrapping_mul(SPREAD).wrapping_add(unit.0).wrapping_sub(gone);
        self.seen += 1;
        (self.seen >= SHINGLE).then(|| spread(self.rolling))
    }
}

/// A hash whose every bit depends on every bit of the number (the finish of splitmix64, S. Vigna
/// 2015).
pub(super) fn spread(number: u64) -> u64 {
    let it = number.wrapping_add(SPREAD);
    let it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    it ^ (it >> 31)
}

/// The word that is being read.
#[derive(Default)]
struct Word {
    hash: u64,
    is_begun: bool,
    has_digit: bool,
}

impl Word {
    fn push(&mut self, c: char) {
        self.hash = (self.hash.rotate_left(7) ^ u64::from(u32::from(c))).wrapping_mul(SPREAD);
        self.is_begun = true;
    }

    fn push_digit(&mut self, c: char) {
        self.push(c);
        self.has_digit = true;
    }

    fn end(&mut self, give: &mut impl FnMut(Unit)) {
        if self.is_begun {
            give(Unit(spread(self.hash) & !1 | u64::from(self.has_digit)));
            *self = Self::default();
        }
    }
}
