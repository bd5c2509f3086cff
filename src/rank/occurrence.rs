//! An occurrence of a query term in a text.

use crate::text::Span;

/// One place where a text matches a term of the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// The number of the term that it matches, in the order typed.
    pub term: u32,
    /// The bytes that it covers.
    pub span: Span,
    /// The first token position that it covers.
    pub position: u32,
    /// The number of token positions that it covers, at least 1.
    pub positions: u32,
}

impl Occurrence {
    /// The position after the last one that it covers.
    #[must_use]
    pub fn end(&self) -> u32 {
        self.position + self.positions
    }
}
