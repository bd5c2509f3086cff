//! What is asked besides the query.

/// How an answer is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// At most so many hits.
    pub limit: usize,
    /// Skipping so many first.
    pub offset: usize,
    /// What one hit is.
    pub by: GroupBy,
    /// In which order.
    pub sort: Sort,
    /// No stems, no expansion.
    pub is_exact: bool,
    /// Whether what means the same is searched too.
    pub expands: bool,
    /// Whether near-copies are folded into one hit.
    pub fold_copies: bool,
    /// Whether hits carry the parts of their score.
    pub explains: bool,
    /// Whether hits name the topics that they touch: it costs more than finding them.
    pub with_topics: bool,
    /// The width of a snippet in display columns (a Han character takes two).
    pub snippet_columns: usize,
    /// Passages like this one are wanted, itself and its copies left out.
    pub more_like: Option<MoreLike>,
    /// What to answer from: roots as in the manifest, and files or folders below one; empty: all.
    pub roots: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            limit: 10,
            offset: 0,
            by: GroupBy::Passage,
            sort: Sort::Relevance,
            is_exact: false,
            expands: true,
            fold_copies: true,
            explains: false,
            with_topics: true,
            snippet_columns: 240,
            more_like: None,
            roots: Vec::new(),
        }
    }
}

/// What more is wanted of: an article, or one passage of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MoreLike {
    /// The article's number in the index.
    pub article: u32,
    /// The passage's number in the article, from 1; nothing for all of them.
    pub passage: Option<u32>,
}

/// What one hit is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GroupBy {
    /// A passage.
    #[default]
    Passage,
    /// An article, spoken for by its best passage.
    Article,
}

/// The order of hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// By score.
    #[default]
    Relevance,
    /// Latest first, undated last; within a day by score.
    Date,
}
