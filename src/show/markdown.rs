//! Writes the answer as Markdown: a numbered list with quoted snippets, for notes and chats.

use std::fmt::Write as _;

use super::look::safe_line;
use crate::hit::{Hit, Results};

/// Writes the hits as a list; empty without hits. No text of an article acts as markup.
#[must_use]
pub fn markdown(results: &Results) -> String {
    let mut out = String::new();
    for hit in &results.hits {
        if !out.is_empty() {
            out.push('\n');
        }
        one_hit(&mut out, hit);
    }
    out
}

fn one_hit(out: &mut String, hit: &Hit) {
    let number = format!("{}. ", hit.rank);
    let indent = " ".repeat(number.len());
    out.push_str(&number);
    if let Some(title) = &hit.title {
        let _ = write!(out, "**{}**, ", escaped(&safe_line(title)));
    }
    if let Some(date) = hit.date {
        let _ = write!(out, "{date}, ");
    }
    let _ = writeln!(out, "{}", code(&format!("{}:{}", safe_line(&hit.path), hit.line)));
    if !hit.missing.is_empty() {
        let missing: Vec<_> = hit.missing.iter().map(|it| escaped(&safe_line(it))).collect();
        let _ = writeln!(out, "{indent}(without {})", missing.join(", "));
    }
    let _ = writeln!(out, "\n{indent}> {}", quoted(&hit.snippet, &hit.highlights));
}

/// The snippet on one line, with highlighted words in bold.
fn quoted(snippet: &str, highlights: &[(usize, usize)]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for &(start, end) in highlights {
        let (Some(before), Some(inside)) = (snippet.get(at..start), snippet.get(start..end)) else {
            continue;
        };
        push(&mut out, before);
        let inside = escaped(&safe_line(inside));
        if !inside.is_empty() {
            let _ = write!(out, "**{inside}**");
        }
        at = end;
    }
    push(&mut out, snippet.get(at..).unwrap_or_default());
    guarded(out.trim())
}

/// Appends a piece of a line and keeps the white space at its ends as one blank.
fn push(out: &mut String, piece: &str) {
    if piece.starts_with(char::is_whitespace) {
        out.push(' ');
    }
    let line = safe_line(piece);
    out.push_str(&escaped(&line));
    if !line.is_empty() && piece.ends_with(char::is_whitespace) {
        out.push(' ');
    }
}

/// Escapes all characters that are markup within a line.
fn escaped(line: &str) -> String {
    let mut safe = String::with_capacity(line.len() + 8);
    for c in line.chars() {
        if "\\`*_[]<>|~&!#$".contains(c) {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

/// Escapes the start of a line that would open a list, a heading or a rule: `1.`, `-`, `+`, `=`.
fn guarded(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let (head, tail) = line.split_at(digits);
    if tail.starts_with(['.', ')']) && digits > 0
        || tail.starts_with(['-', '+', '=']) && digits == 0
    {
        return format!("{head}\\{tail}");
    }
    line.to_owned()
}

/// The text as code, within more backquotes than it contains.
fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    if longest == 0 { format!("{fence}{text}{fence}") } else { format!("{fence} {text} {fence}") }
}
