//! Queries and what is found for them: grammar, ranking, snippets, judged questions.

mod kin;
mod pairs;
mod promises;
mod pruning;
mod query;
mod questions;
mod relevance;
mod scoring;
mod snippets;
mod topics;
