//! What a page says for its lawyers: consent to cookies and terms, who owns what.

use super::english;
use crate::article::line::words;
use crate::article::rule::Rule;

/// Longer lines are about the law, not under it.
const MOST_WORDS: usize = 90;

/// How a page begins when it asks for consent.
const ASKS: &[&str] = &[
    "we use cookies",
    "we and our partners",
    "this site uses cookies",
    "this website uses cookies",
    "our site uses cookies",
    "our website uses cookies",
    "by accepting",
    "by clicking",
    "by continuing to",
    "by creating an account",
    "by entering your",
    "by joining",
    "by registering",
    "by signing up",
    "by submitting",
    "by subscribing",
    "by using this",
    "use of this site constitutes",
];

/// What it asks consent to.
const GRANTS: &[&str] =
    &["agree", "accept", "consent", "cookie", "cookies", "privacy", "terms", "opt"];

/// Ends of the sentences that keep others from using the page.
const RESERVES: &[&str] = &[
    "all rights reserved",
    "may not be published broadcast rewritten",
    "may not be reproduced",
    "constitutes acceptance of our",
    "without the prior written permission",
    "without prior written permission",
];

/// One of these stands beside them.
const SIGNS: &[&str] = &["©", "opyright", "COPYRIGHT", "rademark", "ritten permission"];

/// Signs of a site's licence in China.
const LICENCES: &[&str] = &["ICP备", "ICP證", "ICP证", "公网安备", "许可证号", "未经授权"];

/// The rule for such a line, if any.
pub(super) fn rule(line: &str) -> Option<Rule> {
    if LICENCES.iter().any(|it| line.contains(it)) && !line.contains('。') {
        return Some(Rule::Copyright);
    }
    let has_sign = SIGNS.iter().any(|it| line.contains(it));
    let may_ask = line.len() >= 24
        && matches!(english::first_spoken(line).as_str(), "by" | "our" | "this" | "use" | "we");
    if !has_sign && !may_ask || words(line) > MOST_WORDS {
        return None;
    }
    let spoken = english::spoken(line);
    let text = spoken.join(" ");
    let asks = ASKS.iter().any(|it| text.starts_with(it))
        && spoken.iter().any(|it| GRANTS.contains(&it.as_str()));
    if asks {
        return Some(Rule::Consent);
    }
    (has_sign && RESERVES.iter().any(|it| text.contains(it))).then_some(Rule::Copyright)
}
