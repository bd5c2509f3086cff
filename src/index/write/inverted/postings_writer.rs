//! Writes the postings of a family, with the same bytes as tantivy's own serializer.
//!
//! tantivy's serializer builds a BM25 table for every term, which takes a sixth of a build; here
//! one table serves all terms ([`super::field_norms`]). A test compares the files with those of
//! tantivy.

use std::io::{self, BufWriter, Write};

use bitpacking::{BitPacker, BitPacker4x};
use tantivy::postings::TermInfo;

use super::field_norms::FieldNorms;
use super::term_writer::TermDictionaryWriter;
use crate::analysis::Family;
use crate::index::segment::stored;
use crate::index::trust::push_varint;

/// Postings of a block, and positions of one.
const BLOCK: usize = BitPacker4x::BLOCK_LEN;

/// Flag in the byte of a block's bit width: the gaps between passages are stored less one.
const IS_STRICT: u8 = 1 << 6;

/// Writes terms, postings and positions of one family.
pub(crate) struct PostingsWriter<'a, O: Write> {
    terms: TermDictionaryWriter<O>,
    postings: CountedWriter<O>,
    positions: Option<PositionsWriter<O>>,
    lengths: &'a FieldNorms,
    packer: BlockPacker,
    /// Of the term that is being written.
    document_frequency: u32,
    before: u32,
    passages: Vec<u32>,
    frequencies: Vec<u32>,
    skip: Vec<u8>,
    packed: Vec<u8>,
}

impl<'a, O: Write> PostingsWriter<'a, O> {
    /// Begins a family.
    pub(crate) fn create(
        family: Family,
        [terms, postings, positions]: [O; 3],
        lengths: &'a FieldNorms,
    ) -> io::Result<Self> {
        let mut postings = BufWriter::new(postings);
        postings.write_all(&lengths.total().to_le_bytes())?;
        let has_positions = stored(family).has_positions();
        Ok(Self {
            terms: TermDictionaryWriter::create(terms)?,
            postings: CountedWriter { out: postings, written: 0 },
            positions: has_positions.then(|| PositionsWriter::new(positions)),
            lengths,
            packer: BlockPacker::default(),
            document_frequency: 0,
            before: 0,
            passages: Vec::with_capacity(BLOCK),
            frequencies: Vec::with_capacity(BLOCK),
            skip: Vec::new(),
            packed: Vec::new(),
        })
    }

    /// Adds a posting of the current term; passages rise. `steps` are the gaps between its
    /// positions.
    #[inline]
    pub(crate) fn push(&mut self, passage: u32, frequency: u32, steps: &[u32]) {
        self.passages.push(passage);
        self.frequencies.push(frequency);
        if let Some(positions) = &mut self.positions {
            positions.extend(steps, &mut self.packer);
        }
        if self.passages.len() == BLOCK {
            self.close_block();
        }
    }

    /// Ends the current term; terms rise.
    pub(crate) fn end(&mut self, term: &[u8]) -> io::Result<()> {
        self.document_frequency += u32::try_from(self.passages.len()).unwrap_or(0);
        let mut before = self.before;
        for passage in self.passages.drain(..) {
            push_varint(passage - before, &mut self.packed);
            before = passage;
        }
        for frequency in self.frequencies.drain(..) {
            push_varint(frequency, &mut self.packed);
        }
        let start = self.postings.written;
        if !self.skip.is_empty() {
            let mut length = Vec::with_capacity(5);
            push_varint(u32::try_from(self.skip.len()).unwrap_or(u32::MAX), &mut length);
            self.postings.write(&length)?;
            self.postings.write(&self.skip)?;
        }
        self.postings.write(&self.packed)?;
        self.skip.clear();
        self.packed.clear();
        let positions_range = match &mut self.positions {
            Some(it) => it.end()?,
            None => 0..0,
        };
        let postings_range = start..self.postings.written;
        let doc_freq = std::mem::take(&mut self.document_frequency);
        self.before = 0;
        self.terms.push(term, TermInfo { doc_freq, postings_range, positions_range })
    }

