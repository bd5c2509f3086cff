//! Writes the answer for people: a numbered list with title, date, place, snippet and further
//! facts.

use std::fmt::Write as _;

use super::look::{Look, Style, safe_line};
use super::wrap::{Marked, truncate, wrap};
use crate::article::Lang;
use crate::hit::{Copy, Hit, Results};

/// The passages around a hit in its article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// The texts of the passages before it, in reading order.
    pub before: Vec<String>,
    /// The texts of the passages after it, in reading order.
    pub after: Vec<String>,
}

/// The number of copies that are named; further ones are counted.
const COPIES_NAMED: usize = 3;

const INDENT: &str = "    ";

/// Writes the hits as text, with a blank line between two; empty without hits.
///
/// `around` holds the surroundings of each hit in the order of the hits, or is empty.
#[must_use]
pub fn text(results: &Results, around: &[Around], look: &Look<'_>) -> String {
    let mut out = String::new();
    for (at, hit) in results.hits.iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        one_hit(&mut out, hit, around.get(at), look);
    }
    out
}

fn one_hit(out: &mut String, hit: &Hit, around: Option<&Around>, look: &Look<'_>) {
    let number = format!("{:>2}. ", hit.rank);
    look.paint(out, Style::Faint, &number);
    if let Some(title) = &hit.title {
        let title = Marked {
            text: title,
            ranges: &hit.title_highlights,
            base: Style::Title,
            marked: Style::MarkedTitle,
        };
        if hit.highlights.is_empty() && !hit.title_highlights.is_empty() {
            // Only the title matches, so its highlights must not be cut off.
            let mut whole = String::new();
            wrap(&mut whole, look, &title, INDENT);
            out.push_str(whole.strip_prefix(INDENT).unwrap_or(&whole));
        } else {
            truncate(out, look, &title, look.columns.saturating_sub(number.len()));
            out.push('\n');
        }
        out.push_str(INDENT);
    }
    place(out, hit, look);
    out.push('\n');
    if let Some(around) = around {
        paragraphs(out, &around.before, look);
    }
    snippet(out, hit, look);
    if let Some(around) = around {
        paragraphs(out, &around.after, look);
    }
    beside(out, hit, look);
}

/// Writes the snippet, with an ellipsis where it leaves out a part of its passage.
fn snippet(out: &mut String, hit: &Hit, look: &Look<'_>) {
    let before = if hit.text.starts_with(&hit.snippet) { "" } else { "… " };
    let after = if hit.text.ends_with(&hit.snippet) { "" } else { "\u{a0}…" };
    let text = format!("{before}{}{after}", hit.snippet);
    let moved =
        hit.highlights.iter().map(|(start, end)| (start + before.len(), end + before.len()));
    let ranges: Vec<_> = moved.collect();
    let (base, marked) = (Style::Plain, Style::Marked);
    wrap(out, look, &Marked { text: &text, ranges: &ranges, base, marked }, INDENT);
}

/// Writes `2018-09-12  seeds/a.txt:12  #1@4  zh`, and the author where known.
fn place(out: &mut String, hit: &Hit, look: &Look<'_>) {
    if let Some(date) = hit.date {
        let _ = write!(out, "{date}  ");
    }
    look.place(out, &hit.path, hit.line);
    // `search show` takes this; the path is shown already, so only the rest of the id is needed.
    let own = hit.article.strip_prefix(&hit.path).unwrap_or(&hit.article);
    look.paint(out, Style::Faint, &format!("  {}@{}", safe_line(own), hit.passage));
    if hit.lang != Lang::En {
        look.paint(out, Style::Faint, &format!("  {}", hit.lang.name()));
    }
    if let Some(author) = &hit.author {
        look.paint(out, Style::Faint, &format!("  by {}", safe_line(author)));
    }
}

fn paragraphs(out: &mut String, texts: &[String], look: &Look<'_>) {
    for text in texts {
        let text = Marked { text, ranges: &[], base: Style::Faint, marked: Style::Faint };
        wrap(out, look, &text, INDENT);
    }
}

/// Writes what only some hits have: missing terms, copies, topics, the parts of the score.
fn beside(out: &mut String, hit: &Hit, look: &Look<'_>) {
    if !hit.missing.is_empty() {
        line(out, look, Style::Warning, &format!("without: {}", hit.missing.join(", ")));
    }
    if !hit.copies.is_empty() {
        line(out, look, Style::Faint, &format!("also: {}", copies(&hit.copies)));
    }
    // Topics and scores are for those who ask for them; on every hit they would hide the rest.
    let Some(why) = &hit.why else { return };
    if !hit.topics.is_empty() {
        line(out, look, Style::Faint, &format!("topics: {}", hit.topics.join(", ")));
    }
    let mut sum = format!("score {:.3} = complete {:.3}", hit.score, why.complete);
    for part in &why.terms {
        let (term, score, count) = (&part.term, part.score, part.passages);
        let _ = write!(sum, " + {term} {score:.3} (in {count} passages)");
    }
    let parts = [("proximity", why.proximity), ("title", why.title)];
    for (name, part) in parts {
        let _ = write!(sum, " + {name} {part:.3}");
    }
    line(out, look, Style::Faint, &sum);
}

fn line(out: &mut String, look: &Look<'_>, style: Style, text: &str) {
    wrap(out, look, &Marked { text, ranges: &[], base: style, marked: style }, INDENT);
}

fn copies(copies: &[Copy]) -> String {
    let named = copies.iter().take(COPIES_NAMED).map(|it| match it.date {
        Some(date) => format!("{}:{} ({date})", it.path, it.line),
        None => format!("{}:{}", it.path, it.line),
    });
    let mut text = named.collect::<Vec<_>>().join(", ");
    if copies.len() > COPIES_NAMED {
        let _ = write!(text, " and {} more", copies.len() - COPIES_NAMED);
    }
    text
}
