//! What was written: the head of a page or a post, the running text, the posts of a thread.

mod body;
mod headline;
mod sift;
mod story;
mod thread;

pub(crate) use body::{Draft, date_by_name, gather};
pub(crate) use headline::{
    ABOVE_LINES, Head, has_byline, is_date_line, is_title_case, words_beside_date,
};
pub(crate) use sift::sift;
pub(crate) use story::{find_story, is_said, is_told};
pub(crate) use thread::{Above, Said, is_separator, split_posts};
