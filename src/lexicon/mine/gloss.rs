//! Finds glosses: `中国军事科学 [China Military Science]`, `“坐山观虎斗” [sit on the mountain]`, `Belt and
//! Road (一带一路)`. The name in brackets is complete. Where the other name starts has to be decided
//! from evidence.

use std::collections::HashMap;

use super::bracket::Bracket;
use super::names::{
    MOST_HAN, fits, is_chinese_name, is_closing_quote, is_english_name, is_english_prose,
    is_generic, is_quote, joins, quoted_ending, starts_oddly, without_label, without_lead,
};
use super::tally::{Tally, Vote, Votes};
use crate::text::{is_han, one_line};

/// The number of different explanations of each English name.
pub(super) type Shares = HashMap<String, usize>;

/// The language of the name in brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    English,
    Chinese,
}

/// The two names that one bracket connects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Claim<'a> {
    pub(super) side: Side,
    /// The name in brackets.
    pub(super) inner: String,
    /// The name before the brackets; too long if its start is uncertain.
    pub(super) left: String,
    /// Whether the start of `left` is certain.
    pub(super) is_sure: bool,
    /// The text before, which tells copies of one story from other stories.
    pub(super) context: &'a str,
}

/// The names that a bracket connects, if it is a gloss.
pub(super) fn claim<'a>(bracket: &Bracket<'a>) -> Option<Claim<'a>> {
    let context = bracket.before;
    let last = context.chars().next_back()?;
    let is_after_name = is_han(last) || is_closing_quote(last);
    if !is_after_name && bracket.inner.is_ascii() {
        // This is the case for nearly all brackets in English texts.
        return None;
    }
    let inner = without_label(bracket.inner);
    // In `（International Monetary Fund，IMF）` the first part is the gloss.
    let first = inner.split(['，', ',', '；', ';', '、']).next()?.trim();
    let has_more = first.len() < inner.len();
    if is_after_name && is_english_name(first) {
        let (left, is_sure) = chinese_before(bracket)?;
        return Some(Claim {
            side: Side::English,
            inner: one_line(first),
            left: left.to_owned(),
            is_sure: is_sure && !has_more,
            context,
        });
    }
    let is_after_english = last.is_ascii_alphanumeric() || is_closing_quote(last);
    if !has_more && is_chinese_name(inner) && is_after_english {
        let (left, is_sure) = english_before(bracket)?;
        let inner = inner.trim_matches(is_quote).to_owned();
        return Some(Claim { side: Side::Chinese, inner, left, is_sure, context });
    }
    None
}

/// The Chinese name of an English one: one with a certain start, or else the longest ending that
/// its explanations share in different contexts.
pub(super) fn settle_chinese(english: &str, votes: &Votes) -> Option<(String, Vote)> {
    let sure = votes.iter().filter(|(_, vote)| vote.is_sure);
    let best = sure.max_by_key(|(left, vote)| (vote.contexts(), std::cmp::Reverse(*left)));
    if let Some((left, vote)) = best {
        return fits(english, left).then(|| (left.clone(), vote.clone()));
    }
    let ending = shared_ending(votes)?;
    let name = without_lead(&ending);
    if !fits(english, name) || starts_oddly(name) || is_generic(name) {
        return None;
    }
    // The front part of 经济合作与发展组织 is not always written the same way, and no name is cut at 与.
    let before = votes.keys().filter_map(|it| it.strip_suffix(name)?.chars().next_back());
    let (joined, all) =
        before.fold((0, 0), |(joined, all), c| (joined + usize::from(joins(c)), all + 1));
    if joined * 2 > all {
        return None;
    }
    let mut all = Vote::default();
    for (_, vote) in votes.iter().filter(|(left, _)| left.ends_with(name)) {
        all.merge(vote);
    }
    Some((name.to_owned(), all))
}

/// The English name of a Chinese one: one with a certain start, or else one that is seen in three
/// contexts and explains nothing else.
pub(super) fn settle_english(votes: &Votes, shares: &Shares) -> Option<(String, Vote)> {
    let total: usize = votes.values().map(Vote::contexts).sum();
    let (left, vote) = votes
        .iter()
        .max_by_key(|(left, vote)| (vote.is_sure, vote.contexts(), std::cmp::Reverse(*left)))?;
    // `（美国）` after twenty names says where they come from.
    let is_dominant = vote.contexts() * 2 > total && votes.len() <= 4;
    let is_seen_enough = vote.is_sure || vote.contexts() >= 3;
    let is_explained_otherwise = shares.get(left).is_some_and(|it| *it > 2);
    (is_dominant && is_seen_enough && !is_explained_otherwise).then(|| (left.clone(), vote.clone()))
}

/// The number of Chinese names that explain each English one. `APP（…）` is explained by dozens.
pub(super) fn explained_by(chinese: &Tally) -> Shares {
    let mut shares = Shares::new();
    for (_, votes) in chinese.iter() {
        for left in votes.keys() {
            *shares.entry(left.clone()).or_default() += 1;
        }
    }
    shares
}

