//! One file for each format, which reads a raw text of that format into articles.
//!
//! A new format needs a file here and an arm in [`read`]. All formats that hold running text share
//! `text`.

mod html;
mod markdown;
mod pdf;
mod record;
mod text;

use super::reading::Reading;
use super::types::Article;
use crate::source::{Content, Format, RawText};

/// Reads a raw text into its articles, in file order, by its format.
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
