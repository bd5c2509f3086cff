//! Skips Han characters that cannot match, and the signs between them.

use crate::analysis::prefilter::{Prefilter, parting_sign};
use crate::analysis::tokenizer::state::{LastToken, Tokenizer};
use crate::text::simplified_code;

/// The first Han character whose UTF-8 form begins with a byte from 0xe4 to 0xe9.
const FIRST_HAN: u32 = '一' as u32;

impl Tokenizer<'_> {
    /// Skips the Han characters from `from` on that cannot match and the signs between them, gives
    /// them their positions and returns their end; `None` where there are none.
    pub(crate) fn han_skipped(&mut self, from: usize) -> Option<usize> {
        let prefilter = self.prefilter?;
        if self.number.is_some() {
            return None;
        }
        let bytes = self.text.as_bytes();
        let mut at = from;
        loop {
            let end = unsought_han_end(bytes, at, prefilter);
            if end > at {
                // No bigram that could match reaches over them.
                self.end_run();
                self.place(LastToken::Han);
                self.next += u32::try_from((end - at) / 3).unwrap_or(u32::MAX) - 1;
            }
            let Some(sign) = parting_sign(bytes, end) else {
                return (end > from).then_some(end);
            };
            self.is_parted = true;
            at = end + sign;
        }
    }
}

/// The end of the Han characters of the common block that cannot match.
fn unsought_han_end(bytes: &[u8], from: usize, prefilter: &Prefilter) -> usize {
    let mut at = from;
    while let Some([first @ 0xe4..=0xe9, second, third]) =
        bytes.get(at..).and_then(<[u8]>::first_chunk::<3>)
    {
        let low = |it: &u8| u32::from(it & 0x3f);
        let code = u32::from(first & 15) << 12 | low(second) << 6 | low(third);
        if code < FIRST_HAN || prefilter.may_be_code(simplified_code(code)) {
            break;
        }
        at += 3;
    }
    at
}
