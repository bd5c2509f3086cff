//! Posting lists as a search reads them: from the index, or made in memory.

pub(crate) mod cursor;
pub(crate) mod phrase;
