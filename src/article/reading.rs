//! How a raw text is read: what every format needs beside the text.

use super::furniture::RepeatedLines;
use crate::budget::Budget;

/// How a raw is read.
pub(super) struct Reading<'a> {
    /// The lines that are furniture because they repeat.
    pub(super) repeated: &'a RepeatedLines,
    /// Where it is spent, what is made of the raw is thrown away.
    pub(super) budget: &'a Budget<'a>,
}
