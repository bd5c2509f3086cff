//! Drops the short lines around a page's story: menus, lists of other stories, columns of links.
//!
//! A single line of a menu looks like a line of a table or a list. So these lines are dropped only
//! outside of a story that stands out, and only on a side that is clearly the page's own: other
//! rules found furniture there, lines stand both above and below the story, or as many short lines
//! as a menu has stand above the headline. Lines between the story and the nearest furniture belong
//! to the story. A sentence is never dropped, nor is the line right above one.

use std::collections::HashSet;
use std::ops::Range;

use super::page_view::{DroppedSet, HEADLINE, LEAST_KNOWN, NAME, PageView, goes_on_as_text};
use super::teasers;
use crate::article::content::{is_speech, is_title_case};
use crate::article::furniture;
use crate::article::line::{Line, words};
use crate::date;
use crate::text::is_han;

/// Two lines of furniture confirm each other when at most this many lines apart.
const NEAR_LINES: usize = 3;

/// This many short lines at the head of a page are a menu; the head of a letter has fewer.
const MENU_LINES: usize = 12;

/// This many lines that are headings further down make a table of contents.
const CONTENTS_LINES: usize = 3;

/// The longest headline, and the most headlines, that are dropped between two dropped lines.
const LONGEST: usize = 30;
const MOST_BETWEEN: usize = 4;

