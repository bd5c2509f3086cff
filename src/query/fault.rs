//! Checks a query before it is searched: the caps, and queries that ask for nothing.

use serde::Serialize;

use super::caps::{DEEPEST, LONGEST_BYTES, MOST_CLAUSES, MOST_PHRASE_WORDS};
use super::parse::read;
use super::parser::Counts;
use super::tree::{Clause, Filters, Query};
use crate::text::Span;

/// Why a query is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The kind of fault.
    pub kind: FaultKind,
    /// One clause in lower case, without a full stop.
    pub message: String,
    /// What the person can do.
    pub hint: String,
    /// The part of the query that it concerns: bytes of what was typed.
    pub span: Option<Span>,
}

/// The faults of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// Nothing but blanks.
    EmptyQuery,
    /// Longer than [`LONGEST_BYTES`].
    QueryTooLong,
    /// Parentheses deeper than [`DEEPEST`].
    QueryTooDeep,
    /// More clauses than [`MOST_CLAUSES`].
    TooManyClauses,
    /// A phrase of more words than [`MOST_PHRASE_WORDS`].
    PhraseTooLong,
    /// The query only says what must not occur.
    OnlyNegative,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for Fault {}

/// Checks that a query keeps to the caps and asks for something. A query of punctuation only is no
/// fault; it finds nothing.
///
/// # Errors
/// The first fault found. The caller shows it and does not search.
pub fn check(typed: &str) -> Result<(), Fault> {
    let fault = |kind, message: String, hint: &str, span| {
        Err(Fault { kind, message, hint: hint.to_owned(), span })
    };
    if typed.len() > LONGEST_BYTES {
        let message =
            format!("the query has {} bytes, at most {LONGEST_BYTES} are allowed", typed.len());
        return fault(FaultKind::QueryTooLong, message, "ask with fewer words", None);
    }
    if typed.trim().is_empty() {
        let hint = "type what to look for, such as `search \"Wuhan Moscow train\"`";
        return fault(FaultKind::EmptyQuery, "the query is empty".to_owned(), hint, None);
    }
    let (query, counts) = read(typed);
    if let Some((kind, message, hint, span)) = over_cap(&counts) {
        return fault(kind, message, hint, span);
    }
    if is_only_negative(&query) {
        let message = "the query only says what must not occur".to_owned();
        let hint = "add a word that should occur, or search for the minus inside quotes";
        return fault(FaultKind::OnlyNegative, message, hint, None);
    }
    Ok(())
}

fn over_cap(counts: &Counts) -> Option<(FaultKind, String, &'static str, Option<Span>)> {
    if counts.depth > DEEPEST {
        let message =
            format!("the parentheses are {} deep, at most {DEEPEST} are allowed", counts.depth);
        return Some((FaultKind::QueryTooDeep, message, "leave out parentheses", None));
    }
    if counts.clauses > MOST_CLAUSES {
        let message =
            format!("the query has {} terms, at most {MOST_CLAUSES} are allowed", counts.clauses);
        return Some((FaultKind::TooManyClauses, message, "ask with fewer words", None));
    }
    let (words, span) = counts.longest_phrase?;
    (words > MOST_PHRASE_WORDS).then(|| {
        let message =
            format!("the phrase has {words} words, at most {MOST_PHRASE_WORDS} are allowed");
        (FaultKind::PhraseTooLong, message, "quote a shorter part of it", Some(span))
    })
}

fn is_only_negative(query: &Query) -> bool {
    let positive = Filters { not: None, ..query.filters.clone() };
    !query.clauses.is_empty()
        && positive == Filters::default()
        && query.clauses.iter().all(Clause::is_negative)
}
