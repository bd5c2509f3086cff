//! What kind each byte is, and where small letters end, eight bytes at a time.

pub(crate) const LETTER: u8 = 1;
pub(crate) const CAPITAL: u8 = 2;
pub(crate) const DIGIT: u8 = 4;
/// Separates words and has no meaning of its own.
pub(crate) const SIGN: u8 = 8;
/// Changes the form of the word beside it: @handle, #tag, 5%, $5.
pub(crate) const NAMING: u8 = 16;
pub(crate) const BLANK: u8 = 32;
/// May continue a word: don't, AT&T, C++, C#, US$5, café.
pub(crate) const GLUE: u8 = 64;
/// Joins the words beside it: e-commerce, co.uk.
pub(crate) const JOINT: u8 = 128;

/// What each byte may mean.
pub(crate) static KINDS: [u8; 256] = kinds();

const fn kinds() -> [u8; 256] {
    let mut kinds = [GLUE; 256];
    let mut at = 0_u8;
    while at < 128 {
        kinds[at as usize] = match at {
            b'a'..=b'z' => LETTER,
            b'A'..=b'Z' => LETTER | CAPITAL,
            b'0'..=b'9' => DIGIT | GLUE,
            b'-' | b'/' | b'.' | b'_' => SIGN | JOINT,
            b'@' => NAMING | JOINT,
            b'%' => NAMING,
            b'#' | b'$' => NAMING | GLUE,
            b'\'' | b'&' | b'+' => SIGN | GLUE,
            b'\t' | b'\n' | 0x0c | b'\r' | b' ' => BLANK,
            _ if at.is_ascii_graphic() => SIGN,
            _ => 0,
        };
        at += 1;
    }
    kinds
}

#[inline]
pub(crate) fn is(bytes: &[u8], at: usize, kinds: u8) -> bool {
    bytes.get(at).is_some_and(|it| KINDS[usize::from(*it)] & kinds != 0)
}

pub(crate) const ONES: u64 = 0x0101_0101_0101_0101;
pub(crate) const HIGH: u64 = 0x80 * ONES;

/// Where the small letters end that stand at a byte.
#[inline]
pub(crate) fn small_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let others = small(u64::from_le_bytes(*eight)) ^ HIGH;
        if others != 0 {
            return at + (others.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|it| it.is_ascii_lowercase()).count()
}

/// The first eight bytes of a word in small letters, the first one lowest.
#[inline]
pub(crate) fn letters(word: &str) -> u64 {
    let mut letters = [0; 8];
    letters.iter_mut().zip(word.bytes()).for_each(|(to, it)| *to = it.to_ascii_lowercase());
    u64::from_le_bytes(letters)
}

/// The same of the word of so many bytes that stands at a place.
#[inline]
pub(crate) fn first_letters(bytes: &[u8], at: usize, length: usize) -> u64 {
    match bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        Some(eight) => {
            let own = u64::MAX.checked_shr(64_u32.saturating_sub(8 * length.min(8) as u32));
            // Of letters the small one.
            (u64::from_le_bytes(*eight) | (0x20 * ONES)) & own.unwrap_or(0)
        }
        None => {
            let word = bytes.get(at..).unwrap_or_default();
            let word = word.iter().take(length).rev();
            word.fold(0, |letters, it| letters << 8 | u64::from(it | 0x20))
        }
    }
}

/// The highest bit of each byte that is a small letter.
#[inline]
pub(crate) fn small(bytes: u64) -> u64 {
    let low = bytes & !HIGH;
    // Neither sum carries into the next byte.
    let from_a = low + (0x80 - u64::from(b'a')) * ONES;
    let past_z = low + (0x7f - u64::from(b'z')) * ONES;
    from_a & !past_z & !bytes & HIGH
}

/// The end of the word that begins at a byte, if it is of letters with at most a capital in front
/// and is joined with nothing after it.
pub(crate) fn only_word_end(bytes: &[u8], at: usize) -> Option<usize> {
    if !is(bytes, at, LETTER) {
        return None;
    }
    let end = small_end(bytes, at + 1);
    let is_alone = match bytes.get(end..).unwrap_or_default() {
        [b'-' | b'/' | b'.' | b'_' | b'@', next, ..] => {
            KINDS[usize::from(*next)] & (SIGN | BLANK) != 0
        }
        [next, ..] => KINDS[usize::from(*next)] & (GLUE | LETTER) == 0,
        [] => true,
    };
    // A single letter may begin an acronym.
    (is_alone && end > at + 1).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_end_where_they_end() {
        for byte in 0..=u8::MAX {
            for before in 0..20 {
                let mut bytes = vec![b'q'; before];
                bytes.push(byte);
                bytes.extend(b"abz");
                let small = bytes.iter().take_while(|it| it.is_ascii_lowercase()).count();
                assert_eq!(small_end(&bytes, 0), small, "{byte} after {before}");
            }
        }
    }
}
