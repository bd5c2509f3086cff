//! The page as the rules around its story see it: its lines, its story, and the furniture that is
//! known so far.

use std::collections::HashMap;
use std::ops::Range;

use crate::article::content::{ABOVE_LINES, is_narrative};
use crate::article::line::Line;
use crate::article::rule::Rule;
use crate::article::types::DroppedText;

/// A line of at least `ANNOUNCES` words that ends in a colon announces a list of up to
/// `ANNOUNCED_LINES` lines.
const ANNOUNCES: usize = 6;
const ANNOUNCED_LINES: usize = 12;

/// A side of the story with fewer lines of known furniture is not judged, because it may be a table
/// or an appendix.
pub(super) const LEAST_KNOWN: usize = 3;

/// The most words of a name in a menu, and of a headline. Longer lines are text.
pub(crate) const NAME: usize = 4;
pub(crate) const HEADLINE: usize = 16;

/// The reply buttons of a comment stand within this many lines above and below it.
const REPLY_LINES: u32 = 12;

/// The lines that other rules dropped and that show that the text is a page. Each list holds line
/// numbers of the file, sorted.
#[derive(Debug, Default)]
pub(crate) struct KnownFurniture {
    pub(crate) lines: Vec<u32>,
    /// Those that belong to readers' comments: `Reply`, `3 Comments`.
    replies: Vec<u32>,
    /// Those that repeat on many pages of the corpus.
    repeated: Vec<u32>,
}

impl KnownFurniture {
    pub(crate) fn of(dropped: &[DroppedText]) -> Self {
        let is_repeated = |it: &&DroppedText| it.rule == Rule::Repeated;
        let is_reply = |it: &&DroppedText| matches!(it.rule, Rule::ReplyForm | Rule::Counter);
        // Ornaments such as `$$` and `* * *` stand in any text and prove nothing.
        let is_telling = |it: &&DroppedText| it.rule != Rule::Ornament;
        Self {
            lines: dropped.iter().filter(is_telling).map(|it| it.line).collect(),
            replies: dropped.iter().filter(is_reply).map(|it| it.line).collect(),
            repeated: dropped.iter().filter(is_repeated).map(|it| it.line).collect(),
        }
    }

    /// Whether known furniture stands between two lines of the file.
    pub(crate) fn has_between(&self, one: u32, other: u32) -> bool {
        let next = self.lines.partition_point(|it| *it <= one);
        self.lines.get(next).is_some_and(|it| *it < other)
    }

    /// Whether another rule dropped the line with this number.
    pub(crate) fn has(&self, number: u32) -> bool {
        self.lines.binary_search(&number).is_ok()
    }

    /// Whether the dropped line with this number belongs to readers' comments.
    pub(crate) fn is_reply(&self, number: u32) -> bool {
        self.replies.binary_search(&number).is_ok()
    }

    /// Whether the line above this one was dropped because it repeats on many pages.
    pub(crate) fn repeats_above(&self, number: u32) -> bool {
        number.checked_sub(1).is_some_and(|it| self.repeated.binary_search(&it).is_ok())
    }

    /// Whether the line stands among readers' comments: reply buttons stand near above and below
    /// it.
    pub(crate) fn is_among_replies(&self, number: u32) -> bool {
        let split = self.replies.partition_point(|it| *it < number);
        let above = split.checked_sub(1).and_then(|it| self.replies.get(it));
        let below = self.replies.get(split);
        above.is_some_and(|it| number - it <= REPLY_LINES)
            && below.is_some_and(|it| it - number <= REPLY_LINES)
    }
}

/// The lines to be dropped, by their index.
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

/// A page as the rules around its story see it.
pub(crate) struct PageView<'a> {
    pub(crate) lines: &'a [Line<'a>],
    pub(crate) story: &'a Range<usize>,
    /// The first line that may be the headline.
    pub(super) head: usize,
    /// Whether the headline is confirmed by a date or by a second copy, and no running text stands
    /// above it.
    pub(super) is_confirmed: bool,
    pub(crate) known: &'a KnownFurniture,
    pub(super) echoes: Vec<usize>,
}

