//! Makes text from documents safe for a terminal.

use std::borrow::Cow;

/// The text without characters that could steer a terminal or reorder what it shows.
///
/// Removed are control characters except line feed and tab (so no escape sequence survives),
/// bidirectional overrides, embeddings and isolates, and byte order marks. A carriage return before
/// a line feed is removed too.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_visible) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|it| is_visible(*it)).collect())
}

/// The JSON with escapes such as `\u001b` for the characters that [`visible`] would remove: the
/// same values, safe for a terminal. Outside of strings JSON contains no such characters.
#[must_use]
pub fn visible_json(json: &str) -> Cow<'_, str> {
    if json.chars().all(is_visible) {
        return Cow::Borrowed(json);
    }
    let mut safe = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        if is_visible(c) {
            safe.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            safe.push_str(&format!("\\u{unit:04x}"));
        }
    }
    Cow::Owned(safe)
}

/// Whether a terminal shows the character and cannot be steered by it.
pub(crate) fn is_visible(c: char) -> bool {
    match c {
        '\n' | '\t' => true,
        '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' => false,
        '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{2028}' | '\u{2029}' => false,
        '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => false,
        _ => !c.is_control(),
    }
}
