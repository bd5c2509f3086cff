//! A run: the postings of one part of the passages, sorted by term, on the way to the merge.
//!
//! Each term is: length and bytes of the term, length of the list, then the list itself: for each
//! passage the step from the one before, the frequency, and the steps between its positions where
//! the family has them. All numbers are LEB128. A run never outlives the build that wrote it.

use super::terms::prefix;

/// Writes a run.
#[derive(Debug, Default)]
pub(super) struct RunWriter {
    out: Vec<u8>,
    list: Vec<u8>,
    steps: Vec<u8>,
}

impl RunWriter {
    /// Appends a term, in rising order, with its passages, one for each occurrence, in rising order.
    pub(super) fn push(&mut self, term: &[u8], passages: impl Iterator<Item = u32>) {
        let (mut written, mut current, mut frequency) = (0, 0, 0);
        for passage in passages {
            if passage != current && frequency > 0 {
                self.end_passage(current - written, frequency);
                (written, frequency) = (current, 0);
            }
            (current, frequency) = (passage, frequency + 1);
        }
        self.end_passage(current - written, frequency);
        self.end_term(term);
    }

    /// The same with the position of each occurrence, rising within a passage.
    pub(super) fn push_with_positions(
        &mut self,
        term: &[u8],
        places: impl Iterator<Item = (u32, u32)>,
    ) {
        let (mut written, mut current, mut frequency, mut last) = (0, 0, 0, 0);
        for (passage, position) in places {
            if passage != current && frequency > 0 {
                self.end_passage(current - written, frequency);
                (written, frequency, last) = (current, 0, 0);
            }
            (current, frequency) = (passage, frequency + 1);
            write(&mut self.steps, position - last);
            last = position;
        }
        self.end_passage(current - written, frequency);
        self.end_term(term);
    }

    fn end_passage(&mut self, step: u32, frequency: u32) {
        write(&mut self.list, step);
        write(&mut self.list, frequency);
        self.list.append(&mut self.steps);
    }

    fn end_term(&mut self, term: &[u8]) {
        write(&mut self.out, length(term));
        self.out.extend_from_slice(term);
        write(&mut self.out, length(&self.list));
        self.out.append(&mut self.list);
    }

    /// The bytes of the run.
    pub(super) fn finish(self) -> Vec<u8> {
        self.out
    }
}

/// A run at one of its terms.
#[derive(Clone, Copy, Debug)]
pub(super) struct RunHead<'a> {
    /// What most comparisons of terms end with.
    pub(super) prefix: u64,
    pub(super) term: &'a [u8],
    pub(super) list: RunList<'a>,
    rest: &'a [u8],
}

impl<'a> RunHead<'a> {
    /// The first term of a run, where there is one.
    pub(super) fn first(run: &'a [u8], has_positions: bool) -> Option<Self> {
        let mut rest = run;
        let term = part(&mut rest)?;
        let list = RunList { bytes: part(&mut rest)?, passage: 0, positions: 0, has_positions };
        Some(Self { prefix: prefix(term), term, list, rest })
    }

    /// The term after this one, where there is one.
    #[inline]
    pub(super) fn next(&self) -> Option<Self> {
        Self::first(self.rest, self.list.has_positions)
    }
}

/// One term's list in a run.
#[derive(Clone, Copy, Debug)]
pub(super) struct RunList<'a> {
    bytes: &'a [u8],
    passage: u32,
    /// How many positions of the passage are still to be read.
    positions: u32,
    has_positions: bool,
}

impl RunList<'_> {
    /// The next passage with its frequency.
    #[inline]
    pub(super) fn next(&mut self) -> Option<(u32, u32)> {
        for _ in 0..std::mem::take(&mut self.positions) {
            read(&mut self.bytes)?;
        }
        self.passage += read(&mut self.bytes)?;
        let frequency = read(&mut self.bytes)?;
        self.positions = if self.has_positions { frequency } else { 0 };
        Some((self.passage, frequency))
    }

    /// Adds the steps between the positions of the passage, where the family has them.
    #[inline]
    pub(super) fn steps(&mut self, steps: &mut Vec<u32>) {
        let positions = 0..std::mem::take(&mut self.positions);
        steps.extend(positions.map_while(|_| read(&mut self.bytes)));
    }
}

/// Takes the piece of bytes that is preceded by its length.
fn part<'a>(bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = read(bytes)? as usize;
    let (part, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(part)
}

#[expect(clippy::cast_possible_truncation, reason = "a part of the passages is below 4 GiB")]
fn length<T>(slice: &[T]) -> u32 {
    slice.len() as u32
}

#[expect(clippy::cast_possible_truncation, reason = "seven bits are taken")]
#[inline]
fn write(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

#[inline]
fn read(bytes: &mut &[u8]) -> Option<u32> {
    let (first, rest) = bytes.split_first()?;
    *bytes = rest;
    if *first < 0x80 { Some(u32::from(*first)) } else { read_more(bytes, *first) }
}

fn read_more(bytes: &mut &[u8], first: u8) -> Option<u32> {
    let mut number = u32::from(first & 0x7f);
    for shift in (7..35).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(byte & 0x7f) << shift;
        if *byte < 0x80 {
            return Some(number);
        }
    }
    None
}
