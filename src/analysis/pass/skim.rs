//! Where what is sought may begin, looked for without reading: sixty-four bytes at a time.
//!
//! A place too many costs a little reading; none is left out. It is written in whole blocks
//! without branches, so that the compiler makes vectors of it.

use super::letters::{HIGH, ONES, first_letters};
use super::{BLANK, KINDS, SIGN, only_word_end};
use crate::analysis::Sought;
use crate::analysis::scan::Scan;
use crate::text::Span;

/// How the words that are sought begin: two small letters, or one and [`ENDS`].
#[derive(Clone, Debug, Default)]
pub(in crate::analysis) struct Beginnings {
    all: Vec<[u8; 2]>,
    /// Something is sought that these do not say.
    is_beyond: bool,
}

/// A word ends there.
pub(in crate::analysis) const ENDS: u8 = 0;

/// Where more are sought they stand so near each other that reading is as fast.
const MOST: usize = 8;

/// So many bytes are looked at together.
const BLOCK: usize = 64;
/// With the byte before them and two after them, in whole vectors.
const WINDOW: usize = 80;

impl Beginnings {
    pub(in crate::analysis) fn add(&mut self, first: u8, second: u8) {
        let one = [first, second].map(|it| if it == ENDS { it } else { it | 0x20 });
        if !self.all.contains(&one) {
            self.all.push(one);
        }
    }

    /// Something is sought that does not begin with letters a to z.
    pub(in crate::analysis) fn add_other(&mut self) {
        self.is_beyond = true;
    }

    /// Whether all that is sought can be looked for so.
    pub(in crate::analysis) fn are_all(&self) -> bool {
        !self.is_beyond && self.all.len() <= MOST
    }

    /// Marks the places of a block at which two letters stand that something begins with, or one
    /// before what is no letter. Tells whether there are any, and whether all is ASCII.
    #[inline]
    fn mark(&self, window: &[u8; WINDOW], hits: &mut [u8; BLOCK]) -> (bool, bool) {
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

impl Sought {
    /// The places of a block at which something may begin, the first one lowest.
    fn places(&self, bytes: &[u8], at: usize) -> u64 {
        match window(bytes, at) {
            Some(window) => self.places_of(window),
            None => self.places_of(&last_window(bytes, at)),
        }
    }

    #[inline]
    fn places_of(&self, window: &[u8; WINDOW]) -> u64 {
        let mut hits = [0; BLOCK];
        let (is_any, is_ascii) = self.beginnings().mark(window, &mut hits);
        let mut places = if is_ascii { 0 } else { wide_places(window) };
        let mut likely = if is_any { bits(&hits) } else { 0 };
        while likely != 0 {
            let at = likely.trailing_zeros() as usize;
            let own = likely & likely.wrapping_neg();
            likely ^= own;
            let around = window.get(at..).and_then(<[u8]>::first_chunk);
            if around.is_some_and(|it| self.may_begin_at(it)) {
                places |= own;
            }
        }
        places
    }

    /// What stands at a place at which something may begin; nothing where it is another word, one that
    /// stands alone.
    #[inline]
    fn place(&self, bytes: &[u8], at: usize) -> Option<Place> {
        let end = only_word_end(bytes, at);
        // A number before it may make another word of it.
        let is_free = at.checked_sub(1).and_then(|it| bytes.get(it)).is_none_or(|it| parts(*it));
        let Some(end) = end.filter(|_| is_free) else {
            return Some(Place { at, end, is_sought: false });
        };
        let is_sought = self.may_be_alone(first_letters(bytes, at, end - at));
        is_sought.then_some(Place { at, end: Some(end), is_sought })
    }

    /// Whether something may begin with the second of four bytes, a letter.
    #[inline]
    fn may_begin_at(&self, [before, first, second, third]: &[u8; 4]) -> bool {
        // Behind what is no letter, or at a capital: AliExpress.
        let is_start = !before.is_ascii_alphabetic() || first.is_ascii_uppercase();
        // A sign that may stand within a word, and parts it for the eye alone: c-ha, ch'a, chá.
        let is_joint = |it: u8| it > b' ' && it != b',';
        is_start
            && match (second.is_ascii_alphabetic(), third.is_ascii_alphabetic()) {
                (true, true) => self.may_be_three(*first, *second, *third),
                (true, false) if is_joint(*third) => self.may_be_more(*first, *second),
                (true, false) => self.may_be_two(*first, *second),
                _ => is_joint(*second) || self.may_be_letter(*first),
            }
    }
}

/// The places of characters that may fold to letters a to z: not those of other scripts, and not the
/// usual signs.
fn wide_places(window: &[u8; WINDOW]) -> u64 {
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

/// A place at which something may begin.
#[derive(Clone, Copy)]
struct Place {
    at: usize,
    /// Where the word ends that stands there, if it is joined with nothing after it.
    end: Option<usize>,
    /// Whether that word is sought for all that it begins with, and stands behind what parts runs.
    is_sought: bool,
}

impl Scan<'_> {
    /// Reads the runs in which something may begin, and those between that are near enough for
    /// their positions to matter.
    pub(in crate::analysis) fn skim(&mut self, sought: &Sought, reach: u32) {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        for block in (0..bytes.len()).step_by(BLOCK) {
            let mut places = if at < block + BLOCK { sought.places(bytes, block) } else { 0 };
            while places != 0 {
                let found = block + places.trailing_zeros() as usize;
                places &= places - 1;
                if found >= at
                    && let Some(place) = sought.place(bytes, found)
                {
                    at = self.skim_to(bytes, at, place, reach);
                }
            }
        }
    }

    /// Reads what stands at a place, and gives where that ends.
    fn skim_to(&mut self, bytes: &[u8], from: usize, place: Place, reach: u32) -> usize {
        let start = run_start(bytes, from, place.at);
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
        if at == place.at
            && place.is_sought
            && let Some(end) = place.end
            && self.number.is_none()
            && !self.is_behind_number(at)
            && is_end(bytes.get(end..).unwrap_or_default())
        {
            let word = Span::new(at, end);
            self.sought_word(word.of(self.text), word);
            return end;
        }
        self.walk(at, run_end(bytes, place.at + 1))
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
    // Nearly always it stands behind another word.
    if let Some([b'a'..=b'z' | b'A'..=b'Z' | b',' | b'.', b' ']) =
        bytes.get(least..found).and_then(<[u8]>::last_chunk)
    {
        return found;
    }
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
