//! Where a term of the query stands in a text.

use crate::text::Span;

/// One place where a text holds something of the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// Which term of the query it speaks for, in the order typed.
    pub term: u32,
    /// The characters it covers.
    pub span: Span,
    /// The first position it covers.
    pub position: u32,
    /// How many positions it covers, at least 1.
    pub positions: u32,
}

impl Occurrence {
    /// The position after its last.
    #[must_use]
    pub fn end(&self) -> u32 {
        self.position + self.positions
    }
}
