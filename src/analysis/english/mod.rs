//! Words and numbers of English: what stands joined in a run, stems, and what amounts are worth.

mod derived_stems;
mod lexer;
mod stem;
mod stem_cache;
mod values;

pub use derived_stems::{DerivedStems, is_own_stem};
pub(crate) use derived_stems::{
    LONGEST_CONTEXT_DEPENDENT, is_context_dependent, is_derived, without_zeros,
};
pub(crate) use lexer::{Compound, Kind, Part, closes_word, compound, is_unit, only_word};
pub(crate) use stem::{LONG_STEM, after_number, common_letters, irregular_words};
pub(crate) use stem_cache::{INDEX_STEMS, QUERY_STEMS, StemCache};
pub(crate) use values::{
    PendingNumber, digits, follows_number, is_currency, is_currency_sign, magnitude,
    names_of_currency,
};
