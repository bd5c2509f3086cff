//! What was written: the head of a page or a post, the running text, the posts of a thread.

pub(crate) mod body;
pub(crate) mod headline;
pub(crate) mod story;
pub(crate) mod thread;
