//! Wraps running text with highlighted ranges into lines of a width in display columns.
//!
//! Lines break at blanks and between Han characters, but not before closing or after opening
//! punctuation. A word longer than a line is cut.

use unicode_width::UnicodeWidthChar;

use super::look::{Look, Style};
use crate::text::visible;

/// Text with the ranges to highlight, and the styles of both parts.
pub(super) struct Marked<'a> {
    /// The text. White space of any kind is shown as one blank.
    pub(super) text: &'a str,
    /// Half-open byte ranges into the text, sorted and disjoint. Invalid ranges are not
    /// highlighted.
    pub(super) ranges: &'a [(usize, usize)],
    /// The style outside of the ranges.
    pub(super) base: Style,
    /// The style within the ranges.
    pub(super) marked: Style,
}

/// The blank at which no line may break.
const NO_BREAK: char = '\u{a0}';

/// One character of a line, with its width and style.
#[derive(Clone, Copy)]
struct Cell {
    character: char,
    columns: usize,
    style: Style,
    /// No line may break before it.
    is_glued: bool,
}

/// Appends the text as lines, each after `indent` and closed by a line feed.
pub(super) fn wrap(out: &mut String, look: &Look<'_>, text: &Marked<'_>, indent: &str) {
    let cells = cells(text, !look.has_colour);
    let columns = look.columns.saturating_sub(indent.len()).max(8);
    let mut rest = cells.as_slice();
    while !rest.is_empty() {
        let (line, after) = first_line(rest, columns);
        out.push_str(indent);
        write_line(out, look, line);
        out.push('\n');
        rest = after;
    }
}

/// Appends as much of the text as fits on one line, without a line feed; `…` replaces the rest.
pub(super) fn truncate(out: &mut String, look: &Look<'_>, text: &Marked<'_>, columns: usize) {
    let cells = cells(text, !look.has_colour);
    if width(&cells) <= columns {
        return write_line(out, look, &cells);
    }
    let mut used = 1;
    let fits = cells.iter().take_while(|it| {
        used += it.columns;
        used <= columns
    });
    let kept = fits.count();
    write_line(out, look, cells.get(..kept).unwrap_or_default());
    out.push('…');
}

fn width(cells: &[Cell]) -> usize {
    cells.iter().map(|it| it.columns).sum()
}

/// The characters to show. Without colour, asterisks stand around highlighted ranges.
fn cells(text: &Marked<'_>, has_asterisks: bool) -> Vec<Cell> {
    let mut cells = Vec::with_capacity(text.text.len());
    let mut at = 0;
    for &(start, end) in text.ranges {
        let (Some(before), Some(inside)) = (text.text.get(at..start), text.text.get(start..end))
        else {
            continue;
        };
        push(&mut cells, before, text.base);
        if has_asterisks {
            cells.push(Cell { character: '*', columns: 1, style: text.base, is_glued: false });
        }
        let first = cells.len();
        push(&mut cells, inside, text.marked);
        if has_asterisks {
            if let Some(cell) = cells.get_mut(first) {
                cell.is_glued = true;
            }
            cells.push(Cell { character: '*', columns: 1, style: text.base, is_glued: true });
        }
        at = end;
    }
    push(&mut cells, text.text.get(at..).unwrap_or_default(), text.base);
    while cells.last().is_some_and(|it| it.character == ' ') {
        cells.pop();
    }
    cells
}

fn push(cells: &mut Vec<Cell>, text: &str, style: Style) {
    for character in visible(text).chars() {
        let is_blank = character.is_whitespace() && character != NO_BREAK;
        let character = if is_blank { ' ' } else { character };
        if character == ' ' && cells.last().is_none_or(|it| it.character == ' ') {
            continue;
        }
        let columns = character.width().unwrap_or(0);
        cells.push(Cell { character, columns, style, is_glued: columns == 0 });
    }
}

