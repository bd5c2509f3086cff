//! The visible lines of a page as a reader would copy them: block by block, nothing left out.

use dom_query::{Document, NodeRef};

/// Elements whose text nobody sees.
const UNSEEN: [&str; 10] = [
    "script", "style", "noscript", "template", "svg", "head", "iframe", "object", "select",
    "textarea",
];

/// Elements that stand within a line.
const INLINE: [&str; 32] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var",
];

/// The lines of a page, white space folded, none empty.
pub(crate) fn dump(html: &str) -> Vec<String> {
    let document = Document::from(html);
    let (mut lines, mut open) = (Vec::new(), String::new());
    walk(&document.root(), &mut lines, &mut open);
    close(&mut lines, &mut open);
    lines
}

fn walk(node: &NodeRef, lines: &mut Vec<String>, open: &mut String) {
    if node.is_text() {
        open.push_str(&node.text());
        return;
    }
    let name = node.node_name().unwrap_or_default();
    if UNSEEN.contains(&name.as_ref()) || node.is_comment() {
        return;
    }
    let breaks = node.is_element() && !INLINE.contains(&name.as_ref());
    if breaks {
        close(lines, open);
    }
    for child in node.children_it(false) {
        walk(&child, lines, open);
    }
    if breaks {
        close(lines, open);
    }
}

fn close(lines: &mut Vec<String>, open: &mut String) {
    let words: Vec<&str> = open.split_whitespace().collect();
    if !words.is_empty() {
        lines.push(words.join(" "));
    }
    open.clear();
}
