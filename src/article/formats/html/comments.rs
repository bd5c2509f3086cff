//! Takes the readers' comments out of a page, by the markup of common comment software.

use std::collections::HashSet;
use std::sync::LazyLock;

use dom_query::{Document, NodeRef, Selection};

use super::block::blocks;
use super::day;
use super::forum::{self, Post, Software};
use crate::text::one_line;

/// The most specific first: the first one that fits is used.
static SOFTWARE: LazyLock<Vec<Software>> =
    LazyLock::new(|| Software::all(include_str!("data/comments.txt")));

/// Old Blogger pages have a definition list with three elements for each comment.
const BLOGGER: &str = "dl#comments-block dd.comment-body";

/// All of the above stand in one of these elements, so a page without them needs no further look.
const ANY: &str = "[class*=omment], [id*=omment], [itemtype*=Comment], li.post";

/// Removes the comments from a page and returns them in order; none where the markup shows none.
pub(super) fn take(document: &Document) -> Vec<Post> {
    if !document.select(ANY).exists() {
        return Vec::new();
    }
    let of_blogger = document.select(BLOGGER);
    if of_blogger.exists() {
        let comments = of_blogger.nodes().iter().filter_map(blogger).collect();
        document.select("dl#comments-block").remove();
        return comments;
    }
    for software in SOFTWARE.iter() {
        let found = document.select(software.post);
        let comments = comments(found.nodes(), software);
        if !comments.is_empty() {
            found.remove();
            return comments;
        }
    }
    Vec::new()
}

/// Reads comments, each without its replies. An element within a comment may look like a comment
/// too, so each text is read once.
fn comments(nodes: &[NodeRef], software: &Software) -> Vec<Post> {
    let mut read = HashSet::new();
    let comments = nodes.iter().filter_map(|node| {
        let text = text(node, software);
        let is_new = text.first().is_some_and(|it| read.insert(it.id));
        let lines = text.iter().flat_map(blocks).collect();
        // Without an author it is a form or another box.
        let said = forum::post_of_lines(node, software, lines).filter(|it| it.author.is_some());
        said.filter(|_| is_new && !Selection::from(*node).select("h1").exists())
    });
    comments.collect()
}

/// The elements with the text of a comment: paragraphs, where the software has no element for the
/// text.
fn text<'a>(node: &NodeRef<'a>, software: &Software) -> Vec<NodeRef<'a>> {
    let whole = Selection::from(*node);
    if !software.text.is_empty() {
        // The first one belongs to the comment, later ones to its replies.
        return whole.select(software.text).nodes().iter().take(1).copied().collect();
    }
    let own = whole.children();
    let boxes = own.filter(".comment-body, article, div");
    let inner = boxes.children();
    [own.filter("p"), inner.filter("p"), inner.filter("div").children().filter("p")]
        .into_iter()
        .map(|it| it.nodes().to_vec())
        .find(|it| !it.is_empty())
        .unwrap_or_default()
}

/// Reads the comment of `dt.comment-author`, `dd.comment-body`, `dd.comment-footer`.
fn blogger(body: &NodeRef) -> Option<Post> {
    let lines = blocks(body);
    let author = body.prev_element_sibling().map(|it| one_line(&it.text()));
    let author = author.and_then(|it| {
        let name = ["said...", "said…", "says:", "hat gesagt…", "a dit…", "dijo..."];
        let name = name.iter().find_map(|end| it.strip_suffix(end)).unwrap_or(&it).trim();
        (!name.is_empty() && name.len() <= 80).then(|| name.to_owned())
    });
    let date = body.next_element_sibling().and_then(|it| day::of_element(&it));
    (!lines.is_empty()).then_some(Post { author, date, blocks: lines })
}
