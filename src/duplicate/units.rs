//! Splits texts into the units that are compared: words, numbers and Han characters, folded and
//! hashed. Blanks, punctuation, case, width and Traditional forms are ignored.

use crate::text::{fold_char, is_han, simplified};

/// The number of units in a shingle.
///
/// Four words or four Han characters rarely coincide by chance, and one changed word changes only
/// four shingles.
const SHINGLE: usize = 4;

/// An odd number without a pattern in its bits, to spread other numbers: 2⁶⁴ divided by the golden
/// ratio.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// [`SPREAD`] to the power of [`SHINGLE`]: the factor of a unit when it leaves the rolling hash.
const SPREAD_OUT: u64 = SPREAD.wrapping_mul(SPREAD).wrapping_mul(SPREAD).wrapping_mul(SPREAD);

/// The hash of one word, number or Han character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Unit(u64);

impl Unit {
    /// Whether it contains a digit.
    pub(super) fn is_number(self) -> bool {
        self.0 & 1 == 1
    }

    pub(super) fn hash(self) -> u64 {
        self.0
    }
}

/// Calls `give` for each unit of a text, in order.
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

/// What a byte does to a word: it ends it, does nothing, belongs to a character outside ASCII, or
/// adds the letter or digit that it counts as.
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
/// The class of apostrophes: `China's`, `China’s`.
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
        // The punctuation of both languages, without looking up its decomposition.
        '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{3003}' => word.end(give),
        '\u{3008}'..='\u{301f}' | '\u{ff08}'..='\u{ff0c}' => word.end(give),
        _ => fold_char(c, |it| {
            if is_han(it) {
                word.end(give);
                give(han(it));
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

/// The rolling hash of the last few units.
#[derive(Default)]
pub(super) struct Shingles {
    window: [u64; SHINGLE],
    rolling: u64,
    seen: usize,
}

impl Shingles {
    /// The hash of the shingle that ends with this unit; `None` while it is too short.
    #[inline]
    pub(super) fn next(&mut self, unit: Unit) -> Option<u64> {
        let slot = self.window.get_mut(self.seen % SHINGLE)?;
        let gone = std::mem::replace(slot, unit.0).wrapping_mul(SPREAD_OUT);
        self.rolling = self.rolling.wrapping_mul(SPREAD).wrapping_add(unit.0).wrapping_sub(gone);
        self.seen += 1;
        (self.seen >= SHINGLE).then(|| spread(self.rolling))
    }
}

/// A hash in which every bit depends on every bit of the number (the finish of splitmix64, S. Vigna
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
        self.has_digit |= c.is_ascii_digit();
    }

    /// Adds the letters and digits at the start of some bytes, and returns how many there are.
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

    #[inline]
    fn end(&mut self, give: &mut impl FnMut(Unit)) {
        if self.is_begun {
            give(Unit(spread(self.hash) & !1 | u64::from(self.has_digit)));
            *self = Self::default();
        }
    }
}
