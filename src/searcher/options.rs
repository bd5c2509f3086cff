//! What is asked for besides the query.

/// How an answer is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// At most so many hits.
    pub limit: usize,
    /// So many hits are skipped first.
    pub offset: usize,
    /// What one hit is.
    pub by: GroupBy,
    /// The order of hits.
    pub sort: Sort,
    /// Whether only exact forms are searched: no stems, no other names.
    pub is_exact: bool,
    /// Whether other names and translations are searched too.
    pub expands: bool,
    /// Whether near-copies are folded into one hit.
    pub fold_copies: bool,
    /// Whether hits carry the parts of their score.
    pub explains: bool,
    /// Whether hits name their topics, which costs more than finding them.
    pub with_topics: bool,
    /// The width of a snippet in display columns (a Han character takes two).
    pub snippet_columns: usize,
    /// Passages like these are searched for; they and their copies are left out.
    pub more_like: Option<MoreLike>,
    /// Where to search: roots as in the manifest, and files or folders below one; empty:
    /// everywhere.
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

/// What others are to be like: an article, or one passage of it.
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
    /// An article, shown by its best passage.
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
