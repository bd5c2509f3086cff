//! Separates the lines of one article from the furniture among them.

use crate::article::furniture;
use crate::article::line::Line;
use crate::article::reading::Reading;
use crate::article::rule::Rule;
use crate::article::types::DroppedText;

/// Splits lines into those that are kept and those that a rule drops.
pub(crate) fn sift<'a>(
    lines: &[Line<'a>],
    reading: &Reading<'_>,
) -> (Vec<Line<'a>>, Vec<DroppedText>) {
    let rules = rules(lines, reading);
    let (mut kept, mut dropped) = (Vec::with_capacity(lines.len()), Vec::new());
    // Furniture in a paragraph break is dropped, and the break stays.
    let mut opens = false;
    for (line, rule) in lines.iter().zip(rules) {
        opens |= line.opens;
        if let Some(rule) = rule {
            dropped.push(line.dropped(rule));
            opens = true;
        } else {
            kept.push(line.opening(opens));
            opens = false;
        }
    }
    (kept, dropped)
}

/// What all rules together cost for a line and for each byte of it, in steps of the budget.
const LINE: usize = 200;
const BYTE: usize = 4;

/// The rule that drops each line, if any.
fn rules(lines: &[Line], reading: &Reading<'_>) -> Vec<Option<Rule>> {
    let rule = |line: &Line| {
        let known = reading.repeated.holds(line.text).then_some(Rule::Repeated);
        known.or_else(|| furniture::rule(line.text))
    };
    let mut rules: Vec<Option<Rule>> = Vec::with_capacity(lines.len());
    for line in lines {
        if !reading.budget.spend(LINE + line.text.len() * BYTE) {
            break;
        }
        // A line that starts with a small letter below an unfinished line of text is the rest of a
        // wrapped sentence.
        let above = rules.len().checked_sub(1).and_then(|it| lines.get(it));
        let is_open = above.is_some_and(|it| !it.text.ends_with(['.', '!', '?']));
        let is_below_text = !line.opens && rules.last().is_some_and(Option::is_none) && is_open;
        let is_wrapped = is_below_text && line.text.starts_with(char::is_lowercase);
        rules.push(if is_wrapped { None } else { rule(line) });
    }
    // `Website` between two fields of a form is a field too; alone it is a word.
    for at in 1..lines.len() {
        let before = rules.get(at - 1).copied().flatten();
        let after = rules.get(at + 1).copied().unwrap_or(before);
        let is_filler = lines.get(at).is_some_and(|it| furniture::is_filler(it.text));
        if let (Some(rule), Some(_), true) = (before, after, is_filler)
            && let Some(here) = rules.get_mut(at)
        {
            *here = here.or(Some(rule));
        }
    }
    rules
}
