//! A run: the postings of one part of the passages, sorted by term, on the way to the merge.
//!
//! Each term is: length and bytes of the term, length of the list, then the list itself: for each
//! passage the step from the one before, the frequency, and the steps between its positions where
//! the family has them. All numbers are LEB128. A run never outlives the build that wrote it.

use std::ops::Range;

use tantivy::directory::OwnedBytes;

/// Writes a run.
#[derive(Debug, Default)]
pub(super) struct RunWriter {
    out: Vec<u8>,
    list: Vec<u8>,
}

impl RunWriter {
    /// Appends a term, in rising order, with its passages (one for each occurrence, in rising
    /// order) and as many positions, or none.
    pub(super) fn push(&mut self, term: &[u8], passages: &[u32], positions: &[u32]) {
        self.list.clear();
        let (mut at, mut before) = (0, 0);
        for same in passages.chunk_by(|a, b| a == b) {
            write(&mut self.list, same[0] - before);
            before = same[0];
            write(&mut self.list, length(same));
            let mut last = 0;
            for position in positions.get(at..at + same.len()).unwrap_or_default() {
                write(&mut self.list, position - last);
                last = *position;
            }
            at += same.len();
        }
        write(&mut self.out, length(term));
        self.out.extend_from_slice(term);
        write(&mut self.out, length(&self.list));
        self.out.extend_from_slice(&self.list);
    }

    /// The bytes of the run.
    pub(super) fn finish(self) -> Vec<u8> {
        self.out
    }
}

/// Reads a run term by term.
#[derive(Clone, Debug)]
pub(super) struct RunReader {
    bytes: OwnedBytes,
    at: usize,
    term: Range<usize>,
    list: Range<usize>,
}

impl RunReader {
    /// Starts before the first term.
    pub(super) fn new(bytes: OwnedBytes) -> Self {
        Self { bytes, at: 0, term: 0..0, list: 0..0 }
    }

    /// Goes to the next term; false at the end.
    pub(super) fn advance(&mut self) -> bool {
        let Some(term) = self.part() else { return false };
        self.term = term;
        let Some(list) = self.part() else { return false };
        self.list = list;
        true
    }

    /// The current term.
    pub(super) fn term(&self) -> &[u8] {
        self.bytes.get(self.term.clone()).unwrap_or_default()
    }

    /// The current term's list.
    pub(super) fn list(&self, has_positions: bool) -> RunList {
        let bytes = self.bytes.slice(self.list.clone());
        RunList { bytes, at: 0, passage: 0, has_positions }
    }

    /// The next piece of bytes that is preceded by its length.
    fn part(&mut self) -> Option<Range<usize>> {
        let length = read(&self.bytes, &mut self.at)? as usize;
        let part = self.at..self.at.checked_add(length)?;
        self.at = part.end;
        (part.end <= self.bytes.len()).then_some(part)
    }
}

/// One term's list in a run.
#[derive(Clone, Debug)]
pub(super) struct RunList {
    bytes: OwnedBytes,
    at: usize,
    passage: u32,
    has_positions: bool,
}

impl RunList {
    /// The next passage with its frequency; the steps of its positions go to `steps`.
    pub(super) fn next(&mut self, steps: &mut Vec<u32>) -> Option<(u32, u32)> {
        steps.clear();
        self.passage += read(&self.bytes, &mut self.at)?;
        let frequency = read(&self.bytes, &mut self.at)?;
        if self.has_positions {
            for _ in 0..frequency {
                steps.push(read(&self.bytes, &mut self.at)?);
            }
        }
        Some((self.passage, frequency))
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a part of the passages is below 4 GiB")]
fn length<T>(slice: &[T]) -> u32 {
    slice.len() as u32
}

#[expect(clippy::cast_possible_truncation, reason = "seven bits are taken")]
fn write(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn read(bytes: &[u8], at: &mut usize) -> Option<u32> {
    let mut number = 0;
    for shift in (0..35).step_by(7) {
        let byte = *bytes.get(*at)?;
        *at += 1;
        number |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}
