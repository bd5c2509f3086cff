//! Amounts in a query: `$1.4 billion`, `14亿` and `14 亿` ask for the value that the texts have,
//! however it is written there.

use super::term_types::{QueryTerm, ScriptRun, TermKind};
use crate::analysis::{self, QueryToken, QueryTokenKind};

/// Within a term: a number and the 万 or 亿 after it become one word, the value.
pub(super) fn merge_magnitudes(text: &str, runs: &mut Vec<ScriptRun>) {
    for at in 1..runs.len() {
        let Some([ScriptRun::Word(number), ScriptRun::Han(run)]) = runs.get_mut(at - 1..=at) else {
            continue;
        };
        let magnitude = magnitude(run);
        let is_beside = run.first().is_some_and(|it| it.span.start() == number.span.end());
        let Some(value) = longest_value(&number.forms).filter(|_| magnitude > 0 && is_beside)
        else {
            continue;
        };
        let taken = run.drain(..magnitude).map(|it| it.span);
        let span = taken.fold(number.span, crate::text::Span::cover);
        *number = of_value(span.of(text), value, QueryToken { span, ..number.clone() });
    }
    runs.retain(|it| !matches!(it, ScriptRun::Han(run) if run.is_empty()));
}

/// Over two terms: a number and the magnitude after it ask for the value too.
pub(super) fn join(query_terms: &mut [QueryTerm]) {
    for at in 1..query_terms.len() {
        let Some([before, after]) = query_terms.get_mut(at - 1..=at) else { continue };
        let gap = after.start.checked_sub(before.start + before.text.len());
        if before.occur != after.occur || gap.is_none_or(|it| it > 2) {
            continue;
        }
        let (TermKind::Runs(first), TermKind::Runs(second)) = (&mut before.kind, &mut after.kind)
        else {
            continue;
        };
        let Some(ScriptRun::Word(number)) = first.last_mut() else { continue };
        if number.kind == QueryTokenKind::Value {
            join_runs(number, number.span.of(&before.text).to_owned(), second, &after.text);
        }
    }
}

/// Adds the value of a number and the magnitude that `runs` begin with to both.
fn join_runs(number: &mut QueryToken, typed: String, runs: &mut Vec<ScriptRun>, text: &str) {
    match runs.first_mut() {
        Some(ScriptRun::Word(word)) => {
            let Some(value) = analysis::value(&typed, word.span.of(text)) else { return };
            word.forms.push(value.clone());
            number.forms.push(value);
        }
        Some(ScriptRun::Han(run)) => {
            let magnitude = magnitude(run);
            let Some(first) = run.first().cloned().filter(|_| magnitude > 0) else { return };
            let written = ScriptRun::text(run.get(..magnitude).unwrap_or_default());
            let together = analysis::query_tokens(&format!("{typed}{written}"));
            let value = together.first().and_then(|it| longest_value(&it.forms));
            let Some(value) = value else { return };
            run.drain(..magnitude);
            let word = of_value(&format!("{typed}{written}"), value.clone(), first);
            number.forms.push(value);
            runs.insert(0, ScriptRun::Word(word));
            runs.retain(|it| !matches!(it, ScriptRun::Han(run) if run.is_empty()));
        }
        None => {}
    }
}

/// How many characters at the start of a Han run are a power of ten: 万, 亿 or 万亿.
fn magnitude(run: &[QueryToken]) -> usize {
    let character = |at: usize| run.get(at)?.exact.first().map(String::as_str);
    match (character(0), character(1)) {
        (Some("万"), Some("亿")) => 2,
        (Some("万" | "亿"), _) => 1,
        _ => 0,
    }
}

/// The longest value of a word: that with its magnitude, where the number alone has one too.
fn longest_value(forms: &[String]) -> Option<String> {
    let values = forms.iter().filter(|it| it.starts_with('='));
    values.max_by_key(|it| it.len()).cloned()
}

/// A word that only passages with the value match.
fn of_value(written: &str, value: String, place: QueryToken) -> QueryToken {
    QueryToken {
        kind: QueryTokenKind::Value,
        exact: vec![written.to_owned()],
        stem: None,
        forms: vec![value],
        ..place
    }
}
