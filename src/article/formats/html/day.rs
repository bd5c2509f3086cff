//! The day that an element or a line of a page gives.

use dom_query::NodeRef;

use crate::article::content;
use crate::date::{self, Day};

/// The day that an element gives in an attribute or in its text.
pub(super) fn of_element(node: &NodeRef) -> Option<Day> {
    let attributes = ["datetime", "content", "data-datestring", "title"];
    let named = attributes.iter().filter_map(|it| node.attr(it));
    let read = named.filter_map(|it| date::read(&it)).map(|it| it.day).find(|it| it.is_exact());
    read.or_else(|| stamp(node)).or_else(|| date::find(&node.text()).map(|it| it.day))
}

/// The day of a time stamp in seconds or milliseconds since 1970, as forums put it beside a date.
fn stamp(node: &NodeRef) -> Option<Day> {
    let stamp = node.attr("data-time").or_else(|| node.attr("data-timestamp"))?;
    let number: i64 = stamp.trim().parse().ok()?;
    Day::of_unix(if number > 100_000_000_000 { number / 1000 } else { number })
}

/// The day of a line that holds little besides a date, or that begins with one.
pub(super) fn of_line(text: &str) -> Option<Day> {
    let is_alone = content::is_date_line(text);
    let head: String = text.chars().take(40).collect();
    let opens = || date::find(&head).filter(|it| it.span.start() <= 12);
    let found = if is_alone { date::find(text) } else { opens() }?;
    let before = text.get(..found.span.start())?.to_lowercase();
    // `14.–20. Januar 2022` is a week that the text mentions.
    let range = before.trim_end().strip_suffix(['-', '–']);
    if range
        .is_some_and(|it| it.trim_end_matches([' ', '.']).ends_with(|it: char| it.is_ascii_digit()))
    {
        return None;
    }
    let found = if CHANGES.iter().any(|it| before.contains(it)) {
        date::find_from(text, found.span.end())?
    } else {
        found
    };
    Some(found.day).filter(|it| it.is_exact())
}

/// Labels of a date that is not the date of publication.
const CHANGES: &[&str] =
    &["updated", "modified", "changed", "änderung", "geändert", "aktualisiert", "mis à jour"];
