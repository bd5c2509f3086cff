//! The parsed query, as all later stages use it. It knows words and quotes, but no index.

use serde::{Serialize, Serializer};

use crate::date::DayRange;
use crate::text::Span;

/// A parsed query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// The text as typed.
    pub typed: String,
    /// The clauses, side by side. Empty when only filters were typed.
    pub clauses: Vec<Clause>,
    /// What restricts the answer; filters are never relaxed.
    pub filters: Filters,
    /// What was understood in another way than it may look, in order of span.
    pub remarks: Vec<Remark>,
}

/// A part of the query and how it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Whether it may, must or must not occur.
    pub occur: Occur,
    /// What must or must not occur.
    pub node: Node,
    /// Its bytes in [`Query::typed`], including operators.
    pub span: Span,
}

impl Clause {
    /// Whether it only says what must not occur.
    pub(super) fn is_negative(&self) -> bool {
        self.occur == Occur::Not
            || matches!(&self.node, Node::All(them) if them.iter().all(Self::is_negative))
    }
}

/// How a clause counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Occur {
    /// It counts towards completeness and score. Hits without it rank below the others and say so.
    #[default]
    Should,
    /// `+word`: no hit without it.
    Must,
    /// `-word`: no hit with it.
    Not,
}

/// A node of the query tree. Spans are into [`Query::typed`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// One typed run without blanks: a word, a compound, a Han run, or several of these joined
    /// (`5G网络`). Analysis tells which.
    Word {
        /// The text as typed, without operators. `missing` lists it in this form.
        text: String,
        /// Its bytes in the typed text.
        span: Span,
        /// Where it must stand.
        region: Region,
    },
    /// A quoted phrase: folded exact forms, contiguous or near each other.
    Phrase {
        /// The text between the quotes.
        text: String,
        /// Its bytes in the typed text, including the quotes.
        span: Span,
        /// Where it must stand.
        region: Region,
        /// Contiguous, or within a number of words.
        near: Near,
    },
    /// `word*`: all words that start with this text.
    Prefix {
        /// As typed, without the star.
        text: String,
        /// Its bytes in the typed text, including the star.
        span: Span,
        /// Where it must stand.
        region: Region,
    },
    /// All of these; from parentheses.
    All(Vec<Clause>),
    /// Any of these; from `OR`. At least two.
    Any(Vec<Clause>),
}

/// How close to each other the words of a phrase must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Near {
    /// Side by side and in order.
    Contiguous,
    /// `"a b"~5`: in any order, with at most this many other words between all of them together.
    Within(u32),
}

/// Where a word must stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Region {
    /// In the title or in the body.
    #[default]
    Anywhere,
    /// In the title: `title:`.
    Title,
}

/// The filters of a query. A hit must satisfy all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// `date:2015..2016`, `--from`, `--to`, `--on`. Articles without a date are excluded.
    pub dates: Vec<DayRange>,
    /// `lang:zh` finds passages with Chinese (zh or mixed), `lang:en` passages with English (en or
    /// mixed).
    pub langs: Vec<FilterLang>,
    /// `author:` finds authors whose folded name contains this.
    pub authors: Vec<String>,
    /// `path:`, `--path`: a glob over the path. Without `*`, `?` and `[` it is a part of the path.
    pub paths: Vec<String>,
    /// `topic:`, `--topic`: names of topics.
    pub topics: Vec<String>,
    /// Filters with a minus. A hit may satisfy none of them.
    pub not: Option<Box<Filters>>,
}

/// A language to filter by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterLang {
    /// Passages with English.
    En,
    /// Passages with Chinese.
    Zh,
}

/// A remark on how a query was understood or answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// What kind.
    pub kind: RemarkKind,
    /// The remark in words, on one line.
    pub text: String,
    /// The part of the query that it concerns; in JSON a pair of offsets.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "offsets")]
    pub span: Option<Span>,
}

fn offsets<S: Serializer>(span: &Option<Span>, out: S) -> Result<S::Ok, S::Error> {
    span.map(|it| (it.start(), it.end())).serialize(out)
}

/// The kinds of remarks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RemarkKind {
    /// Something that looks like syntax was searched as text.
    Literal,
    /// A quote or parenthesis was closed at the end.
    Unclosed,
    /// Synonyms of a term were searched too.
    Expanded,
    /// A spelling was corrected.
    Corrected,
    /// Pinyin was read as Chinese.
    Pinyin,
    /// No passage contains all terms; passages with fewer terms are shown.
    Fewer,
    /// The query asks for passages similar to another one; these of its terms are searched.
    MoreLike,
    /// A part of the query was ignored.
    Ignored,
    /// Something about the index that the person should know.
    Index,
}
