//! Short lines around a page's story: menus, lists of other stories, columns of links.
//!
//! No such line can be told from a table or a list by itself. So they go only where there is a
//! story that stands out, outside of it, on a side that shows itself to be the page's own: other
//! rules have found furniture there, or its lines stand above and below, or a menu's length
//! of them stands over the headline. What stands between the story and the furniture nearest to it
//! belongs to the story. Never a sentence goes, nor a line right above one.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::heading::{ABOVE_LINES, is_title_case};
use super::line::{Line, words};
use crate::text::is_han;

/// Less than this is no story that stands out.
const STORY_WORDS: usize = 100;
const STORY_LINES: usize = 3;

/// A line of running text speaks for the story by its words less `TEASER`, any other speaks
/// against it. A long story bridges the captions and tables within it, and a teaser of another
/// story does not bridge the names and buttons around it.
const TEASER: usize = 10;
const MOST_FOR: usize = 40;
const AGAINST: usize = 5;

/// A side of the story with fewer lines of known furniture may be a table or an appendix.
const KNOWN: usize = 3;

/// Two lines of furniture with so few others between them tell of each other.
const NEAR_LINES: usize = 3;

/// So many short lines at the head of a page are a menu; the head of a letter has fewer.
const MENU_LINES: usize = 12;

/// A text's table of contents: so many of the lines above are headings further down.
const CONTENTS_LINES: usize = 3;

/// The words of a menu's names; longer lines are headlines, and still longer ones are told.
const NAME: usize = 4;
const HEADLINE: usize = 16;

/// The lines of the page's story, from its first running text to its last; nothing where no story
/// stands out. `known` are the numbers of the lines that other rules dropped, sorted.
///
/// It is the stretch with the greatest sum of what speaks for its lines (Kadane's scan).
///
/// Where none does so clearly, as between the pictures and captions of a recipe, short lines are
/// told as well.
pub(super) fn story(lines: &[Line], known: &[u32]) -> Option<Range<usize>> {
    stretch(lines, known, TEASER).or_else(|| stretch(lines, known, 0))
}

fn stretch(lines: &[Line], known: &[u32], teaser: usize) -> Option<Range<usize>> {
    let (mut best, mut open) = (Stretch::default(), Stretch::default());
    let mut gone_before = 0;
    for (at, line) in lines.iter().enumerate() {
        let gone = known.partition_point(|it| *it < line.number);
        open.score = open.score.saturating_sub((gone - gone_before) * AGAINST);
        gone_before = gone;
        if !is_told(line) {
            open.score = open.score.saturating_sub(AGAINST);
            continue;
        }
        if open.score == 0 {
            open = Stretch { range: at..at, ..Stretch::default() };
        }
        open.add(line.words(), teaser, at);
        let is_story = open.lines >= STORY_LINES && open.words >= STORY_WORDS;
        if is_story && open.score > best.score {
            best = open.clone();
        }
    }
    (best.score > 0).then_some(best.range)
}

/// Lines that may be a story.
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

/// Which of the lines outside of the story are listed only: their places, sorted. `story` begins
/// with its headline, its running text at line `text`; `known` are the numbers of the lines that other rules dropped, sorted.
pub(super) fn listed(
    lines: &[Line],
    story: &Range<usize>,
    text: usize,
    known: &[u32],
) -> Vec<usize> {
    // Of several running texts any may be the one that the headline stands over.
    let first = lines.iter().position(is_told).map_or(text, |it| it.min(text));
    let head = first.saturating_sub(ABOVE_LINES);
    let page = Page { lines, story, head, known, echoes: echoes(lines, story) };
    page.listed()
}

struct Page<'a> {
    lines: &'a [Line<'a>],
    story: &'a Range<usize>,
    /// From here on the headline may stand.
    head: usize,
    known: &'a [u32],
    echoes: Vec<usize>,
}