impl<'a> PageView<'a> {
    /// Makes the view; the arguments are those of [`super::outside`].
    pub(super) fn new(
        lines: &'a [Line<'a>],
        story: &'a Range<usize>,
        text: usize,
        is_confirmed: bool,
        known: &'a KnownFurniture,
    ) -> Self {
        // The headline may stand over the first running text or over the story's.
        let first = lines.iter().position(is_narrative).map_or(text, |it| it.min(text));
        let head = first.saturating_sub(ABOVE_LINES);
        let is_confirmed = is_confirmed && first >= story.start;
        Self { lines, story, head, is_confirmed, known, echoes: echoes(lines, story) }
    }

    /// Whether a line is a row of names and not a row of a table.
    pub(super) fn is_row(&self, at: usize) -> bool {
        self.lines.get(at).is_some_and(Line::is_row) && !self.is_of_table(at)
    }

    /// Whether a line is a row of a table: a neighbour has as many bars, or the line holds table
    /// markup.
    fn is_of_table(&self, at: usize) -> bool {
        let Some(line) = self.lines.get(at) else { return false };
        let bars = |text: &str| text.matches(['|', '｜']).count();
        let count = bars(line.text);
        let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
        let mut beside = beside.filter_map(|it| self.lines.get(it));
        count >= 2 && beside.any(|it| bars(it.text) == count && it.text != line.text)
            || line.text.contains("<t")
    }

    /// Whether a line belongs to a story wherever it stands: a caption or a row of a table.
    pub(super) fn is_of_story(&self, at: usize) -> bool {
        self.lines.get(at).is_some_and(|it| is_caption(it.text)) || self.is_of_table(at)
    }

    /// Whether a line above the story could be its headline: it is near enough and longer than a
    /// name. If another line is confirmed as the headline, only a long line or one that ends with a
    /// sentence mark still counts, because it may be text.
    pub(crate) fn may_be_headline(&self, at: usize) -> bool {
        let is_text =
            |it: &Line| it.is_closed() || it.weight() > HEADLINE || goes_on_as_text(it.text);
        let may = |it: &Line| it.weight() > NAME && (!self.is_confirmed || is_text(it));
        at >= self.head && self.lines.get(at).is_some_and(may)
    }

    /// Whether a line outside of the story may be dropped at all. The headline, captions, tables,
    /// addresses, announced lists and readers' comments stay.
    pub(crate) fn may_go(&self, at: usize) -> bool {
        let may = |it: &Line| !it.text.contains("://") && !self.known.is_among_replies(it.number);
        self.lines.get(at).is_some_and(may)
            && !self.names_story(at)
            && !self.is_of_story(at)
            && !self.is_announced(at)
    }

    /// Whether a line above the story's end reads like its headline; any such line may be the
    /// headline. Below the story there are only copies of it, and dropping one leaves the headline.
    pub(super) fn names_story(&self, at: usize) -> bool {
        let text = |at: usize| self.lines.get(at).map(|it| it.text);
        at < self.story.end && text(at) == text(self.story.start)
    }

    /// Whether a line belongs to a list that a sentence above announces, such as `Those who are not
    /// on the list:`, with no furniture between them.
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

    /// Whether furniture, or the page's edge, stands right before the lines and right behind them.
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

    /// The index of the first line whose number is at least `number`.
    pub(crate) fn place(&self, number: u32) -> usize {
        self.lines.partition_point(|it| it.number < number)
    }
}

/// The indices, sorted, of lines that stand both above and below the story, as the menu of a page
/// does that is repeated at its foot.
fn echoes(lines: &[Line], story: &Range<usize>) -> Vec<usize> {
    let is_button = |it: &Line| {
        !it.is_closed() && it.weight() <= HEADLINE && it.text.chars().any(char::is_alphabetic)
    };
    let outside = lines.iter().enumerate().filter(|(at, it)| !story.contains(at) && is_button(it));
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    outside.for_each(|(at, it)| places.entry(it.text).or_default().push(at));
    let headline = lines.get(story.start).map(|it| it.text);
    // A line that repeats below the story only may be a refrain.
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

/// Whether a line is a caption: `Fig. 7. Emission spectrum`, `Table 3: Cases`, `图1 涡轮制动器`.
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