/// Splits the cells into those of the first line and those after its break.
fn first_line(cells: &[Cell], columns: usize) -> (&[Cell], &[Cell]) {
    let mut used = 0;
    // The end of the line and the start of the next one; a blank at the break lies between.
    let mut cut = None;
    for (at, cell) in cells.iter().enumerate() {
        used += cell.columns;
        if cell.character == ' ' && used <= columns + 1 {
            cut = Some((at, at + 1));
            continue;
        }
        if used > columns && at > 0 {
            let (end, next) = cut.unwrap_or((at, at));
            return (cells.get(..end).unwrap_or_default(), cells.get(next..).unwrap_or_default());
        }
        let next_cell = cells.get(at + 1);
        if next_cell.is_some_and(|next| may_break(*cell, *next)) {
            cut = Some((at + 1, at + 1));
        }
    }
    (cells, &[])
}

/// Whether a line may break between two characters without a blank between them.
fn may_break(before: Cell, after: Cell) -> bool {
    let is_wide = before.columns == 2 || after.columns == 2;
    is_wide && !after.is_glued && !opens(before.character) && !closes(after.character)
}

fn opens(c: char) -> bool {
    "（〈《「『【〔“‘([{<".contains(c)
}

fn closes(c: char) -> bool {
    "）〉》」』】〕”’)]}>，。、；：？！,.;:?!…—％%".contains(c)
}

fn write_line(out: &mut String, look: &Look<'_>, cells: &[Cell]) {
    for piece in cells.chunk_by(|a, b| a.style == b.style) {
        let text: String = piece.iter().map(|it| it.character).collect();
        look.paint(out, piece.first().map_or(Style::Plain, |it| it.style), &text);
    }
}

#[cfg(test)]
mod tests {
    use super::{Look, Marked, Style, truncate, wrap};

    #[track_caller]
    fn check(text: &str, ranges: &[(usize, usize)], columns: usize, expected: &str) {
        let look = Look { columns, ..Look::plain() };
        let mut out = String::new();
        let marked = Marked { text, ranges, base: Style::Plain, marked: Style::Marked };
        wrap(&mut out, &look, &marked, "");
        assert_eq!(out, expected);
    }

    #[test]
    fn lines_break_at_blanks() {
        check("one two three four", &[], 9, "one two\nthree\nfour\n");
        check("exactly nine", &[], 12, "exactly nine\n");
    }

    #[test]
    fn lines_break_between_han_but_not_before_a_full_stop() {
        check("中国军事政治联盟。", &[], 16, "中国军事政治联\n盟。\n");
        check("说《中国军事》的", &[], 10, "说《中国军\n事》的\n");
    }

    #[test]
    fn a_long_word_is_cut() {
        check("abcdefghijkl", &[], 8, "abcdefgh\nijkl\n");
    }

    #[test]
    fn marks_stand_between_asterisks_and_are_not_torn_off() {
        check("a Wuhan train", &[(2, 7)], 80, "a *Wuhan* train\n");
        check("中国武汉市到莫斯科", &[(6, 12)], 9, "中国*武\n汉*市到莫\n斯科\n");
    }

    #[test]
    fn escapes_and_line_ends_never_get_through() {
        let look = Look { columns: 80, ..Look::plain() };
        let mut out = String::new();
        let text = "a\u{1b}[31m\nb\u{202e}c";
        let marked = Marked { text, ranges: &[], base: Style::Plain, marked: Style::Marked };
        wrap(&mut out, &look, &marked, "");
        assert!(!out.contains('\u{1b}') && !out.contains('\u{202e}'), "{out:?}");
        assert_eq!(out.lines().count(), 1);
    }

    #[test]
    fn truncation_counts_columns_and_says_so() {
        let mut out = String::new();
        let text = "中国军事政治联盟";
        let marked = Marked { text, ranges: &[], base: Style::Title, marked: Style::Marked };
        truncate(&mut out, &Look::plain(), &marked, 10);
        assert_eq!(out, "中国军事…");
    }
}
