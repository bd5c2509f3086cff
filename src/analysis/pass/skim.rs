//! Where what is sought may begin, looked for without reading: sixty-four bytes at a time.
//!
//! A place too many costs a little reading; none is left out. It is written in whole blocks
//! without branches, so that the compiler makes vectors of it.

use super::letters::{HIGH, ONES};
use super::{BLANK, KINDS, SIGN, only_word_end};
use crate::analysis::scan::Scan;
use crate::text::Span;

/// How the words that are sought begin: three small letters, or one of the signs below for the last
/// two.
#[derive(Clone, Debug, Default)]
pub(in crate::analysis) struct Beginnings {
    all: Vec<[u8; 3]>,
    /// Something is sought that these do not say.
    is_beyond: bool,
}

/// A word ends there.
pub(in crate::analysis) const ENDS: u8 = 0;
/// Anything may stand there.
const ANY: u8 = 1;

/// Where more are sought they stand so near each other that reading is as fast: with 5 as with 3, and
/// with 8 a third slower.
const MOST: usize = 3;

/// So many bytes are looked at together.
const BLOCK: usize = 64;
/// With the byte before them and two after them, in whole vectors.
const WINDOW: usize = 80;

impl Beginnings {
    pub(in crate::analysis) fn add(&mut self, first: u8, second: u8, third: u8) {
        let one = [first, second, third].map(|it| if it > ANY { it | 0x20 } else { it });
        if !self.all.contains(&one) {
            self.all.push(one);
        }
    }

    /// For all words that begin with these two letters.
    pub(in crate::analysis) fn add_pair(&mut self, first: u8, second: u8) {
        self.add(first, second, ANY);
    }

    /// Something is sought that does not begin with letters a to z.
    pub(in crate::analysis) fn add_other(&mut self) {
        self.is_beyond = true;
    }

    /// Whether all that is sought can be looked for so.
    pub(in crate::analysis) fn are_all(&self) -> bool {
        !self.is_beyond && self.all.len() <= MOST
    }

    /// The places of a block at which something may begin, the first one lowest.
    fn places(&self, bytes: &[u8], at: usize) -> u64 {
        let mut hits = [0; BLOCK];
        let is_any = match window(bytes, at) {
            Some(window) => self.mark(window, &mut hits),
            None => self.mark(&last_window(bytes, at), &mut hits),
        };
        if is_any { bits(&hits) } else { 0 }
    }

    /// Marks the places of a block at which something may begin.
    #[inline]
    fn mark(&self, window: &[u8; WINDOW], hits: &mut [u8; BLOCK]) -> bool {
        let (mut small, mut others, mut joints) = ([0; WINDOW], [0; WINDOW], [0; WINDOW]);
        let mut wide = 0;
        for at in 0..WINDOW {
            let byte = window[at];
            // Of letters the small one; no other byte becomes a letter.
            small[at] = byte | 0x20;
            others[at] = mask(small[at].wrapping_sub(b'a') > b'z' - b'a');
            // A sign that may stand within a word, and parts it for the eye alone: c-ha, ch'a, chá.
            joints[at] = others[at] & mask(byte > b' ') & mask(byte != b',');
            wide |= byte;
        }
        let mut starts = [0; BLOCK];
        for at in 0..BLOCK {
            // Behind what is no letter, or at a capital: AliExpress.
            starts[at] = others[at] | mask(window[at + 1] & 0x20 == 0);
        }
        let mut any = 0;
        for [first, second, third] in &self.all {
            let is_single = mask(*second == ENDS);
            let ends = mask(*third == ENDS);
            let is_any = mask(*third == ANY);
            for at in 0..BLOCK {
                let last = mask(small[at + 3] == *third)
                    | joints[at + 3]
                    | (others[at + 3] & ends)
                    | is_any;
                let rest = (mask(small[at + 2] == *second) & last)
                    | joints[at + 2]
                    | (others[at + 2] & is_single);
                let hit = starts[at] & mask(small[at + 1] == *first) & rest;
                hits[at] |= hit;
                any |= hit;
            }
        }
        (wide >= 0x80 && mark_wide(window, hits)) || any != 0
    }
}

