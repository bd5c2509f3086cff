//! Finds brackets in a text, with a fast scan because most texts contain none.

/// The longest content of brackets, in bytes.
const LONGEST_INNER_BYTES: usize = 160;
/// The most text before a bracket that is kept, in bytes.
const BEFORE_BYTES: usize = 240;
/// The most text after a bracket that is kept, in bytes.
const AFTER_BYTES: usize = 120;

/// A pair of brackets on one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bracket<'a> {
    /// The text before it on its line, at most [`BEFORE_BYTES`], without blanks at the end.
    pub(super) before: &'a str,
    /// Its content, without blanks at the ends.
    pub(super) inner: &'a str,
    /// The text after it on its line, at most [`AFTER_BYTES`].
    pub(super) after: &'a str,
}

/// The innermost brackets of a text, in order: `()`, `[]`, `（）`, `［］`.
pub(super) fn brackets(text: &str) -> impl Iterator<Item = Bracket<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let open = at + open_bracket(text.as_bytes().get(at..)?)?;
            let c = text.get(open..)?.chars().next()?;
            at = open + c.len_utf8();
            let window = text.get(at..text.floor_char_boundary(at + LONGEST_INNER_BYTES))?;
            let end = window.find(|c| is_close(c) || is_open(c) || c == '\n');
            let Some(inner) = end.and_then(|it| window.get(..it)) else { continue };
            let close = window.get(inner.len()..)?.chars().next().filter(|c| is_close(*c));
            let Some(close) = close else { continue };
            let after = text.get(at + inner.len() + close.len_utf8()..)?;
            let after = after.get(..after.floor_char_boundary(AFTER_BYTES))?;
            let after = after.split('\n').next()?;
            let from = text.ceil_char_boundary(open.saturating_sub(BEFORE_BYTES));
            let before = text.get(from..open)?;
            let line = before.rfind('\n').map_or(0, |it| it + 1);
            let before = before.get(line..)?.trim_end();
            let inner = inner.trim();
            if !inner.is_empty() && !before.is_empty() {
                return Some(Bracket { before, inner, after });
            }
        }
    })
}

/// The offset of the next opening bracket.
fn open_bracket(bytes: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        // `（` and `［` start with 0xEF, as most full-width punctuation does.
        let at = from + memchr::memchr3(b'(', b'[', 0xEF, bytes.get(from..)?)?;
        let full_width = ["（".as_bytes(), "［".as_bytes()];
        let rest = bytes.get(at..)?;
        if rest.first() != Some(&0xEF) || full_width.iter().any(|it| rest.starts_with(it)) {
            return Some(at);
        }
        from = at + 1;
    }
}

fn is_open(c: char) -> bool {
    matches!(c, '(' | '[' | '（' | '［')
}

fn is_close(c: char) -> bool {
    matches!(c, ')' | ']' | '）' | '］')
}
