//! A cursor over a posting list: a list of the index, or one that was made in memory from a phrase,
//! a prefix or several alternatives.

use std::rc::Rc;

use anyhow::Result;
use tantivy::TERMINATED;

use crate::analysis::Family;
use crate::index::{Generation, Postings, gallop};

/// One passage of a posting list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Posting {
    pub(crate) passage: u32,
    pub(crate) frequency: u32,
}

/// A cursor that moves forward over a posting list; a clone moves by itself.
#[derive(Clone)]
pub(crate) enum Cursor {
    /// A list of the index.
    Stored(Box<Postings>),
    /// A list in memory.
    Listed { postings: Rc<[Posting]>, at: usize },
}

impl Cursor {
    /// The list of a term of the index; nothing where no passage holds it.
    pub(crate) fn stored(index: &Generation, family: Family, term: &str) -> Result<Option<Self>> {
        Ok(index.postings(family, term)?.map(|it| Self::Stored(Box::new(it))))
    }

    /// A list in memory; the postings are in order of passage.
    pub(crate) fn listed(postings: Vec<Posting>) -> Self {
        Self::Listed { postings: postings.into(), at: 0 }
    }

    /// How many passages the list has.
    pub(crate) fn document_frequency(&self) -> u32 {
        match self {
            Self::Stored(list) => list.document_frequency(),
            Self::Listed { postings, .. } => u32::try_from(postings.len()).unwrap_or(u32::MAX),
        }
    }

    /// The current passage; [`TERMINATED`] past the last.
    pub(crate) fn passage(&self) -> u32 {
        match self {
            Self::Stored(list) => list.passage(),
            Self::Listed { postings, at } => postings.get(*at).map_or(TERMINATED, |it| it.passage),
        }
    }

    /// Whether it is known that only passages with Han characters are in it; never known of a list
    /// in memory.
    pub(crate) fn is_of_han(&self) -> bool {
        matches!(self, Self::Stored(list) if list.is_of_han())
    }

    /// Calls `each` with passage and frequency up to, not including, `end`, and moves there.
    #[inline]
    pub(crate) fn walk(&mut self, end: u32, mut each: impl FnMut(u32, u32)) {
        match self {
            Self::Stored(list) => list.walk(end, each),
            Self::Listed { postings, at } => {
                while let Some(it) = postings.get(*at).filter(|it| it.passage < end) {
                    each(it.passage, it.frequency);
                    *at += 1;
                }
            }
        }
    }

    /// The same, with many passages and frequencies at once.
    #[inline]
    pub(crate) fn walk_slices(&mut self, end: u32, mut each: impl FnMut(&[u32], &[u32])) {
        match self {
            Self::Stored(list) => list.walk_slices(end, each),
            Self::Listed { .. } => self.walk(end, |passage, it| each(&[passage], &[it])),
        }
    }

    /// The same, without frequencies.
    #[inline]
    pub(crate) fn walk_passages(&mut self, end: u32, mut each: impl FnMut(u32)) {
        match self {
            Self::Stored(list) => list.walk_passages(end, each),
            Self::Listed { .. } => self.walk(end, |passage, _| each(passage)),
        }
    }

    /// Moves to the first passage at or after one, and gives it; [`TERMINATED`] past the last.
    #[inline]
    pub(crate) fn seek(&mut self, passage: u32) -> u32 {
        match self {
            Self::Stored(list) => list.seek(passage),
            Self::Listed { postings, at } => {
                let rest = postings.get(*at..).unwrap_or_default();
                *at += gallop(rest, |it| it.passage < passage);
                postings.get(*at).map_or(TERMINATED, |it| it.passage)
            }
        }
    }

    /// The frequency in a passage at or after the current one; 0 where the list does not have it.
    #[inline]
    pub(crate) fn frequency_in(&mut self, passage: u32) -> u32 {
        if self.seek(passage) != passage {
            return 0;
        }
        match self {
            Self::Stored(list) => list.frequency(),
            Self::Listed { postings, at } => postings.get(*at).map_or(0, |it| it.frequency),
        }
    }
}

/// The union of several lists: the frequencies of a passage add up. In order of passage.
pub(crate) fn union(lists: Vec<Vec<Posting>>) -> Vec<Posting> {
    let mut lists: Vec<_> = lists.into_iter().filter(|it| !it.is_empty()).collect();
    if lists.len() <= 1 {
        return lists.pop().unwrap_or_default();
    }
    let mut all = lists.concat();
    // The stable sort finds the sorted lists in it and merges them.
    all.sort_by_key(|it| it.passage);
    all.dedup_by(|later, first| {
        let is_same = later.passage == first.passage;
        first.frequency += if is_same { later.frequency } else { 0 };
        is_same
    });
    all
}

/// Reads a whole posting list into memory.
pub(crate) fn read(index: &Generation, family: Family, term: &str) -> Result<Vec<Posting>> {
    let Some(mut cursor) = Cursor::stored(index, family, term)? else {
        return Ok(Vec::new());
    };
    let mut postings = Vec::with_capacity(cursor.document_frequency() as usize);
    cursor.walk(TERMINATED, |passage, frequency| postings.push(Posting { passage, frequency }));
    Ok(postings)
}
