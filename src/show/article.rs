//! Shows an article for reading: its head, then its passages with their numbers. The fields of
//! [`Reading`] and their order are those of its JSON.

use std::fmt::Write as _;

use serde::Serialize;

use super::look::{Look, Style, safe_line};
use super::wrap::{Marked, wrap};
use crate::date::Day;

/// An article, or a part of it, in reading order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// The article's id.
    #[serde(rename = "article")]
    pub id: String,
    /// The path of the file.
    pub path: String,
    /// The article's title.
    pub title: Option<String>,
    /// The article's author.
    pub author: Option<String>,
    /// The article's date.
    pub date: Option<Day>,
    /// The article's address.
    pub url: Option<String>,
    /// The number of passages of the whole article.
    pub passages: u32,
    /// The parts to show, by line of the file.
    pub pieces: Vec<Piece>,
}

/// A passage, or a line that was left out of the article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Piece {
    /// A passage of the article.
    Passage {
        /// Its number in the article, from 1.
        #[serde(rename = "passage")]
        number: u32,
        /// The line of the file at which it starts, from 1.
        line: u32,
        /// Its text, verbatim.
        text: String,
        /// Whether the person asked for this passage.
        #[serde(skip)]
        is_asked: bool,
    },
    /// A line of the file that is no part of the article.
    Dropped {
        /// The name of the rule that dropped it.
        #[serde(rename = "dropped")]
        rule: String,
        /// The line of the file, from 1.
        line: u32,
        /// The text as it stood.
        text: String,
    },
}

/// Writes the article as text for reading.
#[must_use]
pub fn article(reading: &Reading, look: &Look<'_>) -> String {
    let mut out = String::new();
    head(&mut out, reading, look);
    for piece in &reading.pieces {
        out.push('\n');
        match piece {
            Piece::Passage { number, line, text, is_asked } => {
                let sign = if *is_asked { '>' } else { ' ' };
                let style = if *is_asked { Style::Warning } else { Style::Faint };
                look.paint(&mut out, style, &format!("{sign} @{number}  line {line}"));
                out.push('\n');
                paragraphs(&mut out, text, look);
            }
            Piece::Dropped { line, text, rule } => {
                let note = format!("  line {line}, left out ({}): ", safe_line(rule));
                let text = format!("{note}{}", safe_line(text));
                let style = Style::Faint;
                let text = Marked { text: &text, ranges: &[], base: style, marked: style };
                wrap(&mut out, look, &text, "  ");
            }
        }
    }
    out
}

fn head(out: &mut String, reading: &Reading, look: &Look<'_>) {
    if let Some(title) = &reading.title {
        let title =
            Marked { text: title, ranges: &[], base: Style::Title, marked: Style::MarkedTitle };
        wrap(out, look, &title, "");
    }
    let date = reading.date.map(|it| it.to_string());
    let passages = match reading.passages {
        1 => "1 passage".to_owned(),
        it => format!("{it} passages"),
    };
    let author = reading.author.as_ref().map(|it| format!("by {}", safe_line(it)));
    let parts = [date, author, Some(passages)];
    let facts: Vec<_> = parts.into_iter().flatten().collect();
    let _ = writeln!(out, "{}", facts.join("  "));
    look.paint(out, Style::Faint, &safe_line(&reading.id));
    out.push('\n');
    if let Some(url) = &reading.url {
        look.paint(out, Style::Faint, &safe_line(url));
        out.push('\n');
    }
}

/// Wraps the paragraphs of a passage, each on its own.
fn paragraphs(out: &mut String, text: &str, look: &Look<'_>) {
    for (at, text) in text.split("\n\n").enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let text = Marked { text, ranges: &[], base: Style::Plain, marked: Style::Marked };
        wrap(out, look, &text, "  ");
    }
}
