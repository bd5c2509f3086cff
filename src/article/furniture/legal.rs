//! Legal notices of a page: consent to cookies and terms, copyright, licences.

use super::english;
use crate::article::line::words;
use crate::article::rule::Rule;

/// Longer lines are texts about law.
const MOST_WORDS: usize = 90;

/// Beginnings of a request for consent.
const ASKS: &str = include_str!("data/asks.txt");

/// Words for what the page asks consent to.
const GRANTS: &[&str] =
    &["agree", "accept", "consent", "cookie", "cookies", "privacy", "terms", "opt"];

/// Parts of the sentences that reserve rights.
const RESERVES: &[&str] = &[
    "all rights reserved",
    "may not be published broadcast rewritten",
    "may not be reproduced",
    "constitutes acceptance of our",
    "without the prior written permission",
    "without prior written permission",
];

/// One of these stands in the same line.
const SIGNS: &[&str] = &["©", "opyright", "COPYRIGHT", "rademark", "ritten permission"];

/// Signs of a site's licence in China.
const LICENCES: &[&str] = &["ICP备", "ICP證", "ICP证", "公网安备", "许可证号", "未经授权"];

/// The rule that drops a legal notice, if any.
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
    let asks = ASKS.lines().any(|it| text.starts_with(it))
        && spoken.iter().any(|it| GRANTS.contains(&it.as_str()));
    if asks {
        return Some(Rule::Consent);
    }
    (has_sign && RESERVES.iter().any(|it| text.contains(it))).then_some(Rule::Copyright)
}
