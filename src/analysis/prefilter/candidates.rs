//! The places of a block of text at which a match may begin.

use super::ascii::{BLANK, KINDS, SIGN, first_letters, only_word_end};
use super::blocks::{BLOCK, WINDOW, bits, last_window, wide_places, window};
use super::prefixes::Prefilter;

/// A place at which a match may begin.
#[derive(Clone, Copy)]
pub(crate) struct Candidate {
    pub(crate) at: usize,
    /// Where the word ends that stands there, if it is joined with nothing after it.
    pub(crate) end: Option<usize>,
    /// Whether that word passes the full test, and stands after a sign or blank that ends a run.
    pub(crate) is_sought: bool,
}

impl Prefilter {
    /// The places of a block at which a match may begin, as bits; the first place is the lowest
    /// bit.
    pub(crate) fn candidates(&self, bytes: &[u8], at: usize) -> u64 {
        match window(bytes, at) {
            Some(window) => self.candidates_of(window),
            None => self.candidates_of(&last_window(bytes, at)),
        }
    }

    #[inline]
    fn candidates_of(&self, window: &[u8; WINDOW]) -> u64 {
        let mut hits = [0; BLOCK];
        let (is_any, is_ascii) = self.letter_pairs().mark(window, &mut hits);
        let mut candidates = if is_ascii { 0 } else { wide_places(window) };
        let mut likely = if is_any { bits(&hits) } else { 0 };
        while likely != 0 {
            let at = likely.trailing_zeros() as usize;
            let own = likely & likely.wrapping_neg();
            likely ^= own;
            let around = window.get(at..).and_then(<[u8]>::first_chunk);
            if around.is_some_and(|it| self.may_begin_at(it)) {
                candidates |= own;
            }
        }
        candidates
    }

    /// The candidate at a place; `None` where a simple word stands there that cannot match.
    #[inline]
    pub(crate) fn candidate(&self, bytes: &[u8], at: usize) -> Option<Candidate> {
        let end = only_word_end(bytes, at);
        // A number before it may make another word of it.
        let is_free = at.checked_sub(1).and_then(|it| bytes.get(it)).is_none_or(|it| parts(*it));
        let Some(end) = end.filter(|_| is_free) else {
            return Some(Candidate { at, end, is_sought: false });
        };
        let is_sought = self.may_be_alone(first_letters(bytes, at, end - at));
        is_sought.then_some(Candidate { at, end: Some(end), is_sought })
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

/// Whether runs may be read apart there: at a blank, or a sign that says nothing.
#[inline]
pub(crate) fn parts(byte: u8) -> bool {
    let kind = KINDS[usize::from(byte)];
    kind == BLANK || (kind == SIGN && byte != b',')
}
