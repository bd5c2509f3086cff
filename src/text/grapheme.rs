//! What a reader sees as one character, and how wide it stands on a terminal.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::Span;

/// The spans of the grapheme clusters of a text (UAX #29), in order and without gaps.
pub fn graphemes(text: &str) -> impl Iterator<Item = Span> {
    text.grapheme_indices(true).map(|(at, it)| Span::new(at, at + it.len()))
}

/// The columns that a text takes on a terminal: a Han character takes two.
#[must_use]
pub fn width(text: &str) -> usize {
    if text.bytes().all(|it| (0x20..0x7f).contains(&it)) { text.len() } else { text.width() }
}
