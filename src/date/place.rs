//! Dates in addresses and in names of files.

use super::day::Day;
use super::written::{find, read};

/// The date in an address: `/2015/10/25/`, `/2015-10-25-` or `/20151025/`. Without a day, as in
/// `/2015/10/`, there is none.
#[must_use]
pub fn in_address(url: &str) -> Option<Day> {
    let path = url.split_once("://").map_or(url, |it| it.1);
    let path = path.split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    let joined = parts.windows(3).find_map(|it| match it {
        [year, month, day] => day_of_parts(year, month, day),
        _ => None,
    });
    joined.or_else(|| parts.iter().find_map(|it| in_name(it)))
}

fn day_of_parts(year: &str, month: &str, day: &str) -> Option<Day> {
    let is_number = |it: &str, most: usize| {
        !it.is_empty() && it.len() <= most && it.bytes().all(|it| it.is_ascii_digit())
    };
    let day = day.split('.').next()?;
    if year.len() != 4 || !is_number(year, 4) || !is_number(day, 2) {
        return None;
    }
    read(&format!("{year}-{month}-{day}"))
        .or_else(|| read(&format!("{day} {month} {year}")))
        .map(|it| it.day)
        .filter(|it| it.is_exact())
}

/// The date in a file's name: `2015-10-25`, `2015_10_25` or `20151025`.
#[must_use]
pub fn in_name(name: &str) -> Option<Day> {
    let spaced = name.replace('_', "-");
    // A date with the name of a month tells what a story is about more often than when it was
    // published.
    let is_plain = |it: &str| it.bytes().all(|it| !it.is_ascii_alphabetic());
    if let Some(found) =
        find(&spaced).filter(|it| it.day.is_exact() && is_plain(it.span.of(&spaced)))
    {
        return Some(found.day);
    }
    let runs = name.split(|it: char| !it.is_ascii_digit()).filter(|it| it.len() == 8);
    runs.filter_map(read).map(|it| it.day).find(|it| it.is_exact())
}
