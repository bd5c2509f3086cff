//! Short lines around a page's story: menus, lists of other stories, columns of links.
//!
//! No such line can be told from a table or a list by itself. So they go only where there is a
//! story that stands out, outside of it, on a side that shows itself to be the page's own: other
//! rules have found furniture there, or its lines stand above and below, or a menu's length
//! of them stands over the headline. What stands between the story and the furniture nearest to it
//! belongs to the story. Never a sentence goes, nor a line right above one.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::model;
use super::teasers;
use crate::article::content::headline::{ABOVE_LINES, is_title_case};
use crate::article::content::story::{is_said, is_told};
use crate::article::furniture::{self, repeated_lines};
use crate::article::line::{Line, words};
use crate::article::types::Dropped;
use crate::date;
use crate::text::is_han;

/// A side of the story with fewer lines of known furniture may be a table or an appendix.
const KNOWN: usize = 3;

/// A line of so many words that ends in a colon announces a list of up to so many lines.
const ANNOUNCES: usize = 6;
const ANNOUNCED_LINES: usize = 12;

/// Two lines of furniture with so few others between them tell of each other.
const NEAR_LINES: usize = 3;

/// So many short lines at the head of a page are a menu; the head of a letter has fewer.
const MENU_LINES: usize = 12;

/// A text's table of contents: so many of the lines above are headings further down.
const CONTENTS_LINES: usize = 3;

/// The words of a menu's names; longer lines are headlines, and still longer ones are told.
pub(crate) const NAME: usize = 4;
pub(crate) const HEADLINE: usize = 16;

/// Between two lines that are gone a headline may be so long.
const LONGEST: usize = 30;
const MOST_BETWEEN: usize = 4;

/// So near above and below what a reader says stand the buttons for an answer to it.
const REPLY_LINES: u32 = 12;

/// The lines that other rules dropped and that tell of a page, by their numbers in the file, sorted.
#[derive(Debug, Default)]
pub(crate) struct Known {
    pub(crate) lines: Vec<u32>,
    /// Those of them that belong to what readers say: `Reply`, `3 Comments`.
    replies: Vec<u32>,
    /// Those that stand on many pages of the corpus.
    repeated: Vec<u32>,
}

impl Known {
    pub(crate) fn of(dropped: &[Dropped]) -> Self {
        let is_repeated = |it: &&Dropped| it.rule == repeated_lines::RULE;
        let is_reply = |it: &&Dropped| matches!(it.rule.as_str(), "reply-form" | "counter");
        // `$$` and `* * *` stand in any text.
        let is_telling = |it: &&Dropped| it.rule != "ornament";
        Self {
            lines: dropped.iter().filter(is_telling).map(|it| it.line).collect(),
            replies: dropped.iter().filter(is_reply).map(|it| it.line).collect(),
            repeated: dropped.iter().filter(is_repeated).map(|it| it.line).collect(),
        }
    }

    /// Whether one stands between two lines of the file.
    pub(crate) fn has_between(&self, one: u32, other: u32) -> bool {
        let next = self.lines.partition_point(|it| *it <= one);
        self.lines.get(next).is_some_and(|it| *it < other)
    }

    /// Whether another rule dropped a line of the file.
    pub(crate) fn has(&self, number: u32) -> bool {
        self.lines.binary_search(&number).is_ok()
    }

    /// Whether a line that was dropped belongs to what readers say.
    pub(crate) fn is_reply(&self, number: u32) -> bool {
        self.replies.binary_search(&number).is_ok()
    }

    /// Whether a line that stands on many pages of the corpus is right above a line of the file.
    pub(crate) fn repeats_above(&self, number: u32) -> bool {
        number.checked_sub(1).is_some_and(|it| self.repeated.binary_search(&it).is_ok())
    }

    /// Whether readers speak around a line of the file: their buttons stand above and below.
    pub(crate) fn is_among_replies(&self, number: u32) -> bool {
        let split = self.replies.partition_point(|it| *it < number);
        let above = split.checked_sub(1).and_then(|it| self.replies.get(it));
        let below = self.replies.get(split);
        above.is_some_and(|it| number - it <= REPLY_LINES)
            && below.is_some_and(|it| it - number <= REPLY_LINES)
    }
}

/// The lines that go, by their places.
pub(crate) struct Gone(Vec<bool>);

impl Gone {
    fn new(lines: usize, places: impl Iterator<Item = usize>) -> Self {
        let mut gone = Self(vec![false; lines]);
        places.for_each(|it| gone.add(it));
        gone
    }

    pub(crate) fn has(&self, at: usize) -> bool {
        self.0.get(at).is_some_and(|it| *it)
    }

