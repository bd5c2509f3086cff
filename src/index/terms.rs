//! Terms as dense numbers: what a postings list is gathered under before it is sorted.

use xxhash_rust::xxh3::xxh3_64;

/// Distinct terms, numbered from 0 in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Terms {
    bytes: Vec<u8>,
    /// Where each term ends in `bytes`.
    ends: Vec<u32>,
    hashes: Vec<u32>,
    /// Open addressing: a term's number plus one, or 0. A power of two, at most half full.
    slots: Vec<u32>,
}

impl Terms {
    /// The number of a term, new or known.
    #[expect(clippy::cast_possible_truncation, reason = "a hash is cut, a part is below 4 GiB")]
    pub(super) fn number(&mut self, term: &str) -> u32 {
        if self.slots.len() < 2 * (self.ends.len() + 1) {
            self.grow();
        }
        let hash = xxh3_64(term.as_bytes()) as u32;
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while let Some(number) = self.slots[at].checked_sub(1) {
            if self.hashes[number as usize] == hash && self.get(number) == term.as_bytes() {
                return number;
            }
            at = (at + 1) & mask;
        }
        let number = self.ends.len() as u32;
        self.bytes.extend_from_slice(term.as_bytes());
        self.ends.push(self.bytes.len() as u32);
        self.hashes.push(hash);
        self.slots[at] = number + 1;
        number
    }

    /// The bytes of a term.
    pub(super) fn get(&self, number: u32) -> &[u8] {
        let number = number as usize;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.bytes[start as usize..self.ends[number] as usize]
    }

    /// How many terms there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// All numbers, in the order of the terms' bytes.
    #[expect(clippy::cast_possible_truncation, reason = "a part is below 4 GiB")]
    pub(super) fn sorted(&self) -> Vec<u32> {
        let mut numbers: Vec<u32> = (0..self.len() as u32).collect();
        numbers.sort_unstable_by_key(|number| self.get(*number));
        numbers
    }

    #[expect(clippy::cast_possible_truncation, reason = "a part is below 4 GiB")]
    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(1 << 10);
        self.slots = vec![0; size];
        for (number, hash) in self.hashes.iter().enumerate() {
            let mut at = *hash as usize & (size - 1);
            while self.slots[at] != 0 {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = number as u32 + 1;
        }
    }
}
