//! Numbers terms densely, so that their occurrences can be sorted by counting.

use xxhash_rust::xxh3::xxh3_64;

/// Bytes of a `u64`.
const WIDTH: usize = 8;

/// Terms of up to this many bytes are identified by their first and last eight bytes and their
/// length.
const SHORT_BYTES: usize = 2 * WIDTH;

/// The first eight bytes of a term as a number, padded with zeros: the lower number comes first in
/// the order of terms. Almost all comparisons of terms end here.
#[inline]
pub(super) fn prefix(term: &[u8]) -> u64 {
    if let Some(it) = term.first_chunk() {
        return u64::from_be_bytes(*it);
    }
    if let (Some(first), Some(last)) = (term.first_chunk(), term.last_chunk()) {
        // The last four bytes, some of which may be among the first four, are shifted to their
        // place.
        let last = u64::from(u32::from_be_bytes(*last)) << (8 * (WIDTH - term.len()));
        return u64::from(u32::from_be_bytes(*first)) << 32 | last & 0xffff_ffff;
    }
    let byte = |at: usize| u64::from(term.get(at).copied().unwrap_or_default());
    byte(0) << 56 | byte(1) << 48 | byte(2) << 40
}

/// Distinct terms, numbered from 0 in the order in which they came.
#[derive(Debug, Default)]
pub(crate) struct TermIds {
    bytes: Vec<u8>,
    /// Where each term ends in `bytes`.
    ends: Vec<u32>,
    /// A hash table with open addressing: a power of two, at most two thirds full.
    slots: Vec<TermSlot>,
}

/// A term in the table; all zeros where there is none.
#[derive(Clone, Copy, Debug, Default)]
struct TermSlot {
    prefix: u64,
    /// The last eight bytes of a term of up to sixteen; a hash of a longer term; 0 where the prefix
    /// holds all of it.
    rest: u64,
    length: u32,
    /// Its number plus one.
    number: u32,
}

impl TermSlot {
    #[inline]
    fn of(term: &[u8]) -> Self {
        let rest = match term.last_chunk() {
            Some(last) if term.len() > WIDTH && term.len() <= SHORT_BYTES => {
                u64::from_le_bytes(*last)
            }
            Some(_) if term.len() > SHORT_BYTES => xxh3_64(term),
            _ => 0,
        };
        Self { prefix: prefix(term), rest, length: length(term), number: 0 }
    }

    /// The slot at which the search for a term begins.
    #[inline]
    fn place(&self, slots: usize) -> usize {
        const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
        let mixed =
            (self.prefix ^ u64::from(self.length).wrapping_mul(SPREAD)).wrapping_mul(SPREAD);
        let mixed = (mixed.rotate_left(32) ^ self.rest).wrapping_mul(SPREAD);
        // The upper bits depend on all others.
        (mixed >> 32) as usize & (slots - 1)
    }
}

impl TermIds {
    /// The number of a term; a new term gets the next number.
    #[inline]
    pub(crate) fn number(&mut self, term: &[u8]) -> u32 {
        if self.slots.len() * 2 < 3 * (self.ends.len() + 1) {
            self.grow();
        }
        let sought = TermSlot::of(term);
        match self.look_up(&sought, term) {
            Ok(number) => number,
            Err(at) => self.add(at, sought, term),
        }
    }

    /// The number of a known term.
    pub(crate) fn find(&self, term: &[u8]) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        self.look_up(&TermSlot::of(term), term).ok()
    }

    /// The number of terms.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The number of a term, or the empty slot for it; the table must not be empty.
    #[inline]
    fn look_up(&self, sought: &TermSlot, term: &[u8]) -> Result<u32, usize> {
        let mut at = sought.place(self.slots.len());
        loop {
            let slot = self.slots[at];
            if slot.number == 0 {
                return Err(at);
            }
            let is_alike = (slot.prefix, slot.rest, slot.length)
                == (sought.prefix, sought.rest, sought.length);
            if is_alike && (term.len() <= SHORT_BYTES || self.get(slot.number - 1) == term) {
                return Ok(slot.number - 1);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    fn add(&mut self, at: usize, slot: TermSlot, term: &[u8]) -> u32 {
        let number = length(&self.ends);
        self.bytes.extend_from_slice(term);
        self.ends.push(length(&self.bytes));
        self.slots[at] = TermSlot { number: number + 1, ..slot };
        number
    }

    /// The bytes of a term.
    pub(crate) fn get(&self, number: u32) -> &[u8] {
        let number = number as usize;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.bytes[start as usize..self.ends[number] as usize]
    }

    /// All numbers, sorted by the terms' bytes.
    pub(crate) fn sorted(&self) -> Vec<u32> {
        let used = self.slots.iter().filter(|it| it.number > 0);
        let mut terms: Vec<(u64, u32)> = used.map(|it| (it.prefix, it.number - 1)).collect();
        terms.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| self.get(a.1).cmp(self.get(b.1))));
        terms.into_iter().map(|it| it.1).collect()
    }

    #[cold]
    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(1 << 10);
        let old = std::mem::replace(&mut self.slots, vec![TermSlot::default(); size]);
        for slot in old.into_iter().filter(|it| it.number > 0) {
            let mut at = slot.place(size);
            while self.slots[at].number != 0 {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = slot;
        }
    }
}

/// The length of what a batch holds.
#[expect(clippy::cast_possible_truncation, reason = "a batch is below 4 GiB")]
pub(super) fn length<T>(slice: &[T]) -> u32 {
    slice.len() as u32
}
