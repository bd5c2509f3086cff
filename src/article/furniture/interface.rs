//! Lines made of the English words of page interfaces: buttons, forms, menus and counters.

use super::english::{self, WordKind};
use crate::article::line::{is_closed, words};
use crate::article::rule::Rule;

/// The rule that drops such a line, if any.
pub(super) fn rule(line: &str) -> Option<Rule> {
    if !may_be_interface(line) {
        return None;
    }
    let spoken = english::spoken(line);
    if spoken.is_empty() || spoken.len() > 24 {
        return None;
    }
    let bare = line.trim_end_matches(['…', ' ', ':']);
    english::phrase(&spoken, is_closed(bare.strip_suffix("...").unwrap_or(bare)))
        .or_else(|| buttons(line, &spoken))
        .or_else(|| counter(line, &spoken))
        .or_else(|| button_row(line, &spoken))
}

/// A cheap test that excludes most lines of a text. The rules below need a certain first word,
/// capitals throughout, or very few words.
fn may_be_interface(line: &str) -> bool {
    let first = english::first_spoken(line);
    let is_number = first.starts_with(|it: char| it.is_ascii_digit());
    english::opens(&first)
        || english::kind(&first).is_some()
        || is_number
        || english::is_counted(&first)
        || words(line) <= 4
        || plain_words(line).all(is_capital)
}

fn plain_words(line: &str) -> impl Iterator<Item = &str> {
    line.split_whitespace().filter(|it| it.chars().any(char::is_alphanumeric))
}

fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(|it| !it.is_lowercase())
}

/// A few words, all of them of an interface: `Leave a Reply`, `Pin It`, `Back`, `Top Bottom`.
fn buttons(line: &str, spoken: &[String]) -> Option<Rule> {
    if spoken.len() > 6 || line.contains('?') || !starts_like_a_button(line) {
        return None;
    }
    let kinds = spoken.iter().map(|it| english::kind(it)).collect::<Option<Vec<WordKind>>>()?;
    let rule = kinds.iter().filter_map(|it| it.rule()).next()?;
    // With too many weak words the line may be a sentence: `Like it as it is`.
    let strong = kinds.iter().filter(|it| it.rule().is_some()).count();
    (strong * 4 >= kinds.len()).then_some(rule)
}

/// The shares of a line's words that belong to page interfaces.
pub(crate) struct PageWords {
    /// Words that show by themselves that a line is furniture.
    pub(crate) telling: f32,
    /// Words that stand between these.
    pub(crate) filling: f32,
}

/// Measures how much of a line belongs to page interfaces.
pub(crate) fn page_words(line: &str) -> PageWords {
    let (mut telling, mut filling, mut all) = (0_u16, 0_u16, 0_u16);
    for kind in english::kinds(line) {
        all = all.saturating_add(1);
        match kind {
            Some(WordKind::Filler) => filling = filling.saturating_add(1),
            Some(_) => telling = telling.saturating_add(1),
            None => {}
        }
    }
    let share = |it: u16| f32::from(it) / f32::from(all.max(1));
    PageWords { telling: share(telling), filling: share(filling) }
}

/// Whether a line is one or two words that prove nothing alone, such as the name of a form's field.
pub(crate) fn is_filler(line: &str) -> bool {
    if line.len() > 30 {
        return false;
    }
    let spoken = english::spoken(line);
    (1..=2).contains(&spoken.len())
        && spoken.iter().all(|it| english::kind(it) == Some(WordKind::Filler))
}

/// Whether a line starts with a capital, a digit, a sign or a bracket. A line that starts with a
/// small letter is the rest of a wrapped sentence.
fn starts_like_a_button(line: &str) -> bool {
    let first = line.chars().find(|it| !it.is_whitespace());
    let words = line.split_whitespace().count();
    first.is_some_and(|it| !it.is_lowercase()) || words == 1
}

/// A counter: `12 Comments`, `1,234 views · 56 likes`, `Page 3 of 12`.
fn counter(line: &str, spoken: &[String]) -> Option<Rule> {
    let is_number = |it: &String| {
        let bare = it.trim_end_matches(['k', 'm']);
        !bare.is_empty() && bare.bytes().all(|it| it.is_ascii_digit())
    };
    let numbers = spoken.iter().filter(|it| is_number(it)).count();
    if numbers == 0 || spoken.len() > 8 || line.contains('$') {
        return None;
    }
    let counted = spoken.iter().filter(|it| english::is_counted(it)).count();
    let others = spoken.iter().filter(|it| !is_number(it) && !english::is_counted(it));
    let all_known = others
        .into_iter()
        .all(|it| matches!(it.as_str(), "of" | "and" | "to" | "total" | "no" | "there" | "are"));
    (counted > 0 && all_known).then_some(Rule::Counter)
}

/// A row of buttons with the site's name between them: `Like Example Tweet Example Subscribe
/// Newsletter Leave Comment`. All words are capitalized or belong to an interface.
fn button_row(line: &str, spoken: &[String]) -> Option<Rule> {
    if spoken.len() < 4 || is_closed(line) {
        return None;
    }
    let kinds: Vec<Option<WordKind>> = spoken.iter().map(|it| english::kind(it)).collect();
    let strong: Vec<Rule> = kinds.iter().flatten().filter_map(|it| it.rule()).collect();
    let known = kinds.iter().flatten().count();
    let is_row =
        plain_words(line).all(is_capital) && strong.len() >= 3 && known * 10 >= kinds.len() * 6;
    is_row.then(|| strong.first().copied()).flatten()
}
