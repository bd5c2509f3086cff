//! Text becomes tokens with spans: one code path for the index and for a query.

mod analyzer;
mod chinese;
mod english;
mod fingerprint;
mod prefilter;
mod query_tokens;
mod stop_words;
mod tokenizer;
mod tokens;

pub use analyzer::Analyzer;
pub use chinese::segment_han;
pub use english::{DerivedStems, is_own_stem};
pub use fingerprint::fingerprint;
pub use prefilter::Prefilter;
pub use query_tokens::{QueryToken, QueryTokenKind, has_one_stem, query_tokens, value};
pub use stop_words::{acronym_of, is_function_han, is_function_han_word, is_stop_word};
pub use tokens::{Family, Token, Tokens};
