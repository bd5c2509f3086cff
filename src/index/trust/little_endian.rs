//! Reads numbers from the bytes of files, little-endian or seven bits a byte; nothing where they
//! are out of bounds.

/// The number of two bytes at `at`.
#[inline]
pub(crate) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().copied().map(u16::from_le_bytes)
}

/// The number of four bytes at `at`.
#[inline]
pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().copied().map(u32::from_le_bytes)
}

/// The number of eight bytes at `at`.
#[inline]
pub(crate) fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().copied().map(u64::from_le_bytes)
}

/// The number of seven bits a byte at `at`, the lowest first; the last byte has its highest bit
/// set. `at` is moved behind it. These are the bytes of tantivy's `VInt`.
#[inline]
pub(crate) fn varint_at(bytes: &[u8], at: &mut usize) -> Option<u32> {
    let (mut number, mut shift) = (0_u32, 0);
    loop {
        let byte = *bytes.get(*at)?;
        *at += 1;
        number |= u32::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 != 0 {
            return Some(number);
        }
        shift += 7;
    }
}

/// Appends a number as [`varint_at`] reads it.
#[inline]
pub(crate) fn push_varint(mut number: u32, out: &mut Vec<u8>) {
    while number >= 128 {
        out.push((number & 0x7f) as u8);
        number >>= 7;
    }
    out.push(number as u8 | 0x80);
}
