//! Which bytes of a term dictionary a look-up reads.
//!
//! tantivy is given the dictionary's bytes as a whole and reads them where no one can see. So a
//! look-up walks the same automaton first, verifying the block of each node before it is read, and
//! then the entry of the term that it leads to: after that tantivy's own look-up meets verified
//! bytes only. To verify the dictionary whole instead would cost a cold query milliseconds.
//!
//! The layout is that of tantivy 0.27, which the manifest's form stands for; a test flips every
//! byte of a dictionary and asks for every term.

use std::ops::Range;

use tantivy::directory::OwnedBytes;
use tantivy_fst::raw::{Fst, Node};

use super::columns::u64_at;
use super::guard::Guard;

/// The length of the table of entries, a version, and the kind of dictionary.
const FOOTER_BYTES: usize = 16;

/// More than the bytes of a node: 256 transitions of 17 bytes, an index of 256, and 6 more.
const NODE_BYTES: usize = 5_000;

/// Entries that are packed together behind one description.
const ENTRIES_TOGETHER: usize = 256;

/// Guards the look-ups in one family's dictionary.
pub(super) struct TermsGuard {
    file: Guard,
    /// Where the dictionary stands in the file.
    start: usize,
    fst: Fst<OwnedBytes>,
    /// Where the table of entries stands in the file.
    entries: Range<usize>,
}

impl TermsGuard {
    /// For the dictionary at a place of the file of terms; nothing where it is damaged.
    pub(super) fn open(file: &Guard, place: Range<usize>) -> Option<Self> {
        let file = file.clone();
        let footer = place.end.checked_sub(FOOTER_BYTES)?;
        let entries_bytes = u64_at(file.get(footer..place.end)?, 0)?;
        let entries = footer.checked_sub(usize::try_from(entries_bytes).ok()?)?..footer;
        // Head and foot of the automaton, and the head of the table.
        file.get(place.start..place.start.checked_add(16)?)?;
        file.get(entries.start.checked_sub(16)?..entries.start.checked_add(16)?)?;
        let bytes = file.unverified().slice(place.start..entries.start);
        let fst = Fst::new(bytes).ok()?;
        Some(Self { file, start: place.start, fst, entries })
    }

    /// The address of the automaton's first node.
    pub(super) fn root(&self) -> Option<usize> {
        // A root of address 0 is the empty automaton's.
        let foot = self.entries.start - 8;
        usize::try_from(u64_at(self.file.get(foot..self.entries.start)?, 0)?).ok()
    }

    /// A node, its bytes verified.
    pub(super) fn node(&self, address: usize) -> Option<Node<'_>> {
        Some(self.fst.node(self.verified_node(address)?))
    }

    /// Verifies all that a look-up of this term reads; nothing where some of it is damaged.
    pub(super) fn verify(&self, term: &[u8]) -> Option<()> {
        let mut address = self.verified_node(self.root()?)?;
        let mut order = 0_u64;
        for byte in term {
            let node = self.fst.node(address);
            let Some(at) = node.find_input(*byte) else { return Some(()) };
            let transition = node.transition(at);
            order = order.checked_add(transition.out.value())?;
            address = self.verified_node(transition.addr)?;
        }
        let node = self.fst.node(address);
        if !node.is_final() {
            return Some(());
        }
        self.verify_entry(order.checked_add(node.final_output().value())?)
    }

    /// Verifies the bytes of a node and gives its address.
    fn verified_node(&self, address: usize) -> Option<usize> {
        let end = self.start.checked_add(address)?.checked_add(1)?;
        let start = end.saturating_sub(NODE_BYTES).max(self.start);
        self.file.get(start..end)?;
        Some(address)
    }

    /// Verifies the entry of the term of this number.
    fn verify_entry(&self, order: u64) -> Option<()> {
        let order = usize::try_from(order).ok()?;
        let head = self.file.get(self.entries.start..self.entries.start.checked_add(16)?)?;
        let described = usize::try_from(u64_at(head, 0)?).ok()?;
        let terms = usize::try_from(u64_at(head, 8)?).ok()?;
        let description = described.checked_div(terms.div_ceil(ENTRIES_TOGETHER))?;
        let descriptions = self.entries.start + 16;
        let at = descriptions.checked_add((order / ENTRIES_TOGETHER).checked_mul(description)?)?;
        let here = self.file.get(at..at.checked_add(description)?)?;
        let offset = usize::try_from(u64_at(here, 0)?).ok()?;
        // The last three bytes are the widths of an entry's numbers, in bits.
        let bits: usize = here.iter().rev().take(3).map(|it| usize::from(*it)).sum();
        let packed = descriptions.checked_add(described)?.checked_add(offset)?;
        let end = packed.checked_add(bits * ENTRIES_TOGETHER / 8 + 16)?;
        self.file.get(packed.min(self.entries.end)..end.min(self.entries.end))?;
        Some(())
    }

    /// Verifies the whole dictionary; nothing where some of it is damaged.
    pub(super) fn verify_whole(&self) -> Option<()> {
        self.file.get(self.start..self.entries.end + FOOTER_BYTES).map(|_| ())
    }
}
