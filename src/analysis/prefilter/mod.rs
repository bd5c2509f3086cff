//! A cheap test by first letters which words of a text may match, and a fast search for them.

mod ascii;
mod blocks;
mod candidates;
mod prefixes;
mod wide;

pub(crate) use ascii::{
    BLANK, CAPITAL, DIGIT, GLUE, HIGH, JOINT, KINDS, LETTER, NAMING, SIGN, is, letters,
    only_word_end, small, small_end,
};
pub(crate) use blocks::BLOCK;
pub(crate) use candidates::{Candidate, parts};
pub use prefixes::Prefilter;
pub(crate) use wide::{Wide, parting_sign, wide};