/// The longest ending that four of five explanations share, each time after other text.
fn shared_ending(votes: &Votes) -> Option<String> {
    let lefts: Vec<Vec<char>> = votes.keys().map(|it| it.chars().rev().collect()).collect();
    for len in (2..=MOST_HAN).rev() {
        for ending in lefts.iter().filter_map(|it| it.get(..len)) {
            let with: Vec<&Vec<char>> = lefts.iter().filter(|it| it.starts_with(ending)).collect();
            let mut before: Vec<Option<&char>> = with.iter().map(|it| it.get(len)).collect();
            before.sort_unstable();
            before.dedup();
            let is_letter = |it: &&Vec<char>| it.get(len).is_some_and(char::is_ascii_alphanumeric);
            let is_cut = with.iter().filter(|it| is_letter(it)).count() * 3 > with.len()
                || ending.iter().any(char::is_ascii_alphanumeric);
            if !is_cut && before.len() >= 3 && with.len() * 5 >= lefts.len() * 4 {
                return Some(ending.iter().rev().collect());
            }
        }
    }
    None
}

/// The Chinese name before a bracket, and whether its start is certain: it stands between quotes,
/// or is a run of Chinese within English.
fn chinese_before<'a>(bracket: &Bracket<'a>) -> Option<(&'a str, bool)> {
    let before = bracket.before;
    let last = before.chars().next_back()?;
    if is_closing_quote(last) {
        let name = quoted_ending(before, last)?;
        let name = name.trim_matches(['…', ' ']);
        return is_chinese_name(name).then_some((name, true));
    }
    let start = before.trim_end_matches(|c: char| is_han(c) || c == '·').len();
    let name = before.get(start..)?.trim_start_matches('·');
    let count = name.chars().count();
    if count < 2 {
        return None;
    }
    let prior = before.get(..start)?;
    let is_whole = is_english_prose(prior, bracket.after) && count <= MOST_HAN;
    if is_whole && without_lead(name) == name {
        return Some((name, true));
    }
    // In `AMP活化蛋白激酶` the letter is kept, to show that the name may start before the run.
    let letter = prior.chars().next_back().filter(char::is_ascii_alphanumeric);
    if let Some(letter) = letter.filter(|_| count < MOST_HAN) {
        return Some((before.get(start - letter.len_utf8()..)?, false));
    }
    // A longer run is cut, because a name is not that long.
    let cut = name.char_indices().rev().nth(MOST_HAN).map_or(0, |(at, _)| at);
    Some((name.get(cut..)?, false))
}

/// The English name before a bracket, and whether its start is certain: it stands between quotes,
/// or is a row of capitalized words within English. Within Chinese, the whole run of English counts
/// as uncertain.
fn english_before(bracket: &Bracket<'_>) -> Option<(String, bool)> {
    let before = bracket.before;
    let last = before.chars().next_back()?;
    if is_closing_quote(last) {
        let name = quoted_ending(before, last)?.trim_end_matches([',', '.']);
        return is_english_name(name).then(|| (one_line(name), true));
    }
    let is_english = |c: char| c.is_ascii_alphanumeric() || " -'’&.".contains(c);
    let start = before.trim_end_matches(is_english).len();
    let run = before.get(start..)?.trim();
    let is_within_chinese = before
        .get(..start)?
        .chars()
        .next_back()
        .is_some_and(|c| is_han(c) || "，。、；：“《（！？".contains(c));
    if is_within_chinese {
        let is_name = is_english_name(run) && run.starts_with(|c: char| c.is_ascii_uppercase());
        return is_name.then(|| (one_line(run), false));
    }
    if !is_english_prose(before, bracket.after) {
        return None;
    }
    capitalised_ending(run).map(|it| (it, true))
}

/// The row of capitalized words at the end of a run: `known as the Belt and Road`.
fn capitalised_ending(run: &str) -> Option<String> {
    const JOINING: &[&str] = &["of", "and", "for", "&", "the"];
    const NOT_FIRST: &str = "The A An In On At By For Of And But As When While This That Its His Her Their \
        Our My To From With Mr. Ms. Mrs. Dr. Mr Ms Mrs Dr Prof. Professor President \
        Premier Chairman Minister General Secretary Chinese Called See";
    let words: Vec<&str> = run.split(' ').filter(|it| !it.is_empty()).collect();
    let is_capital =
        |it: &str| it.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit());
    let mut start = words.len();
    for (at, word) in words.iter().enumerate().rev() {
        let ends_other = word.ends_with(['.', ',']) || word.ends_with("'s") || word.ends_with("’s");
        // `of the East` continues to the left, `met the East` does not.
        let before = at.checked_sub(1).and_then(|it| words.get(it));
        let joins = JOINING.contains(word)
            && (*word != "the" || before.is_some_and(|it| JOINING.contains(it)));
        if (ends_other && at + 1 < words.len()) || !(is_capital(word) || joins) {
            break;
        }
        start = at;
    }
    while words
        .get(start)
        .is_some_and(|it| JOINING.contains(it) || NOT_FIRST.split(' ').any(|no| no == *it))
    {
        start += 1;
    }
    let name = words.get(start..)?.join(" ");
    (is_english_name(&name) && words.last().is_some_and(|it| is_capital(it))).then_some(name)
}
