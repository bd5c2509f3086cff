//! The lines of a text, with what their shape tells.

/// A line that has something to see, without the white space around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    /// The line of the file, counted from 1.
    pub(super) number: u32,
    /// Whether a blank line, or the start of the text, stands before it.
    pub(super) opens: bool,
}

/// The visible lines of a text whose first line is number `first` of its file.
pub(super) fn lines(text: &str, first: u32) -> Vec<Line<'_>> {
    let mut found = Vec::with_capacity(text.len() / 64 + 1);
    let mut opens = true;
    for (line, number) in text.split('\n').zip(first..) {
        let line = line.trim_matches(is_blank);
        if line.is_empty() {
            opens = true;
        } else {
            found.push(Line { text: line, number, opens });
            opens = false;
        }
    }
    found
}

/// White space, the BOM and zero-width characters.
fn is_blank(it: char) -> bool {
    it.is_whitespace() || matches!(it, '\u{FEFF}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\0')
}

impl Line<'_> {
    /// Words by blanks; a Han character counts as a word of its own from the second on.
    pub(super) fn words(&self) -> usize {
        words(self.text)
    }

    /// Whether the line ends as a sentence does; brackets and quotes behind the mark are allowed.
    pub(super) fn is_closed(&self) -> bool {
        is_closed(self.text)
    }

    /// Whether the line reads as running text: a closed line of some length, or a long one.
    pub(super) fn is_prose(&self) -> bool {
        let words = self.words();
        (words >= 30 || words >= 10 && self.is_closed()) && !is_row(self.text)
    }
}

/// Whether the line is a row of names with marks between: a menu, or a row of a table.
pub(super) fn is_row(text: &str) -> bool {
    let marks = ['|', '｜', '•', '▪', '·', '»'];
    let count = text.chars().filter(|it| marks.contains(it)).count();
    count >= 3 && words(text) <= (count + 1) * 8
}

/// Japanese has no blanks either.
pub(super) fn is_kana(it: char) -> bool {
    matches!(it, '\u{3041}'..='\u{30FF}')
}

pub(super) fn words(text: &str) -> usize {
    let mut words = 0;
    let mut is_inside = false;
    for it in text.chars() {
        if it.is_whitespace() {
            is_inside = false;
        } else if crate::text::is_han(it) || is_kana(it) {
            words += 1;
            is_inside = false;
        } else if !is_inside && it.is_alphanumeric() {
            words += 1;
            is_inside = true;
        }
    }
    words
}

pub(super) fn is_closed(text: &str) -> bool {
    let closing = |it: char| {
        matches!(it, '"' | '\'' | ')' | ']' | '”' | '’' | '」' | '』' | '）' | '】' | '》')
    };
    let bare = text.trim_end_matches(closing);
    bare.ends_with(['.', '!', '?', '。', '！', '？', '…', ';', '；', ':', '：', ',', '，'])
}
