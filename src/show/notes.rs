//! Writes what is said beside the hits: remarks with a caret under the part that they concern, and
//! the totals.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use super::look::{Look, Style, safe_line};
use crate::hit::Results;
use crate::query::Remark;
use crate::text::visible;

/// Writes remarks, a suggestion and the totals as lines for standard error.
#[must_use]
pub fn notes(results: &Results, look: &Look<'_>) -> String {
    let mut out = String::new();
    for remark in &results.remarks {
        one_remark(&mut out, &results.query, remark, look);
    }
    if let Some(suggestion) = &results.suggestion {
        look.paint(&mut out, Style::Warning, "did you mean");
        let _ = writeln!(out, ": {}", safe_line(suggestion));
    }
    look.paint(&mut out, Style::Faint, &totals(results));
    out.push('\n');
    out
}

fn one_remark(out: &mut String, query: &str, remark: &Remark, look: &Look<'_>) {
    look.paint(out, Style::Warning, "note");
    let _ = writeln!(out, ": {}", safe_line(&remark.text));
    let Some(span) = remark.span else { return };
    let (Some(before), inside) = (query.get(..span.start()), span.of(query)) else { return };
    // Query and caret take one line each. Tabs and line ends take one column, as a blank does.
    let flat = |it: &str| visible(it).replace(char::is_whitespace, " ");
    let (before, inside) = (flat(before), flat(inside));
    let (start, columns) = (before.width(), inside.width().max(1));
    if start + columns + 6 > look.columns {
        return;
    }
    let rest = flat(query.get(span.end()..).unwrap_or_default());
    let room = look.columns - start - inside.width() - 6;
    let rest: String = rest.chars().take(room / 2).collect();
    let _ = writeln!(out, "      {before}{inside}{rest}");
    let _ = writeln!(out, "      {}{}", " ".repeat(start), "^".repeat(columns));
}

fn totals(results: &Results) -> String {
    let time = match results.took_us {
        None => String::new(),
        Some(it) if it < 1_000 => format!(" ({it} µs)"),
        Some(it) if it < 1_000_000 => format!(" ({}.{} ms)", it / 1_000, it % 1_000 / 100),
        Some(it) => format!(" ({}.{} s)", it / 1_000_000, it % 1_000_000 / 100_000),
    };
    if results.total == 0 {
        return format!("no hits for {}{time}", safe_line(&results.query));
    }
    let over = if results.total_is_exact { "" } else { "more than " };
    let hits = if results.total == 1 { "hit" } else { "hits" };
    let mut line = format!("{over}{} {hits}", results.total);
    // If counting ended early, more hits may contain every term.
    let least = if results.total_is_exact { "" } else { "at least " };
    let says_complete = results.total_is_exact || results.total_complete > 0;
    if says_complete && results.total_complete < results.total {
        let _ = write!(line, ", {least}{} with every term", results.total_complete);
    }
    if let (Some(first), Some(last)) = (results.hits.first(), results.hits.last())
        && (results.hits.len() as u64) < results.total
    {
        let _ = write!(line, "; shown: {} to {}", first.rank, last.rank);
    }
    line + &time
}
