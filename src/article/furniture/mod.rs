//! Lines that belong to the page and not to its content, recognized by their shape, their words or
//! their repetition.
//!
//! A rule may miss furniture, but it must not drop a sentence. The rules look at short lines only,
//! because long lines are text.

mod chinese;
mod data;
mod english;
mod foreign;
mod interface;
mod legal;
mod repeated_lines;
mod shape;

use super::rule::Rule;
pub(crate) use interface::{is_filler, page_words};
pub use repeated_lines::{LineCounts, LineKey, RepeatedLines};
pub(crate) use shape::{is_call, is_trail};

/// Longer lines are text, whatever they say.
const LONGEST_BYTES: usize = 220;

/// The rule that drops the line, if any.
pub(super) fn rule(line: &str) -> Option<Rule> {
    if line.len() > LONGEST_BYTES {
        return legal::rule(line).or_else(|| foreign::rule(line));
    }
    if !line.chars().any(char::is_alphanumeric) {
        // A bracket alone may close a piece of code.
        return (!line.starts_with(['(', ')', '[', ']', '{', '}'])).then_some(Rule::Ornament);
    }
    shape::mentions(line)
        .or_else(|| shape::image(line))
        .or_else(|| shape::copyright(line))
        .or_else(|| legal::rule(line))
        .or_else(|| shape::trail(line))
        .or_else(|| chinese::rule(line))
        .or_else(|| shape::two_states(line))
        .or_else(|| interface::rule(line))
        .or_else(|| foreign::rule(line))
}
