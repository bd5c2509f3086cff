//! The walk over a text that makes its tokens.

mod buffers;
mod numbers;
mod run_cache;
mod runs;
mod skip;
mod state;
mod walk;
mod words;

pub(crate) use buffers::Pool;
pub(crate) use state::Tokenizer;
