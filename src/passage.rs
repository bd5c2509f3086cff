//! An article becomes passages: the pieces that are ranked and shown.

use crate::article::{Article, Lang};
use crate::text::Span;

/// How large passages are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// The aim, in words; a Han character counts as .6 word.
    pub words: f32,
}

impl Default for Size {
    fn default() -> Self {
        Self { words: 120.0 }
    }
}

/// A piece of an article's body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Its number in the article, counted from 1.
    pub ordinal: u32,
    /// Where it stands in [`Article::body`]; starts and ends with a visible character.
    pub span: Span,
    /// The line of the file at which it starts, counted from 1.
    pub line: u32,
    /// What it is written in.
    pub lang: Lang,
}

/// Cuts an article into passages of about [`Size::words`] words.
///
/// Passages come in reading order and do not overlap; together they cover the body. Short
/// paragraphs are packed, long ones cut at sentence ends. Spans are byte ranges into
/// [`Article::body`]. An empty body gives one empty passage where there is a title, else none.
#[must_use]
pub fn cut(article: &Article, size: Size) -> Vec<Passage> {
    let _ = (article, size);
    Vec::new()
}