impl PageView<'_> {
    /// The indices of the furniture above the story and below it, each sorted: known furniture,
    /// rows of names, and lines that stand on both sides where something else shows that the text
    /// is a page. Both are empty where there is too little furniture.
    fn evidence(&self, menu: usize) -> [Vec<usize>; 2] {
        let (start, end) =
            (self.number(self.story.start), self.number(self.story.end.saturating_sub(1)));
        let known = |it: &&u32| **it < start || **it > end;
        let rows = self.lines.iter().enumerate();
        let rows = rows.filter(|(at, _)| !self.story.contains(at) && self.is_row(*at));
        let mut found: Vec<(u32, usize)> =
            self.known.lines.iter().filter(known).map(|it| (*it, self.place(*it))).collect();
        found.extend(rows.map(|(at, it)| (it.number, at)));
        if menu > 0 || !found.is_empty() {
            found.extend(self.echoes.iter().map(|at| (self.number(*at), *at)));
        }
        found.sort_unstable();
        found.dedup();
        if menu == 0 && found.len() < LEAST_KNOWN {
            found.clear();
        }
        let split = found.partition_point(|(number, _)| *number < start);
        let (above, below) = found.split_at(split);
        [above, below].map(|it| it.iter().map(|it| it.1).collect())
    }

    /// Drops the menus. Above the story they reach down to the last known furniture, and at least
    /// as far as a menu at the head of the page. Below the story they begin at the first furniture;
    /// the lines before it are the story's end, such as a caption or a credit.
    pub(super) fn listed(&self) -> DroppedSet {
        let menu = self.menu();
        let [above, below] = self.evidence(menu);
        let end = above.last().map_or(0, |it| self.names_from(*it)).max(menu).min(self.story.start);
        let most = |at: usize| if at < self.head || self.is_confirmed { HEADLINE } else { NAME };
        let from = self.first_below(&below);
        let above = (0..end).filter(|at| self.is_listed(*at, most(*at)));
        let below = (from..self.lines.len()).filter(|at| self.is_listed(*at, HEADLINE));
        let mut gone = DroppedSet::new(self.lines.len(), above.chain(below));
        for zone in [0..end.min(self.head), from..self.lines.len()] {
            teasers::drop(self, &mut gone, zone.clone());
            self.drop_between(&mut gone, zone);
        }
        gone
    }

    /// The index at which the furniture below the story begins. A single heading such as `Search
    /// and Navigation` over long lines, without other furniture near it, does not count.
    fn first_below(&self, below: &[usize]) -> usize {
        let stands_over_long = |at: usize| {
            self.lines.get(at).is_some_and(|it| is_speech(it) || it.weight() > HEADLINE)
        };
        let is_first = |it: &usize| {
            let next = below.iter().find(|other| *other > it);
            !stands_over_long(*it) || next.is_some_and(|other| other - it <= NEAR_LINES)
        };
        below.iter().copied().find(is_first).unwrap_or(self.lines.len())
    }

    /// The index at which the menu at the head of the page ends; 0 where there is none, or where
    /// the lines are the head of a letter or a table of contents.
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

    /// How far the names of a menu go on below the furniture at index `at`.
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
        let stands_over_text = self.lines.get(at + 1).is_some_and(is_speech);
        let is_short = |it: &Line| {
            // `What Is Left of the Silk Road?` is a headline, `What is left of it?` is a sentence.
            let is_open = !it.is_closed()
                || it.text.ends_with([':', '：', '…', ',', '，'])
                || it.text.ends_with(['?', '!']) && is_headline(it.text);
            // A reader's comment often has no mark at its end.
            let most = if self.known.is_among_replies(it.number) { NAME } else { most };
            self.is_row(at)
                || furniture::is_trail(it.text)
                || is_open && it.weight() <= most && !goes_on_as_text(it.text)
        };
        self.lines.get(at).is_some_and(is_short)
            && !self.names_story(at)
            && !self.is_of_story(at)
            && (!stands_over_text || self.echoes.binary_search(&at).is_ok())
            && !self.is_announced(at)
    }

    /// Drops headlines that stand right between dropped lines, a few at most, whatever their length
    /// and final mark: `58赶集为何驶入新的赛道？`.
    fn drop_between(&self, gone: &mut DroppedSet, zone: Range<usize>) {
        let mut at = zone.start;
        while at < zone.end {
            let rest = (at..zone.end).take(MOST_BETWEEN);
            let end = at + rest.take_while(|it| !gone.has(*it) && self.may_head(*it)).count();
            let is_open = |it: &Line| !it.is_closed();
            let run = self.lines.get(at..end).unwrap_or_default();
            let is_row = run.iter().all(is_open) || self.stands_by_headline(gone, at..end);
            if is_row && self.touches(gone, at, end) {
                (at..end).for_each(|it| gone.add(it));
            }
            at = end.max(at + 1);
        }
    }

    /// Whether a line could be a headline, including long ones, questions and ones that are cut
    /// off.
    fn may_head(&self, at: usize) -> bool {
        let Some(line) = self.lines.get(at) else { return false };
        let ends_open = ["?", "!", "？", "！", "...", "…"].iter().any(|it| line.text.ends_with(it));
        let most = if line.is_closed() { HEADLINE } else { LONGEST };
        (ends_open || !line.is_closed())
            && line.weight() <= most
            && !holds_sentence(line.text)
            && !self.is_of_story(at)
            && !self.known.is_among_replies(line.number)
    }

    /// Whether a dropped headline stands right before or right behind the lines. A line with a date
    /// is no headline here: a reader's name and the day stand over his comment.
    fn stands_by_headline(&self, gone: &DroppedSet, run: Range<usize>) -> bool {
        let is_headline = |at: usize| {
            let line = self.lines.get(at).filter(|it| gone.has(at) && it.weight() > NAME);
            line.is_some_and(|it| date::find(it.text).is_none())
        };
        run.start.checked_sub(1).is_some_and(is_headline) || is_headline(run.end)
    }
}

fn is_name(line: &Line) -> bool {
    !line.is_closed() && line.weight() <= NAME && !is_numbered(line.text)
}

/// Whether a line is an entry in a table of contents: `6.3.2 Plus Sign 14`, `2 History`.
fn is_numbered(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let number = words.next().unwrap_or_default();
    number.starts_with(|it: char| it.is_ascii_digit())
        && number.chars().all(|it| it.is_ascii_digit() || it == '.')
        && words.next().is_some()
}

/// Whether a sentence ends within a line. `L.A. Star` and `VIP ... And` hold no such end.
fn holds_sentence(line: &str) -> bool {
    line.match_indices(". ").any(|(at, mark)| {
        let before = line.get(..at).unwrap_or_default().chars().rev();
        let after = line.get(at + mark.len()..).unwrap_or_default().chars().next();
        before.take(2).filter(|it| it.is_lowercase()).count() == 2
            && after.is_some_and(|it| it.is_alphabetic() && !it.is_lowercase())
    })
}

fn is_headline(line: &str) -> bool {
    words(line) > NAME && is_title_case(line) && !line.chars().any(is_han)
}
