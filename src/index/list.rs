//! A posting list as it stands in the files: which passages hold a term, how often, and where.
//!
//! The bytes are nearly those of tantivy 0.27: blocks of 128 passages, packed by bits, each announced
//! by an entry of a skip list; what is left over as numbers of seven bits a byte, of its frequencies
//! only those above 1 ([`super::list_writer`]); positions packed in blocks of their own. Read here, and not by tantivy, because most of a query's time goes by in it:
//! a block that is skipped is not unpacked, nor are frequencies and positions that nobody asks for.
//!
//! The bytes were verified when they were handed out. What does not fit together all the same ends
//! the list.

use bitpacking::{BitPacker, BitPacker4x};
use tantivy::TERMINATED;
use tantivy::directory::OwnedBytes;

use super::columns::u32_at;
use super::peaks::{Peak, Peaks};
use super::positions::{BLOCK, Positions, number};

/// Bytes of an entry of the skip list, without and with the number of positions.
const ENTRY_BYTES: usize = 8;
const ENTRY_WITH_POSITIONS_BYTES: usize = 12;

/// In the byte of a width: steps are packed less one.
pub(super) const IS_STRICT: u8 = 1 << 6;
const WIDTH: u8 = 0x1f;

/// A forward walk over a posting list; a clone walks by itself.
#[derive(Clone)]
pub struct List {
    bytes: OwnedBytes,
    document_frequency: u32,
    /// Bytes of an entry of the skip list, and where the next one stands.
    entry_bytes: usize,
    skip: usize,
    /// By what its peaks are read.
    free_length: f32,
    is_of_han: bool,
    /// Where the block stands that the walk is in, and how many passages come from it on.
    data: usize,
    left: u32,
    /// The last passage of this block, and of the one before.
    last: u32,
    before: u32,
    /// Bits of a passage and of a frequency of this block.
    passage_bits: u8,
    frequency_bits: u8,
    is_strict: bool,
    /// Positions before this block, and in it.
    positions_before: u64,
    positions_of_block: u32,
    /// The place in the block, and how many passages it has.
    at: usize,
    len: usize,
    passages: [u32; BLOCK],
    /// Where the frequencies stand, and whether they are unpacked.
    frequencies_at: usize,
    has_frequencies: bool,
    /// Apart, since most walks that a query makes are never asked for any, and a clone of a small
    /// list costs a fraction.
    frequencies: Option<Box<[u32; BLOCK]>>,
    /// How many positions of the block come before those of the passage at a place of it.
    positions_until: (usize, u32),
    positions: Option<Box<Positions>>,
}

impl List {
    /// Opens a list of so many passages at its first; nothing where the bytes are too short.
    ///
    /// `counts_positions` tells whether its family has positions at all, `positions` are their
    /// bytes where they are wanted; `free_length` is what peaks are read by, `is_of_han` says that
    /// the term begins with a Han character.
    pub(super) fn open(
        bytes: OwnedBytes,
        document_frequency: u32,
        counts_positions: bool,
        positions: Option<OwnedBytes>,
        (free_length, is_of_han): (f32, bool),
    ) -> Option<Self> {
        let (mut skip, mut data) = (0, 0);
        if document_frequency as usize >= BLOCK {
            let length = number(&bytes, &mut skip)? as usize;
            data = skip.checked_add(length).filter(|it| *it <= bytes.len())?;
        }
        let entry_bytes = if counts_positions { ENTRY_WITH_POSITIONS_BYTES } else { ENTRY_BYTES };
        let positions = match positions {
            Some(it) => Some(Box::new(Positions::open(it)?)),
            None => None,
        };
        let mut list = Self {
            bytes,
            document_frequency,
            entry_bytes,
            skip,
            free_length,
            is_of_han,
            data,
            left: document_frequency,
            last: TERMINATED,
            before: 0,
            passage_bits: 0,
            frequency_bits: 0,
            is_strict: true,
            positions_before: 0,
            positions_of_block: 0,
            at: 0,
            len: 0,
            passages: [TERMINATED; BLOCK],
            frequencies_at: 0,
            has_frequencies: false,
            frequencies: None,
            positions_until: (0, 0),
            positions,
        };
        list.enter();
        list.unpack();
        Some(list)
    }