    pub(crate) fn add(&mut self, at: usize) {
        if let Some(it) = self.0.get_mut(at) {
            *it = true;
        }
    }
}

/// Which of the lines outside of the story go: their places, sorted, with the rule. `story` begins
/// with its headline, its running text at line `text`; `is_attested` as in [`Head`]; `all` are the
/// page's lines with those that other rules dropped.
pub(crate) fn outside(
    lines: &[Line],
    story: &Range<usize>,
    text: usize,
    is_attested: bool,
    known: &Known,
    all: &[Line],
) -> Vec<(usize, &'static str)> {
    // Of several running texts any may be the one that the headline stands over.
    let first = lines.iter().position(is_told).map_or(text, |it| it.min(text));
    let head = first.saturating_sub(ABOVE_LINES);
    let is_attested = is_attested && first >= story.start;
    let page = Page { lines, story, head, is_attested, known, echoes: echoes(lines, story) };
    let mut gone = page.listed();
    let judged: HashSet<usize> = model::drop(&page, &mut gone, all, text).into_iter().collect();
    let rule = |at: &usize| if judged.contains(at) { model::RULE } else { repeated_lines::MENU };
    (0..lines.len()).filter(|at| gone.has(*at)).map(|at| (at, rule(&at))).collect()
}

/// A page, as the rules on what stands around its story see it.
pub(crate) struct Page<'a> {
    pub(crate) lines: &'a [Line<'a>],
    pub(crate) story: &'a Range<usize>,
    /// From here on the headline may stand.
    head: usize,
    /// Whether a date or a second place says that the story's first line is its headline, and nothing
    /// is told above it.
    is_attested: bool,
    pub(crate) known: &'a Known,
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
        let rows = rows.filter(|(at, _)| !self.story.contains(at) && self.is_row(*at));
        let mut found: Vec<(u32, usize)> =
            self.known.lines.iter().filter(known).map(|it| (*it, self.place(*it))).collect();
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
    fn listed(&self) -> Gone {
        let menu = self.menu();
        let [above, below] = self.evidence(menu);
        let end = above.last().map_or(0, |it| self.names_from(*it)).max(menu).min(self.story.start);
        let most = |at: usize| if at < self.head || self.is_attested { HEADLINE } else { NAME };
        let from = self.first_below(&below);
        let above = (0..end).filter(|at| self.is_listed(*at, most(*at)));
        let below = (from..self.lines.len()).filter(|at| self.is_listed(*at, HEADLINE));
        let mut gone = Gone::new(self.lines.len(), above.chain(below));
        for zone in [0..end.min(self.head), from..self.lines.len()] {
            teasers::drop(self, &mut gone, zone.clone());
            self.drop_between(&mut gone, zone);
        }
        gone
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
        let stands_over_text = self.lines.get(at + 1).is_some_and(is_said);
        let is_short = |it: &Line| {
            // `What Is Left of the Silk Road?` is a headline, `What is left of it?` is said.
            let is_open = !it.is_closed()
                || it.text.ends_with([':', '：', '…', ',', '，'])
                || it.text.ends_with(['?', '!']) && is_headline(it.text);
            // What a reader says needs no mark at its end.
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

    /// Whether a line is a row of names, and none of a table.
    fn is_row(&self, at: usize) -> bool {
        self.lines.get(at).is_some_and(Line::is_row) && !self.is_of_table(at)
    }

    /// Whether a line is a row of a table: those come several in a row with as many bars each, or
    /// as marked up.
    fn is_of_table(&self, at: usize) -> bool {
        let Some(line) = self.lines.get(at) else { return false };
        let bars = |text: &str| text.matches(['|', '｜']).count();
        let count = bars(line.text);
        let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
        let mut beside = beside.filter_map(|it| self.lines.get(it));
        count >= 2 && beside.any(|it| bars(it.text) == count && it.text != line.text)
            || line.text.contains("<t")
    }

    /// Whether a line belongs to a story wherever it stands.
    fn is_of_story(&self, at: usize) -> bool {
        self.lines.get(at).is_some_and(|it| is_caption(it.text)) || self.is_of_table(at)
    }

    /// Whether a line over the story could be its headline: as near as one stands, and longer than a
    /// name. Where another line is attested to be it, one that is long or ends as a sentence does
    /// may still be told.
    pub(crate) fn may_be_headline(&self, at: usize) -> bool {
        let is_told =
            |it: &Line| it.is_closed() || it.weight() > HEADLINE || goes_on_as_text(it.text);
        let may = |it: &Line| it.weight() > NAME && (!self.is_attested || is_told(it));
        at >= self.head && self.lines.get(at).is_some_and(may)
    }

    /// Whether a line outside of the story may go at all: not its headline, nor what belongs to a
    /// story, an address, a list that was announced, or what readers say.
    pub(crate) fn may_go(&self, at: usize) -> bool {
        let may = |it: &Line| !it.text.contains("://") && !self.known.is_among_replies(it.number);
        self.lines.get(at).is_some_and(may)
            && !self.names_story(at)
            && !self.is_of_story(at)
            && !self.is_announced(at)
    }

    /// Whether a line over the story says what the story's headline says: any of them may be it. Below
    /// the story stand copies alone, and one that goes leaves the headline.
    fn names_story(&self, at: usize) -> bool {
        let text = |at: usize| self.lines.get(at).map(|it| it.text);
        at < self.story.end && text(at) == text(self.story.start)
    }

    /// Whether a line belongs to a list that a sentence above announced: `Those who are not on the
    /// list:`, with nothing of the page's own between.
    fn is_announced(&self, at: usize) -> bool {
        let mut below = self.number(at);
        for line in self.lines.get(..at).unwrap_or_default().iter().rev().take(ANNOUNCED_LINES) {
            if self.known.has_between(line.number, below) {
                return false;
            }
            if line.is_closed() {
                return line.text.ends_with([':', '：']) && line.weight() >= ANNOUNCES;
            }
            below = line.number;
        }
        false
    }

    /// Drops the headlines that stand right between lines that are gone, one or a few of them, whatever
    /// their length and mark: `58赶集为何驶入新的赛道？`.
    fn drop_between(&self, gone: &mut Gone, zone: Range<usize>) {
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

    /// Whether a line could be a headline, be it long or asked or cut off.
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

    /// Whether a headline that is gone stands right before the lines or right behind them. A reader's
    /// name and the day stand over what he says.
    fn stands_by_headline(&self, gone: &Gone, run: Range<usize>) -> bool {
        let is_headline = |at: usize| {
            let line = self.lines.get(at).filter(|it| gone.has(at) && it.weight() > NAME);
            line.is_some_and(|it| date::find(it.text).is_none())
        };
        run.start.checked_sub(1).is_some_and(is_headline) || is_headline(run.end)
    }

    /// Whether furniture, or the page's end, stands right before the lines and right behind them.
    pub(crate) fn touches(&self, gone: &Gone, start: usize, end: usize) -> bool {
        let is_gone = |one: Option<usize>, other: usize, at: Option<usize>| {
            let Some(one) = one.filter(|_| other < self.lines.len()) else { return true };
            at.is_some_and(|it| gone.has(it))
                || self.known.has_between(self.number(one), self.number(other))
        };
        let (before, last) = (start.checked_sub(1), end.checked_sub(1));
        is_gone(before, start, before) && is_gone(last, end, Some(end))
    }

    pub(crate) fn number(&self, at: usize) -> u32 {
        self.lines.get(at).map_or(u32::MAX, |it| it.number)
    }

    /// The place of the first line after line `number` of the file.
    pub(crate) fn place(&self, number: u32) -> usize {
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
    !line.is_closed() && line.weight() <= NAME && !is_numbered(line.text)
}

/// `Fig. 7. Emission spectrum`, `Table 3: Cases`, `图1 涡轮制动器`.
fn is_caption(line: &str) -> bool {
    let names = ["Fig", "Figure", "Figures", "Table", "Scheme", "Plate", "图", "表", "圖"];
    names.iter().filter_map(|it| line.strip_prefix(*it)).any(|rest| {
        rest.trim_start_matches(['.', ' ', '\u{a0}']).starts_with(|it: char| it.is_ascii_digit())
    })
}

/// `6.3.2 Plus Sign 14`, `2 History`: a line of a text's contents.
fn is_numbered(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let number = words.next().unwrap_or_default();
    number.starts_with(|it: char| it.is_ascii_digit())
        && number.chars().all(|it| it.is_ascii_digit() || it == '.')
        && words.next().is_some()
}

/// Whether a sentence ends within a line; `L.A. Star` and `VIP ... And` are no ends of one.
fn holds_sentence(line: &str) -> bool {
    line.match_indices(". ").any(|(at, mark)| {
        let before = line.get(..at).unwrap_or_default().chars().rev();
        let after = line.get(at + mark.len()..).unwrap_or_default().chars().next();
        before.take(2).filter(|it| it.is_lowercase()).count() == 2
            && after.is_some_and(|it| it.is_alphabetic() && !it.is_lowercase())
    })
}

/// Whether a line holds more than one sentence.
fn goes_on_as_text(line: &str) -> bool {
    line.contains(". ")
        || line.ends_with('…') && [", ", "? ", "! "].iter().any(|it| line.contains(it))
}

fn is_headline(line: &str) -> bool {
    words(line) > NAME && is_title_case(line) && !line.chars().any(is_han)
}
