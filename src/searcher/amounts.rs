//! Amounts in a query: `$1.4 billion`, `14亿` and `14 亿` ask for the value that the texts have,
//! however it is written there.

use super::draft::{Draft, Group, Shape};
use crate::analysis::{self, QueryToken, QueryTokenKind};

/// Within a typed run: a number and the 万 or 亿 after it are one word, the value.
pub(super) fn gather(text: &str, groups: &mut Vec<Group>) {
    for at in 1..groups.len() {
        let Some([Group::Word(number), Group::Han(run)]) = groups.get_mut(at - 1..=at) else {
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
    groups.retain(|it| !matches!(it, Group::Han(run) if run.is_empty()));
}

/// Over two typed runs: a number and the magnitude after it ask for the value too.
pub(super) fn join(drafts: &mut [Draft]) {
    for at in 1..drafts.len() {
        let Some([before, after]) = drafts.get_mut(at - 1..=at) else { continue };
        let gap = after.start.checked_sub(before.start + before.text.len());
        if before.occur != after.occur || gap.is_none_or(|it| it > 2) {
            continue;
        }
        let (Shape::Groups(first), Shape::Groups(second)) = (&mut before.shape, &mut after.shape)
        else {
            continue;
        };
        let Some(Group::Word(number)) = first.last_mut() else { continue };
        if number.kind == QueryTokenKind::Value {
            join_groups(number, number.span.of(&before.text).to_owned(), second, &after.text);
        }
    }
}

/// Adds the value of a number and the magnitude that `groups` begin with to both.
fn join_groups(number: &mut QueryToken, typed: String, groups: &mut Vec<Group>, text: &str) {
    match groups.first_mut() {
        Some(Group::Word(word)) => {
            let Some(value) = analysis::value(&typed, word.span.of(text)) else { return };
            word.forms.push(value.clone());
            number.forms.push(value);
        }
        Some(Group::Han(run)) => {
            let magnitude = magnitude(run);
            let Some(first) = run.first().cloned().filter(|_| magnitude > 0) else { return };
            let written = Group::run(run.get(..magnitude).unwrap_or_default());
            let together = analysis::query_tokens(&format!("{typed}{written}"));
            let value = together.first().and_then(|it| longest_value(&it.forms));
            let Some(value) = value else { return };
            run.drain(..magnitude);
            let word = of_value(&format!("{typed}{written}"), value.clone(), first);
            number.forms.push(value);
            groups.insert(0, Group::Word(word));
            groups.retain(|it| !matches!(it, Group::Han(run) if run.is_empty()));
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

/// The value with its magnitude: the longer one, where the number alone has one too.
fn longest_value(forms: &[String]) -> Option<String> {
    let values = forms.iter().filter(|it| it.starts_with('='));
    values.max_by_key(|it| it.len()).cloned()
}

/// A word that only the value satisfies.
fn of_value(written: &str, value: String, place: QueryToken) -> QueryToken {
    QueryToken {
        kind: QueryTokenKind::Value,
        exact: vec![written.to_owned()],
        stem: None,
        forms: vec![value],
        ..place
    }
}
