//! Text becomes tokens with spans: one code path for the index and for a query.

mod tokens;

pub use tokens::{Family, Token, Tokens};
