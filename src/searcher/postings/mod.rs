//! Posting lists as a search reads them: from the index, or made in memory.

mod cursor;
mod phrase;

pub(crate) use cursor::{Cursor, Posting, read, union};
pub(crate) use phrase::{Element, Phrase, cursor_of, find};
