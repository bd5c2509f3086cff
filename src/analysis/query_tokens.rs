//! The tokens of a typed query, with all forms in which a text may hold each of them.

use crate::text::{Span, is_han};

use super::english::is_context_dependent;
use super::stop_words::{acronym_of, is_function_han, is_stop_word};
use super::tokenizer::Tokenizer;
use super::tokens::{Family, Token, Tokens};

/// What kind of token stands at a place of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QueryTokenKind {
    /// A word in letters (Latin or any script but Han).
    Word,
    /// A number.
    Value,
    /// One Han character.
    Han,
}

/// One token of a query: all the forms in which a text may hold it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryToken {
    /// What it is.
    pub kind: QueryTokenKind,
    /// Where it stands in the typed text.
    pub span: Span,
    /// The tokens of [`Family::Exact`] that satisfy it, best first; at least one. The parts of a
    /// compound share its joined form.
    pub exact: Vec<String>,
    /// The token of [`Family::Stem`] that satisfies it; none for Han.
    pub stem: Option<String>,
    /// The tokens of [`Family::Form`] that satisfy it; none for Han.
    pub forms: Vec<String>,
    /// The words that a word in camel case is made of (`ali`, `express`); empty for all others.
    pub pieces: Vec<String>,
    /// Its place, as [`super::Token::position`].
    pub position: u32,
}

impl QueryToken {
    /// Whether it is a function word, which weighs nothing unless nothing else is asked.
    #[must_use]
    pub fn is_stop(&self) -> bool {
        self.exact.first().is_some_and(|it| match it.chars().next() {
            Some(c) if is_han(c) => is_function_han(c),
            _ => is_stop_word(it),
        })
    }
}

/// Whether a folded word has one stem wherever it stands, so that all passages with the word hold
/// its stem: all of small letters do, but for those that mean something else after a number.
#[must_use]
pub fn has_one_stem(word: &str) -> bool {
    let is_plain = !word.is_empty() && word.bytes().all(|it| it.is_ascii_lowercase());
    is_plain && !is_context_dependent(word)
}

/// The tokens of a typed text, in order of position.
#[must_use]
pub fn query_tokens(text: &str) -> Vec<QueryToken> {
    let mut tokens = Tokens::default();
    Tokenizer::new(text, &mut tokens, Box::default(), None).run();
    let mut units: Vec<QueryToken> = Vec::new();
    for token in tokens.all() {
        match (token.family, units.last_mut()) {
            (Family::Exact, _) => {
                let pieces = pieces(token.span.of(text));
                units.push(QueryToken { pieces, ..unit(token, tokens.text(token)) });
            }
            (Family::Stem, Some(last)) => {
                let stem = tokens.text(token);
                last.stem = Some(stem.to_owned());
                if last.exact.iter().all(|it| it != stem) {
                    last.forms.push(stem.to_owned());
                }
            }
            _ => {}
        }
    }
    for form in tokens.family(Family::Form).filter(|it| !it.is_part) {
        let covered = units.iter_mut().filter(|it| form.span.contains(it.span));
        let covered = covered.filter(|it| it.kind != QueryTokenKind::Han);
        for unit in covered {
            add_form(unit, tokens.text(form));
        }
    }
    units
}

/// The token of [`Family::Form`] for what a typed number and the typed word after it are worth
/// together: `=1400000000` for `$1.4` and `billion`. None where the word is no magnitude.
///
/// For callers that analyse the typed runs one by one: it satisfies both.
#[must_use]
pub fn value(number: &str, magnitude: &str) -> Option<String> {
    let units = query_tokens(&format!("{number} {magnitude}"));
    let [first, second] = units.as_slice() else { return None };
    let value = first.forms.iter().find(|it| it.starts_with('='))?;
    second.forms.contains(value).then(|| value.clone())
}

fn unit(token: &Token, text: &str) -> QueryToken {
    let kind = match text.chars().next() {
        Some(c) if is_han(c) => QueryTokenKind::Han,
        Some(c) if c.is_ascii_digit() => QueryTokenKind::Value,
        _ => QueryTokenKind::Word,
    };
    let mut exact = vec![text.to_owned()];
    if is_stop_word(text)
        && let Some(capitals) = acronym_of(text)
    {
        // `us sanctions` means the country; of the others the small word is likelier meant.
        let at = usize::from(capitals != "US");
        exact.insert(at, capitals.to_owned());
    }
    let forms = if kind == QueryTokenKind::Han { Vec::new() } else { vec![text.to_owned()] };
    let (span, position) = (token.span, token.position);
    QueryToken { kind, span, exact, stem: None, forms, pieces: Vec::new(), position }
}

/// The words of a word in camel case, in small letters.
fn pieces(written: &str) -> Vec<String> {
    if !written.bytes().all(|it| it.is_ascii_alphabetic()) {
        return Vec::new();
    }
    let pairs = written.as_bytes().windows(2);
    let is_seam = |pair: &[u8]| matches!(pair, [b'a'..=b'z', b'A'..=b'Z']);
    let mut from = 0;
    let mut pieces = Vec::new();
    for (at, _) in (1..).zip(pairs).filter(|(_, pair)| is_seam(pair)) {
        pieces.extend(written.get(from..at).map(str::to_ascii_lowercase));
        from = at;
    }
    if from > 0 {
        pieces.extend(written.get(from..).map(str::to_ascii_lowercase));
    }
    pieces
}

fn add_form(unit: &mut QueryToken, form: &str) {
    if unit.forms.iter().all(|it| it != form) {
        unit.forms.push(form.to_owned());
    }
    let is_joined = form.chars().all(char::is_alphanumeric);
    if is_joined && unit.exact.iter().all(|it| it != form) {
        unit.exact.push(form.to_owned());
    }
}
