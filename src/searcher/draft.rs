//! A query before an index is asked: its terms, and what analysis makes of them.

use crate::analysis::{self, QueryToken, QueryTokenKind};
use crate::query::{Clause, Near, Node, Occur, Region};

use super::amounts;
use super::plan::Test;

/// One term as analysis sees it.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// As typed, without quotes and operators.
    pub(super) text: String,
    pub(super) shape: Shape,
    pub(super) region: Region,
    pub(super) occur: Occur,
    /// Where the text starts in the query.
    pub(super) start: usize,
}

/// What kind of term it is.
#[derive(Clone, Debug)]
pub(super) enum Shape {
    /// Words and Han runs, glued together.
    Groups(Vec<Group>),
    /// A quoted phrase.
    Phrase(Vec<QueryToken>, Near),
    /// The beginning of a word.
    Prefix(String),
}

/// A stretch of a typed run in one script.
#[derive(Clone, Debug)]
pub(super) enum Group {
    /// One word.
    Word(QueryToken),
    /// Han characters without a gap.
    Han(Vec<QueryToken>),
}

impl Group {
    /// The Han characters, folded.
    pub(super) fn run(units: &[QueryToken]) -> String {
        units.iter().filter_map(|it| it.exact.first()).map(String::as_str).collect()
    }

    fn is_light(&self) -> bool {
        match self {
            Self::Word(unit) => unit.exact.first().is_some_and(|it| analysis::is_stop_word(it)),
            Self::Han(units) => Self::run(units).chars().all(analysis::is_function_han),
        }
    }
}

impl Draft {
    /// Whether it weighs nothing beside others: only stop words or function characters.
    pub(super) fn is_light(&self) -> bool {
        match &self.shape {
            Shape::Groups(_) if is_currency_mark(&self.text) => true,
            Shape::Groups(groups) => groups.iter().all(Group::is_light),
            Shape::Phrase(..) | Shape::Prefix(_) => false,
        }
    }
}

/// The terms of a query in the order typed, and the test over them.
pub(super) fn draft(clauses: &[Clause]) -> (Vec<Draft>, Test) {
    let mut drafts = Vec::new();
    let test = all(clauses, Occur::Should, &mut drafts);
    amounts::join(&mut drafts);
    (drafts, test)
}

fn all(clauses: &[Clause], above: Occur, drafts: &mut Vec<Draft>) -> Test {
    let each = clauses.iter().filter_map(|it| {
        let occur = if above == Occur::Not { Occur::Not } else { it.occur };
        Some((it.occur, one(&it.node, occur, drafts)?))
    });
    Test::All(each.collect())
}

fn one(node: &Node, occur: Occur, drafts: &mut Vec<Draft>) -> Option<Test> {
    let (text, span, region, shape) = match node {
        Node::All(clauses) => return Some(all(clauses, occur, drafts)),
        Node::Any(clauses) => {
            let each = clauses.iter().filter_map(|it| one(&it.node, occur, drafts));
            return Some(Test::Any(each.collect()));
        }
        Node::Word { text, span, region } => (text, span, *region, groups(text)),
        Node::Phrase { text, span, region, near } => {
            (text, span, *region, Shape::Phrase(analysis::query_tokens(text), *near))
        }
        Node::Prefix { text, span, region } => (text, span, *region, prefix(text)),
    };
    let is_empty = match &shape {
        Shape::Groups(groups) => groups.is_empty(),
        Shape::Phrase(units, _) => units.is_empty(),
        Shape::Prefix(text) => text.is_empty(),
    };
    if is_empty {
        return None;
    }
    drafts.push(Draft { text: text.clone(), shape, region, occur, start: span.start() });
    Some(Test::Term(drafts.len() - 1))
}

/// Han has no words to begin: `中欧*` asks for 中欧 anywhere in a run. Of several words only the
/// last is a beginning, so `wuhan-mos*` is taken as its words.
fn prefix(text: &str) -> Shape {
    let units = analysis::query_tokens(text);
    match units.as_slice() {
        [QueryToken { kind: QueryTokenKind::Word | QueryTokenKind::Value, exact, .. }] => {
            Shape::Prefix(exact.first().cloned().unwrap_or_default().to_lowercase())
        }
        _ => groups(text),
    }
}

fn groups(text: &str) -> Shape {
    let mut groups: Vec<Group> = Vec::new();
    for unit in analysis::query_tokens(text) {
        if unit.kind != QueryTokenKind::Han {
            groups.push(Group::Word(unit));
            continue;
        }
        match groups.last_mut() {
            Some(Group::Han(run))
                if run.last().is_some_and(|it| it.position + 1 == unit.position) =>
            {
                run.push(unit);
            }
            _ => groups.push(Group::Han(vec![unit])),
        }
    }
    amounts::gather(text, &mut groups);
    Shape::Groups(groups)
}

/// `$` and `US$` before a number that stands apart say what the number says.
fn is_currency_mark(text: &str) -> bool {
    let letters = text.strip_suffix(['$', '€', '£', '¥', '₽', '₹']);
    letters.is_some_and(|it| it.len() <= 3 && it.bytes().all(|it| it.is_ascii_alphabetic()))
}
