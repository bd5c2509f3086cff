//! The English words and phrases of page interfaces.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::data;
use crate::article::rule::Rule;

/// What a word of a page's interface is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WordKind {
    /// A place to share the page.
    Share,
    /// The form under an article.
    Reply,
    /// Another place of the site.
    Navigate,
    /// Subscribing, or coming back.
    Subscribe,
    /// A word between the others that proves nothing alone.
    Filler,
}

impl WordKind {
    /// The rule for such words; `None` for words that prove nothing alone.
    pub(super) fn rule(self) -> Option<Rule> {
        match self {
            Self::Share => Some(Rule::ShareRow),
            Self::Reply => Some(Rule::ReplyForm),
            Self::Navigate => Some(Rule::Navigation),
            Self::Subscribe => Some(Rule::Subscribe),
            Self::Filler => None,
        }
    }
}

/// The words of a line in lower case, without apostrophes and punctuation.
pub(super) fn spoken(line: &str) -> Vec<String> {
    each_spoken(line).collect()
}

/// The first word of a line, as in [`spoken`]; empty where there is none.
pub(super) fn first_spoken(line: &str) -> String {
    each_spoken(line).next().unwrap_or_default()
}

/// Iterates over the words of a line.
fn each_spoken(line: &str) -> impl Iterator<Item = String> {
    let mut rest = line.chars();
    std::iter::from_fn(move || {
        let mut word = String::new();
        for it in rest.by_ref() {
            if it.is_alphanumeric() {
                word.extend(it.to_lowercase());
            } else if matches!(it, '\'' | '’') || it == ',' && is_number(&word) {
                // `What's` is one word, and so is `1,234`.
            } else if !word.is_empty() {
                break;
            }
        }
        (!word.is_empty()).then_some(word)
    })
}

/// The kind of each word of a line; `None` for words that belong to no interface.
pub(super) fn kinds(line: &str) -> impl Iterator<Item = Option<WordKind>> {
    each_spoken(line).map(|it| kind(&it))
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|it| it.is_ascii_digit())
}

/// The words of page interfaces by their kind, and those that name what pages count.
static WORDS: LazyLock<(HashMap<&str, WordKind>, HashSet<&str>)> = LazyLock::new(|| {
    let (mut kinds, mut counted) = (HashMap::new(), HashSet::new());
    for (heading, line) in data::entries(include_str!("data/words.txt")) {
        let kind = match heading {
            "share" => WordKind::Share,
            "reply" => WordKind::Reply,
            "navigate" => WordKind::Navigate,
            "subscribe" => WordKind::Subscribe,
            "filler" => WordKind::Filler,
            _ => {
                counted.extend(line.split(' '));
                continue;
            }
        };
        kinds.extend(line.split(' ').map(|it| (it, kind)));
    }
    (kinds, counted)
});

/// The kind of a word; `None` for a word that belongs to no interface.
pub(super) fn kind(word: &str) -> Option<WordKind> {
    WORDS.0.get(word).copied()
}

/// Whether the word names things that pages count.
pub(super) fn is_counted(word: &str) -> bool {
    WORDS.1.contains(word)
}

/// A phrase, the most words of a line that starts with it, and the rule that drops such a line.
type Opening = (&'static str, usize, Rule);

/// Whether lines of a rule may be whole sentences. Forms and pleas are written in sentences.
fn may_be_closed(rule: Rule) -> bool {
    matches!(rule, Rule::ReplyForm | Rule::SignOff | Rule::Copyright | Rule::Subscribe)
}

/// The phrases at the start of lines of furniture by their first word, in the order of the file. A
/// line of the file is the rule, the number of words, the phrase.
static BY_FIRST: LazyLock<HashMap<&str, Vec<Opening>>> = LazyLock::new(|| {
    let mut by_first: HashMap<&str, Vec<_>> = HashMap::new();
    for line in include_str!("data/phrases.txt").lines() {
        let mut parts = line.splitn(3, ' ');
        let mut part = || parts.next().unwrap_or_default();
        let (rule, most, phrase) = (data::rule_named(part()), part().parse(), part());
        let first = phrase.split(' ').next().unwrap_or_default();
        let opening = (phrase, most.expect("the number of words stands second"), rule);
        by_first.entry(first).or_default().push(opening);
    }
    by_first
});

/// Whether a phrase of furniture starts with the word.
pub(super) fn opens(word: &str) -> bool {
    BY_FIRST.contains_key(word)
}

/// The rule of the phrase at the start of the line, if any.
pub(super) fn phrase(spoken: &[String], is_closed: bool) -> Option<Rule> {
    let opens = |phrase: &str| {
        let mut at = 0;
        phrase.split(' ').all(|word| {
            at += 1;
            spoken.get(at - 1).is_some_and(|it| it == word)
        })
    };
    let known = spoken.first().and_then(|it| BY_FIRST.get(it.as_str()));
    let found = known.into_iter().flatten().find(|(phrase, most, rule)| {
        spoken.len() <= *most && (!is_closed || may_be_closed(*rule)) && opens(phrase)
    });
    found.map(|(_, _, rule)| *rule).or_else(|| sign_off(spoken)).or_else(|| delivered(spoken))
}

/// A newsletter: `Get our magazine delivered to your inbox`, `Join the mailing list to get weekly
/// updates`.
fn delivered(spoken: &[String]) -> Option<Rule> {
    let first = spoken.first()?;
    let asks = matches!(first.as_str(), "get" | "join" | "sign" | "subscribe");
    let text = spoken.join(" ");
    let names = ["to your inbox", "in your inbox", "our newsletter", "mailing list"];
    (asks && names.iter().any(|it| text.contains(it))).then_some(Rule::Subscribe)
}

/// `Example SignOff`, `Sign-off`: the text in place of the picture at a page's end.
fn sign_off(spoken: &[String]) -> Option<Rule> {
    let (last, before) = spoken.split_last()?;
    let is_two = last == "off" && before.last().is_some_and(|it| it == "sign");
    ((last == "signoff" || is_two) && spoken.len() <= 4).then_some(Rule::SignOff)
}
