//! The fingerprint of one passage.

use super::units::{self, Shingles};

/// The bins of the sketch. Each keeps the least hash of the shingles that fall into it.
const BINS: usize = 16;

/// The bins that make one key. Two passages with a resemblance of .7 share at least one of the
/// eight keys 995 times in 1,000, two with .2 less than 3 times in 10.
const BINS_A_BAND: usize = 2;

pub(super) const BANDS: usize = BINS / BINS_A_BAND;

/// Passages with fewer units are copies only if they are equal.
///
/// One word changed in twelve, such as the name in `… told the news agency on Monday`, makes
/// another statement.
pub(super) const MIN_UNITS: usize = 12;

/// The fingerprint of a passage, small enough to store for every passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// The hash of all units in order: equal for exact copies, whatever their punctuation.
    pub(super) exact: u64,
    /// The keys; near-copies probably share some of them. For a short passage they are made from
    /// `exact`.
    pub(super) bands: [u32; BANDS],
}

impl Fingerprint {
    /// The length of [`Fingerprint::to_bytes`].
    pub const BYTES: usize = 8 + 4 * BANDS;

    /// The fingerprint as little-endian bytes, for storage.
    #[must_use]
    pub fn to_bytes(self) -> [u8; Self::BYTES] {
        let mut bytes = [0; Self::BYTES];
        let (exact, bands) = bytes.split_at_mut(8);
        exact.copy_from_slice(&self.exact.to_le_bytes());
        for (slot, band) in bands.chunks_exact_mut(4).zip(self.bands) {
            slot.copy_from_slice(&band.to_le_bytes());
        }
        bytes
    }

    /// The number of keys that both share.
    pub(super) fn common_keys(&self, other: &Self) -> u32 {
        self.bands.iter().zip(other.bands).map(|(own, it)| u32::from(*own == it)).sum()
    }

    /// Reads a fingerprint from stored bytes.
    #[must_use]
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

/// The fingerprint of a passage; `None` where it contains no letter and no digit.
///
/// Case, width, accents, blanks, punctuation and Traditional forms are ignored. A passage of fewer
/// than twelve words or Han characters matches only an equal one.
#[must_use]
pub fn fingerprint(text: &str) -> Option<Fingerprint> {
    let (mut exact, mut units, mut shingles) = (0_u64, 0_usize, Shingles::default());
    let mut bins = [u64::MAX; BINS];
    units::each(text, |unit| {
        units += 1;
        exact = units::spread(exact ^ unit.hash());
        let Some(shingle) = shingles.next(unit) else { return };
        // The upper bits choose the bin, the lower ones are the value.
        if let Some(bin) = bins.get_mut((shingle >> 60) as usize) {
            *bin = (*bin).min(shingle & 0x0fff_ffff_ffff_ffff);
        }
    });
    let bands = if units < MIN_UNITS {
        std::array::from_fn(|it| units::spread(exact ^ it as u64) as u32)
    } else {
        bands_of(&bins)
    };
    (units > 0).then_some(Fingerprint { exact, bands })
}

/// One-permutation hashing: one hash for each shingle instead of one for each bin (P. Li, A. Owen
/// and C.-H. Zhang 2012). Empty bins are filled from others chosen by hashing (A. Shrivastava
/// 2017).
fn bands_of(bins: &[u64; BINS]) -> [u32; BANDS] {
    let filled: [u64; BINS] = std::array::from_fn(|bin| filled(bins, bin));
    std::array::from_fn(|band| {
        let of_band = filled.iter().skip(band * BINS_A_BAND).take(BINS_A_BAND);
        of_band.fold(band as u64, |all, it| units::spread(all ^ it)) as u32
    })
}

/// The value of a bin, or of the bin that fills it.
fn filled(bins: &[u64; BINS], bin: usize) -> u64 {
    let tried = (0..64_u64).map(|attempt| match attempt {
        0 => bin,
        _ => units::spread((bin as u64) << 32 | attempt) as usize % BINS,
    });
    tried.filter_map(|it| bins.get(it)).copied().find(|it| *it != u64::MAX).unwrap_or(u64::MAX)
}
