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

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::notes;
    use crate::hit::Results;
    use crate::query::{Remark, RemarkKind};
    use crate::show::Look;
    use crate::text::Span;

    #[track_caller]
    fn check(results: &Results, expected: &Expect) {
        expected.assert_eq(&notes(results, &Look::plain()));
    }

    fn remark(text: &str, span: Option<Span>) -> Remark {
        Remark { kind: RemarkKind::Literal, text: text.to_owned(), span }
    }

    #[test]
    fn a_caret_stands_under_what_a_remark_concerns_in_columns() {
        let remarks = vec![remark("`12:30` was searched as text", Some(Span::new(7, 12)))];
        let query = "中国 12:30 train".to_owned();
        let results = Results { query, remarks, total: 3, total_complete: 1, ..Results::default() };
        let expected = expect![[r"
            note: `12:30` was searched as text
                  中国 12:30 train
                       ^^^^^
            more than 3 hits, at least 1 with every term (0 µs)
        "]];
        check(&results, &expected);
    }

    #[test]
    fn nothing_found_is_said() {
        let suggestion = Some("sanctions".to_owned());
        let query = "sanktions".to_owned();
        let results = Results { query, suggestion, took_us: Some(1_234), ..Results::default() };
        let expected = expect![[r"
            did you mean: sanctions
            no hits for sanktions (1.2 ms)
        "]];
        check(&results, &expected);
    }
}
