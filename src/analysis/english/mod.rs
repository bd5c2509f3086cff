//! Words and numbers of English: what stands joined in a run, stems, and what amounts are worth.

mod derived_stems;
mod lexer;
mod stem;
mod stem_cache;
mod values;

pub(crate) use derived_stems::{LONGEST_ODD, is_odd, is_regular, without_zeros};
pub use derived_stems::{RegularStems, is_own_stem};
pub(crate) use lexer::{Compound, Kind, Part, closes_word, compound, is_unit, only_word};
pub(crate) use stem::{LONG_STEM, after_number, common_letters, odd_words};
pub(crate) use stem_cache::{FEW, MANY, Stems};
pub(crate) use values::{
    Pending, digits, follows_number, is_currency, is_currency_sign, magnitude, names_of_currency,
};
