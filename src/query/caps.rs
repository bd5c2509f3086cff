//! The caps of a query: what goes over them is refused before it is parsed.

/// The longest query in bytes.
pub const LONGEST_BYTES: usize = 4096;
/// The deepest parentheses.
pub const DEEPEST: usize = 64;
/// The most words, phrases and prefixes.
pub const MOST_CLAUSES: usize = 256;
/// The most words in a phrase; a Han character counts as .6 word.
pub const MOST_PHRASE_WORDS: usize = 64;
