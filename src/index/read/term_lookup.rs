//! Look-ups in a term dictionary that verify what they read.
//!
//! tantivy gets the bytes of the dictionary as a whole and reads them where nothing can be
//! verified. So this file looks terms up itself: it follows the same FST, verifies the block of
//! each node before reading it, and then reads the entry of the term. Verifying the whole
//! dictionary instead would cost a cold query milliseconds.
//!
//! The layout is that of tantivy 0.27, which the format version in the manifest implies. A test
//! flips every byte of a dictionary and looks every term up.

use std::ops::Range;

use tantivy::directory::OwnedBytes;
use tantivy::postings::TermInfo;
use tantivy_fst::raw::{Fst, Node};

use crate::index::trust::{VerifiedFile, u32_at, u64_at};

/// The dictionary ends with the length of the table of entries, a version and its kind.
const FOOTER_BYTES: usize = 16;

/// More than the bytes of a node: 256 transitions of 17 bytes, an index of 256, and 6 more.
const NODE_BYTES: usize = 5_000;

/// Bytes of a description: where the packed entries begin, the first entry (document frequency,
/// start and bytes of its postings and positions), and the bit widths of the packed numbers.
const DESCRIPTION_BYTES: usize = 8 + 4 + 8 + 4 + 8 + 4 + 3;

/// Entries packed together after one description.
const ENTRIES_TOGETHER: usize = 256;

/// Looks terms up in one family's dictionary.
pub(crate) struct TermLookup {
    file: VerifiedFile,
    /// The start of the dictionary in the file.
    start: usize,
    fst: Fst<OwnedBytes>,
    /// The range of the table of entries in the file.
    entries: Range<usize>,
}

impl TermLookup {
    /// Opens the dictionary at a place of the file of terms; nothing where it is damaged.
    pub(crate) fn open(file: &VerifiedFile, place: Range<usize>) -> Option<Self> {
        let file = file.clone();
        let footer = place.end.checked_sub(FOOTER_BYTES)?;
        let entries_bytes = u64_at(file.get(footer..place.end)?, 0)?;
        let entries = footer.checked_sub(usize::try_from(entries_bytes).ok()?)?..footer;
        // Head and foot of the FST, and the head of the table.
        file.get(place.start..place.start.checked_add(16)?)?;
        file.get(entries.start.checked_sub(16)?..entries.start.checked_add(16)?)?;
        let bytes = file.unverified().slice(place.start..entries.start);
        let fst = Fst::new(bytes).ok()?;
        Some(Self { file, start: place.start, fst, entries })
    }

    /// The address of the FST's root.
    pub(crate) fn root(&self) -> Option<usize> {
        // A root of address 0 is the empty automaton's.
        let foot = self.entries.start - 8;
        usize::try_from(u64_at(self.file.get(foot..self.entries.start)?, 0)?).ok()
    }

    /// A node, its bytes verified.
    pub(crate) fn node(&self, address: usize) -> Option<Node<'_>> {
        Some(self.fst.node(self.verified_node(address)?))
    }

    /// The entry of a term, if the dictionary has it; `None` where bytes that were needed are
    /// damaged.
    pub(crate) fn term(&self, term: &[u8]) -> Option<Option<TermInfo>> {
        let mut address = self.verified_node(self.root()?)?;
        let mut order = 0_u64;
        for byte in term {
            let node = self.fst.node(address);
            let Some(at) = node.find_input(*byte) else { return Some(None) };
            let transition = node.transition(at);
            order = order.checked_add(transition.out.value())?;
            address = self.verified_node(transition.addr)?;
        }
        let node = self.fst.node(address);
        if !node.is_final() {
            return Some(None);
        }
        self.entry(order.checked_add(node.final_output().value())?).map(Some)
    }

    /// Verifies the bytes of a node; returns its address.
    fn verified_node(&self, address: usize) -> Option<usize> {
        let end = self.start.checked_add(address)?.checked_add(1)?;
        let start = end.saturating_sub(NODE_BYTES).max(self.start);
        self.file.get(start..end)?;
        Some(address)
    }

    /// The entry of the term of this number.
    fn entry(&self, order: u64) -> Option<TermInfo> {
        let order = usize::try_from(order).ok()?;
        let head = self.file.get(self.entries.start..self.entries.start.checked_add(16)?)?;
        let described = usize::try_from(u64_at(head, 0)?).ok()?;
        let descriptions = self.entries.start + 16;
        let together = (order / ENTRIES_TOGETHER).checked_mul(DESCRIPTION_BYTES)?;
        let at = descriptions.checked_add(together)?;
        let here = self.file.get(at..at.checked_add(DESCRIPTION_BYTES)?)?;
        let [.., frequency_bits, postings_bits, positions_bits] = here else { return None };
        let place = |at: usize| usize::try_from(u64_at(here, at)?).ok();
        let bytes = |at: usize| usize::try_from(u32_at(here, at)?).ok();
        let (postings, positions) = (place(12)?, place(24)?);
        // The first entry of a group is not packed.
        let Some(number) = (order % ENTRIES_TOGETHER).checked_sub(1) else {
            return Some(TermInfo {
                doc_freq: u32_at(here, 8)?,
                postings_range: postings..postings.checked_add(bytes(20)?)?,
                positions_range: positions..positions.checked_add(bytes(32)?)?,
            });
        };
        let packed = descriptions.checked_add(described)?.checked_add(place(0)?)?;
        let widths = [postings_bits, positions_bits, frequency_bits].map(|it| usize::from(*it));
        let [postings_bits, positions_bits, frequency_bits] = widths;
        let width: usize = widths.iter().sum();
        let first = number.checked_mul(width)?;
        let number = |at: usize, bits: usize| self.packed(packed, first + at, bits);
        let postings_range = postings.checked_add(number(0, postings_bits)?)?
            ..postings.checked_add(number(width, postings_bits)?)?;
        let positions_range = positions.checked_add(number(postings_bits, positions_bits)?)?
            ..positions.checked_add(number(width + postings_bits, positions_bits)?)?;
        let frequency = number(postings_bits + positions_bits, frequency_bits)?;
        Some(TermInfo { doc_freq: u32::try_from(frequency).ok()?, postings_range, positions_range })
    }

    /// A number of `bits` bits, at most 56, which begins at a bit of the packed entries.
    fn packed(&self, packed: usize, bit: usize, bits: usize) -> Option<usize> {
        let start = packed.checked_add(bit / 8)?.min(self.entries.end);
        let bytes = self.file.get(start..start.saturating_add(8).min(self.entries.end))?;
        let mut eight = [0; 8];
        eight.iter_mut().zip(bytes).for_each(|(it, byte)| *it = *byte);
        let number = u64::from_le_bytes(eight) >> (bit % 8) & (1_u64.checked_shl(bits as u32)? - 1);
        usize::try_from(number).ok().filter(|_| bits <= 56)
    }

    /// Verifies the whole dictionary; nothing where some of it is damaged.
    pub(crate) fn verify_whole(&self) -> Option<()> {
        self.file.get(self.start..self.entries.end + FOOTER_BYTES).map(|_| ())
    }
}
