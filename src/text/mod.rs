//! Characters and byte spans: which script a character belongs to, how it folds, and where text
//! stands in a passage. Everything above speaks in these terms; nothing here knows of articles.

mod span;

pub use span::Span;
