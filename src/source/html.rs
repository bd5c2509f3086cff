//! Measures how deep the elements of a page nest, without parsing it into a tree.

/// How many open elements are searched for the one that a closing tag closes.
const REACH: usize = 64;

/// Whether elements nest deeper than `limit` anywhere on the page.
///
/// HTML parsers take time quadratic in the depth: 100,000 nested `<div>` take over 20 s. Elements
/// that HTML closes implicitly are closed here too, so that a page of a thousand unclosed `<p>` or
/// `<li>` counts as flat.
pub(super) fn is_deeper(page: &str, limit: u32) -> bool {
    let mut open: Vec<&str> = Vec::new();
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
            if is_one_of(VERBATIM, name) && !is_closing {
                rest = after_verbatim(after, name);
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

fn step<'a>(open: &mut Vec<&'a str>, name: &'a str, is_closing: bool) {
    if is_one_of(VOID, name) {
        return;
    }
    let near = open.iter().rev().take(REACH);
    let is_same = |it: &&str| it.eq_ignore_ascii_case(name);
    let above = if is_closing {
        near.into_iter().position(is_same)
    } else if is_one_of(CLOSES_ITS_LIKE, name) {
        near.take_while(|it| !is_one_of(SCOPES, it)).position(is_same)
    } else {
        None
    };
    if let Some(above) = above {
        open.truncate(open.len().saturating_sub(above + 1));
    }
    if !is_closing {
        open.push(name);
    }
}

fn is_one_of(names: &str, name: &str) -> bool {
    names.split(' ').any(|it| it.eq_ignore_ascii_case(name))
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
const VOID: &str =
    "area base br col embed frame hr img input keygen link meta param source track wbr";

/// Elements that close an open element of the same name, unless a scope lies between.
const CLOSES_ITS_LIKE: &str = "a dd dt li option optgroup p rp rt td th tr";

/// Elements that keep elements inside from closing elements outside.
const SCOPES: &str = "\
    article aside blockquote button dl div fieldset form main ol section select table ul";

/// Elements whose content is not markup.
const VERBATIM: &str = "script style textarea title xmp iframe noembed noframes";
