//! Runs of letters, eight bytes at a time.

const ONES: u64 = 0x0101_0101_0101_0101;
pub(super) const HIGH: u64 = 0x80 * ONES;

/// Where the small letters end that stand at a byte.
#[inline]
pub(super) fn small_end(bytes: &[u8], from: usize) -> usize {
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

/// The highest bit of each byte that is a small letter.
#[inline]
pub(super) fn small(bytes: u64) -> u64 {
    let low = bytes & !HIGH;
    // Neither sum carries into the next byte.
    let from_a = low + (0x80 - u64::from(b'a')) * ONES;
    let past_z = low + (0x7f - u64::from(b'z')) * ONES;
    from_a & !past_z & !bytes & HIGH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_letters_end_where_they_end() {
        for byte in 0..=u8::MAX {
            for before in 0..20 {
                let mut bytes = vec![b'q'; before];
                bytes.push(byte);
                bytes.extend(b"abz");
                let count = bytes.iter().take_while(|it| it.is_ascii_lowercase()).count();
                assert_eq!(small_end(&bytes, 0), count, "{byte} after {before}");
            }
        }
    }
}
