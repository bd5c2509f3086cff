//! The terms of a query as analysis sees them.

use crate::analysis::{self, QueryToken};
use crate::query::{Near, Occur, Region};

/// One term of a query.
#[derive(Clone, Debug)]
pub(super) struct QueryTerm {
    /// As typed, without quotes and operators.
    pub(super) text: String,
    pub(super) kind: TermKind,
    pub(super) region: Region,
    pub(super) occur: Occur,
    /// Where the text starts in the query.
    pub(super) start: usize,
}

/// What kind of term it is.
#[derive(Clone, Debug)]
pub(super) enum TermKind {
    /// Words and Han runs without a space between them.
    Runs(Vec<ScriptRun>),
    /// A quoted phrase.
    Phrase(Vec<QueryToken>, Near),
    /// The beginning of a word.
    Prefix(String),
}

/// A part of a term in one script.
#[derive(Clone, Debug)]
pub(super) enum ScriptRun {
    /// One word.
    Word(QueryToken),
    /// Han characters without a gap.
    Han(Vec<QueryToken>),
}

impl ScriptRun {
    /// The text of a Han run, folded.
    pub(super) fn text(units: &[QueryToken]) -> String {
        units.iter().filter_map(|it| it.exact.first()).map(String::as_str).collect()
    }

    fn is_light(&self) -> bool {
        match self {
            Self::Word(unit) => unit.exact.first().is_some_and(|it| analysis::is_stop_word(it)),
            Self::Han(units) => Self::text(units).chars().all(analysis::is_function_han),
        }
    }
}

impl QueryTerm {
    /// Whether it weighs nothing beside others: only stop words or function characters.
    pub(super) fn is_light(&self) -> bool {
        match &self.kind {
            TermKind::Runs(_) if is_currency_mark(&self.text) => true,
            TermKind::Runs(runs) => runs.iter().all(ScriptRun::is_light),
            TermKind::Phrase(..) | TermKind::Prefix(_) => false,
        }
    }
}

/// Whether a text is only a currency mark: `$` and `US$` before a number that stands apart add
/// nothing to the number.
fn is_currency_mark(text: &str) -> bool {
    let letters = text.strip_suffix(['$', '€', '£', '¥', '₽', '₹']);
    letters.is_some_and(|it| it.len() <= 3 && it.bytes().all(|it| it.is_ascii_alphabetic()))
}
