//! One hit, as a person or a script gets it. The fields and their order are those of the JSON.

use serde::Serialize;

use crate::article::{DateSource, Lang};
use crate::date::Day;
use crate::rank::Explanation;

/// One passage that answers the query; when grouped by article, an article with its best passage.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hit {
    /// The rank, counted from 1 over the whole answer, including the hits that an offset skips.
    pub rank: u64,
    /// The score; it never rises with the rank.
    pub score: f64,
    /// The article's id.
    pub article: String,
    /// The passage's number in its article, from 1.
    pub passage: u32,
    /// The path of the file.
    pub path: String,
    /// The line of the file at which the passage starts, from 1.
    pub line: u32,
    /// The article's title.
    pub title: Option<String>,
    /// The article's author.
    pub author: Option<String>,
    /// The article's date.
    pub date: Option<Day>,
    /// The article's address.
    pub url: Option<String>,
    /// The language of the passage.
    pub lang: Lang,
    /// The passage, verbatim.
    pub text: String,
    /// A verbatim part of [`Hit::text`].
    pub snippet: String,
    /// Half-open byte ranges into [`Hit::snippet`], sorted, disjoint; a phrase is one range.
    pub highlights: Vec<(usize, usize)>,
    /// The typed terms that the passage contains in no form.
    pub missing: Vec<String>,
    /// Near-copies folded into this hit, earliest first, without the hit itself.
    pub copies: Vec<Copy>,
    /// The names of its topics.
    pub topics: Vec<String>,
    /// Where the date came from.
    pub date_source: Option<DateSource>,
    /// Half-open byte ranges into [`Hit::title`], sorted, disjoint.
    pub title_highlights: Vec<(usize, usize)>,
    /// The parts of the score, if asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<Explanation>,
}

/// Where a near-copy of a hit stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Copy {
    /// The article's id.
    pub article: String,
    /// The path of the file.
    pub path: String,
    /// The line of the file, from 1.
    pub line: u32,
    /// The article's date.
    pub date: Option<Day>,
    /// The passage's number in its article, from 1.
    pub passage: u32,
}
