//! Text becomes tokens with spans: one code path for the index and for a query.

mod analyzer;
mod cut;
mod dictionary;
mod fingerprint;
mod lexer;
mod memory;
mod number;
mod pass;
mod quick;
mod regular;
mod runs;
mod scan;
mod segment;
mod sought;
mod stem;
mod stop;
mod tokens;
mod units;
mod words;

pub use analyzer::Analyzer;
pub use cut::cut;
pub use fingerprint::fingerprint;
pub use regular::{RegularStems, is_own_stem};
pub use sought::Sought;
pub use stop::{acronym_of, is_function_han, is_function_han_word, is_stop_word};
pub use tokens::{Family, Token, Tokens};
pub use units::{Unit, UnitKind, has_one_stem, units, value};
