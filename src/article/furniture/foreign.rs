//! The most common furniture in other languages than English and Chinese. Where it stands around a
//! story, the end of the story is known.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::data;
use crate::article::rule::Rule;

/// The longest whole line, and the longest sentence of a form.
const LONGEST_LINE: usize = 60;
const LONGEST_BYTES: usize = 500;

/// The longest button such as `Klick, um auf Twitter zu teilen (Wird in neuem Fenster geöffnet)`.
const LONGEST_SHARE: usize = 120;

/// Beginnings of the sentences in the forms that the most common blog software shows under every
/// post.
const FORMS: &str = include_str!("data/foreign_forms.txt");

/// Beginnings of share buttons that say what a click does.
const SHARES: &str = include_str!("data/foreign_shares.txt");

/// Beginnings of a request for consent, and word stems of which it contains one.
const ASKS: &str = include_str!("data/foreign_asks.txt");
const GRANTS: &str = "accett accept acconsent aceit acept akkoord akzept einverstanden stimm";

/// The rule of each whole line, in lower case, without punctuation and digits.
static RULES: LazyLock<HashMap<&str, Rule>> =
    LazyLock::new(|| data::rules(include_str!("data/foreign.txt")));

/// The first words of these sentences; most lines start with none of them.
static OPENERS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let all = FORMS.lines().chain(SHARES.lines()).chain(ASKS.lines());
    all.filter_map(|it| it.split(' ').next()).collect()
});

/// The rule that drops the line, if any.
pub(super) fn rule(line: &str) -> Option<Rule> {
    if line.len() > LONGEST_BYTES {
        return None;
    }
    if line.len() > LONGEST_LINE {
        return sentence(line);
    }
    let bare = bare(line);
    // `Zurück!` may be what somebody says.
    let may_be_speech =
        line.ends_with(['.', '!', '?']) && !line.ends_with("..") && !bare.contains(' ');
    let rule = || RULES.get(bare.as_str()).copied().filter(|_| !may_be_speech);
    rule().or_else(|| sentence(line))
}

/// The rule for a sentence of a form or for a request for consent.
fn sentence(line: &str) -> Option<Rule> {
    let first = line.split_whitespace().next()?.trim_end_matches(',').to_lowercase();
    if !OPENERS.contains(first.as_str()) {
        return None;
    }
    let bare = bare(line);
    let begins = |with: &str| with.lines().any(|it| bare.starts_with(it));
    if begins(FORMS) {
        return Some(Rule::ReplyForm);
    }
    if begins(SHARES) && line.len() <= LONGEST_SHARE {
        return Some(Rule::ShareRow);
    }
    let asks = begins(ASKS) && GRANTS.split(' ').any(|it| bare.contains(it));
    asks.then_some(Rule::Consent)
}

/// A line in lower case, without punctuation and digits.
fn bare(line: &str) -> String {
    let mut bare = String::with_capacity(line.len());
    for it in line.chars() {
        if it.is_alphabetic() || it == 'ー' {
            bare.extend(it.to_lowercase());
        } else if it.is_whitespace() && !bare.is_empty() && !bare.ends_with(' ') {
            bare.push(' ');
        }
    }
    bare.truncate(bare.trim_end().len());
    bare
}
