//! Furniture in Chinese: buttons, headings of link lists, credits.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::data;
use crate::article::rule::Rule;

/// The rule of each whole line.
static RULES: LazyLock<HashMap<&str, Rule>> =
    LazyLock::new(|| data::rules(include_str!("data/chinese.txt")));

/// The rule that drops a Chinese line, if any.
pub(super) fn rule(line: &str) -> Option<Rule> {
    if line.is_ascii() || line.len() > 90 {
        return None;
    }
    if line.contains("版权所有") || line.contains("版權所有") {
        return Some(Rule::Copyright);
    }
    let is_credit = |it: &&str| {
        let bare = line.trim_start_matches(['(', '（', '[', '【']);
        bare.strip_prefix(*it).is_some_and(|rest| rest.starts_with(['：', ':']))
    };
    if ["责任编辑", "责编", "責任編輯", "编辑", "校对"].iter().any(is_credit)
        && !line.contains('。')
    {
        return Some(Rule::SignOff);
    }
    let bare: String =
        line.chars().filter(|it| it.is_alphabetic()).flat_map(char::to_lowercase).collect();
    if let Some(rule) = RULES.get(bare.as_str()) {
        return Some(*rule);
    }
    // A row of such lines: 分享到 微信 微博.
    let mut words = line
        .split([' ', '|', '｜', '·', '/', '\u{3000}', '>'])
        .filter(|it| !it.is_empty())
        .peekable();
    let known = |it: &str| RULES.get(it).copied();
    let rule = words.peek().and_then(|it| known(it))?;
    words.all(|it| known(it).is_some()).then_some(rule)
}
