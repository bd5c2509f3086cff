//! Names of months before or after a number, in English and in the languages of common European
//! sites.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The names in lower case, sorted. Short forms that are English words (`ago`, `out`, `set`) are
/// left out.
const NAMES: &[(&str, u8)] = &[
    ("abril", 4),
    ("agosto", 8),
    ("août", 8),
    ("apr", 4),
    ("april", 4),
    ("aprile", 4),
    ("aug", 8),
    ("august", 8),
    ("augusti", 8),
    ("augustus", 8),
    ("avr", 4),
    ("avril", 4),
    ("dec", 12),
    ("december", 12),
    ("dezember", 12),
    ("dezembro", 12),
    ("dez", 12),
    ("diciembre", 12),
    ("dicembre", 12),
    ("déc", 12),
    ("décembre", 12),
    ("enero", 1),
    ("feb", 2),
    ("feber", 2),
    ("febbraio", 2),
    ("febrero", 2),
    ("februar", 2),
    ("februari", 2),
    ("february", 2),
    ("fevereiro", 2),
    ("févr", 2),
    ("février", 2),
    ("gennaio", 1),
    ("giugno", 6),
    ("jan", 1),
    ("janeiro", 1),
    ("januar", 1),
    ("januari", 1),
    ("january", 1),
    ("janv", 1),
    ("janvier", 1),
    ("jul", 7),
    ("juli", 7),
    ("julho", 7),
    ("julio", 7),
    ("july", 7),
    ("jun", 6),
    ("june", 6),
    ("junho", 6),
    ("juni", 6),
    ("junio", 6),
    ("juil", 7),
    ("juillet", 7),
    ("juin", 6),
    ("jänner", 1),
    ("luglio", 7),
    ("maart", 3),
    ("maggio", 5),
    ("mai", 5),
    ("maj", 5),
    ("mar", 3),
    ("march", 3),
    ("mars", 3),
    ("marts", 3),
    ("marzo", 3),
    ("março", 3),
    ("may", 5),
    ("mayo", 5),
    ("maio", 5),
    ("mei", 5),
    ("mär", 3),
    ("märz", 3),
    ("nov", 11),
    ("november", 11),
    ("novembre", 11),
    ("novembro", 11),
    ("noviembre", 11),
    ("oct", 10),
    ("october", 10),
    ("octobre", 10),
    ("octubre", 10),
    ("okt", 10),
    ("oktober", 10),
    ("ottobre", 10),
    ("outubro", 10),
    ("sep", 9),
    ("sept", 9),
    ("september", 9),
    ("septembre", 9),
    ("septiembre", 9),
    ("setembro", 9),
    ("settembre", 9),
    ("desember", 12),
    ("января", 1),
    ("февраля", 2),
    ("марта", 3),
    ("апреля", 4),
    ("мая", 5),
    ("июня", 6),
    ("июля", 7),
    ("августа", 8),
    ("сентября", 9),
    ("октября", 10),
    ("ноября", 11),
    ("декабря", 12),
];

static MONTHS: LazyLock<HashMap<&str, u8>> = LazyLock::new(|| NAMES.iter().copied().collect());

/// The bytes of the longest name, with some margin.
const LONGEST: usize = 20;

/// The month that the word names. Called for the word after every number of a text, so it must be
/// fast.
fn named(word: &str) -> Option<u8> {
    if word.len() < 3 || word.len() > LONGEST {
        return None;
    }
    if !word.is_ascii() {
        return MONTHS.get(word.to_lowercase().as_str()).copied();
    }
    let mut lower = [0; LONGEST];
    let lower = lower.get_mut(..word.len())?;
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    MONTHS.get(std::str::from_utf8(lower).ok()?).copied()
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
    let tail = word_end.char_indices().rev().take_while(|(_, it)| it.is_alphabetic()).last()?;
    Some((named(word_end.get(tail.0..)?)?, tail.0))
}
