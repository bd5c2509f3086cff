//! The short checksum of a block of a file, of a text and of a record.

use xxhash_rust::xxh3::xxh3_64;

/// Half of xxh3: what a passage or an article's record is verified by.
#[expect(clippy::cast_possible_truncation, reason = "half of the hash is what is kept")]
pub(crate) fn checksum(bytes: &[u8]) -> u32 {
    xxh3_64(bytes) as u32
}
