//! Finds places where a match may begin, sixty-four bytes at a time.
//!
//! There may be false candidates, which cost a little time, but none is missed. The code works on
//! whole blocks without branches, so that the compiler can vectorize it.

use super::ascii::{HIGH, ONES};

/// The first two letters of the words to find, in small; or one letter and [`ENDS`].
#[derive(Clone, Debug, Default)]
pub(crate) struct LetterPairs {
    all: Vec<[u8; 2]>,
    /// Whether something may match that does not begin with one of these pairs.
    is_beyond: bool,
}

/// A word ends there.
pub(crate) const ENDS: u8 = 0;

/// With more pairs than this, candidates are so frequent that tokenizing everything is as fast.
const MOST: usize = 8;

/// How many bytes are compared at once.
pub(crate) const BLOCK: usize = 64;
/// With the byte before them and two after them, in whole vectors.
pub(crate) const WINDOW: usize = 80;

impl LetterPairs {
    pub(crate) fn add(&mut self, first: u8, second: u8) {
        let one = [first, second].map(|it| if it == ENDS { it } else { it | 0x20 });
        if !self.all.contains(&one) {
            self.all.push(one);
        }
    }

    /// Something may match that does not begin with letters a to z.
    pub(crate) fn add_other(&mut self) {
        self.is_beyond = true;
    }

    /// Whether this search finds all possible matches.
    pub(crate) fn are_all(&self) -> bool {
        !self.is_beyond && self.all.len() <= MOST
    }

    /// Marks the places of a block at which two letters stand that something begins with, or one
    /// before what is no letter. Tells whether there are any, and whether all is ASCII.
    #[inline]
    pub(crate) fn mark(&self, window: &[u8; WINDOW], hits: &mut [u8; BLOCK]) -> (bool, bool) {
        let (mut firsts, mut seconds, mut others) = ([0; BLOCK], [0; BLOCK], [0; BLOCK]);
        let mut wide = 0;
        for at in 0..BLOCK {
            // Of letters the small one; no other byte becomes a letter.
            firsts[at] = window[at + 1] | 0x20;
            seconds[at] = window[at + 2] | 0x20;
            others[at] = mask(seconds[at].wrapping_sub(b'a') > b'z' - b'a');
            wide |= window[at + 1];
        }
        for [first, second] in &self.all {
            for at in 0..BLOCK {
                let rest = mask(seconds[at] == *second) | others[at];
                hits[at] |= mask(firsts[at] == *first) & rest;
            }
        }
        (hits.iter().fold(0, |any, it| any | it) != 0, wide < 0x80)
    }
}

/// The places of characters that may fold to letters a to z: not those of other scripts, and not
/// the usual signs.
pub(crate) fn wide_places(window: &[u8; WINDOW]) -> u64 {
    let mut places = 0;
    let (eights, _) = window.get(1..).unwrap_or_default().as_chunks::<8>();
    for (from, eight) in (0..BLOCK).step_by(8).zip(eights) {
        // Where characters begin: their two highest bits are set.
        let eight = u64::from_le_bytes(*eight);
        let mut rest = eight & eight << 1 & HIGH;
        while rest != 0 {
            let at = from + (rest.trailing_zeros() / 8) as usize;
            rest &= rest - 1;
            if may_be_letters(window.get(at + 1..).unwrap_or_default()) {
                places |= 1 << at;
            }
        }
    }
    places
}

#[inline]
fn may_be_letters(character: &[u8]) -> bool {
    match character {
        [..=0xc1 | 0xcc..=0xe0 | 0xe4..=0xe9 | 0xeb..=0xed, ..] => false,
        [0xc2, second, ..] => matches!(second, 0xaa | 0xba),
        [0xe2, 0x80 | 0x87..=0x8f | 0x94..=0x97, ..] | [0xe2, 0x86, 0x8c..=0xff, ..] => false,
        [0xe3, 0x80..=0x87 | 0x90..=0xff, ..] => false,
        [0xef, 0xbc, third, ..] => matches!(third, 0xa1..=0xba),
        _ => true,
    }
}

/// The lowest bit of each byte, the first one lowest.
pub(crate) fn bits(hits: &[u8; BLOCK]) -> u64 {
    let (eights, _) = hits.as_chunks::<8>();
    eights.iter().rev().fold(0, |bits, eight| {
        let lowest = u64::from_le_bytes(*eight) & ONES;
        // Each product has its own bit of the last byte: nothing carries.
        bits << 8 | lowest.wrapping_mul(0x0102_0408_1020_4080) >> 56
    })
}

#[inline]
fn mask(is: bool) -> u8 {
    0_u8.wrapping_sub(u8::from(is))
}

/// The bytes around a block, if so many stand on both sides of it.
#[inline]
pub(crate) fn window(bytes: &[u8], at: usize) -> Option<&[u8; WINDOW]> {
    bytes.get(at.checked_sub(1)?..)?.first_chunk()
}

/// The same with blanks around the text.
pub(crate) fn last_window(bytes: &[u8], at: usize) -> [u8; WINDOW] {
    let mut window = [b' '; WINDOW];
    let from = at.saturating_sub(1);
    let rest = bytes.get(from..).unwrap_or_default();
    let place = usize::from(at == 0);
    let count = rest.len().min(WINDOW - place);
    if let (Some(to), Some(from)) = (window.get_mut(place..place + count), rest.get(..count)) {
        to.copy_from_slice(from);
    }
    window
}
