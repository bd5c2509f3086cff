//! The query as every later stage sees it: it knows words and quotes, and no index.

use serde::Serialize;

use crate::date::DayRange;
use crate::text::Span;

/// What was typed, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// As typed.
    pub typed: String,
    /// What is asked: the clauses side by side. Empty when only filters were typed.
    pub clauses: Vec<Clause>,
    /// What restricts the answer and is never relaxed.
    pub filters: Filters,
    /// What was understood differently than it may look, in order of span.
    pub remarks: Vec<Remark>,
}

/// A part of the query and how it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Whether it may, must or must not occur.
    pub occur: Occur,
    /// What.
    pub node: Node,
    /// Where it stands in [`Query::typed`], operators included.
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
    /// It counts towards completeness and score; hits without it stand below and say so.
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
    /// One typed run without blanks: a word, a compound, a Han run, or several of them glued
    /// (`5G网络`); analysis tells what.
    Word {
        /// As typed, without operators; what `missing` lists.
        text: String,
        /// Where.
        span: Span,
        /// Where it must stand.
        region: Region,
    },
    /// A quoted phrase: folded exact forms, contiguous, or near each other.
    Phrase {
        /// What stands between the quotes.
        text: String,
        /// Where, quotes included.
        span: Span,
        /// Where it must stand.
        region: Region,
        /// Contiguous, or within a number of words.
        near: Near,
    },
    /// `word*`: every word that begins so.
    Prefix {
        /// As typed, without the star.
        text: String,
        /// Where, star included.
        span: Span,
        /// Where it must stand.
        region: Region,
    },
    /// All of these; from parentheses.
    All(Vec<Clause>),
    /// Any of these; from `OR`. At least two.
    Any(Vec<Clause>),
}

/// How close the words of a phrase stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Near {
    /// Side by side and in order.
    Contiguous,
    /// `"a b"~5`: in any order, with at most so many other words between them in all.
    Within(u32),
}

/// Where a word must stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Region {
    /// Title or body.
    #[default]
    Anywhere,
    /// `title:`.
    Title,
}

/// What restricts the answer. Everything here must hold for a hit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// `date:2015..2016`, `--from`, `--to`, `--on`: undated articles are out.
    pub dates: Vec<DayRange>,
    /// `lang:zh`: holding Chinese (zh or mixed); `lang:en`: holding English (en or mixed).
    pub langs: Vec<FilterLang>,
    /// `author:`: the author's name holds this, folded.
    pub authors: Vec<String>,
    /// `path:`, `--path`: a glob over the path; without `*`, `?` or `[` a part of it.
    pub paths: Vec<String>,
    /// `topic:`, `--topic`: names of topics.
    pub topics: Vec<String>,
    /// The same with a minus: none of these may hold.
    pub not: Option<Box<Filters>>,
}

/// A language to ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterLang {
    /// Holding English.
    En,
    /// Holding Chinese.
    Zh,
}

/// Something worth saying about how a query was understood or answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// What kind.
    pub kind: RemarkKind,
    /// In words, one line.
    pub text: String,
    /// Which part of the query it concerns.
    pub span: Option<Span>,
}

/// The kinds of remarks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RemarkKind {
    /// Something that looks like syntax was searched as text.
    Literal,
    /// A quote or parenthesis was closed at the end.
    Unclosed,
    /// A term was searched with what means the same.
    Expanded,
    /// A spelling was corrected.
    Corrected,
    /// Pinyin was read as Chinese.
    Pinyin,
    /// No passage holds all the terms; those with fewer are shown.
    Fewer,
    /// Passages like another are asked for, by these of its terms.
    MoreLike,
    /// A part of the query was ignored.
    Ignored,
    /// Something about the index that the reader should know.
    Index,
}
