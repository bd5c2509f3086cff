//! A page as the rules on what stands around its story see it: its lines, its story, and the
//! furniture that is known so far.

use std::collections::HashMap;
use std::ops::Range;

use crate::article::content::ABOVE_LINES;
use crate::article::content::is_narrative;
use crate::article::line::Line;
use crate::article::rule::Rule;
use crate::article::types::DroppedText;

/// A line of so many words that ends in a colon announces a list of up to so many lines.
const ANNOUNCES: usize = 6;
const ANNOUNCED_LINES: usize = 12;

/// The words of a menu's names; longer lines are headlines, and still longer ones are told.
pub(crate) const NAME: usize = 4;
pub(crate) const HEADLINE: usize = 16;

/// So near above and below what a reader says stand the buttons for an answer to it.
const REPLY_LINES: u32 = 12;

/// The lines that other rules dropped and that tell of a page, by their numbers in the file, sorted.
#[derive(Debug, Default)]
pub(crate) struct KnownFurniture {
    pub(crate) lines: Vec<u32>,
    /// Those of them that belong to what readers say: `Reply`, `3 Comments`.
    replies: Vec<u32>,
    /// Those that stand on many pages of the corpus.
    repeated: Vec<u32>,
}

impl KnownFurniture {
    pub(crate) fn of(dropped: &[DroppedText]) -> Self {
        let is_repeated = |it: &&DroppedText| it.rule == Rule::Repeated;
        let is_reply = |it: &&DroppedText| matches!(it.rule, Rule::ReplyForm | Rule::Counter);
        // `$$` and `* * *` stand in any text.
        let is_telling = |it: &&DroppedText| it.rule != Rule::Ornament;
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
pub(crate) struct DroppedSet(Vec<bool>);

impl DroppedSet {
    pub(super) fn new(lines: usize, places: impl Iterator<Item = usize>) -> Self {
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

/// A page, as the rules on what stands around its story see it.
pub(crate) struct PageView<'a> {
    pub(crate) lines: &'a [Line<'a>],
    pub(crate) story: &'a Range<usize>,
    /// From here on the headline may stand.
    pub(super) head: usize,
    /// Whether a date or a second place says that the story's first line is its headline, and nothing
    /// is told above it.
    pub(super) is_attested: bool,
    pub(crate) known: &'a KnownFurniture,
    pub(super) echoes: Vec<usize>,
}

impl<'a> PageView<'a> {
    /// As [`super::outside`] has it.
    pub(super) fn new(
        lines: &'a [Line<'a>],
        story: &'a Range<usize>,
        text: usize,
        is_attested: bool,
        known: &'a KnownFurniture,
    ) -> Self {
        // Of several running texts any may be the one that the headline stands over.
        let first = lines.iter().position(is_narrative).map_or(text, |it| it.min(text));
        let head = first.saturating_sub(ABOVE_LINES);
        let is_attested = is_attested && first >= story.start;
        Self { lines, story, head, is_attested, known, echoes: echoes(lines, story) }
    }

    /// Whether a line is a row of names, and none of a table.
    pub(super) fn is_row(&self, at: usize) -> bool {
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
    pub(super) fn is_of_story(&self, at: usize) -> bool {
        self.lines.get(at).is_some_and(|it| is_caption(it.text)) || self.is_of_table(at)
    }

    /// Whether a line over the story could be its headline: as near as one stands, and longer than a
    /// name. Where another line is attested to be it, one that is long or ends as a sentence does
    /// may still be told.
    pub(crate) fn may_be_headline(&self, at: usize) -> bool {
        let is_narrative =
            |it: &Line| it.is_closed() || it.weight() > HEADLINE || goes_on_as_text(it.text);
        let may = |it: &Line| it.weight() > NAME && (!self.is_attested || is_narrative(it));
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
    pub(super) fn names_story(&self, at: usize) -> bool {
        let text = |at: usize| self.lines.get(at).map(|it| it.text);
        at < self.story.end && text(at) == text(self.story.start)
    }

    /// Whether a line belongs to a list that a sentence above announced: `Those who are not on the
    /// list:`, with nothing of the page's own between.
    pub(super) fn is_announced(&self, at: usize) -> bool {
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

    /// Whether furniture, or the page's end, stands right before the lines and right behind them.
    pub(crate) fn touches(&self, gone: &DroppedSet, start: usize, end: usize) -> bool {
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

/// `Fig. 7. Emission spectrum`, `Table 3: Cases`, `图1 涡轮制动器`.
fn is_caption(line: &str) -> bool {
    let names = ["Fig", "Figure", "Figures", "Table", "Scheme", "Plate", "图", "表", "圖"];
    names.iter().filter_map(|it| line.strip_prefix(*it)).any(|rest| {
        rest.trim_start_matches(['.', ' ', '\u{a0}']).starts_with(|it: char| it.is_ascii_digit())
    })
}

/// Whether a line holds more than one sentence.
pub(super) fn goes_on_as_text(line: &str) -> bool {
    line.contains(". ")
        || line.ends_with('…') && [", ", "? ", "! "].iter().any(|it| line.contains(it))
}