    /// In how many passages the term stands.
    #[must_use]
    #[inline]
    pub fn document_frequency(&self) -> u32 {
        self.document_frequency
    }

    /// Whether only passages that hold Han characters can hold the term.
    #[must_use]
    pub fn is_of_han(&self) -> bool {
        self.is_of_han
    }

    /// The current passage; [`TERMINATED`] past the last.
    #[must_use]
    #[inline]
    pub fn passage(&self) -> u32 {
        if self.at < self.len { self.passages[self.at % BLOCK] } else { TERMINATED }
    }

    /// How often the term stands in the current passage; 0 past the last.
    #[inline]
    pub fn frequency(&mut self) -> u32 {
        if self.at >= self.len {
            return 0;
        }
        if !self.has_frequencies && self.len == BLOCK {
            return self.packed_frequency();
        }
        self.unpack_frequencies();
        self.frequencies()[self.at % BLOCK]
    }

    /// One frequency out of the packed ones: they stand in four rows, a number of each in turn.
    fn packed_frequency(&self) -> u32 {
        let bits = usize::from(self.frequency_bits);
        if bits == 0 {
            return u32::from(self.is_strict);
        }
        let (row, first) = (self.at % 4, self.at / 4 * bits);
        let word = |at: usize| {
            u64::from(u32_at(&self.bytes, self.frequencies_at + (at * 4 + row) * 4).unwrap_or(0))
        };
        let mut packed = word(first / 32);
        if first % 32 + bits > 32 {
            packed |= word(first / 32 + 1) << 32;
        }
        let number = (packed >> (first % 32)) as u32 & (u32::MAX >> (32 - bits));
        number + u32::from(self.is_strict)
    }

    /// Goes on to the next passage, and gives it.
    #[inline]
    pub fn advance(&mut self) -> u32 {
        self.at += 1;
        if self.at >= self.len && self.left > 0 {
            self.next_block();
            self.unpack();
        }
        self.passage()
    }

    /// Goes on to the first passage at or after one, and gives it.
    #[inline]
    pub fn seek(&mut self, passage: u32) -> u32 {
        if self.last >= passage {
            // Mostly it is one of the next.
            for _ in 0..3 {
                if self.at >= self.len {
                    return TERMINATED;
                }
                let here = self.passages[self.at % BLOCK];
                if here >= passage {
                    return here;
                }
                self.at += 1;
            }
        }
        self.seek_far(passage)
    }

    fn seek_far(&mut self, passage: u32) -> u32 {
        if self.last < passage {
            self.skip_to(passage);
        }
        let rest = self.passages.get(self.at..self.len).unwrap_or_default();
        self.at += before(rest, |it| *it < passage);
        self.passage()
    }

    /// Goes to the block that a passage would stand in.
    fn skip_to(&mut self, passage: u32) {
        while self.last < passage && self.left > 0 {
            self.next_block();
        }
        self.unpack();
    }

    /// Calls `each` with passage and frequency up to, not including, `end`, and stands there then.
    #[inline]
    pub fn walk(&mut self, end: u32, mut each: impl FnMut(u32, u32)) {
        self.walk_slices(end, |passages, frequencies| {
            passages.iter().zip(frequencies).for_each(|it| each(*it.0, *it.1));
        });
    }

    /// The same with many passages and frequencies at once.
    #[inline]
    pub fn walk_slices(&mut self, end: u32, mut each: impl FnMut(&[u32], &[u32])) {
        while self.at < self.len {
            self.unpack_frequencies();
            let here = self.before_end(end);
            let passages = self.passages.get(self.at..here).unwrap_or_default();
            each(passages, self.frequencies().get(self.at..here).unwrap_or_default());
            if !self.goes_on(here) {
                return;
            }
        }
    }

    /// The same without frequencies.
    #[inline]
    pub fn walk_passages(&mut self, end: u32, mut each: impl FnMut(u32)) {
        while self.at < self.len {
            let here = self.before_end(end);
            let passages = self.passages.get(self.at..here).unwrap_or_default();
            passages.iter().for_each(|it| each(*it));
            if !self.goes_on(here) {
                return;
            }
        }
    }

