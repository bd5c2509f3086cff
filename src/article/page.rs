//! A text dump becomes its articles.

use super::{Article, Lang, LineMark, Repeated, numbered};
use crate::source::Raw;

/// Reads a text into its articles, in order.
pub(super) fn read(raw: &Raw, text: &str, first: u32, repeated: &Repeated) -> Vec<Article> {
    let _ = repeated;
    let mut body = String::with_capacity(text.len());
    let mut lines = Vec::new();
    let mut title = None;
    let mut is_new_paragraph = false;
    for (line, number) in text.lines().zip(raw.line..) {
        let line = line.trim();
        if line.is_empty() {
            is_new_paragraph = true;
            continue;
        }
        if title.is_none() && body.is_empty() && line.chars().count() < 200 {
            title = Some(line.to_owned());
            continue;
        }
        if !body.is_empty() {
            body.push_str(if is_new_paragraph { "\n\n" } else { "\n" });
        }
        is_new_paragraph = false;
        lines
            .push(LineMark { offset: u32::try_from(body.len()).unwrap_or(u32::MAX), line: number });
        body.push_str(line);
    }
    if title.is_none() && body.is_empty() {
        return Vec::new();
    }
    if lines.is_empty() {
        lines.push(LineMark { offset: 0, line: raw.line });
    }
    let lang = Lang::of_parts(&[title.as_deref().unwrap_or_default(), &body]);
    vec![Article {
        id: numbered(&raw.path, first),
        path: raw.path.clone(),
        title,
        author: None,
        date: None,
        date_source: None,
        url: None,
        lang,
        body,
        lines,
        quotes: Vec::new(),
        dropped: Vec::new(),
    }]
}
