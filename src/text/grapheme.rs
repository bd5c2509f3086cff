//! Grapheme clusters (what a reader sees as one character) and their width on a terminal.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::span::Span;

/// The spans of the grapheme clusters of a text (UAX #29), in order and without gaps.
pub fn graphemes(text: &str) -> impl Iterator<Item = Span> {
    text.grapheme_indices(true).map(|(at, it)| Span::new(at, at + it.len()))
}

/// The number of terminal columns of a text; a Han character takes two.
#[must_use]
pub fn width(text: &str) -> usize {
    if text.bytes().all(|it| (0x20..0x7f).contains(&it)) { text.len() } else { text.width() }
}

/// A run of grapheme clusters with the same number of bytes and columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Graphemes {
    /// The byte at which the first one starts.
    pub start: usize,
    /// The number of clusters.
    pub count: usize,
    /// The bytes of each cluster.
    pub bytes: usize,
    /// The columns of each cluster.
    pub columns: usize,
}

/// Calls `each` with all grapheme clusters of a text, in order, as runs.
///
/// The result is that of [`graphemes`] and [`width`], without looking up printable ASCII, Chinese
/// characters and their punctuation in the Unicode tables.
pub fn columns(text: &str, mut each: impl FnMut(Graphemes)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let first = plain(bytes, at);
        at = first.map_or(at, |it| same_end(bytes, at, it));
        // A combining mark that follows belongs to the last one.
        if let Some((bytes, columns)) = first {
            let own = if begins_grapheme(text, at) { 0 } else { bytes };
            at -= own;
            let count = (at - start) / bytes;
            if count > 0 {
                each(Graphemes { start, count, bytes, columns });
            }
            if own == 0 {
                continue;
            }
        }
        let end = rare_end(text, at);
        let part = text.get(at..end).unwrap_or_default();
        for it in graphemes(part) {
            let (start, bytes, columns) = (at + it.start(), it.len(), width(it.of(part)));
            each(Graphemes { start, count: 1, bytes, columns });
        }
        at = end;
    }
}

/// Whether a grapheme cluster certainly begins at a byte, or the text ends there.
#[must_use]
pub fn begins_grapheme(text: &str, at: usize) -> bool {
    at >= text.len() || plain(text.as_bytes(), at).is_some()
}

/// The bytes and columns of a Chinese character.
const HAN: (usize, usize) = (3, 2);

/// The end of the run of plain characters with the same bytes and columns as the first.
fn same_end(bytes: &[u8], from: usize, first: (usize, usize)) -> usize {
    let (is_ascii, is_han) = (first == (1, 1), first == HAN);
    let mut at = from;
    loop {
        if is_ascii {
            at = printable_end(bytes, at);
        }
        // Covers nearly all Chinese characters; the check below covers the others.
        while is_han && matches!(bytes.get(at), Some(0xe5..=0xe9)) {
            at += 3;
        }
        match plain(bytes, at) {
            Some(it) if it == first => at += it.0,
            _ => return at,
        }
    }
}

/// The end of a run of printable ASCII.
#[inline]
fn printable_end(bytes: &[u8], from: usize) -> usize {
    const MANY: usize = 32;
    let mut at = from;
    let is_printable = |it: &u8| it.wrapping_sub(0x20) < 0x7f - 0x20;
    // Without a branch for each byte, so that the compiler vectorizes it.
    let are_printable =
        |many: &[u8; MANY]| many.iter().fold(true, |all, it| all & is_printable(it));
    while bytes.get(at..).and_then(<[u8]>::first_chunk).is_some_and(are_printable) {
        at += MANY;
    }
    at + bytes.iter().skip(at).take_while(|it| is_printable(it)).count()
}

/// The bytes and columns of a plain character: it begins a cluster whatever stands before it, and
/// ends it if another plain one follows.
#[inline]
fn plain(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    match bytes.get(at..)? {
        [0x20..=0x7e, ..] => Some((1, 1)),
        [b'\n', ..] => {
            (at.checked_sub(1).and_then(|it| bytes.get(it)) != Some(&b'\r')).then_some((1, 1))
        }
        // U+4E00 to U+9FFF, 、 to 】, ！ to ＿.
        [0xe4, 0xb8..=0xbf, _, ..] | [0xe5..=0xe9, _, _, ..] => Some(HAN),
        [0xe3, 0x80, 0x81..=0x91, ..] | [0xef, 0xbc, 0x81..=0xbf, ..] => Some(HAN),
        // À to ˿, U+0380 to U+047F, and ‐ to ‧: dashes, quotes, dots.
        [0xc3..=0xcb | 0xce..=0xd1, _, ..] => Some((2, 1)),
        [0xe2, 0x80, 0x90..=0xa7, ..] => Some((3, 1)),
        _ => None,
    }
}

/// The end of a part that needs the Unicode tables: after the first plain character that another
/// one follows.
fn rare_end(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        let length = match plain(bytes, at) {
            Some((length, _)) if begins_grapheme(text, at + length) => return at + length,
            Some((length, _)) => length,
            None => text.get(at..).and_then(|it| it.chars().next()).map_or(1, char::len_utf8),
        };
        at += length;
    }
    bytes.len()
}
