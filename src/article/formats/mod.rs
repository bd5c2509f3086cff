//! One file for each format: a raw text of the format becomes articles.

mod html;
mod markdown;
mod pdf;
mod record;
mod text;

use super::reading::Reading;
use super::types::Article;
use crate::source::{Content, Format, RawText};

/// Reads a raw by its format into its articles, in file order.
pub(super) fn read(raw: &RawText, first: u32, reading: &Reading) -> Vec<Article> {
    match &raw.content {
        Content::Record(record) => vec![record::article(raw, record, first)],
        Content::Chapter(chapter) => html::chapter(raw, chapter, first, reading.budget),
        Content::Pdf(it) => pdf::read(raw, it, first, reading),
        Content::Text(text) => match raw.format {
            Format::Html => html::read(raw, text, first, reading),
            Format::Markdown => markdown::read(raw, text, first, reading),
            _ => text::read(raw, text, first, reading),
        },
    }
}
