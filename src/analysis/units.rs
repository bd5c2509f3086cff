//! What a typed run asks for, place by place.

use crate::text::{Span, is_han};

use super::{Analyzer, Family, Tokens};

/// What kind of thing stands at a place of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnitKind {
    /// A word in letters (Latin or any script but Han).
    Word,
    /// A number.
    Value,
    /// One Han character.
    Han,
}

/// One place of a typed run: in how many ways a text may hold it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// What it is.
    pub kind: UnitKind,
    /// Where it stands in the typed text.
    pub span: Span,
    /// The tokens of [`Family::Exact`] that satisfy it, best first; at least one.
    pub exact: Vec<String>,
    /// The token of [`Family::Stem`] that satisfies it; none for Han.
    pub stem: Option<String>,
    /// The tokens of [`Family::Form`] that satisfy it.
    pub forms: Vec<String>,
    /// Its place, as [`super::Token::position`].
    pub position: u32,
}

/// The units of a typed text, in order of position.
#[must_use]
pub fn units(text: &str) -> Vec<Unit> {
    let mut tokens = Tokens::default();
    Analyzer::for_query().tokens(text, &mut tokens);
    let mut units: Vec<Unit> = Vec::new();
    for token in tokens.all() {
        let it = tokens.text(token).to_owned();
        match (token.family, units.last_mut()) {
            (Family::Exact, _) => {
                let han = it.chars().next().is_some_and(is_han);
                let kind = match it.bytes().next() {
                    _ if han => UnitKind::Han,
                    Some(b'0'..=b'9') => UnitKind::Value,
                    _ => UnitKind::Word,
                };
                let forms = if han { Vec::new() } else { vec![it.clone()] };
                let (span, position) = (token.span, token.position);
                units.push(Unit { kind, span, exact: vec![it], stem: None, forms, position });
            }
            (Family::Stem, Some(unit)) => unit.stem = Some(it),
            (Family::Form, Some(unit)) => unit.forms.push(it),
            _ => {}
        }
    }
    units
}
