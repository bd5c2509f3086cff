//! Short lines around a page's story: menus, lists of other stories, columns of links.
//!
//! No such line can be told from a table or a list by itself. So they go only where there is a
//! story that stands out, outside of it, on a side where other rules have found furniture, and
//! never a sentence, nor a line that stands right above one.

use std::ops::Range;

use super::line::{Line, is_row};

/// Less than this is no story that stands out.
const STORY_WORDS: usize = 100;
const STORY_LINES: usize = 3;

/// Lines of running text with more other lines between them belong to two stories.
const GAP: usize = 8;

/// A side of the story with fewer lines of known furniture may be a table or an appendix.
const KNOWN: usize = 3;

/// Longer lines are told, not listed: above the story, where its headline is, the names of a menu,
/// below it headlines of other stories.
const WORDS_ABOVE: usize = 4;
const WORDS_BELOW: usize = 16;

/// The lines of the page's story, from its first running text to its last; nothing where no story
/// stands out.
pub(super) fn story(lines: &[Line]) -> Option<Range<usize>> {
    let mut best: Option<(usize, Range<usize>)> = None;
    let mut open: Option<(usize, usize, Range<usize>)> = None;
    for (at, line) in lines.iter().enumerate().filter(|(_, it)| it.is_prose()) {
        let (words, count, range) = match open.take() {
            Some((words, count, range)) if at - range.end <= GAP => {
                (words, count, range.start..at + 1)
            }
            _ => (0, 0, at..at + 1),
        };
        let (words, count) = (words + line.words(), count + 1);
        if count >= STORY_LINES && best.as_ref().is_none_or(|(most, _)| words > *most) {
            best = Some((words, range.clone()));
        }
        open = Some((words, count, range));
    }
    best.filter(|(words, _)| *words >= STORY_WORDS).map(|(_, range)| range)
}

/// Which of the lines outside of the story are listed only. `known` are the numbers of the lines
/// that other rules dropped, sorted.
pub(super) fn listed(lines: &[Line], story: &Range<usize>, known: &[u32]) -> Vec<usize> {
    let number = |at: usize| lines.get(at).map_or(u32::MAX, |it| it.number);
    let (start, end) = (number(story.start), number(story.end.saturating_sub(1)));
    let above = known.get(..known.partition_point(|it| *it < start)).unwrap_or_default();
    let below = known.get(known.partition_point(|it| *it <= end)..).unwrap_or_default();
    let mut listed = Vec::new();
    if above.len() >= KNOWN {
        listed.extend((0..story.start).filter(|at| is_listed(lines, *at, WORDS_ABOVE)));
    }
    if let (true, Some(first)) = (below.len() >= KNOWN, below.first()) {
        // Up to the first furniture the lines are the story's end: a caption, a credit.
        let after = (story.end..lines.len()).filter(|at| number(*at) > *first);
        listed.extend(after.filter(|at| is_listed(lines, *at, WORDS_BELOW)));
    }
    listed
}

fn is_listed(lines: &[Line], at: usize, words: usize) -> bool {
    let stands_over_text = lines.get(at + 1).is_some_and(Line::is_prose);
    let is_short = |it: &Line| {
        is_row(it.text) || !it.is_closed() && it.words() <= words && !it.text.contains(". ")
    };
    !stands_over_text && lines.get(at).is_some_and(is_short)
}
