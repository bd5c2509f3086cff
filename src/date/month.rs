//! Names of months before or after a number, in English and in the languages of common European
//! sites.

use std::collections::HashMap;
use std::iter::repeat;
use std::sync::LazyLock;

/// The names of each month in lower case. Short forms that are English words (`ago`, `out`, `set`)
/// are left out.
const NAMES: [&str; 12] = [
    "enero gennaio jan janeiro januar januari january janv janvier jänner января",
    "feb feber febbraio febrero februar februari february fevereiro févr février февраля",
    "maart mar march mars marts marzo março mär märz марта",
    "abril apr april aprile avr avril апреля",
    "maggio mai maj may mayo maio mei мая",
    "giugno jun june junho juni junio juin июня",
    "jul juli julho julio july juil juillet luglio июля",
    "agosto août aug august augusti augustus августа",
    "sep sept september septembre septiembre setembro settembre сентября",
    "oct october octobre octubre okt oktober ottobre outubro октября",
    "nov november novembre novembro noviembre ноября",
    "dec december dezember dezembro dez diciembre dicembre déc décembre desember декабря",
];

static MONTHS: LazyLock<HashMap<&str, u8>> = LazyLock::new(|| {
    let names =
        NAMES.iter().zip(1..).flat_map(|(names, month)| names.split(' ').zip(repeat(month)));
    names.collect()
});

/// The bytes of the longest name, with some margin.
const LONGEST: usize = 20;

/// The month that the word names. Called for the word after every number of a text.
fn named(word: &str) -> Option<u8> {
    let may_name = (3..=LONGEST).contains(&word.len());
    may_name.then(|| MONTHS.get(word.to_lowercase().as_str()).copied()).flatten()
}

/// The month whose name stands at `at`, and the offset after the name and its dot.
pub(super) fn after(text: &str, at: usize) -> Option<(u8, usize)> {
    let rest = text.get(at..)?;
    let end = rest.find(|it: char| !it.is_alphabetic()).unwrap_or(rest.len());
    let number = named(rest.get(..end)?)?;
    let is_dotted = rest.as_bytes().get(end) == Some(&b'.');
    Some((number, at + end + usize::from(is_dotted)))
}

/// The month whose name stands before `at`, and the offset of the name. Blanks, a dot or a comma
/// may stand between.
pub(super) fn before(text: &str, at: usize) -> Option<(u8, usize)> {
    let before = text.get(..at)?;
    let word_end = before.trim_end_matches([' ', '\t', '.', ',', '-', '\u{A0}']);
    // A number joined to letters is a name (`may12`); one far away belongs to another sentence.
    if word_end.len() == at || at - word_end.len() > 4 {
        return None;
    }
    let start = word_end.trim_end_matches(char::is_alphabetic).len();
    Some((named(word_end.get(start..)?)?, start))
}
