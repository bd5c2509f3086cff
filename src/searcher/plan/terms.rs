//! The terms of a query, as analysis cuts them, and the condition over them. No index is asked yet.

use crate::analysis::{self, QueryToken, QueryTokenKind};
use crate::query::{Clause, Node, Occur};

use super::amounts;
use super::condition::Condition;
use super::term_types::{QueryTerm, ScriptRun, TermKind};

/// The terms of a query in the order typed, and the condition over their numbers.
pub(super) fn query_terms(clauses: &[Clause]) -> (Vec<QueryTerm>, Condition) {
    let mut query_terms = Vec::new();
    let condition = all(clauses, Occur::Should, &mut query_terms);
    amounts::join(&mut query_terms);
    (query_terms, condition)
}

/// The condition of several clauses; their terms are added.
fn all(clauses: &[Clause], above: Occur, query_terms: &mut Vec<QueryTerm>) -> Condition {
    let each = clauses.iter().filter_map(|it| {
        let occur = if above == Occur::Not { Occur::Not } else { it.occur };
        Some((it.occur, one(&it.node, occur, query_terms)?))
    });
    Condition::All(each.collect())
}

/// The condition of one clause; nothing where no word is left of it.
fn one(node: &Node, occur: Occur, query_terms: &mut Vec<QueryTerm>) -> Option<Condition> {
    let (text, span, region, kind) = match node {
        Node::All(clauses) => return Some(all(clauses, occur, query_terms)),
        Node::Any(clauses) => {
            let each = clauses.iter().filter_map(|it| one(&it.node, occur, query_terms));
            return Some(Condition::Any(each.collect()));
        }
        Node::Word { text, span, region } => (text, span, *region, runs(text)),
        Node::Phrase { text, span, region, near } => {
            (text, span, *region, TermKind::Phrase(analysis::query_tokens(text), *near))
        }
        Node::Prefix { text, span, region } => (text, span, *region, prefix(text)),
    };
    let is_empty = match &kind {
        TermKind::Runs(runs) => runs.is_empty(),
        TermKind::Phrase(units, _) => units.is_empty(),
        TermKind::Prefix(text) => text.is_empty(),
    };
    if is_empty {
        return None;
    }
    query_terms.push(QueryTerm { text: text.clone(), kind, region, occur, start: span.start() });
    Some(Condition::Term(query_terms.len() - 1))
}

/// The beginning of a word. Han characters have none: `中欧*` asks for 中欧 anywhere in a run. Of
/// several words only the last would be a beginning, so `wuhan-mos*` is taken as its words.
fn prefix(text: &str) -> TermKind {
    let units = analysis::query_tokens(text);
    match units.as_slice() {
        [QueryToken { kind: QueryTokenKind::Word | QueryTokenKind::Value, exact, .. }] => {
            TermKind::Prefix(exact.first().cloned().unwrap_or_default().to_lowercase())
        }
        _ => runs(text),
    }
}

/// Cuts a typed term into words and Han runs.
fn runs(text: &str) -> TermKind {
    let mut runs: Vec<ScriptRun> = Vec::new();
    for unit in analysis::query_tokens(text) {
        if unit.kind != QueryTokenKind::Han {
            runs.push(ScriptRun::Word(unit));
            continue;
        }
        match runs.last_mut() {
            Some(ScriptRun::Han(run))
                if run.last().is_some_and(|it| it.position + 1 == unit.position) =>
            {
                run.push(unit);
            }
            _ => runs.push(ScriptRun::Han(vec![unit])),
        }
    }
    amounts::merge_magnitudes(text, &mut runs);
    TermKind::Runs(runs)
}
