//! The content of a text: the head of a page or a post, the story, the posts of a thread.
//!
//! `sift` separates the lines from the furniture among them, `headline` finds title, author and
//! date, `story` the running text, `thread` the posts; `body` puts an article together.

mod body;
mod headline;
mod sift;
mod story;
mod thread;

pub(crate) use body::{ArticleParts, date_by_name, gather};
pub(crate) use headline::{
    ABOVE_LINES, Headline, has_byline, is_date_line, is_title_case, words_beside_date,
};
pub(crate) use sift::sift;
pub(crate) use story::{find_story, is_narrative, is_speech};
pub(crate) use thread::{EarlierPosts, PostHead, is_separator, split_posts};
