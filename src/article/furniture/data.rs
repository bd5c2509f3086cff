//! Tables of whole lines, by the rule that drops them.

use std::collections::HashMap;

use crate::article::rule::Rule;

/// Maps each line of a table to its rule. The lines of a rule stand in one text, separated by bars.
pub(super) fn rule_of_line<'a>(table: &[(Rule, &'a str)]) -> HashMap<&'a str, Rule> {
    table.iter().flat_map(|(rule, lines)| lines.split('|').map(|it| (it, *rule))).collect()
}
