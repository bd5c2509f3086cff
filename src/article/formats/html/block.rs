//! Turns elements into lines of text, as a reader sees them.

use dom_query::NodeRef;

/// A line of text on a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Block {
    /// Its text with white space folded; not empty.
    pub(super) text: String,
    /// Whether it opens a paragraph.
    pub(super) opens: bool,
    /// Whether it stands in a quotation.
    pub(super) is_quoted: bool,
    /// Whether its markup sets it apart from the story: navigation, a form, a box, a link.
    pub(super) is_aside: bool,
}

/// Elements whose text is not visible.
const UNSEEN: [&str; 14] = [
    "script", "style", "noscript", "template", "svg", "head", "iframe", "object", "select",
    "textarea", "button", "canvas", "math-alt", "dialog",
];

/// Elements that are set apart from the story.
const ASIDE: [&str; 6] = ["nav", "footer", "aside", "form", "menu", "figure"];

/// Elements that do not break a line.
const INLINE: [&str; 36] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "label", "mark", "math", "q", "rp", "rt", "ruby", "s", "samp",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
];

/// Elements that start a new line, but no paragraph.
const LINE: [&str; 5] = ["br", "li", "tr", "dt", "dd"];

/// Returns the lines below a node, in order.
pub(super) fn blocks(node: &NodeRef) -> Vec<Block> {
    let mut builder = BlockBuilder { opens: true, ..BlockBuilder::default() };
    builder.node(node);
    builder.line_ends();
    builder.blocks
}

#[derive(Default)]
struct BlockBuilder {
    blocks: Vec<Block>,
    open: String,
    /// Whether the next line opens a paragraph.
    opens: bool,
    /// How many quotations are open.
    quotes: usize,
    /// How many elements are open that are set apart from the story.
    asides: usize,
    /// How many links are open, and how many bytes of the open line stand in links.
    links: usize,
    linked: usize,
    /// Whether line ends of the source count, as in `<pre>`.
    is_verbatim: bool,
}

impl BlockBuilder {
    /// Adds a node and its children. `depth` bounds the recursion.
    fn node(&mut self, node: &NodeRef) {
        if node.is_text() {
            self.text(&node.text());
            return;
        }
        if node.is_comment() {
            return;
        }
        let name = node.node_name().unwrap_or_default();
        let name = name.as_ref();
        if UNSEEN.contains(&name) {
            return;
        }
        let is_block = node.is_element() && !INLINE.contains(&name) && name != "td" && name != "th";
        if is_block {
            self.breaks(!LINE.contains(&name));
        } else if !INLINE.contains(&name) {
            self.open.push(' ');
        }
        let (was_verbatim, quotes, asides) = (self.is_verbatim, self.quotes, self.asides);
        let links = self.links;
        self.is_verbatim |= name == "pre";
        self.quotes += usize::from(name == "blockquote" || is_quote(node));
        self.asides += usize::from(ASIDE.contains(&name));
        self.links += usize::from(name == "a");
        for child in node.children_it(false) {
            self.node(&child);
        }
        if is_block {
            self.breaks(!LINE.contains(&name));
        }
        (self.is_verbatim, self.quotes, self.asides) = (was_verbatim, quotes, asides);
        self.links = links;
    }

    fn text(&mut self, text: &str) {
        if self.links > 0 {
            self.linked += text.trim().len();
        }
        if !self.is_verbatim {
            self.open.push_str(text);
            return;
        }
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                let is_blank = self.open.trim().is_empty();
                self.breaks(is_blank);
            }
            self.open.push_str(line);
        }
    }

    fn breaks(&mut self, opens: bool) {
        self.line_ends();
        self.opens |= opens;
    }

    fn line_ends(&mut self) {
        let mut words = self.open.split_whitespace();
        if let Some(first) = words.next() {
            let mut text = String::with_capacity(self.open.len());
            text.push_str(first);
            for word in words {
                text.push(' ');
                text.push_str(word);
            }
            let opens = self.opens || self.blocks.is_empty();
            let is_aside = self.asides > 0 || self.linked * 2 > text.len();
            self.blocks.push(Block { text, opens, is_quoted: self.quotes > 0, is_aside });
            self.opens = false;
        }
        self.open.clear();
        self.linked = 0;
    }
}

/// Whether a forum marks the element as a quotation of an earlier post.
fn is_quote(node: &NodeRef) -> bool {
    let Some(class) = node.class() else { return false };
    let marks = "bbCodeBlock--quote bbCodeQuote quotecontent bbcode_quote quoteheader quote";
    class.split_whitespace().any(|it| marks.split(' ').any(|mark| it == mark))
}
