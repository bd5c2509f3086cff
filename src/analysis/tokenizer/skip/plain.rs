//! The fast path for nearly all of English text: words of small letters, eight bytes at a time.

use std::num::NonZero;

use crate::analysis::prefilter::{BLANK, HIGH, JOINT, KINDS, SIGN, small, small_end};

use super::run::{Skipped, SkippedRun};

impl SkippedRun<'_> {
    /// Skips words of small letters, perhaps with a capital in front, with the signs and blanks
    /// between them, up to the first word that may match or needs more rules.
    ///
    /// It does what [`SkippedRun::word`] and [`SkippedRun::pass`] do, in a quarter of the time.
    #[inline]
    pub(super) fn plain_words(&mut self) {
        let bytes = self.bytes;
        let (mut at, mut start, mut words) = (self.at, self.start, self.passed.words);
        let mut before = words;
        while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
            // The first letter in small; no other byte becomes a letter by it.
            let eight = u64::from_le_bytes(*eight) | 0x20;
            let others = small(eight) ^ HIGH;
            let (letters, length) = match NonZero::new(others) {
                None => (eight, small_end(bytes, at + 8) - at),
                Some(others) => {
                    // The bits below the first other byte.
                    let lowest = others.get() & others.get().wrapping_neg();
                    let own = (lowest - 1) >> 7;
                    (eight & own, (others.trailing_zeros() / 8) as usize)
                }
            };
            let end = at + length;
            let Some([sign, next]) = bytes.get(end..).and_then(<[u8]>::first_chunk::<2>) else {
                break;
            };
            let kind = KINDS[usize::from(*sign)];
            let is_blank = *sign == b' ' || (kind == BLANK && matches!(next, 0x21..=0x7e));
            let is_alone = is_blank || kind == SIGN || (kind == SIGN | JOINT && *next == b' ');
            // Without a letter it may be anything.
            if self.prefilter.may_be_letters(letters)
                && (length == 0 || !is_alone || self.prefilter.may_be_alone(letters))
            {
                break;
            }
            if is_blank {
                at = end + 1;
            } else if is_alone || (kind == SIGN | JOINT && length > 2) {
                // Joined with what follows a short word may be another one.
                at = end + 1;
                if *next != b' ' {
                    words += 1;
                    continue;
                }
                at += 1;
            } else {
                break;
            }
            words += 1;
            (start, before) = (at, words);
        }
        if words == self.passed.words {
            return;
        }
        if start > self.start {
            self.begin(start);
            self.before = Skipped { words: before, ..Skipped::default() };
        }
        self.passed = Skipped { words, ..Skipped::default() };
        (self.at, self.is_bare) = (at, at == start);
    }
}
