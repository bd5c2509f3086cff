//! All tables of a generation, or of a part of one, but the postings.

use tantivy::directory::OwnedBytes;

use crate::index::format::{ArticleTable, PassageTable, TextTable};

/// The stores of a part, or of the generation before: all but the postings.
#[derive(Clone, Debug)]
pub(crate) struct Stores {
    pub(crate) articles: ArticleTable,
    pub(crate) passages: PassageTable,
    pub(crate) texts: TextTable,
    /// Of a part; a generation keeps none.
    pub(crate) prints: Option<OwnedBytes>,
    pub(crate) passage_count: u32,
}
