//! The article, as all later stages use it.

use serde::{Deserialize, Serialize};

use super::rule::Rule;
use crate::date::Day;
use crate::text::Span;

/// One article: a page, a post of a thread, a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// The record's `id`, or the path and `#n` for the n-th article of the file, counted from 1.
    pub id: String,
    /// The path of its file, as in [`crate::source::File::path`].
    pub path: String,
    /// The headline, verbatim, on one line.
    pub title: Option<String>,
    /// Whether an earlier article of the file has the same title. A post without a headline of its
    /// own is shown under the thread's title, but a search does not find it by that title.
    pub shares_title: bool,
    /// The author, verbatim.
    pub author: Option<String>,
    /// The day of publication.
    pub date: Option<Day>,
    /// Where the date was found; set exactly when the date is set.
    pub date_source: Option<DateSource>,
    /// The address of the page.
    pub url: Option<String>,
    /// The language of title and body.
    pub lang: Lang,
    /// The text without furniture, verbatim. Paragraphs are separated by a blank line (`\n\n`),
    /// lines of one paragraph by `\n`.
    pub body: String,
    /// The file's line for each part of the body, sorted by offset; the first offset is 0.
    pub lines: Vec<LineMark>,
    /// The parts of the body that quote an earlier post in full: byte ranges, sorted, disjoint.
    pub quotes: Vec<Span>,
    /// The lines that were left out around and within this article, in file order.
    pub dropped: Vec<DroppedText>,
}

/// The line of the file from which the body's text comes, from a byte offset on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineMark {
    /// A byte offset into the body.
    pub offset: u32,
    /// A line of the file, counted from 1.
    pub line: u32,
}

/// A line that was left out, and the rule that dropped it.
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

/// The language of an article or a passage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// No Han characters, or hardly any.
    #[default]
    En,
    /// Han characters, and hardly any Latin words.
    Zh,
    /// Both in quantity.
    Mixed,
}

impl Lang {
    /// The name in JSON: `en`, `zh` or `mixed`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh",
            Self::Mixed => "mixed",
        }
    }
}

/// The id of the `number`-th article of a file, counted from 1.
pub(super) fn numbered(path: &str, number: u32) -> String {
    format!("{path}#{number}")
}
