//! Text to tokens, checked through what the index and a query see.

use std::collections::HashSet;

use passages::analysis::{
    Analyzer, Family, QueryToken, QueryTokenKind, Tokens, query_tokens, value,
};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    /// A text and its tokens, each family joined by blanks.
    tokens: Vec<TokenCase>,
    /// A query and a text that must or must not hold all of it.
    matches: Vec<MatchCase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TokenCase {
    text: String,
    exact: Option<String>,
    stem: Option<String>,
    form: Option<String>,
    /// `position:text` of the exact tokens.
    places: Option<String>,
    /// What the spans of the exact tokens cover, parted by `|`.
    covers: Option<String>,
    /// The words of the index side.
    word: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MatchCase {
    query: String,
    text: String,
    holds: bool,
    why: Option<String>,
}

fn cases() -> Cases {
    toml::from_str(include_str!("../../cases/analysis.toml")).unwrap()
}

fn tokens(text: &str) -> Tokens {
    let mut tokens = Tokens::default();
    Analyzer::for_query().tokens(text, &mut tokens);
    tokens
}

fn joined(tokens: &Tokens, family: Family) -> String {
    tokens.family(family).map(|it| tokens.text(it)).collect::<Vec<_>>().join(" ")
}

#[test]
fn texts_give_the_tokens_of_the_table() {
    let index = Analyzer::for_index(&[]);
    let mut wrong = Vec::new();
    let mut check = |text: &str, what: &str, found: String, expected: &Option<String>| {
        if let Some(expected) = expected
            && found != *expected
        {
            wrong.push(format!("{text:?} {what}\n  expected {expected}\n  found    {found}"));
        }
    };
    for it in cases().tokens {
        let mut all = tokens(&it.text);
        check(&it.text, "exact", joined(&all, Family::Exact), &it.exact);
        check(&it.text, "stem", joined(&all, Family::Stem), &it.stem);
        check(&it.text, "form", joined(&all, Family::Form), &it.form);
        let exact = || all.family(Family::Exact);
        let places: Vec<_> =
            exact().map(|it| format!("{}:{}", it.position, all.text(it))).collect();
        check(&it.text, "places", places.join(" "), &it.places);
        let covers: Vec<_> = exact().map(|token| token.span.of(&it.text)).collect();
        check(&it.text, "covers", covers.join("|"), &it.covers);
        if it.word.is_some() {
            index.tokens(&it.text, &mut all);
            check(&it.text, "word", joined(&all, Family::Word), &it.word);
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn queries_hold_in_the_texts_of_the_table() {
    let mut wrong = Vec::new();
    for it in cases().matches {
        if holds(&it.query, &it.text) != it.holds {
            let why = it.why.unwrap_or_default();
            wrong.push(format!("{:?} in {:?}: not {} {why}", it.query, it.text, it.holds));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// Whether a text holds all of a query, by nothing but analysis: the rule of a searcher without
/// a lexicon, for queries of words or of one quoted phrase.
fn holds(query: &str, text: &str) -> bool {
    let text = tokens(text);
    if let Some(phrase) = query.strip_prefix('"').and_then(|it| it.strip_suffix('"')) {
        return holds_phrase(&query_tokens(phrase), &text);
    }
    let set = |family| text.family(family).map(|it| text.text(it)).collect::<HashSet<_>>();
    let (exact, stem, form) = (set(Family::Exact), set(Family::Stem), set(Family::Form));
    let runs: Vec<&str> = query.split_whitespace().collect();
    (0_usize..).zip(&runs).all(|(at, run)| {
        let mut units = query_tokens(run);
        let of_value = [at.checked_sub(1), Some(at)].into_iter().flatten();
        for it in of_value.filter_map(|it| value(runs[it], runs.get(it + 1)?)) {
            units.iter_mut().for_each(|unit| unit.forms.push(it.clone()));
        }
        let is_held = |it: &QueryToken| {
            it.exact.iter().any(|it| exact.contains(it.as_str()))
                || it.stem.as_ref().is_some_and(|it| stem.contains(it.as_str()))
                || it.forms.iter().any(|it| form.contains(it.as_str()))
        };
        let han = units.chunk_by(|a, b| {
            a.kind == QueryTokenKind::Han
                && b.kind == QueryTokenKind::Han
                && a.position + 1 == b.position
        });
        units.iter().all(is_held) && han.filter(|it| it.len() > 1).all(|it| holds_phrase(it, &text))
    })
}

fn holds_phrase(units: &[QueryToken], text: &Tokens) -> bool {
    let Some(first) = units.first() else { return false };
    let at: HashSet<(u32, &str)> =
        text.family(Family::Exact).map(|it| (it.position, text.text(it))).collect();
    text.family(Family::Exact).any(|start| {
        units.iter().all(|unit| {
            let place = start.position + unit.position - first.position;
            unit.exact.iter().any(|it| at.contains(&(place, it.as_str())))
        })
    })
}
