//! Finds the story of a page among its lines: the stretch of running text.

use std::ops::Range;

use crate::article::line::Line;

/// A story has at least this much.
const STORY: Least = Least { lines: 3, words: 100 };

/// On a page with at least `PAGE_LINES` lines of known furniture, a paragraph or two count as the
/// story.
const NOTE: Least = Least { lines: 1, words: 50 };
const PAGE_LINES: usize = 5;

/// A line of running text adds its number of words minus `TEASER` to the score of a stretch, any
/// other line takes `AGAINST` away. So a long story bridges the captions and tables within it, but
/// the teaser of another story does not bridge the names and buttons around it.
const TEASER: usize = 10;
const MOST_FOR: usize = 40;
const AGAINST: usize = 5;

/// A line of this few words is not counted as speech.
const FEW: usize = 4;

/// Finds the lines of the page's story, from its first running text to its last; `None` where no
/// story stands out. `known` are the numbers of the lines that other rules dropped, sorted.
///
/// The story is the stretch with the greatest score (Kadane's algorithm). Where no stretch has a
/// good score, as between the pictures and captions of a recipe, short lines count as well. On a
/// text that is certain to be a page, a note of a paragraph counts as a story.
pub(crate) fn find_story(lines: &[Line], known: &[u32]) -> Option<Range<usize>> {
    stretch(lines, known, TEASER, STORY)
        .or_else(|| stretch(lines, known, 0, STORY))
        .or_else(|| from_first_to_last(lines).filter(|_| known.len() >= STORY.lines))
        .or_else(|| note(lines, known).filter(|_| known.len() >= PAGE_LINES))
}

/// The page's note, if it holds more than half of the page's running text.
fn note(lines: &[Line], known: &[u32]) -> Option<Range<usize>> {
    let narrative =
        |lines: &[Line]| lines.iter().filter(|it| is_narrative(it)).map(Line::words).sum();
    let all: usize = narrative(lines);
    let note = stretch(lines, known, TEASER, NOTE)?;
    let inside: usize = narrative(lines.get(note.clone())?);
    (inside * 2 > all).then_some(note)
}

/// Everything from the first running text to the last, for pages made of pieces, such as product
/// pages.
fn from_first_to_last(lines: &[Line]) -> Option<Range<usize>> {
    let narrative = || lines.iter().enumerate().filter(|(_, it)| is_narrative(it));
    let words: usize = narrative().map(|(_, it)| it.words()).sum();
    let is_story = narrative().count() >= STORY.lines && words >= STORY.words;
    let (first, last) = narrative().next().zip(narrative().next_back())?;
    is_story.then_some(first.0..last.0 + 1)
}

fn stretch(lines: &[Line], known: &[u32], teaser: usize, least: Least) -> Option<Range<usize>> {
    let (mut best, mut open) = (Stretch::default(), Stretch::default());
    let mut gone_before = 0;
    for (at, line) in lines.iter().enumerate() {
        let gone = known.partition_point(|it| *it < line.number);
        open.score = open.score.saturating_sub((gone - gone_before) * AGAINST);
        gone_before = gone;
        if !is_narrative(line) {
            open.score = open.score.saturating_sub(AGAINST);
            continue;
        }
        if open.score == 0 {
            open = Stretch { range: at..at, ..Stretch::default() };
        }
        open.add(line.words(), teaser, at);
        let is_story = open.lines >= least.lines && open.words >= least.words;
        if is_story && open.score > best.score {
            best = open.clone();
        }
    }
    (best.score > 0).then_some(best.range)
}

/// The least length of a story.
#[derive(Clone, Copy)]
struct Least {
    lines: usize,
    words: usize,
}

/// A stretch of lines that may be a story, and its score.
#[derive(Clone, Default)]
struct Stretch {
    score: usize,
    words: usize,
    lines: usize,
    range: Range<usize>,
}

impl Stretch {
    fn add(&mut self, words: usize, teaser: usize, at: usize) {
        self.score += words.saturating_sub(teaser).clamp(1, MOST_FOR);
        self.words += words;
        self.lines += 1;
        self.range.end = at + 1;
    }
}

/// Whether a line is running text. The weight excludes Chinese headlines, which have a dozen
/// characters.
pub(crate) fn is_narrative(line: &Line) -> bool {
    let weight = line.weight();
    line.is_prose() && weight >= if line.is_closed() { 10 } else { 30 }
}

/// Whether a line is running text or a short sentence.
pub(crate) fn is_speech(line: &Line) -> bool {
    is_narrative(line) || line.text.ends_with(['.', '。', '”']) && line.weight() > FEW
}
