//! The positions of a posting list, as tantivy 0.27 packs them: the widths of all full blocks, the
//! blocks, and what is left over as numbers of seven bits a byte.

use bitpacking::{BitPacker, BitPacker4x};
use tantivy::directory::OwnedBytes;

/// Numbers of a full block.
pub(super) const BLOCK: usize = BitPacker4x::BLOCK_LEN;

/// The positions of a list, as steps, one passage after the other.
#[derive(Clone)]
pub(super) struct Positions {
    bytes: OwnedBytes,
    /// Where the widths of the packed blocks stand, and how many there are.
    widths: usize,
    blocks: usize,
    /// A block, and where it begins.
    here: (usize, usize),
    /// The block that is unpacked, and how many steps it has.
    unpacked: usize,
    len: usize,
    steps: [u32; BLOCK],
}

impl Positions {
    /// Nothing where the bytes are too short.
    pub(super) fn open(bytes: OwnedBytes) -> Option<Self> {
        let mut widths = 0;
        let blocks = number(&bytes, &mut widths)? as usize;
        let first = widths.checked_add(blocks).filter(|it| *it <= bytes.len())?;
        let (here, unpacked) = ((0, first), usize::MAX);
        Some(Self { bytes, widths, blocks, here, unpacked, len: 0, steps: [0; BLOCK] })
    }

    /// Appends the positions that the steps from one on give.
    pub(super) fn append(&mut self, from: u64, count: u32, out: &mut Vec<u32>) {
        let Ok(from) = usize::try_from(from) else { return };
        let (mut from, mut count, mut position) = (from, count as usize, 0_u32);
        while count > 0 {
            self.unpack(from / BLOCK);
            let start = from % BLOCK;
            let steps = self.steps.get(start..self.len.min(start + count)).unwrap_or_default();
            if steps.is_empty() {
                return;
            }
            out.extend(steps.iter().map(|it| {
                position = position.wrapping_add(*it);
                position
            }));
            (from, count) = (from + steps.len(), count - steps.len());
        }
    }

    /// The steps from one on, where all of them stand in one block.
    #[inline]
    pub(super) fn steps(&mut self, from: u64, count: u32) -> Option<&[u32]> {
        let from = usize::try_from(from).ok()?;
        self.unpack(from / BLOCK);
        let start = from % BLOCK;
        let end = start.checked_add(count as usize).filter(|it| *it <= self.len)?;
        self.steps.get(start..end)
    }

    #[inline]
    fn unpack(&mut self, block: usize) {
        if block != self.unpacked {
            self.unpack_now(block);
        }
    }

    fn unpack_now(&mut self, block: usize) {
        let (mut known, mut start) = self.here;
        if block < known {
            (known, start) = (0, self.widths + self.blocks);
        }
        let between = self.widths + known..self.widths + block.min(self.blocks);
        let bits = self.bytes.get(between).unwrap_or_default().iter();
        start += bits.map(|it| usize::from(*it)).sum::<usize>() * BLOCK / 8;
        self.here = (block, start);
        (self.unpacked, self.len) = (block, 0);
        if block < self.blocks {
            let width = self.bytes.get(self.widths + block).copied().unwrap_or(0).min(32);
            let packed = self.bytes.get(start..start + usize::from(width) * BLOCK / 8);
            if let Some(packed) = packed {
                BitPacker4x::new().decompress(packed, &mut self.steps, width);
                self.len = BLOCK;
            }
        } else if block == self.blocks {
            let mut at = start;
            for step in &mut self.steps {
                let Some(it) = number(&self.bytes, &mut at) else { return };
                *step = it;
                self.len += 1;
            }
        }
    }
}

/// A number of seven bits a byte, the lowest first; the last byte has its highest bit set.
#[inline]
pub(super) fn number(bytes: &[u8], at: &mut usize) -> Option<u32> {
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
