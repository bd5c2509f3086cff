//! The names of the months, read forwards and backwards from a number.

/// Lower case; a name counts from its third letter on when it is cut short (`Sept`, `Oct`).
const NAMES: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The month whose name, or its beginning, is the word; at least three letters.
fn named(word: &[u8]) -> Option<u8> {
    if word.len() < 3 || word.len() > 9 {
        return None;
    }
    let word = word.to_ascii_lowercase();
    let is_meant = |name: &str| name.as_bytes().starts_with(&word);
    let is_short = word.len() <= 4;
    let at = NAMES.iter().position(|it| is_meant(it) && (is_short || it.len() == word.len()))?;
    u8::try_from(at + 1).ok()
}

/// The month named at `at`, and the byte after it and its dot.
pub(super) fn after(bytes: &[u8], at: usize) -> Option<(u8, usize)> {
    let letters = bytes.get(at..)?.iter().take_while(|it| it.is_ascii_alphabetic()).count();
    let number = named(bytes.get(at..at + letters)?)?;
    let end = at + letters;
    Some((number, if bytes.get(end) == Some(&b'.') { end + 1 } else { end }))
}

/// The month named right before `at`, with blanks, a dot or a comma between, and its first byte.
pub(super) fn before(bytes: &[u8], at: usize) -> Option<(u8, usize)> {
    let mut end = at;
    while end > 0 && matches!(bytes[end - 1], b' ' | b'\t' | b'.' | b',' | b'-') && at - end < 3 {
        end -= 1;
    }
    let start =
        end - bytes.get(..end)?.iter().rev().take_while(|it| it.is_ascii_alphabetic()).count();
    if start == end || end == at && start > 0 && bytes[start - 1].is_ascii_alphanumeric() {
        return None;
    }
    Some((named(bytes.get(start..end)?)?, start))
}
