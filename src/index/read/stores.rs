//! The tables of passages, articles and texts.

use tantivy::directory::OwnedBytes;

use crate::index::format::{ArticleTable, PassageTable, TextTable};

/// The tables of a batch of this build, or of a generation: everything but the postings.
#[derive(Clone, Debug)]
pub(crate) struct Stores {
    pub(crate) articles: ArticleTable,
    pub(crate) passages: PassageTable,
    pub(crate) texts: TextTable,
    /// The fingerprints of the passages of a batch; a generation does not keep them.
    pub(crate) fingerprints: Option<OwnedBytes>,
    pub(crate) passage_count: u32,
}
