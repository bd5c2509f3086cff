//! Postings as the collector walks them: straight from the index, or made up in memory from a
//! phrase, a prefix or a set of alternatives.

use std::rc::Rc;

use anyhow::Result;
use tantivy::TERMINATED;

use crate::analysis::Family;
use crate::index::{Index, Postings, gallop};

/// One passage of a posting list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Posting {
    pub(super) passage: u32,
    pub(super) frequency: u32,
}

/// A forward walk over a posting list; a clone walks by itself.
#[derive(Clone)]
pub(super) enum Cursor {
    Stored(Box<Postings>),
    Listed { postings: Rc<[Posting]>, at: usize },
}

impl Cursor {
    /// The postings of a term as they stand in the index; nothing where no passage holds it.
    pub(super) fn stored(index: &Index, family: Family, term: &str) -> Result<Option<Self>> {
        Ok(index.postings(family, term)?.map(|it| Self::Stored(Box::new(it))))
    }

    /// A walk over postings in order of passage.
    pub(super) fn listed(postings: Vec<Posting>) -> Self {
        Self::Listed { postings: postings.into(), at: 0 }
    }

    /// In how many passages it stands.
    pub(super) fn document_frequency(&self) -> u32 {
        match self {
            Self::Stored(list) => list.document_frequency(),
            Self::Listed { postings, .. } => u32::try_from(postings.len()).unwrap_or(u32::MAX),
        }
    }

    /// The current passage; [`TERMINATED`] past the last.
    pub(super) fn passage(&self) -> u32 {
        match self {
            Self::Stored(list) => list.passage(),
            Self::Listed { postings, at } => postings.get(*at).map_or(TERMINATED, |it| it.passage),
        }
    }

    /// Whether only passages that hold Han characters can stand in it; not told of a list in memory.
    pub(super) fn is_of_han(&self) -> bool {
        matches!(self, Self::Stored(list) if list.is_of_han())
    }

    /// Calls `each` with passage and frequency up to, not including, `end`, and stands there then.
    #[inline]
    pub(super) fn walk(&mut self, end: u32, mut each: impl FnMut(u32, u32)) {
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

    /// The same with many passages and frequencies at once.
    #[inline]
    pub(super) fn walk_slices(&mut self, end: u32, mut each: impl FnMut(&[u32], &[u32])) {
        match self {
            Self::Stored(list) => list.walk_slices(end, each),
            Self::Listed { .. } => self.walk(end, |passage, it| each(&[passage], &[it])),
        }
    }

    /// The same without frequencies.
    #[inline]
    pub(super) fn walk_passages(&mut self, end: u32, mut each: impl FnMut(u32)) {
        match self {
            Self::Stored(list) => list.walk_passages(end, each),
            Self::Listed { .. } => self.walk(end, |passage, _| each(passage)),
        }
    }

    /// Goes on to the first passage at or after one, and gives it; [`TERMINATED`] past the last.
    #[inline]
    pub(super) fn seek(&mut self, passage: u32) -> u32 {
        match self {
            Self::Stored(list) => list.seek(passage),
            Self::Listed { postings, at } => {
                let rest = postings.get(*at..).unwrap_or_default();
                *at += gallop(rest, |it| it.passage < passage);
                postings.get(*at).map_or(TERMINATED, |it| it.passage)
            }
        }
    }

    /// The frequency in one passage at or after the current one; 0 where it does not stand.
    #[inline]
    pub(super) fn frequency_in(&mut self, passage: u32) -> u32 {
        if self.seek(passage) != passage {
            return 0;
        }
        match self {
            Self::Stored(list) => list.frequency(),
            Self::Listed { postings, at } => postings.get(*at).map_or(0, |it| it.frequency),
        }
    }
}

/// Joins several lists: a passage's frequencies add up. The result is in order of passage.
pub(super) fn union(lists: Vec<Vec<Posting>>) -> Vec<Posting> {
    let mut lists: Vec<_> = lists.into_iter().filter(|it| !it.is_empty()).collect();
    if lists.len() <= 1 {
        return lists.pop().unwrap_or_default();
    }
    let mut all = lists.concat();
    // A sort that keeps equals in order finds the lists in it and merges them.
    all.sort_by_key(|it| it.passage);
    all.dedup_by(|later, first| {
        let is_same = later.passage == first.passage;
        first.frequency += if is_same { later.frequency } else { 0 };
        is_same
    });
    all
}

/// Reads a whole posting list into memory.
pub(super) fn read(index: &Index, family: Family, term: &str) -> Result<Vec<Posting>> {
    let Some(mut cursor) = Cursor::stored(index, family, term)? else {
        return Ok(Vec::new());
    };
    let mut postings = Vec::with_capacity(cursor.document_frequency() as usize);
    cursor.walk(TERMINATED, |passage, frequency| postings.push(Posting { passage, frequency }));
    Ok(postings)
}
