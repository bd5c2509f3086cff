//! A sorted run: the postings of one batch, sorted by term, as they are spooled until the merge.
//!
//! Layout: for each term the length of the term, its bytes, the length of its list and the list:
//! for each passage the gap from the one before, the frequency, and the gaps between positions
//! where the family has them. All numbers are LEB128. A run is deleted at the end of the build.
//!
//! Most stems are derived from one word and need no list of their own: the word's, in the run of
//! words, is the same. In the run of stems each list is preceded by its [`StemRelation`] to a list
//! there.

use super::term_ids::{length, prefix};

/// How the list of a stem relates to one in the run of words, given by its place there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum StemRelation {
    /// No word is written as the stem is, or the stem came as a token because it depends on the
    /// context.
    #[default]
    NoWord,
    /// The word written as the stem is has another list.
    OtherList(u32),
    /// The word written as the stem is has the same list, which is not written again.
    SameList(u32),
    /// Another word has the same list, which is not written again.
    OtherWord(u32),
}

impl StemRelation {
    fn write(self, out: &mut Vec<u8>) {
        let (kind, place) = match self {
            Self::NoWord => return write(out, 0),
            Self::OtherList(place) => (1, place),
            Self::SameList(place) => (2, place),
            Self::OtherWord(place) => (3, place),
        };
        write(out, kind);
        write(out, place);
    }

    #[inline]
    fn read(bytes: &mut &[u8]) -> Option<Self> {
        Some(match read(bytes)? {
            0 => Self::NoWord,
            1 => Self::OtherList(read(bytes)?),
            2 => Self::SameList(read(bytes)?),
            _ => Self::OtherWord(read(bytes)?),
        })
    }
}

/// An occurrence of a term.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct TokenPosition {
    pub(crate) passage: u32,
    pub(crate) position: u32,
}

/// Writes a run.
#[derive(Debug, Default)]
pub(crate) struct RunWriter {
    out: Vec<u8>,
    list: Vec<u8>,
}

impl RunWriter {
    /// Appends a term and its passages, one for each occurrence. Terms and passages must be sorted.
    pub(crate) fn push(&mut self, term: &[u8], passages: impl Iterator<Item = u32>) {
        let (mut written, mut current, mut frequency) = (0, 0, 0);
        for passage in passages {
            if passage != current && frequency > 0 {
                self.end_passage(current - written, frequency);
                (written, frequency) = (current, 0);
            }
            (current, frequency) = (passage, frequency + 1);
        }
        self.end_passage(current - written, frequency);
        self.end_term(term, None);
    }

    /// Appends a stem; `passages` is empty where it shares a word's list.
    pub(crate) fn push_stem(&mut self, term: &[u8], relation: StemRelation, passages: &[u32]) {
        let mut before = 0;
        for alike in passages.chunk_by(|a, b| a == b) {
            let passage = alike.first().copied().unwrap_or_default();
            self.end_passage(passage - std::mem::replace(&mut before, passage), length(alike));
        }
        self.end_term(term, Some(relation));
    }

    /// Like [`RunWriter::push`], with the position of each occurrence, sorted within a passage.
    /// Returns the place of the list.
    pub(crate) fn push_with_positions(&mut self, term: &[u8], places: &[TokenPosition]) -> u32 {
        let mut before = 0;
        for alike in places.chunk_by(|a, b| a.passage == b.passage) {
            let passage = alike.first().map_or(before, |it| it.passage);
            self.end_passage(passage - std::mem::replace(&mut before, passage), length(alike));
            let mut last = 0;
            for place in alike {
                write(
                    &mut self.list,
                    place.position - std::mem::replace(&mut last, place.position),
                );
            }
        }
        self.end_term(term, None)
    }

    #[inline]
    fn end_passage(&mut self, step: u32, frequency: u32) {
        write(&mut self.list, step);
        write(&mut self.list, frequency);
    }

    /// Returns the place of the list, which begins with its length.
    fn end_term(&mut self, term: &[u8], relation: Option<StemRelation>) -> u32 {
        write(&mut self.out, length(term));
        self.out.extend_from_slice(term);
        relation.into_iter().for_each(|it| it.write(&mut self.out));
        let place = length(&self.out);
        write(&mut self.out, length(&self.list));
        self.out.append(&mut self.list);
        place
    }

