//! Parses a page into a tree, within the page's budget.
//!
//! The parser opens a formatting element that was not closed again in every paragraph that follows,
//! so the tags alone do not show how deep a page gets. 250 kB of `<p><font></x></p>` nested 18,000
//! deep and took the parser ten seconds. So the page is parsed piece by piece, and the tree is
//! measured as it grows.

use dom_query::{Document, NodeRef};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};

use super::depth::DEEPEST;
use crate::budget::Budget;

/// The bytes that are parsed at a time. The parser cannot be stopped within a piece.
const PIECE_BYTES: usize = 128;

/// What a node costs, in steps of the budget: making it, matching it against some hundred
/// selectors, finding the main content. That takes about 2 µs and 200 bytes; two million nodes
/// spend the budget.
const NODE: usize = 2_000;

/// What a node costs for each element around it, in steps. The searches for posts, dates and
/// authors read the text of an element again for each element around it.
const LEVEL: usize = 32;

/// The bytes of text that cost as much as a node when they are read again.
const TEXT_BYTES: usize = 16;

/// Why a page was not parsed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// Its elements nest deeper than [`DEEPEST`].
    TooDeep,
    /// The budget is spent.
    Spent,
}

/// Parses a page into its tree.
pub(super) fn tree(html: &str, budget: &Budget) -> Result<Document, Refused> {
    // The options of `Document::from`.
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

/// How many elements are open at the end of the tree. The parser searches them for each tag.
fn open_elements(root: &NodeRef) -> Result<usize, Refused> {
    let last = std::iter::successors(Some(*root), NodeRef::last_child).take(DEEPEST + 1).count();
    if last > DEEPEST { Err(Refused::TooDeep) } else { Ok(last) }
}

/// Charges the depth of the tree to the budget.
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
