//! How deep the elements of a page nest, told without building its tree.

/// Elements without content.
const VOID: &str = " area base br col embed frame hr img input keygen link meta param source track \
    wbr ";

/// Elements that another of their name closes, unless an element of [`SCOPE`] stands between.
const IMPLIED: &str = " a dd dt li option optgroup p rp rt td th tr ";

/// Elements that keep what is inside from closing what is outside.
const SCOPE: &str = " article aside blockquote button dl div fieldset form main ol section select \
    table ul ";

/// Elements whose content is no markup.
const VERBATIM: &str = " script style textarea title xmp iframe noembed noframes ";

/// How far up a closing tag looks for its opening one.
const REACH: usize = 64;

/// Whether elements nest deeper than `limit` anywhere on the page.
///
/// Parsers of HTML take time by the square of the depth: 100,000 nested `<div>` take over 20 s.
pub(super) fn is_deeper(page: &str, limit: u32) -> bool {
    let mut open: Vec<String> = Vec::new();
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
            let name = name.to_ascii_lowercase();
            if !is_closing && is_in(VERBATIM, &name) {
                rest = after_verbatim(after, &name);
            } else {
                step(&mut open, name, is_closing);
            }
        }
        if open.len() > limit as usize {
            return true;
        }
    }
    false
}

fn step(open: &mut Vec<String>, name: String, is_closing: bool) {
    if is_closing {
        let found = open.iter().rev().take(REACH).position(|it| *it == name);
        if let Some(above) = found {
            open.truncate(open.len().saturating_sub(above + 1));
        }
        return;
    }
    if is_in(VOID, &name) {
        return;
    }
    if is_in(IMPLIED, &name) {
        let near = open.iter().rev().take(REACH).take_while(|it| !is_in(SCOPE, it));
        if let Some(above) = near.into_iter().position(|it| *it == name) {
            open.truncate(open.len().saturating_sub(above + 1));
        }
    }
    open.push(name);
}

/// What follows the end of an element without markup inside.
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

fn is_in(list: &str, name: &str) -> bool {
    list.split_ascii_whitespace().any(|it| it == name)
}
