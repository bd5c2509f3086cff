//! Postings: a cursor over a posting list, on top of tantivy's readers.

use std::io;

use tantivy::postings::{BlockSegmentPostings, Postings as _, SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, InvertedIndexReader, TERMINATED};

/// Postings that are compared one by one before the rest of the block is searched.
const LINEAR_STEPS: usize = 3;

/// A cursor over the postings of a term, at its first passage; a clone moves independently.
#[derive(Clone)]
pub struct Postings {
    postings: TantivyPostings,
    document_frequency: u32,
    is_of_han: bool,
}

/// The reader of tantivy: block by block, or posting by posting where positions are needed.
#[expect(clippy::large_enum_variant, reason = "nearly all are blocks, read without a jump more")]
#[derive(Clone)]
enum TantivyPostings {
    Blocks(BlockCursor),
    Positions(Box<SegmentPostings>),
}

/// A cursor over blocks of postings.
#[derive(Clone)]
struct BlockCursor {
    /// The current block; empty past the last.
    block: BlockSegmentPostings,
    /// Index of the current posting in the block.
    at: usize,
    /// How many postings the block has.
    len: usize,
}

impl Postings {
    /// Opens the postings at a place of a family's file.
    pub(crate) fn open(
        reader: &InvertedIndexReader,
        place: &TermInfo,
        with_positions: bool,
        is_of_han: bool,
    ) -> io::Result<Self> {
        let postings = if with_positions {
            let option = IndexRecordOption::WithFreqsAndPositions;
            let postings = reader.read_postings_from_terminfo(place, option)?;
            TantivyPostings::Positions(Box::new(postings))
        } else {
            let option = IndexRecordOption::WithFreqs;
            let block = reader.read_block_postings_from_terminfo(place, option)?;
            let len = block.block_len();
            TantivyPostings::Blocks(BlockCursor { block, at: 0, len })
        };
        Ok(Self { postings, document_frequency: place.doc_freq, is_of_han })
    }

    /// How many passages hold the term.
    #[must_use]
    #[inline]
    pub fn document_frequency(&self) -> u32 {
        self.document_frequency
    }

    /// Whether the term is of Han characters, so that only passages with Han characters hold it.
    #[must_use]
    pub fn is_of_han(&self) -> bool {
        self.is_of_han
    }

    /// The current passage; [`TERMINATED`] past the last.
    #[must_use]
    #[inline]
    pub fn passage(&self) -> u32 {
        match &self.postings {
            TantivyPostings::Blocks(it) => it.passage(),
            TantivyPostings::Positions(it) => it.doc(),
        }
    }

    /// How often the current passage holds the term; 0 past the last.
    #[must_use]
    #[inline]
    pub fn frequency(&self) -> u32 {
        match &self.postings {
            TantivyPostings::Blocks(it) if it.at < it.len => it.block.freq(it.at),
            TantivyPostings::Positions(it) if it.doc() != TERMINATED => it.term_freq(),
            _ => 0,
        }
    }

    /// Advances to the next passage and returns it.
    #[inline]
    pub fn advance(&mut self) -> u32 {
        match &mut self.postings {
            TantivyPostings::Blocks(it) => {
                it.at += 1;
                if it.at >= it.len {
                    it.next_block();
                }
                it.passage()
            }
            TantivyPostings::Positions(it) => it.advance(),
        }
    }

    /// Advances to the first passage at or after `passage` and returns it.
    #[inline]
    pub fn seek(&mut self, passage: u32) -> u32 {
        match &mut self.postings {
            TantivyPostings::Blocks(it) => it.seek(passage),
            TantivyPostings::Positions(it) if it.doc() < passage => {
                it.seek(passage.min(TERMINATED))
            }
            TantivyPostings::Positions(it) => it.doc(),
        }
    }

    /// Calls `each` with passage and frequency of every posting before `end`, and stops there.
    #[inline]
    pub fn walk(&mut self, end: u32, mut each: impl FnMut(u32, u32)) {
        self.walk_slices(end, |passages, frequencies| {
            passages.iter().zip(frequencies).for_each(|it| each(*it.0, *it.1));
        });
    }

    /// The same, with slices of passages and frequencies.
    #[inline]
    pub fn walk_slices(&mut self, end: u32, mut each: impl FnMut(&[u32], &[u32])) {
        match &mut self.postings {
            TantivyPostings::Blocks(it) => it.walk_slices(end, each),
            TantivyPostings::Positions(it) => {
                while it.doc() < end {
                    each(&[it.doc()], &[it.term_freq()]);
                    it.advance();
                }
            }
        }
    }

    /// The same without frequencies.
    #[inline]
    pub fn walk_passages(&mut self, end: u32, mut each: impl FnMut(u32)) {
        self.walk_slices(end, |passages, _| passages.iter().for_each(|it| each(*it)));
    }

    /// Appends the positions in the current passage, sorted; none where the list was opened without
    /// them.
    #[inline]
    pub fn append_positions(&mut self, out: &mut Vec<u32>) {
        if let TantivyPostings::Positions(it) = &mut self.postings
            && it.doc() != TERMINATED
        {
            it.append_positions_with_offset(0, out);
        }
    }
}

impl BlockCursor {
    #[inline]
    fn passage(&self) -> u32 {
        if self.at < self.len { self.block.doc(self.at) } else { TERMINATED }
    }

    fn next_block(&mut self) {
        if self.len > 0 {
            self.block.advance();
        }
        (self.at, self.len) = (0, self.block.block_len());
    }

    #[inline]
    fn seek(&mut self, passage: u32) -> u32 {
        if self.at >= self.len {
            return TERMINATED;
        }
        let passages = self.block.docs();
        if passages.get(self.len - 1).is_none_or(|last| *last < passage) {
            self.at = self.block.seek(passage.min(TERMINATED));
            self.len = self.block.block_len();
            return self.passage();
        }
        // The target is mostly only a few postings ahead.
        let rest = passages.get(self.at..self.len).unwrap_or_default();
        let near = rest.iter().take(LINEAR_STEPS).position(|it| *it >= passage);
        self.at += near.unwrap_or_else(|| gallop(rest, |it| *it < passage));
        self.passage()
    }

    #[inline]
    fn walk_slices(&mut self, end: u32, mut each: impl FnMut(&[u32], &[u32])) {
        while self.at < self.len {
            let passages = self.block.docs().get(self.at..self.len).unwrap_or_default();
            let count = match passages.last() {
                Some(last) if *last >= end => passages.partition_point(|it| *it < end),
                _ => passages.len(),
            };
            let frequencies = self.block.freqs().get(self.at..self.at + count);
            each(passages.get(..count).unwrap_or_default(), frequencies.unwrap_or_default());
            self.at += count;
            if self.at < self.len {
                return;
            }
            self.next_block();
        }
    }
}

/// The number of leading elements for which `is_before` holds (galloping search: the end is mostly
/// near).
#[inline]
pub(crate) fn gallop<T>(things: &[T], is_before: impl Fn(&T) -> bool) -> usize {
    let (mut low, mut step) = (0, 1);
    while things.get(low + step).is_some_and(&is_before) {
        low += step;
        step *= 2;
    }
    let near = things.get(low..things.len().min(low + step + 1)).unwrap_or_default();
    low + near.partition_point(is_before)
}
