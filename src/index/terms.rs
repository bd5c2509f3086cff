//! Terms as dense numbers: what a postings list is gathered under before it is sorted.

use xxhash_rust::xxh3::xxh3_64;

/// Terms of up to so many bytes are known by their [`prefix`] and length alone.
const SHORT_BYTES: usize = 8;

/// Set in the tag of a longer term, whose other bits are a hash of all of it.
const IS_LONG: u32 = 1 << 31;

/// The first eight bytes of a term as a number, zeros after its end: of two terms with different
/// numbers the one with the lower stands first. Almost all comparisons of terms end here.
#[inline]
pub(super) fn prefix(term: &[u8]) -> u64 {
    if let Some(it) = term.first_chunk() {
        return u64::from_be_bytes(*it);
    }
    if let (Some(first), Some(last)) = (term.first_chunk(), term.last_chunk()) {
        // The last four bytes, of which some may be among the first, move to where they stand.
        let last = u64::from(u32::from_be_bytes(*last)) << (8 * (SHORT_BYTES - term.len()));
        return u64::from(u32::from_be_bytes(*first)) << 32 | last & 0xffff_ffff;
    }
    let byte = |at: usize| u64::from(term.get(at).copied().unwrap_or_default());
    byte(0) << 56 | byte(1) << 48 | byte(2) << 40
}

/// Distinct terms, numbered from 0 in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Terms {
    bytes: Vec<u8>,
    /// Where each term ends in `bytes`.
    ends: Vec<u32>,
    /// Open addressing; a power of two, at most two thirds full.
    slots: Vec<Slot>,
}

/// A term in the table; all zeros where there is none.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    prefix: u64,
    /// The length of a short term; of a long one [`IS_LONG`] and a hash.
    tag: u32,
    /// Its number plus one.
    number: u32,
}

impl Slot {
    /// Where the search for a term begins in a table of `slots` slots.
    fn place(prefix: u64, tag: u32, slots: usize) -> usize {
        const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
        let mixed = (prefix ^ u64::from(tag).wrapping_mul(SPREAD)).wrapping_mul(SPREAD);
        // The upper bits depend on all others.
        (mixed >> 32) as usize & (slots - 1)
    }
}

impl Terms {
    /// The number of a term, new or known.
    #[inline]
    pub(super) fn number(&mut self, term: &[u8]) -> u32 {
        if self.slots.len() * 2 < 3 * (self.ends.len() + 1) {
            self.grow();
        }
        let prefix = prefix(term);
        let tag =
            if term.len() <= SHORT_BYTES { length(term) } else { xxh3_64(term) as u32 | IS_LONG };
        let mut at = Slot::place(prefix, tag, self.slots.len());
        loop {
            let slot = self.slots[at];
            if slot.number == 0 {
                return self.add(at, Slot { prefix, tag, number: 0 }, term);
            }
            let is_alike = (slot.prefix, slot.tag) == (prefix, tag);
            if is_alike && (tag & IS_LONG == 0 || self.get(slot.number - 1) == term) {
                return slot.number - 1;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    fn add(&mut self, at: usize, slot: Slot, term: &[u8]) -> u32 {
        let number = length(&self.ends);
        self.bytes.extend_from_slice(term);
        self.ends.push(length(&self.bytes));
        self.slots[at] = Slot { number: number + 1, ..slot };
        number
    }

    /// The bytes of a term.
    pub(super) fn get(&self, number: u32) -> &[u8] {
        let number = number as usize;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.bytes[start as usize..self.ends[number] as usize]
    }

    /// All numbers, in the order of the terms' bytes.
    pub(super) fn sorted(&self) -> Vec<u32> {
        let used = self.slots.iter().filter(|it| it.number > 0);
        let mut terms: Vec<(u64, u32)> = used.map(|it| (it.prefix, it.number - 1)).collect();
        terms.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| self.get(a.1).cmp(self.get(b.1))));
        terms.into_iter().map(|it| it.1).collect()
    }

    #[cold]
    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(1 << 10);
        let old = std::mem::replace(&mut self.slots, vec![Slot::default(); size]);
        for slot in old.into_iter().filter(|it| it.number > 0) {
            let mut at = Slot::place(slot.prefix, slot.tag, size);
            while self.slots[at].number != 0 {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = slot;
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a part is below 4 GiB")]
fn length<T>(slice: &[T]) -> u32 {
    slice.len() as u32
}