    /// Ends the family.
    pub(crate) fn close(self) -> io::Result<()> {
        self.terms.finish()?.flush()?;
        let CountedWriter { mut out, .. } = self.postings;
        out.flush()?;
        self.positions.map_or(Ok(()), |mut it| it.out.out.flush())
    }

    fn close_block(&mut self) {
        let (length, frequency) = self.lengths.highest(&self.passages, &self.frequencies);
        self.document_frequency += BLOCK as u32;
        let bits = self.packer.sorted(self.before, &self.passages, &mut self.packed);
        self.before = self.passages.last().copied().unwrap_or(self.before);
        self.skip.extend(self.before.to_le_bytes());
        self.skip.push(bits | IS_STRICT);
        let count: u32 = self.frequencies.iter().sum();
        self.frequencies.iter_mut().for_each(|it| *it -= 1);
        self.skip.push(self.packer.plain(&self.frequencies, &mut self.packed));
        if self.positions.is_some() {
            self.skip.extend(count.to_le_bytes());
        }
        self.skip.extend([length, u8::try_from(frequency).unwrap_or(u8::MAX)]);
        self.passages.clear();
        self.frequencies.clear();
    }
}

/// Counts the bytes written.
struct CountedWriter<O: Write> {
    out: BufWriter<O>,
    written: usize,
}

impl<O: Write> CountedWriter<O> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.written += bytes.len();
        self.out.write_all(bytes)
    }
}

/// Packs blocks by bits.
struct BlockPacker {
    packer: BitPacker4x,
    bytes: [u8; BLOCK * 4],
}

impl Default for BlockPacker {
    fn default() -> Self {
        Self { packer: BitPacker4x::new(), bytes: [0; BLOCK * 4] }
    }
}

impl BlockPacker {
    /// Packs numbers that rise from more than `before` (or from 0); returns their bit width.
    fn sorted(&mut self, before: u32, block: &[u32], out: &mut Vec<u8>) -> u8 {
        let before = Some(before).filter(|it| *it > 0);
        let bits = self.packer.num_bits_strictly_sorted(before, block);
        let length = self.packer.compress_strictly_sorted(before, block, &mut self.bytes, bits);
        out.extend(self.bytes.get(..length).unwrap_or_default());
        bits
    }

    /// Packs numbers; returns their bit width.
    fn plain(&mut self, block: &[u32], out: &mut Vec<u8>) -> u8 {
        let bits = self.packer.num_bits(block);
        let length = self.packer.compress(block, &mut self.bytes, bits);
        out.extend(self.bytes.get(..length).unwrap_or_default());
        bits
    }
}

/// Writes the positions of a family.
struct PositionsWriter<O: Write> {
    out: CountedWriter<O>,
    block: Vec<u32>,
    head: Vec<u8>,
    widths: Vec<u8>,
    packed: Vec<u8>,
}

impl<O: Write> PositionsWriter<O> {
    fn new(out: O) -> Self {
        let out = CountedWriter { out: BufWriter::new(out), written: 0 };
        let (head, widths, packed) = (Vec::new(), Vec::new(), Vec::new());
        Self { out, block: Vec::with_capacity(BLOCK), head, widths, packed }
    }

    #[inline]
    fn extend(&mut self, steps: &[u32], packer: &mut BlockPacker) {
        for step in steps {
            self.block.push(*step);
            if self.block.len() == BLOCK {
                self.widths.push(packer.plain(&self.block, &mut self.packed));
                self.block.clear();
            }
        }
    }

    /// Ends a term; returns the range of its positions.
    fn end(&mut self) -> io::Result<std::ops::Range<usize>> {
        let start = self.out.written;
        self.head.clear();
        push_varint(u32::try_from(self.widths.len()).unwrap_or(u32::MAX), &mut self.head);
        self.head.append(&mut self.widths);
        self.block.drain(..).for_each(|it| push_varint(it, &mut self.packed));
        self.out.write(&self.head)?;
        self.out.write(&self.packed)?;
        self.packed.clear();
        Ok(start..self.out.written)
    }
}
