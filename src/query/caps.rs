//! The caps of a query. A query that goes over one is refused.

/// The longest query in bytes.
pub const LONGEST_BYTES: usize = 4096;
/// The greatest depth of parentheses.
pub const DEEPEST: usize = 64;
/// The greatest number of words, phrases and prefixes.
pub const MOST_CLAUSES: usize = 256;
/// The greatest number of words in a phrase; a Han character counts as .6 word.
pub const MOST_PHRASE_WORDS: usize = 64;
