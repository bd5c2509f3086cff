//! Posting lists as a search reads them: from the index, or made in memory.

mod cursor;
mod lookup;
mod phrase;
mod prefix;

pub(crate) use cursor::{Cursor, Posting};
pub(crate) use lookup::{Lookup, OpenPostings};
pub(crate) use phrase::{Element, Phrase};
pub(crate) use prefix::read as read_prefix;