    /// The blocks that may hold what is sought, with all they hold: `admits` is told by how much a
    /// posting of a block gives at most ([`Peaks::most`]). The list is at its end then.
    #[inline]
    pub fn walk_blocks(
        &mut self,
        mut admits: impl FnMut(f32) -> bool,
        mut each: impl FnMut(u32, u32),
    ) {
        while self.at < self.len {
            if admits(self.block_most()) {
                self.unpack_frequencies();
                let passages = self.passages.get(self.at..self.len).unwrap_or_default();
                let frequencies = self.frequencies().get(self.at..self.len).unwrap_or_default();
                for (passage, frequency) in passages.iter().zip(frequencies) {
                    each(*passage, *frequency);
                }
            }
            self.next_block();
            while self.left as usize >= BLOCK && !admits(self.block_most()) {
                self.next_block();
            }
            self.unpack();
        }
    }

    /// By how much a posting of this block gives at most.
    fn block_most(&self) -> f32 {
        if (self.document_frequency as usize) < BLOCK {
            return f32::INFINITY;
        }
        // The entry of a full block was read, what is left over stands behind the last entry.
        let at = if self.left as usize >= BLOCK { self.skip - 2 } else { self.skip };
        Peak::at(&self.bytes, at).ratio(self.free_length)
    }

    /// What its blocks give at most, from the current one on.
    #[must_use]
    pub fn peaks(&self) -> Peaks {
        let full = self.left as usize / BLOCK;
        let is_in_full = usize::from(full > 0);
        let behind = self.skip + (full - is_in_full) * self.entry_bytes;
        let first = self.skip - is_in_full * self.entry_bytes;
        let is_short = (self.document_frequency as usize) < BLOCK;
        let entries = (!is_short).then_some(first..behind);
        Peaks::new(self.bytes.clone(), entries, self.entry_bytes, self.free_length)
    }

    /// Appends the positions in the current passage, rising; none where they were not asked for.
    pub fn append_positions(&mut self, out: &mut Vec<u32>) {
        if let Some((from, count)) = self.positions_here()
            && let Some(positions) = &mut self.positions
        {
            positions.append(from, count, out);
        }
    }

    /// The positions in the current passage as steps from one to the next; nothing where they do
    /// not stand in one block.
    #[inline]
    pub(super) fn steps(&mut self) -> Option<&[u32]> {
        let (from, count) = self.positions_here()?;
        self.positions.as_mut()?.steps(from, count)
    }

    /// The number of the first position in the current passage, and how many there are.
    #[inline]
    fn positions_here(&mut self) -> Option<(u64, u32)> {
        if self.at >= self.len {
            return None;
        }
        self.unpack_frequencies();
        let (known, mut before) = self.positions_until;
        let frequencies = self.frequencies.as_deref()?;
        for frequency in frequencies.get(known..self.at).unwrap_or_default() {
            before = before.wrapping_add(*frequency);
        }
        self.positions_until = (self.at, before);
        let first = self.positions_before + u64::from(before);
        Some((first, frequencies[self.at % BLOCK]))
    }

    /// The place in the block of the first passage at or after `end`.
    #[inline]
    fn before_end(&self, end: u32) -> usize {
        if self.last < end {
            return self.len;
        }
        let rest = self.passages.get(self.at..self.len).unwrap_or_default();
        self.at + rest.partition_point(|it| *it < end)
    }

    /// Goes to a place of the block; past its end to the next block. Tells whether there may be
    /// more before the end that was asked for.
    #[inline]
    fn goes_on(&mut self, here: usize) -> bool {
        self.at = here;
        if here < self.len {
            return false;
        }
        self.next_block();
        self.unpack();
        true
    }

    fn next_block(&mut self) {
        if self.left as usize >= BLOCK {
            let bits = usize::from(self.passage_bits) + usize::from(self.frequency_bits);
            self.data += bits * BLOCK / 8;
            self.left -= BLOCK as u32;
        } else {
            self.left = 0;
        }
        self.positions_before += u64::from(self.positions_of_block);
        self.before = self.last;
        self.enter();
    }

