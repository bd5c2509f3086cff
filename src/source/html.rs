//! Measures how deep the elements of a page nest, without parsing it into a tree.

/// How many open elements are searched for the one that a closing tag closes.
const REACH: usize = 64;

/// Whether elements nest deeper than `limit` anywhere on the page.
///
/// HTML parsers take time quadratic in the depth: 100,000 nested `<div>` take over 20 s. Elements
/// that HTML closes implicitly are closed here too, so that a page of a thousand unclosed `<p>` or
/// `<li>` counts as flat.
pub(super) fn is_deeper(page: &str, limit: u32) -> bool {
    let mut open = Vec::new();
    let mut rest = page;
    while let Some((_, after)) = rest.split_once('<') {
        if let Some(comment) = after.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, it)| it);
            continue;
        }
        let (is_closing, tag) = match after.strip_prefix('/') {
            Some(tag) => (true, tag),
            None => (false, after),
        };
        let end =
            tag.find(|it: char| !it.is_ascii_alphanumeric() && it != '-').unwrap_or(tag.len());
        let (name, after) = tag.split_at(end);
        rest = after;
        if name.starts_with(|it: char| it.is_ascii_alphabetic()) {
            let element = Element::of(name);
            if element.is_verbatim() && !is_closing {
                rest = after_verbatim(after, name);
            } else {
                step(&mut open, element, is_closing);
            }
        }
        if open.len() > limit as usize {
            return true;
        }
    }
    false
}

fn step(open: &mut Vec<Element>, element: Element, is_closing: bool) {
    if element.is_void() {
        return;
    }
    let near = open.iter().rev().take(REACH);
    let above = if is_closing {
        near.into_iter().position(|it| *it == element)
    } else if element.closes_its_like() {
        near.take_while(|it| !it.is_scope()).position(|it| *it == element)
    } else {
        None
    };
    if let Some(above) = above {
        open.truncate(open.len().saturating_sub(above + 1));
    }
    if !is_closing {
        open.push(element);
    }
}

/// The text after the end of an element whose content is not markup.
fn after_verbatim<'a>(text: &'a str, name: &str) -> &'a str {
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("</") {
        let is_end = after.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name));
        if is_end {
            return after.get(name.len()..).unwrap_or_default();
        }
        rest = after;
    }
    ""
}

/// Elements without content.
const VOID: &[&[u8]] = &[
    b"area", b"base", b"br", b"col", b"embed", b"frame", b"hr", b"img", b"input", b"keygen",
    b"link", b"meta", b"param", b"source", b"track", b"wbr",
];

/// Elements that close an open element of the same name.
const CLOSES_ITS_LIKE: &[&[u8]] =
    &[b"a", b"dd", b"dt", b"li", b"option", b"optgroup", b"p", b"rp", b"rt", b"td", b"th", b"tr"];

/// Elements that keep elements inside from closing elements outside.
const SCOPES: &[&[u8]] = &[
    b"article",
    b"aside",
    b"blockquote",
    b"button",
    b"dl",
    b"div",
    b"fieldset",
    b"form",
    b"main",
    b"ol",
    b"section",
    b"select",
    b"table",
    b"ul",
];

/// Elements whose content is not markup.
const VERBATIM: &[&[u8]] =
    &[b"script", b"style", b"textarea", b"title", b"xmp", b"iframe", b"noembed", b"noframes"];

/// The name of an element in lower case, cut at twelve bytes and padded with zeros.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Element([u8; 12]);

impl Element {
    fn of(name: &str) -> Self {
        let mut element = [0; 12];
        for (slot, byte) in element.iter_mut().zip(name.bytes()) {
            *slot = byte.to_ascii_lowercase();
        }
        Self(element)
    }

    fn name(&self) -> &[u8] {
        self.0.split(|it| *it == 0).next().unwrap_or_default()
    }

    /// Whether it has no content.
    fn is_void(&self) -> bool {
        VOID.contains(&self.name())
    }

    /// Whether it closes an open element of the same name, unless a scope lies between.
    fn closes_its_like(&self) -> bool {
        CLOSES_ITS_LIKE.contains(&self.name())
    }

    /// Whether it keeps elements inside from closing elements outside.
    fn is_scope(&self) -> bool {
        SCOPES.contains(&self.name())
    }

    /// Whether its content is not markup.
    fn is_verbatim(&self) -> bool {
        VERBATIM.contains(&self.name())
    }
}