/// Marks the characters that may fold to letters a to z: not those of other scripts, and not the
/// usual signs.
fn mark_wide(window: &[u8; WINDOW], hits: &mut [u8; BLOCK]) -> bool {
    let mut is_any = false;
    let (eights, _) = window.get(1..).unwrap_or_default().as_chunks::<8>();
    for (from, eight) in (0..BLOCK).step_by(8).zip(eights) {
        let mut rest = u64::from_le_bytes(*eight) & HIGH;
        while rest != 0 {
            let at = from + (rest.trailing_zeros() / 8) as usize;
            rest &= rest - 1;
            if let Some(slot) = hits.get_mut(at)
                && may_be_letters(window.get(at + 1..).unwrap_or_default())
            {
                (*slot, is_any) = (u8::MAX, true);
            }
        }
    }
    is_any
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
fn bits(hits: &[u8; BLOCK]) -> u64 {
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
fn window(bytes: &[u8], at: usize) -> Option<&[u8; WINDOW]> {
    bytes.get(at.checked_sub(1)?..)?.first_chunk()
}

/// The same with blanks around the text.
fn last_window(bytes: &[u8], at: usize) -> [u8; WINDOW] {
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

/// Between two places at which something may begin so much is read at once, in bytes.
const STRIDE: usize = 96;

impl Scan<'_> {
    /// Reads the runs in which something may begin, and those between that are near enough for
    /// their positions to matter.
    pub(in crate::analysis) fn skim(&mut self, sought: &Beginnings, reach: u32) {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        for block in (0..bytes.len()).step_by(BLOCK) {
            let mut places = if at < block + BLOCK { sought.places(bytes, block) } else { 0 };
            while places != 0 {
                let found = block + places.trailing_zeros() as usize;
                places &= places - 1;
                if found >= at {
                    at = self.skim_to(bytes, at, found, reach);
                }
            }
        }
    }

    /// Reads what stands at `found`, and gives where that ends.
    fn skim_to(&mut self, bytes: &[u8], from: usize, found: usize, reach: u32) -> usize {
        let start = run_start(bytes, from, found);
        let mut at = from;
        while at < start {
            if self.is_far(reach) {
                self.leap(reach);
                at = start;
            } else {
                at = self.walk(at, start.min(run_end(bytes, at + STRIDE)));
            }
        }
        // Nearly always it is a word that stands alone.
        if at == found
            && let Some(end) = only_word_end(bytes, found)
            && self.number.is_none()
            && self.passed.is_none()
            && is_end(bytes.get(end..).unwrap_or_default())
        {
            let word = Span::new(found, end);
            self.only_word(word.of(self.text), word);
            return end;
        }
        self.walk(at, run_end(bytes, found + 1))
    }

    /// Whether what comes is too far from what was found last for its position to matter.
    fn is_far(&self, reach: u32) -> bool {
        let last = self.out.all().last();
        last.is_none_or(|it| {
            reach == 0 || self.position_before().saturating_sub(it.position) > reach
        })
    }
}

/// Whether runs may be read apart there: at a blank, or a sign that says nothing.
#[inline]
fn parts(byte: u8) -> bool {
    let kind = KINDS[usize::from(byte)];
    kind == BLANK || (kind == SIGN && byte != b',')
}

/// Whether a run ends there, but for a sign behind its word.
#[inline]
fn is_end(rest: &[u8]) -> bool {
    match rest {
        [b',' | b'.', next, ..] => KINDS[usize::from(*next)] == BLANK,
        [next, ..] => parts(*next),
        [] => true,
    }
}

/// Where to begin to read what stands at `found`, at least `least`: where its run starts, or that of
/// the number before.
fn run_start(bytes: &[u8], least: usize, found: usize) -> usize {
    let start = |from: usize| {
        let before = bytes.get(least..from).unwrap_or_default();
        before.iter().rposition(|it| parts(*it)).map_or(least, |it| least + it + 1)
    };
    let own = start(found);
    let before = bytes.get(least..own).unwrap_or_default();
    let blank = before.iter().rev().take_while(|it| it.is_ascii_whitespace()).count();
    match before.get(..before.len() - blank) {
        Some([.., b'0'..=b'9' | 0x80..]) if blank > 0 => start(own - blank),
        _ => own,
    }
}

/// Where the run ends that stands at `from`.
fn run_end(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    from.min(bytes.len()) + rest.iter().position(|it| parts(*it)).unwrap_or(rest.len())
}
