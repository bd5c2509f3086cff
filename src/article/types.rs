//! The article as every later stage sees it.

use serde::{Deserialize, Serialize};

use super::rule::Rule;
use crate::date::Day;
use crate::text::Span;

/// One article: a page, a post of a thread, a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// The record's `id`, else the path plus `#n` for the n-th article of the file, from 1.
    pub id: String,
    /// The file it came from, as in [`crate::source::File::path`].
    pub path: String,
    /// The headline, verbatim, one line.
    pub title: Option<String>,
    /// Whether the title is that of an earlier article of the file: a post without a headline of
    /// its own is shown under its thread's, and is not found by it.
    pub shares_title: bool,
    /// The author, verbatim.
    pub author: Option<String>,
    /// The day it was published.
    pub date: Option<Day>,
    /// Where the date came from; set exactly when the date is.
    pub date_source: Option<DateSource>,
    /// The address it was saved from.
    pub url: Option<String>,
    /// The language of title and body.
    pub lang: Lang,
    /// The text without furniture: paragraphs, verbatim, joined by a blank line (`\n\n`); lines of
    /// one paragraph by `\n`.
    pub body: String,
    /// Where the body's lines stood in the file, sorted by offset; the first is at offset 0.
    pub lines: Vec<LineMark>,
    /// Where the body quotes an earlier post whole: byte ranges, sorted, disjoint.
    pub quotes: Vec<Span>,
    /// What was left out of the file around and within this article, in file order.
    pub dropped: Vec<DroppedText>,
}

/// From this byte of the body on, text came from this line of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineMark {
    /// A byte offset into the body.
    pub offset: u32,
    /// A line of the file, counted from 1.
    pub line: u32,
}

/// A line that was left out, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DroppedText {
    /// The line of the file, counted from 1.
    pub line: u32,
    /// The text as it stood.
    pub text: String,
    /// The rule that dropped it.
    pub rule: Rule,
}

/// Where an article's date was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateSource {
    /// A field of the record or the front matter.
    Field,
    /// The page's own metadata.
    Metadata,
    /// A date line near the title.
    Byline,
    /// A date in the running text.
    Text,
    /// The address.
    Url,
    /// The file's name.
    FileName,
    /// The thread or page around it.
    Parent,
}

/// What an article or passage is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// No Han characters, or hardly any.
    #[default]
    En,
    /// Han characters, and hardly a Latin word.
    Zh,
    /// Both.
    Mixed,
}

impl Lang {
    /// As it stands in JSON: `en`, `zh` or `mixed`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh",
            Self::Mixed => "mixed",
        }
    }
}

/// The name of the `number`-th article of a file, counted from 1.
pub(super) fn numbered(path: &str, number: u32) -> String {
    format!("{path}#{number}")
}
