//! Finds the posts of a forum page, by the markup of common forum software.

use std::sync::LazyLock;

use dom_query::{Document, NodeRef, Selection};

use super::block::{Block, blocks};
use super::day;
use crate::date::Day;
use crate::text::one_line;

/// One post of a thread.
#[derive(Debug, Default)]
pub(super) struct Post {
    pub(super) author: Option<String>,
    pub(super) date: Option<Day>,
    pub(super) blocks: Vec<Block>,
}

/// The selectors of a forum software for the parts of a post.
pub(super) struct Software {
    /// The whole post.
    pub(super) post: &'static str,
    /// The text, within the post.
    pub(super) text: &'static str,
    pub(super) author: &'static str,
    /// Elements whose `datetime`, `title` or text is the date.
    pub(super) date: &'static str,
}

impl Software {
    /// Reads a data file: entries of named lines with a blank line between them, the most specific
    /// first.
    pub(super) fn all(file: &'static str) -> Vec<Self> {
        let entry = |entry: &'static str| {
            let value = |name| entry.lines().find_map(|it| it.strip_prefix(name));
            let value = |name| value(name).unwrap_or_default().trim();
            let (post, text) = (value("post:"), value("text:"));
            Self { post, text, author: value("author:"), date: value("date:") }
        };
        file.split("\n\n").map(entry).collect()
    }
}

static SOFTWARE: LazyLock<Vec<Software>> =
    LazyLock::new(|| Software::all(include_str!("data/forums.txt")));

/// At least this percentage of a forum page is posts. Where it is less, the matching markup belongs
/// to comments under a story.
const SHARE: usize = 25;

/// The posts of a forum page, in order; none where the page is no forum's. `all` are the page's
/// lines.
pub(super) fn posts(document: &Document, all: &[Block]) -> Vec<Post> {
    let weight = |it: &[Block]| it.iter().map(|it| it.text.len()).sum::<usize>();
    for software in SOFTWARE.iter() {
        let found = document.select(software.post);
        let posts: Vec<Post> = found.nodes().iter().filter_map(|it| post(it, software)).collect();
        let posted: usize = posts.iter().map(|it| weight(&it.blocks)).sum();
        if !posts.is_empty() && posted * 100 >= weight(all) * SHARE {
            return posts;
        }
    }
    Vec::new()
}

/// Reads one post; `None` where it holds no text.
pub(super) fn post(node: &NodeRef, software: &Software) -> Option<Post> {
    // The first text belongs to the post; later ones belong to replies within it.
    let text = Selection::from(*node).select(software.text).nodes().first().copied()?;
    post_of_lines(node, software, blocks(&text))
}

/// Reads author and date of a post whose lines are known; `None` where there are no lines.
pub(super) fn post_of_lines(
    node: &NodeRef,
    software: &Software,
    lines: Vec<Block>,
) -> Option<Post> {
    let whole = Selection::from(*node);
    // A selector of the name itself comes before that of its box.
    let names = software.author.split(',').map(|it| whole.select(it.trim()));
    let author = names.filter_map(|it| it.nodes().first().map(|it| one_line(&it.text()))).next();
    let date = whole.select(software.date).nodes().iter().find_map(day::of_element);
    let date = date.or_else(|| blocks(node).iter().take(12).find_map(|it| day::of_line(&it.text)));
    let author = author.or_else(|| node.attr("data-author").map(|it| one_line(&it)));
    let is_name = |it: &String| !it.is_empty() && it.len() <= 80;
    (!lines.is_empty()).then(|| Post { author: author.filter(is_name), date, blocks: lines })
}
