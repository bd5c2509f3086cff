//! A raw text becomes articles: furniture dropped, threads split into posts, quoted posts recorded,
//! title, author and date found. It opens no file.

// What comes in here is not trusted: nothing of it may end in a panic.
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

pub use furniture::{LineCounts, LineKey, RepeatedLines};
pub use rule::Rule;
pub use types::{Article, DateSource, DroppedText, Lang, LineMark};

use std::collections::HashSet;

use crate::budget::{Budget, Overrun};
use crate::source::RawText;
use reading::Reading;

/// Reads one raw into its articles, in file order.
///
/// `first` is the number, from 1, that the raw's first article has within its file; an article
/// without an id of its own is called `path#n` by it. A record is always one article and its text
/// is kept as it stands. A text without a visible character gives no article, nor does one that takes
/// more than [`crate::budget::STEPS`].
#[must_use]
pub fn read(raw: &RawText, first: u32, repeated: &RepeatedLines) -> Vec<Article> {
    read_within(raw, first, repeated, &Budget::default()).unwrap_or_default()
}

/// [`read`], within a budget of the caller's.
///
/// # Errors
/// Where the budget does not last: nothing of the raw is then to be had.
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

/// Tells the articles whose title an earlier one has already.
fn mark_shared_titles(articles: &mut [Article]) {
    let mut titles: HashSet<String> = HashSet::new();
    for article in articles {
        if let Some(title) = &article.title {
            article.shares_title = !titles.insert(title.clone());
        }
    }
}
