//! Cleans a raw text and splits it into articles.
//!
//! Furniture is dropped, threads are split into posts, quoted posts are recorded, and title, author
//! and date are found. This module opens no file.
//!
//! The rooms in the order of their dependencies: `furniture` (lines that speak for the page),
//! `content` (headline, story, body, posts), `boilerplate` (furniture around a story), `formats`
//! (one file for each format). A new format is one more arm of the match in `formats/mod.rs`.

// The texts are not trusted: no content may cause a panic.
#![warn(clippy::indexing_slicing, clippy::string_slice, clippy::panic)]

mod boilerplate;
mod content;
mod formats;
mod furniture;
mod lang;
mod line;
mod reading;
mod rule;
mod types;

#[doc(hidden)]
pub use furniture::{LineCounts, LineKey, RepeatedLines};
pub use rule::Rule;
pub use types::{Article, DateSource, DroppedText, Lang, LineMark};

use std::collections::HashSet;

use crate::budget::{Budget, Overrun};
use crate::source::RawText;
use reading::Reading;

/// Reads one raw text into its articles, in file order.
///
/// `first` is the number, counted from 1, of the text's first article within its file. An article
/// without an id of its own gets the id `path#n` from that number. A record is always one article,
/// and its text is kept as it is. A text without a visible character gives no article. A text that
/// takes more than [`crate::budget::STEPS`] gives none either.
#[must_use]
pub fn read(raw: &RawText, first: u32, repeated: &RepeatedLines) -> Vec<Article> {
    read_within(raw, first, repeated, &Budget::default()).unwrap_or_default()
}

/// Does the same as [`read`] within the caller's budget.
///
/// # Errors
/// The budget is spent before the text is read; nothing of the text is returned then.
pub fn read_within(
    raw: &RawText,
    first: u32,
    repeated: &RepeatedLines,
    budget: &Budget,
) -> Result<Vec<Article>, Overrun> {
    let reading = &Reading { repeated, budget };
    let mut articles = formats::read(raw, first, reading);
    mark_shared_titles(&mut articles);
    budget.verdict().map(|()| articles)
}

/// Marks the articles whose title an earlier article of the file has already.
fn mark_shared_titles(articles: &mut [Article]) {
    let mut titles: HashSet<String> = HashSet::new();
    for article in articles {
        if let Some(title) = &article.title {
            article.shares_title = !titles.insert(title.clone());
        }
    }
}
