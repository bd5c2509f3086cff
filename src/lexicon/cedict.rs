//! Imports a dictionary in the format of CC-CEDICT: `傳統 传统 [chuan2 tong3] /tradition/…/`.
//!
//! The program contains no dictionary: its licence (CC BY-SA 4.0) demands a separate, attributed
//! file, which a person names.

use anyhow::{Result, bail};

use super::compiled::{Entry, Kind};
use crate::text::is_han;

/// The most translations that are kept for a word.
const MOST_TRANSLATIONS: usize = 8;
/// The most English words of a translation. A longer one is a definition, which nobody types.
const MOST_WORDS: usize = 4;

/// The words of a dictionary, each with its English translations: `[Chinese, English, …]`.
///
/// Comments, cross-references, surnames, definitions and broken lines give nothing.
#[must_use]
pub fn cedict(text: &str) -> Vec<Entry> {
    text.lines().filter_map(word).collect()
}

/// The number of lines that are searched to recognize a dictionary.
const LOOK_LINES: usize = 200;

/// Whether a text is a dictionary: one of its first lines is an entry.
pub(super) fn is_dictionary(text: &str) -> bool {
    text.lines().take(LOOK_LINES).any(|it| parts(it).is_some())
}

/// Checks that every line is an entry or a comment, and that the file is complete.
///
/// # Errors
/// The first line that is neither, or fewer entries than the file's head says.
pub(super) fn check(text: &str) -> Result<()> {
    let is_other = |it: &str| it.trim().is_empty() || it.starts_with('#');
    let mut words = 0_u64;
    for (line, at) in text.lines().zip(1..) {
        if parts(line).is_some() {
            words += 1;
        } else if !is_other(line) {
            bail!("line {at}: not a line of CC-CEDICT: `Traditional Simplified [pinyin] /…/`");
        }
    }
    let announced = stated(text, "entries").and_then(|it| it.parse::<u64>().ok());
    if let Some(announced) = announced.filter(|it| *it > words) {
        let lines = text.lines().count();
        bail!("line {lines}: it ends after {words} words of {announced}");
    }
    Ok(())
}

/// The origin of the file by its head: publisher, date and licence.
pub(super) fn attribution(text: &str) -> Option<String> {
    let title = text.lines().next().and_then(|it| it.strip_prefix("# ")).map(str::trim);
    let publisher = stated(text, "publisher");
    let day = stated(text, "date").and_then(|it| it.get(..10));
    let licence = stated(text, "license").map(|it| match it {
        "https://creativecommons.org/licenses/by-sa/4.0/" => format!("CC BY-SA 4.0, {it}"),
        it => it.to_owned(),
    });
    let parts = [title, publisher, day].into_iter().flatten().map(str::to_owned).chain(licence);
    let parts = parts.collect::<Vec<_>>().join(", ");
    (!parts.is_empty()).then_some(parts)
}

/// A value in the head of the file: `#! license=…`.
fn stated<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    let head = text.lines().take_while(|it| it.starts_with('#'));
    let mut values = head.filter_map(|it| it.strip_prefix("#! ")?.split_once('='));
    values.find(|it| it.0 == key).map(|it| it.1.trim())
}

/// The simplified word of a line and its senses.
fn parts(line: &str) -> Option<(&str, &str)> {
    if line.starts_with('#') {
        return None;
    }
    let (_traditional, rest) = line.split_once(' ')?;
    let (simplified, rest) = rest.split_once(" [")?;
    let (_pinyin, rest) = rest.split_once("] /")?;
    let senses = rest.trim_end().strip_suffix('/')?;
    (!simplified.contains(' ')).then_some((simplified, senses))
}

fn word(line: &str) -> Option<Entry> {
    let (simplified, rest) = parts(line)?;
    if simplified.is_empty() || !simplified.chars().all(|c| is_han(c) || c == '·') {
        return None;
    }
    let mut names = vec![simplified.to_owned()];
    for translation in rest.split('/').flat_map(translations) {
        if names.len() <= MOST_TRANSLATIONS && !names.contains(&translation) {
            names.push(translation);
        }
    }
    (names.len() > 1).then(|| Entry::new(Kind::Dictionary, names))
}

/// The translations in one sense of a word: `to fold; to bend (a branch)` gives `fold` and `bend`.
fn translations(sense: &str) -> impl Iterator<Item = String> {
    const REFERENCES: &str = "CL:|variant of|old variant|see |also written|used in|abbr. for|\
        Japanese variant|surname |erhua variant|archaic variant|also pr.|Taiwan pr.|same as|classifier for|(bound form)";
    let is_reference = REFERENCES.split('|').any(|it| sense.starts_with(it));
    let parts = without_brackets(if is_reference { "" } else { sense });
    let parts: Vec<String> = parts.split(';').filter_map(translation).collect();
    parts.into_iter()
}

/// One translation without its article or `to`; `None` for a definition or a function word.
fn translation(text: &str) -> Option<String> {
    const SMALL: &str = "a an the of to in on at by for and or is are be it its he she they we you \
        I with from as not no this that up out off so do did has have had was were will can";
    let words: Vec<&str> = text.split_whitespace().collect();
    let lead =
        words.iter().take_while(|it| matches!(**it, "to" | "a" | "an" | "the" | "lit." | "fig."));
    let lead = lead.count();
    let words = words.get(lead..)?;
    let name = words.join(" ");
    let is_plain = |c: char| c.is_ascii_alphanumeric() || " -'.&".contains(c);
    let is_name = (1..=MOST_WORDS).contains(&words.len())
        && name.len() > 1
        && name.chars().all(is_plain)
        && name.contains(|c: char| c.is_ascii_alphabetic())
        && !SMALL.split_whitespace().any(|it| it == name);
    is_name.then_some(name)
}

/// The text without its bracketed parts.
fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}