impl Page<'_> {
    /// The places of the furniture that others found above the story and below it, each sorted:
    /// known lines, and echoes where anything else says that the text was taken from a page.
    /// Nothing where there is too little of it.
    fn evidence(&self, menu: usize) -> [Vec<usize>; 2] {
        let (start, end) =
            (self.number(self.story.start), self.number(self.story.end.saturating_sub(1)));
        let known = |it: &&u32| **it < start || **it > end;
        let rows = self.lines.iter().enumerate();
        let rows = rows.filter(|(at, it)| !self.story.contains(at) && it.is_row());
        let mut found: Vec<(u32, usize)> =
            self.known.iter().filter(known).map(|it| (*it, self.place(*it))).collect();
        found.extend(rows.map(|(at, it)| (it.number, at)));
        if menu > 0 || !found.is_empty() {
            found.extend(self.echoes.iter().map(|at| (self.number(*at), *at)));
        }
        found.sort_unstable();
        found.dedup();
        if menu == 0 && found.len() < KNOWN {
            found.clear();
        }
        let split = found.partition_point(|(number, _)| *number < start);
        let (above, below) = found.split_at(split);
        [above, below].map(|it| it.iter().map(|it| it.1).collect())
    }

    /// The menu over the story: all down to the last furniture above it, and, where a menu stands
    /// at the head of the page, as far as this goes. What follows the first furniture below it;
    /// before that stands the story's end, such as a caption or a credit.
    fn listed(&self) -> Vec<usize> {
        let menu = self.menu();
        let [above, below] = self.evidence(menu);
        let end = above.last().map_or(0, |it| self.names_from(*it)).max(menu).min(self.story.start);
        let most = |at: usize| if at < self.head { HEADLINE } else { NAME };
        let above = (0..end).filter(|at| self.is_listed(*at, most(*at)));
        let from = self.first_below(&below);
        let below = (from..self.lines.len()).filter(|at| self.is_listed(*at, HEADLINE));
        above.chain(below).collect()
    }

    /// Where the furniture below the story begins. A heading such as `Search and Navigation` stands
    /// right over long lines, and no other furniture is near.
    fn first_below(&self, below: &[usize]) -> usize {
        let stands_over_long =
            |at: usize| self.lines.get(at).is_some_and(|it| is_said(it) || it.weight() > HEADLINE);
        let is_first = |it: &usize| {
            let next = below.iter().find(|other| *other > it);
            !stands_over_long(*it) || next.is_some_and(|other| other - it <= NEAR_LINES)
        };
        below.iter().copied().find(is_first).unwrap_or(self.lines.len())
    }

    /// Where the menu at the head of the page ends; 0 where there is none, but a letter's head or
    /// a table of contents.
    fn menu(&self) -> usize {
        let above = self.lines.get(..self.story.start).unwrap_or_default();
        let first = above.iter().position(is_name).unwrap_or(above.len());
        let rest = above.get(first..).unwrap_or_default();
        let open = rest.iter().position(|it| it.is_closed()).unwrap_or(rest.len());
        let open = rest.get(..open).unwrap_or_default();
        let Some(last) = open.iter().rposition(is_name) else { return 0 };
        let names = open.iter().filter(|it| is_name(it));
        let count = names.clone().count();
        if count < MENU_LINES || count * 2 <= last {
            return 0;
        }
        let story = self.lines.get(self.story.start..).unwrap_or_default();
        let story: HashSet<&str> = story.iter().map(|it| it.text).collect();
        let headings = names.filter(|it| story.contains(it.text)).count();
        if headings < CONTENTS_LINES { first + last + 1 } else { 0 }
    }

    /// How far the names of a menu go on from furniture in their midst.
    fn names_from(&self, at: usize) -> usize {
        let rest = self.lines.get(at + 1..self.story.start).unwrap_or_default();
        // A slogan may stand between the names.
        let goes_on = |it: &&[Line]| {
            it.iter().all(|it| !it.is_closed()) && it.iter().filter(|it| is_name(it)).count() > 1
        };
        let windows = rest.windows(3).take_while(goes_on).count();
        let names = rest.iter().skip(windows).take(2).take_while(|it| is_name(it));
        at + 1 + windows + names.count()
    }

    fn is_listed(&self, at: usize, most: usize) -> bool {
        let headline = self.lines.get(self.story.start).map(|it| it.text);
        let stands_over_text = self.lines.get(at + 1).is_some_and(is_said);
        let is_short = |it: &Line| {
            // `What Is Left of the Silk Road?` is a headline, `What is left of it?` is said.
            let is_open = !it.is_closed()
                || it.text.ends_with([':', '：', '…', ',', '，'])
                || it.text.ends_with(['?', '!']) && is_headline(it.text);
            it.is_row() || is_open && it.weight() <= most && !it.text.contains(". ")
        };
        let is_short =
            self.lines.get(at).is_some_and(|it| is_short(it) && Some(it.text) != headline);
        is_short && (!stands_over_text || self.echoes.binary_search(&at).is_ok())
    }

    fn number(&self, at: usize) -> u32 {
        self.lines.get(at).map_or(u32::MAX, |it| it.number)
    }

    /// The place of the first line after line `number` of the file.
    fn place(&self, number: u32) -> usize {
        self.lines.partition_point(|it| it.number < number)
    }
}

/// Lines that stand both above and below the story, as a menu's do in a page's head and foot: their
/// places, sorted.
fn echoes(lines: &[Line], story: &Range<usize>) -> Vec<usize> {
    let is_button = |it: &Line| {
        !it.is_closed() && it.weight() <= HEADLINE && it.text.chars().any(char::is_alphabetic)
    };
    let outside = lines.iter().enumerate().filter(|(at, it)| !story.contains(at) && is_button(it));
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    outside.for_each(|(at, it)| places.entry(it.text).or_default().push(at));
    let headline = lines.get(story.start).map(|it| it.text);
    // A refrain stands below the story alone.
    let is_echo = |(text, places): &(&str, Vec<usize>)| {
        let is_above = places.first().is_some_and(|it| *it < story.start);
        let is_below = places.last().is_some_and(|it| *it >= story.end);
        Some(*text) != headline && is_above && is_below
    };
    let mut echoes: Vec<usize> =
        places.into_iter().filter(is_echo).flat_map(|(_, places)| places).collect();
    echoes.sort_unstable();
    echoes
}

fn is_name(line: &Line) -> bool {
    !line.is_closed() && line.weight() <= NAME
}

/// Whether a line is running text; a Chinese headline of another story has a dozen characters.
fn is_told(line: &Line) -> bool {
    let weight = line.weight();
    line.is_prose() && weight >= if line.is_closed() { 10 } else { 30 }
}

/// Whether a line says something, be it in a few words.
fn is_said(line: &Line) -> bool {
    is_told(line) || line.text.ends_with(['.', '。', '”']) && line.weight() > NAME
}

fn is_headline(line: &str) -> bool {
    words(line) > NAME && is_title_case(line) && !line.chars().any(is_han)
}
