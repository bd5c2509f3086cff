//! Tables of whole lines: each rule with the lines that it drops.

use std::collections::HashMap;

use crate::article::rule::Rule;

/// The rule of each line of a table, whose lines stand in one text with a bar between two.
pub(super) fn rule_of_line<'a>(table: &[(Rule, &'a str)]) -> HashMap<&'a str, Rule> {
    table.iter().flat_map(|(rule, lines)| lines.split('|').map(|it| (it, *rule))).collect()
}
