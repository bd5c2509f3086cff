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
    let (mut word, mut at, bytes) = (Word::default(), 0, text.as_bytes());
    while let Some(&byte) = bytes.get(at) {
        at += match class(byte) {
            ENDS => {
                word.end(&mut give);
                1
            }
            JOINS => 1,
            WIDE => {
                let Some(c) = text.get(at..).and_then(|it| it.chars().next()) else { break };
                other(c, &mut word, &mut give);
                c.len_utf8()
            }
            _ => word.push_all(bytes.get(at..).unwrap_or_default()),
        };
    }
    word.end(&mut give);
}

/// What a byte is to a word: its end, nothing, a part of a character that is no ASCII, or the letter
/// or digit that it counts as.
#[inline]
fn class(byte: u8) -> u8 {
    CLASSES.get(usize::from(byte)).copied().unwrap_or(ENDS)
}

static CLASSES: [u8; 256] = {
    let (mut table, mut byte) = ([WIDE; 256], 0_u8);
    while byte < 0x80 {
        let is_of_word = byte.is_ascii_alphanumeric();
        table[byte as usize] = if is_of_word { byte.to_ascii_lowercase() } else { ENDS };
        byte += 1;
    }
    table[b'\'' as usize] = JOINS;
    table
};
const ENDS: u8 = 0;
/// Of an apostrophe, whichever it is: `China's`, `China’s`.
const JOINS: u8 = 1;
const WIDE: u8 = 2;

/// Reads a character that is no ASCII.
fn other(c: char, word: &mut Word, give: &mut impl FnMut(Unit)) {
    match c {
        '’' => {}
        '\u{4e00}'..='\u{9fff}' => {
            word.end(give);
            give(han(simplified(c)));
        }
        // The punctuation of both languages, without asking for what it decomposes to.
        '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{3003}' => word.end(give),
        '\u{3008}'..='\u{301f}' | '\u{ff08}'..='\u{ff0c}' => word.end(give),
        _ => fold_char(c, |it| {
            if is_han(it) {
                word.end(give);
                give(han(it));
            } else if it.is_ascii_digit() {
                word.push_digit(it);
            } else if it.is_alphanumeric() {
                word.push(it);
            } else {
                word.end(give);
            }
        }),
    }
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
    #[inline]
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
#[inline]
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
    #[inline]
    fn push(&mut self, c: char) {
        self.hash = (self.hash.rotate_left(7) ^ u64::from(u32::from(c))).wrapping_mul(SPREAD);
        self.is_begun = true;
    }

    /// The letters and digits at the beginning of some bytes; gives how many there are.
    #[inline]
    fn push_all(&mut self, bytes: &[u8]) -> usize {
        let (mut hash, mut has_digit, mut count) = (self.hash, self.has_digit, 0);
        for folded in bytes.iter().map(|it| class(*it)).take_while(|it| *it > WIDE) {
            hash = (hash.rotate_left(7) ^ u64::from(folded)).wrapping_mul(SPREAD);
            has_digit |= folded <= b'9';
            count += 1;
        }
        (self.hash, self.has_digit, self.is_begun) = (hash, has_digit, true);
        count
    }

    fn push_digit(&mut self, c: char) {
        self.push(c);
        self.has_digit = true;
    }

    #[inline]
    fn end(&mut self, give: &mut impl FnMut(Unit)) {
        if self.is_begun {
            give(Unit(spread(self.hash) & !1 | u64::from(self.has_digit)));
            *self = Self::default();
        }
    }
}
