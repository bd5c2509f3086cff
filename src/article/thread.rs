//! A text that holds a thread is split into its posts.

use std::collections::HashSet;

use xxhash_rust::xxh3::xxh3_64;

use super::line::Line;

/// `.`, `. .`, `. . .`: what is left of the frame between two posts when a thread is saved as text.
/// An ellipsis has no blanks.
pub(super) fn is_separator(line: &str) -> bool {
    let mut marks = line.split([' ', '\u{A0}']).filter(|it| !it.is_empty());
    marks.next() == Some(".") && marks.all(|it| it == ".") && line.len() <= 12
}

/// Two frames make a thread; a lone dot in a text is a slip.
const SEPARATORS: usize = 2;

/// The stretches between separators, as ranges of `lines` without the separators themselves; one
/// stretch where the text is no thread.
pub(super) fn posts(lines: &[Line]) -> Vec<std::ops::Range<usize>> {
    let separators = lines.iter().enumerate().filter(|(_, it)| is_separator(it.text));
    let at: Vec<usize> = separators.map(|(at, _)| at).collect();
    if at.len() < SEPARATORS {
        return std::iter::once(0..lines.len()).collect();
    }
    let starts = std::iter::once(0).chain(at.iter().map(|it| it + 1));
    let ends = at.iter().copied().chain(std::iter::once(lines.len()));
    starts.zip(ends).map(|(start, end)| start..end).collect()
}

/// Shorter lines are said twice by chance.
const QUOTED_BYTES: usize = 40;

/// The lines of the posts so far, to know them again where a later post quotes them.
#[derive(Default)]
pub(super) struct Said {
    lines: HashSet<u64>,
}

impl Said {
    /// How many lines at the start of a post were said before; 0 where the post is nothing but
    /// that, or where only short lines are alike.
    pub(super) fn quoted(&self, lines: &[Line]) -> usize {
        let known = lines.iter().take_while(|it| self.lines.contains(&key(it.text))).count();
        let is_telling = lines.iter().take(known).any(|it| it.text.len() >= QUOTED_BYTES);
        if is_telling && known < lines.len() { known } else { 0 }
    }

    /// Remembers what a post says itself.
    pub(super) fn add(&mut self, lines: &[Line]) {
        self.lines.extend(lines.iter().map(|it| key(it.text)));
    }
}

fn key(line: &str) -> u64 {
    xxh3_64(line.as_bytes())
}
