//! One level of a query: the clauses within one pair of parentheses, and the operators that wait
//! for their right side.

use super::tree::{Clause, Node, Occur, Region, Remark, RemarkKind};
use crate::text::Span;

/// The operators `AND`, `OR` and `NOT`, in capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    And,
    Or,
    Not,
}

impl Operator {
    pub(super) fn named(text: &str) -> Option<Self> {
        match text {
            "AND" => Some(Self::And),
            "OR" => Some(Self::Or),
            "NOT" => Some(Self::Not),
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::And => "AND",
            Self::Or => "OR",
            Self::Not => "NOT",
        }
    }
}

/// One level: the whole query, or the content of parentheses.
#[derive(Debug)]
pub(super) struct Level {
    pub(super) clauses: Vec<Clause>,
    /// `AND` or `OR` after the last clause.
    pub(super) joint: Option<(Operator, Span)>,
    /// `NOT` before the next clause.
    pub(super) negation: Option<Span>,
    /// Whether a filter stood here.
    pub(super) has_filter: bool,
    /// How the level counts in the level around it.
    pub(super) occur: Occur,
    /// Where its words must stand.
    pub(super) region: Region,
    /// Its start in the typed text, including operators.
    pub(super) start: usize,
    /// The opening parenthesis.
    pub(super) paren: Span,
}

impl Level {
    pub(super) fn new(occur: Occur, region: Region, start: usize, paren: Span) -> Self {
        let (clauses, joint, negation) = (Vec::new(), None, None);
        Self { clauses, joint, negation, has_filter: false, occur, region, start, paren }
    }

    /// Adds a clause; joins it to the last one if `OR` stands between them.
    pub(super) fn push(&mut self, mut clause: Clause, remarks: &mut Vec<Remark>) {
        if let Some(span) = self.negation.take() {
            clause.occur = Occur::Not;
            clause.span = span.cover(clause.span);
        }
        let Some((Operator::Or, span)) = self.joint.take() else {
            self.clauses.push(clause);
            return;
        };
        match self.clauses.pop() {
            Some(last) if last.is_negative() || clause.is_negative() => {
                // "This, or else not that" excludes nothing that a person could mean.
                let text = "`OR` beside an excluded term is ignored".to_owned();
                remarks.push(Remark { kind: RemarkKind::Ignored, text, span: Some(span) });
                self.clauses.extend([last, clause]);
            }
            Some(last) => self.clauses.push(either(last, clause)),
            None => self.clauses.push(clause),
        }
    }

    /// Adds `AND`, `OR` or `NOT`: as an operator where it can be one, else as a word.
    pub(super) fn operate(&mut self, operator: Operator, span: Span, remarks: &mut Vec<Remark>) {
        let is_second = self.negation.is_some()
            || (self.joint.is_some() && operator != Operator::Not)
            || (self.clauses.is_empty() && self.has_filter && operator != Operator::Not);
        if is_second {
            let text = format!("`{}` has nothing to join here and is ignored", operator.name());
            remarks.push(Remark { kind: RemarkKind::Ignored, text, span: Some(span) });
        } else if operator == Operator::Not {
            self.negation = Some(span);
        } else if self.clauses.is_empty() {
            self.push_as_word(operator, span, remarks);
        } else {
            self.joint = Some((operator, span));
        }
    }

    /// Drops the operators around a filter, because filters hold for the whole query.
    pub(super) fn pass_filter(&mut self, remarks: &mut Vec<Remark>) {
        self.has_filter = true;
        self.negation = None;
        if let Some((Operator::Or, span)) = self.joint.take() {
            let text = "`OR` before a filter is ignored: filters always hold".to_owned();
            remarks.push(Remark { kind: RemarkKind::Ignored, text, span: Some(span) });
        }
    }

    /// Ends the level. Operators without a right side become words, and groups that change nothing
    /// are dissolved.
    pub(super) fn close(mut self, remarks: &mut Vec<Remark>) -> Vec<Clause> {
        if let Some(span) = self.negation.take() {
            self.push_as_word(Operator::Not, span, remarks);
        } else if let Some((operator, span)) = self.joint.take() {
            self.push_as_word(operator, span, remarks);
        }
        dissolved(self.clauses)
    }

    fn push_as_word(&mut self, operator: Operator, span: Span, remarks: &mut Vec<Remark>) {
        let text = format!("`{}` has nothing to join here and is searched", operator.name());
        remarks.push(Remark { kind: RemarkKind::Literal, text, span: Some(span) });
        let text = operator.name().to_owned();
        let node = Node::Word { text, span, region: self.region };
        self.push(Clause { occur: Occur::Should, node, span }, remarks);
    }
}

/// Makes one clause of the clauses of a closed level.
pub(super) fn grouped(mut clauses: Vec<Clause>, occur: Occur, span: Span) -> Option<Clause> {
    if clauses.len() > 1 {
        return Some(Clause { occur, node: Node::All(clauses), span });
    }
    let only = clauses.pop()?;
    let occur = match (occur, only.occur) {
        (Occur::Should, inner) => inner,
        (Occur::Not, Occur::Not) => Occur::Should,
        (Occur::Must, Occur::Not) => Occur::Not,
        (outer, _) => outer,
    };
    Some(Clause { occur, node: only.node, span })
}

/// Makes a clause of two alternatives; alternatives within them are merged.
fn either(left: Clause, right: Clause) -> Clause {
    let is_must = left.occur == Occur::Must || right.occur == Occur::Must;
    let occur = if is_must { Occur::Must } else { Occur::Should };
    let span = left.span.cover(right.span);
    let mut members = alternatives(left);
    members.extend(alternatives(right));
    Clause { occur, node: Node::Any(members), span }
}

fn alternatives(clause: Clause) -> Vec<Clause> {
    match clause.node {
        Node::Any(inner) => inner,
        node => vec![Clause { occur: Occur::Should, node, span: clause.span }],
    }
}

/// Dissolves the groups that change nothing: `(a b) c` is `a b c`, `+(a b)` is `+a +b`.
fn dissolved(clauses: Vec<Clause>) -> Vec<Clause> {
    let is_group = |it: &Clause| it.occur != Occur::Not && matches!(it.node, Node::All(_));
    if !clauses.iter().any(is_group) {
        return clauses;
    }
    let mut flat = Vec::with_capacity(clauses.len() * 2);
    for Clause { occur, node, span } in clauses {
        match node {
            Node::All(mut inner) if occur != Occur::Not => {
                let is_must = occur == Occur::Must;
                for it in inner.iter_mut().filter(|it| is_must && it.occur == Occur::Should) {
                    it.occur = Occur::Must;
                }
                flat.append(&mut inner);
            }
            node => flat.push(Clause { occur, node, span }),
        }
    }
    flat
}
