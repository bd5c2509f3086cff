//! Text from documents made safe for a terminal.

use std::borrow::Cow;

/// The text without the characters that could steer a terminal or reorder what it shows.
///
/// Removed: control characters but line feed and tab (so no escape sequence survives), the
/// bidirectional overrides, embeddings and isolates, and byte order marks. A carriage return
/// before a line feed goes with them.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_visible) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|it| is_visible(*it)).collect())
}

fn is_visible(c: char) -> bool {
    match c {
        '\n' | '\t' => true,
        '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' => false,
        '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{2028}' | '\u{2029}' => false,
        '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => false,
        _ => !c.is_control(),
    }
}
