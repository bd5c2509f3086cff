//! What every format needs to read a raw text, besides the text.

use super::furniture::RepeatedLines;
use crate::budget::Budget;

/// How a raw text is read.
pub(super) struct Reading<'a> {
    /// The lines that count as furniture because they repeat across the corpus.
    pub(super) repeated: &'a RepeatedLines,
    /// The work that reading may take. When it is spent, the articles of this text are discarded.
    pub(super) budget: &'a Budget<'a>,
}