    /// Reads what is announced of the block that begins.
    fn enter(&mut self) {
        (self.at, self.len, self.last) = (0, 0, TERMINATED);
        (self.has_frequencies, self.positions_of_block) = (false, 0);
        self.positions_until = (0, 0);
        if (self.left as usize) < BLOCK {
            return;
        }
        let entry = self.bytes.get(self.skip..self.skip + self.entry_bytes);
        let Some(entry @ [_, _, _, _, passage_bits, frequency_bits, ..]) = entry else {
            self.left = 0;
            return;
        };
        self.last = u32_at(entry, 0).unwrap_or(TERMINATED);
        self.passage_bits = passage_bits & WIDTH;
        self.is_strict = passage_bits & IS_STRICT != 0;
        self.frequency_bits = (*frequency_bits).min(32);
        if self.entry_bytes == ENTRY_WITH_POSITIONS_BYTES {
            self.positions_of_block = u32_at(entry, 6).unwrap_or(0);
        }
        self.skip += self.entry_bytes;
    }

    /// Unpacks the passages of the block.
    fn unpack(&mut self) {
        if (self.left as usize) < BLOCK {
            let mut at = self.data;
            let mut sum = self.before;
            for passage in self.passages.iter_mut().take(self.left as usize) {
                let Some(step) = number(&self.bytes, &mut at) else {
                    self.left = 0;
                    return;
                };
                sum = sum.wrapping_add(step);
                *passage = sum;
            }
            (self.len, self.frequencies_at) = (self.left as usize, at);
            return;
        }
        let bytes = usize::from(self.passage_bits) * BLOCK / 8;
        let Some(packed) = self.bytes.get(self.data..self.data + bytes) else {
            self.left = 0;
            return;
        };
        let packer = BitPacker4x::new();
        if self.is_strict {
            let before = Some(self.before).filter(|it| *it > 0);
            packer.decompress_strictly_sorted(
                before,
                packed,
                &mut self.passages,
                self.passage_bits,
            );
        } else {
            packer.decompress_sorted(self.before, packed, &mut self.passages, self.passage_bits);
        }
        (self.len, self.frequencies_at) = (BLOCK, self.data + bytes);
    }

    /// Those of the block, once they are unpacked.
    #[inline]
    fn frequencies(&self) -> &[u32; BLOCK] {
        self.frequencies.as_deref().unwrap_or(&[0; BLOCK])
    }

    #[inline]
    fn unpack_frequencies(&mut self) {
        if !self.has_frequencies {
            self.has_frequencies = true;
            self.unpack_frequencies_now();
        }
    }

    fn unpack_frequencies_now(&mut self) {
        let frequencies = self.frequencies.get_or_insert_with(|| Box::new([0; BLOCK]));
        if self.len < BLOCK {
            let own = frequencies.get_mut(..self.len).unwrap_or_default();
            return read_frequencies(&self.bytes, self.frequencies_at, own);
        }
        let bytes = usize::from(self.frequency_bits) * BLOCK / 8;
        let packed = self.bytes.get(self.frequencies_at..self.frequencies_at + bytes);
        let Some(packed) = packed else {
            frequencies.fill(0);
            return;
        };
        BitPacker4x::new().decompress(packed, frequencies.as_mut_slice(), self.frequency_bits);
        if self.is_strict {
            frequencies.iter_mut().for_each(|it| *it = it.wrapping_add(1));
        }
    }
}

/// Reads the frequencies of what is left over after the last full block, where only those above 1
/// stand.
fn read_frequencies(bytes: &[u8], mut at: usize, frequencies: &mut [u32]) {
    frequencies.fill(1);
    let mut place = 0_usize;
    while let Some(it) = number(bytes, &mut at) {
        place = place.saturating_add(it as usize / 2);
        let more = if it % 2 == 1 { None } else { number(bytes, &mut at) };
        if let Some(frequency) = frequencies.get_mut(place) {
            *frequency = more.map_or(2, |it| it.saturating_add(3));
        }
        place += 1;
    }
}

/// How many of the first of some things, in order, are before what is sought: it mostly stands near.
#[inline]
pub fn before<T>(things: &[T], is_before: impl Fn(&T) -> bool) -> usize {
    let (mut low, mut step) = (0, 1);
    while things.get(low + step).is_some_and(&is_before) {
        low += step;
        step *= 2;
    }
    let near = things.get(low..things.len().min(low + step + 1)).unwrap_or_default();
    low + near.partition_point(is_before)
}
