//! Typed words side by side, by which other names and translations are looked up.

use std::iter::Peekable;

use anyhow::Result;

use super::builder::PlanBuilder;
use super::term_types::{QueryTerm, ScriptRun, TermKind};
use crate::analysis::{self, Family, QueryToken, QueryTokenKind};
use crate::query::{Occur, Region};
use crate::searcher::postings::{Lookup, OpenPostings, Phrase};
use crate::text::Span;

/// One token of the query, and the term and part that it belongs to.
pub(super) struct TypedToken {
    pub(super) text: String,
    /// The number of its term; a light word has none.
    pub(super) term: Option<usize>,
    /// The number of its part, where it has one, and how many tokens that part has.
    pub(super) part: Option<(u32, usize)>,
    /// Where it stands in the query.
    pub(super) span: Span,
    /// Whether it was typed in capitals.
    pub(super) is_capital: bool,
    pub(super) stem: Option<String>,
}

/// The runs of typed words that stand side by side, as exact tokens. Phrases, prefixes, excluded
/// terms and those of titles are not part of any.
pub(super) fn typed_runs(
    builder: &PlanBuilder<'_>,
    typed: &[(&QueryTerm, Option<usize>)],
) -> Vec<Vec<TypedToken>> {
    let mut typed_runs: Vec<Vec<TypedToken>> = vec![Vec::new()];
    for (query_term, term) in typed {
        let TermKind::Runs(runs) = &query_term.kind else {
            typed_runs.push(Vec::new());
            continue;
        };
        if query_term.occur == Occur::Not || query_term.region == Region::Title {
            typed_runs.push(Vec::new());
            continue;
        }
        let known = term.and_then(|it| builder.terms.get(it));
        let numbers = known.map(|it| builder.numbers(it)).unwrap_or_default();
        let typed_tokens = tokens_of(builder, runs, *term, &numbers, query_term);
        if let Some(run) = typed_runs.last_mut() {
            run.extend(typed_tokens);
        }
    }
    typed_runs
}

/// The tokens of one term. Its parts are in the order of its script runs: a word has one part, a
/// Han run one for each of its pieces.
fn tokens_of(
    builder: &PlanBuilder<'_>,
    runs: &[ScriptRun],
    term: Option<usize>,
    parts: &[u32],
    query_term: &QueryTerm,
) -> Vec<TypedToken> {
    let mut parts = parts.iter().copied().peekable();
    let mut typed_tokens = Vec::new();
    for script_run in runs {
        let (units, of_units) = match script_run {
            ScriptRun::Word(unit) => {
                (std::slice::from_ref(unit), vec![parts.next().map(|part| (part, 1))])
            }
            ScriptRun::Han(units) => (units.as_slice(), of_run(builder, units, &mut parts)),
        };
        for (unit, part) in units.iter().zip(of_units) {
            let Some(text) = unit.exact.first().cloned() else { continue };
            let typed = unit.span.of(&query_term.text);
            let is_capital = !typed.chars().any(char::is_lowercase);
            let span = unit.span.shifted(query_term.start);
            let stem = unit.stem.clone();
            typed_tokens.push(TypedToken { text, term, part, span, is_capital, stem });
        }
    }
    typed_tokens
}

/// For each character of a Han run the part that it belongs to, with that part's length. The pieces
/// of a run are in its order; between them are function words.
fn of_run(
    builder: &PlanBuilder<'_>,
    units: &[QueryToken],
    parts: &mut Peekable<impl Iterator<Item = u32>>,
) -> Vec<Option<(u32, usize)>> {
    let characters: Vec<&str> =
        units.iter().map(|it| it.exact.first().map_or("", String::as_str)).collect();
    let mut of_units = vec![None; units.len()];
    let mut from = 0;
    while let Some(part) = parts.peek().copied() {
        let piece = builder.pieces.iter().find(|it| it.0 == part);
        let Some((_, piece)) = piece else { break };
        let length = piece.chars().count();
        let stands =
            |at: &usize| characters.get(*at..at + length).is_some_and(|it| it.concat() == *piece);
        let Some(at) = (from..units.len()).find(stands) else { break };
        of_units[at..at + length].fill(Some((part, length)));
        from = at + length;
        parts.next();
    }
    of_units
}

/// The tokens as one text.
pub(super) fn text(typed_tokens: &[TypedToken]) -> String {
    let mut text = String::new();
    for token in typed_tokens {
        let is_han = token.text.chars().all(crate::text::is_han);
        if !text.is_empty() && !is_han {
            text.push(' ');
        }
        text.push_str(&token.text);
    }
    text
}

/// The bits of passages that hold anything of the terms of some tokens.
pub(super) fn any_part_bits(builder: &PlanBuilder<'_>, typed_tokens: &[TypedToken]) -> Vec<u32> {
    let terms = typed_tokens.iter().filter_map(|it| builder.terms.get(it.term?));
    terms.map(|it| it.any_part).collect()
}

/// The bits of the parts whose tokens are all among `typed_tokens`.
pub(super) fn whole_part_bits(builder: &PlanBuilder<'_>, typed_tokens: &[TypedToken]) -> Vec<u32> {
    let whole = typed_tokens.iter().filter_map(|it| it.part).filter(|(part, tokens)| {
        let own = typed_tokens.iter().filter(|it| it.part.is_some_and(|it| it.0 == *part));
        own.count() == *tokens
    });
    let mut bits: Vec<u32> =
        whole.filter_map(|(part, _)| builder.parts.get(part as usize)).map(|it| it.bit).collect();
    bits.dedup();
    bits
}

/// Opens the list of a name and adds its pattern for a part; nothing where no passage holds it.
pub(super) fn open_name(
    builder: &mut PlanBuilder<'_>,
    name: &str,
    part: u32,
) -> Result<Option<OpenPostings>> {
    let units = analysis::query_tokens(name);
    if let [unit] = units.as_slice()
        && unit.kind == QueryTokenKind::Word
    {
        let (family, text) = match (&unit.stem, unit.exact.first()) {
            // `US` is no word with a stem: its capitals are what tells it apart.
            (Some(stem), Some(exact)) if !exact.chars().any(char::is_uppercase) => {
                (Family::Stem, stem)
            }
            (_, Some(exact)) => (Family::Exact, exact),
            _ => return Ok(None),
        };
        let own = OpenPostings::of_term(builder.index, family, text)?;
        if own.is_some() {
            builder.patterns.add_token(family, text, part);
        }
        // `$` is another form of USD.
        if builder.index.document_frequency(Family::Form, text)? == 0 {
            return Ok(own);
        }
        builder.patterns.add_token(Family::Form, text, part);
        let mut lists = Vec::new();
        for family in [family, Family::Form] {
            let lookup = Lookup::Term(family, text.clone());
            let found = lookup.read(builder.index)?;
            lists.push((lookup, found));
        }
        return Ok(Some(OpenPostings::any_of(lists)));
    }
    let phrase = Phrase::of(units.iter().filter_map(|it| it.exact.first()).map(String::as_str));
    let list = OpenPostings::of_phrase(builder.index, &phrase)?;
    if list.document_frequency() == 0 {
        return Ok(None);
    }
    builder.patterns.add_phrase(phrase.into_sequence(part));
    Ok(Some(list))
}
