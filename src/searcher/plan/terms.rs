//! A query before an index is asked: its terms, and what analysis makes of them.

use crate::analysis::{self, Unit, UnitKind};
use crate::query::{Clause, Node, Occur};

use super::amounts;
use super::condition::Test;
use super::term_types::{Draft, Group, Shape};

/// The terms of a query in the order typed, and the test over them.
pub(crate) fn draft(clauses: &[Clause]) -> (Vec<Draft>, Test) {
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
            (text, span, *region, Shape::Phrase(analysis::units(text), *near))
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
    let units = analysis::units(text);
    match units.as_slice() {
        [Unit { kind: UnitKind::Word | UnitKind::Value, exact, .. }] => {
            Shape::Prefix(exact.first().cloned().unwrap_or_default().to_lowercase())
        }
        _ => groups(text),
    }
}

fn groups(text: &str) -> Shape {
    let mut groups: Vec<Group> = Vec::new();
    for unit in analysis::units(text) {
        if unit.kind != UnitKind::Han {
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