    /// The bytes of the run.
    pub(crate) fn finish(self) -> Vec<u8> {
        self.out
    }
}

/// A cursor over a run, at one of its terms.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RunCursor<'a> {
    /// The first bytes of the term; most comparisons end with them.
    pub(crate) prefix: u64,
    pub(crate) term: &'a [u8],
    /// Of a stem.
    relation: StemRelation,
    list: &'a [u8],
    rest: &'a [u8],
    run: RunKind<'a>,
}

/// The kind of a run.
#[derive(Clone, Copy, Debug)]
pub(crate) enum RunKind<'a> {
    WithPassages,
    WithPositions,
    /// A run of stems, with the run of words that it refers to.
    Stems(&'a [u8]),
}

impl<'a> RunCursor<'a> {
    /// The first term of a run, where there is one.
    #[inline]
    pub(crate) fn first(bytes: &'a [u8], run: RunKind<'a>) -> Option<Self> {
        let mut rest = bytes;
        let term = part(&mut rest)?;
        let relation = match run {
            RunKind::Stems(_) => StemRelation::read(&mut rest)?,
            _ => StemRelation::NoWord,
        };
        let list = part(&mut rest)?;
        Some(Self { prefix: prefix(term), term, relation, list, rest, run })
    }

    /// The next term, if there is one.
    #[inline]
    pub(crate) fn next(&self) -> Option<Self> {
        Self::first(self.rest, self.run)
    }

    /// The list of the term.
    #[inline]
    pub(crate) fn list(&self) -> RunList<'a> {
        match self.relation {
            StemRelation::SameList(place) | StemRelation::OtherWord(place) => {
                self.list_of_word(place)
            }
            _ => RunList::new(self.list, matches!(self.run, RunKind::WithPositions)),
        }
    }

    /// Of a stem: the list of the word written the same.
    pub(crate) fn word_list(&self) -> WordList<RunList<'a>> {
        match self.relation {
            StemRelation::OtherList(place) => WordList::Other(self.list_of_word(place)),
            StemRelation::SameList(_) => WordList::Same,
            _ => WordList::None,
        }
    }

    fn list_of_word(&self, place: u32) -> RunList<'a> {
        let RunKind::Stems(words) = self.run else { return RunList::new(&[], true) };
        let mut list = words.get(place as usize..).unwrap_or_default();
        RunList::new(part(&mut list).unwrap_or_default(), true)
    }
}

/// The list of the word written the same as a stem, in the same source.
#[derive(Clone, Debug)]
pub(crate) enum WordList<T> {
    /// There is no such word.
    None,
    /// The word has the list of the stem.
    Same,
    /// The word has this list.
    Other(T),
}

impl<T> WordList<T> {
    /// Applies a function to the list.
    pub(crate) fn map<U>(self, made: impl FnOnce(T) -> U) -> WordList<U> {
        match self {
            Self::None => WordList::None,
            Self::Same => WordList::Same,
            Self::Other(it) => WordList::Other(made(it)),
        }
    }
}

/// One term's list in a run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RunList<'a> {
    bytes: &'a [u8],
    passage: u32,
    /// The number of positions of the passage that were not read yet.
    positions: u32,
    has_positions: bool,
}

impl<'a> RunList<'a> {
    fn new(bytes: &'a [u8], has_positions: bool) -> Self {
        Self { bytes, passage: 0, positions: 0, has_positions }
    }

    /// The next passage with its frequency.
    #[inline]
    pub(crate) fn next(&mut self) -> Option<(u32, u32)> {
        for _ in 0..std::mem::take(&mut self.positions) {
            read(&mut self.bytes)?;
        }
        self.passage += read(&mut self.bytes)?;
        let frequency = read(&mut self.bytes)?;
        self.positions = if self.has_positions { frequency } else { 0 };
        Some((self.passage, frequency))
    }

    /// Appends the gaps between the positions in the passage, if the family has positions.
    #[inline]
    pub(crate) fn steps(&mut self, steps: &mut Vec<u32>) {
        let positions = 0..std::mem::take(&mut self.positions);
        steps.extend(positions.map_while(|_| read(&mut self.bytes)));
    }
}

/// Splits off bytes that are preceded by their length.
fn part<'a>(bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = read(bytes)? as usize;
    let (part, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(part)
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
