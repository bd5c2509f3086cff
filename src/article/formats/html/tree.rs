//! Markup becomes a tree, within the budget of its page.
//!
//! What formats text and was not closed is opened anew in every paragraph that follows: no look at
//! the tags alone tells how deep a page gets. 250 kB of `<p><font></x></p>` stood 18,000 deep and
//! took the parser ten seconds. So the tree is grown piece by piece, and measured as it grows.

use dom_query::{Document, NodeRef};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};

use super::depth::DEEPEST;
use crate::budget::Budget;

/// Bytes that are parsed at a time. The parser cannot be stopped within a piece.
const PIECE_BYTES: usize = 128;

/// Steps of a node: to make it, to look at it by each of some hundred selectors, to find the main
/// content. It takes some 2 µs and 200 bytes; two millions of nodes are the budget.
const NODE: usize = 2_000;

/// Steps of a node for each element that it stands in: what is read of an element is read of all
/// that it stands in, by those who look for posts, days and authors.
const LEVEL: usize = 32;

/// Bytes of text that cost as much as a node, where they are read again.
const TEXT_BYTES: usize = 16;

/// Why a page has no tree.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// Its elements stand more than [`DEEPEST`] deep within each other.
    TooDeep,
    /// The budget is spent.
    Spent,
}

/// The tree of a page.
pub(super) fn tree(html: &str, budget: &Budget) -> Result<Document, Refused> {
    // As `Document::from` has it.
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..Default::default() };
    let options = ParseOpts { tree_builder, ..ParseOpts::default() };
    let mut parser = parse_document(Document::default(), options);
    let whole = StrTendril::from(html);
    let (mut at, mut nodes) = (0, 0);
    while at < html.len() {
        let end = html.ceil_char_boundary(at + PIECE_BYTES);
        let place = |it| u32::try_from(it).unwrap_or(u32::MAX);
        let Ok(piece) = whole.try_subtendril(place(at), place(end - at)) else { break };
        parser.process(piece);
        at = end;
        let grown = &parser.tokenizer.sink.sink;
        let (open, made) = (open_elements(&grown.root())?, grown.tree.len() - nodes);
        if !budget.spend(made * NODE + open * LEVEL + PIECE_BYTES) {
            return Err(Refused::Spent);
        }
        nodes += made;
    }
    let document = parser.finish();
    measure(&document.root(), budget)?;
    Ok(document)
}

/// How many elements are open where the tree grows: the parser looks through them for each tag.
fn open_elements(root: &NodeRef) -> Result<usize, Refused> {
    let last = std::iter::successors(Some(*root), NodeRef::last_child).take(DEEPEST + 1).count();
    if last > DEEPEST { Err(Refused::TooDeep) } else { Ok(last) }
}

/// Spends what the depth of the tree costs.
fn measure(root: &NodeRef, budget: &Budget) -> Result<(), Refused> {
    let mut node = *root;
    let mut depth = 0;
    loop {
        let bytes = if node.is_text() { node.text().len() } else { 0 };
        if !budget.spend(depth * (1 + bytes / TEXT_BYTES) * LEVEL) {
            return Err(Refused::Spent);
        }
        if let Some(child) = node.first_child() {
            (node, depth) = (child, depth + 1);
            if depth > DEEPEST {
                return Err(Refused::TooDeep);
            }
            continue;
        }
        let next = loop {
            if depth == 0 {
                return Ok(());
            }
            if let Some(sibling) = node.next_sibling() {
                break sibling;
            }
            let Some(parent) = node.parent() else { return Ok(()) };
            (node, depth) = (parent, depth - 1);
        };
        node = next;
    }
}
