//! What a posting list is looked up by, as plain data: from it the list can be opened at any time,
//! and on any index.

use anyhow::Result;

use super::cursor::{self, Cursor, Posting};
use super::phrase::{self, Phrase};
use super::prefix;
use crate::analysis::Family;
use crate::index::Generation;
use crate::query::Region;

/// What a posting list is looked up by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Lookup {
    /// A term of the index.
    Term(Family, String),
    /// Words side by side, or near each other.
    Phrase(Phrase),
    /// All words that begin so.
    Prefix(String, Region),
    /// The passages of any of these; the frequencies add up.
    AnyOf(Vec<Lookup>),
    /// The passages that all of these have, with the frequencies of the first.
    AllOf(Vec<Lookup>),
    /// Every passage, once.
    EveryPassage,
}

impl Lookup {
    /// Opens the list; an empty one where no passage holds it.
    ///
    /// # Errors
    /// When the index is damaged.
    pub(crate) fn open(&self, index: &Generation) -> Result<Cursor> {
        match self {
            Self::Term(family, text) => {
                let stored = Cursor::stored(index, *family, text)?;
                Ok(stored.unwrap_or_else(|| Cursor::listed(Vec::new())))
            }
            Self::Phrase(phrase) => phrase::cursor_of(index, phrase),
            _ => Ok(Cursor::listed(self.read(index)?)),
        }
    }

    /// Reads the whole list into memory.
    ///
    /// # Errors
    /// When the index is damaged.
    pub(crate) fn read(&self, index: &Generation) -> Result<Vec<Posting>> {
        match self {
            Self::Term(family, text) => cursor::read(index, *family, text),
            Self::Phrase(phrase) => phrase::find(index, phrase),
            Self::Prefix(beginning, region) => Ok(prefix::read(index, beginning, *region)?.0),
            Self::AnyOf(lookups) => {
                let lists = lookups.iter().map(|it| it.read(index)).collect::<Result<_>>()?;
                Ok(cursor::union(lists))
            }
            Self::AllOf(lookups) => {
                let Some((first, others)) = lookups.split_first() else { return Ok(Vec::new()) };
                let mut found = first.read(index)?;
                for other in others {
                    let other = other.read(index)?;
                    found.retain(|own| {
                        other.binary_search_by_key(&own.passage, |it| it.passage).is_ok()
                    });
                }
                Ok(found)
            }
            Self::EveryPassage => {
                let passages = 0..index.manifest().statistics.passages;
                Ok(passages.map(|passage| Posting { passage, frequency: 1 }).collect())
            }
        }
    }
}

/// An open list, and what it was looked up by.
pub(crate) struct OpenPostings {
    pub(crate) lookup: Lookup,
    pub(crate) cursor: Cursor,
}

impl OpenPostings {
    /// The list of a term of the index; nothing where no passage holds it.
    ///
    /// # Errors
    /// When the index is damaged.
    pub(crate) fn of_term(index: &Generation, family: Family, text: &str) -> Result<Option<Self>> {
        let cursor = Cursor::stored(index, family, text)?;
        Ok(cursor.map(|cursor| Self { lookup: Lookup::Term(family, text.to_owned()), cursor }))
    }

    /// The passages that hold a phrase, perhaps none.
    ///
    /// # Errors
    /// When the index is damaged.
    pub(crate) fn of_phrase(index: &Generation, phrase: &Phrase) -> Result<Self> {
        let cursor = phrase::cursor_of(index, phrase)?;
        Ok(Self { lookup: Lookup::Phrase(phrase.clone()), cursor })
    }

    /// Several lists as one, read already.
    pub(crate) fn any_of(lists: Vec<(Lookup, Vec<Posting>)>) -> Self {
        let (lookups, postings) = lists.into_iter().unzip();
        let cursor = Cursor::listed(cursor::union(postings));
        Self { lookup: Lookup::AnyOf(lookups), cursor }
    }

    /// How many passages the list has.
    pub(crate) fn document_frequency(&self) -> u32 {
        self.cursor.document_frequency()
    }
}
