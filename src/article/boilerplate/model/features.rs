//! The features of a line for the model, in the order in which it was fitted.

use std::collections::HashMap;
use std::ops::Range;

use crate::article::boilerplate::page_view::{DroppedSet, PageView};
use crate::article::content::{is_narrative, is_speech};
use crate::article::furniture;
use crate::article::line::Line;

/// The number of features.
pub(crate) const COUNT: usize = 34;

/// On which side of the story a line stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Above = -1,
    Below = 1,
}

/// A line of running text counts by its words, up to this many.
const MOST_NARRATIVE: usize = 40;

/// Longer lines are neither names nor headlines.
const SHORT: usize = 16;

/// Furniture and paragraphs farther away than this many lines have no influence.
const FAR: usize = 30;

/// The factor by which a line's influence falls for each line of distance, in the narrow count and
/// in the wide one.
const NEAR: f32 = 0.8;
const WIDE: f32 = 0.93;

/// The lines of a page with what the model needs to know of each.
pub(crate) struct View<'a> {
    pub(crate) lines: &'a [Line<'a>],
    marks: Vec<Marks>,
    /// The surroundings of each line in both directions.
    before: Vec<Surroundings>,
    behind: Vec<Surroundings>,
    /// How often each line stands on the page.
    counts: HashMap<&'a str, usize>,
}

/// What is known of one line.
#[derive(Clone, Copy, Default)]
struct Marks {
    is_gone: bool,
    is_reply: bool,
    is_narrative: bool,
    is_short: bool,
    weight: usize,
}

/// What stands on one side of a line; near lines count more.
#[derive(Clone, Copy)]
struct Surroundings {
    gone: f32,
    gone_wide: f32,
    narrative: f32,
    short: f32,
    /// The distance in lines to the nearest line of a kind.
    to_gone: usize,
    to_narrative: usize,
    to_reply: usize,
    /// How many dropped lines, lines of running text and words of it there are.
    all_gone: usize,
    all_narrative: usize,
    all_words: usize,
}

impl Surroundings {
    const NOTHING: Self = Self {
        gone: 0.0,
        gone_wide: 0.0,
        narrative: 0.0,
        short: 0.0,
        to_gone: FAR,
        to_narrative: FAR,
        to_reply: FAR,
        all_gone: 0,
        all_narrative: 0,
        all_words: 0,
    };

    /// The surroundings one line farther on, after a line with these marks.
    fn past(self, line: Marks) -> Self {
        let words = if line.is_narrative { line.weight.min(MOST_NARRATIVE) } else { 0 };
        let [is_gone, is_short] = [line.is_gone, line.is_short].map(|it| f32::from(u8::from(it)));
        let farther = |is: bool, to: usize| if is { 0 } else { (to + 1).min(FAR) };
        Self {
            gone: self.gone * NEAR + is_gone,
            gone_wide: self.gone_wide * WIDE + is_gone,
            narrative: self.narrative * NEAR + number(words),
            short: self.short * NEAR + is_short,
            to_gone: farther(line.is_gone, self.to_gone),
            to_narrative: farther(line.is_narrative, self.to_narrative),
            to_reply: farther(line.is_reply, self.to_reply),
            all_gone: self.all_gone + usize::from(line.is_gone),
            all_narrative: self.all_narrative + usize::from(line.is_narrative),
            all_words: self.all_words + words,
        }
    }
}

impl<'a> View<'a> {
    /// Collects what is known of all lines of a page, including the dropped ones.
    pub(crate) fn of(page: &PageView, gone: &DroppedSet, lines: &'a [Line<'a>]) -> Self {
        let mut marks: Vec<Marks> = lines.iter().map(|it| Marks::of(page, it)).collect();
        let places = page.lines.iter().enumerate().filter(|(at, _)| gone.has(*at));
        for (_, line) in places {
            let at = lines.partition_point(|it| it.number < line.number);
            if let Some(it) = marks.get_mut(at) {
                (it.is_gone, it.is_narrative) = (true, false);
            }
        }
        let mut counts = HashMap::new();
        for line in lines {
            *counts.entry(line.text).or_insert(0) += 1;
        }
        let before = seen(marks.iter());
        let mut behind = seen(marks.iter().rev());
        behind.reverse();
        Self { lines, marks, before, behind, counts }
    }

    fn marks(&self, at: usize) -> Marks {
        self.marks.get(at).copied().unwrap_or_default()
    }

    pub(crate) fn is_gone(&self, at: usize) -> bool {
        self.marks(at).is_gone
    }

    fn before(&self, at: usize) -> Surroundings {
        self.before.get(at).copied().unwrap_or(Surroundings::NOTHING)
    }

    fn behind(&self, at: usize) -> Surroundings {
        self.behind.get(at).copied().unwrap_or(Surroundings::NOTHING)
    }

    /// Counts what stands between a line of a zone and the story.
    pub(crate) fn between(&self, zone: &Zone, at: usize) -> Between {
        let (lines, near, far) = match zone.side {
            Side::Below => (at - zone.lines.start, self.before(zone.lines.start), self.before(at)),
            Side::Above => {
                let last = zone.lines.end.saturating_sub(1);
                (last - at, self.behind(last), self.behind(at))
            }
        };
        Between {
            lines,
            gone: far.all_gone - near.all_gone,
            narrative: far.all_narrative - near.all_narrative,
            open: zone.open.min(lines),
        }
    }

    /// The features of a line in a zone.
    pub(crate) fn features(&self, zone: &Zone, at: usize) -> [f32; COUNT] {
        let Some(line) = self.lines.get(at) else { return [0.0; COUNT] };
        let (before, behind) = (self.before(at), self.behind(at));
        let between = self.between(zone, at);
        let beside = [at.checked_sub(1), Some(at + 1).filter(|it| *it < self.lines.len())];
        let marks = beside.map(|it| it.map(|it| self.marks(it)));
        let is_gone = marks.map(|it| it.map_or(-1.0, |it| f32::from(u8::from(it.is_gone))));
        let weight = marks.map(|it| it.map_or(-1.0, |it| number(it.weight)));
        let own = furniture::page_words(line.text);
        [
            number(line.weight()),
            flag(is_speech(line)),
            flag(is_narrative(line)),
            flag(line.is_closed()),
            own.telling,
            own.filling,
            is_gone[0],
            is_gone[1],
            weight[0],
            weight[1],
            before.gone,
            behind.gone,
            before.gone_wide,
            behind.gone_wide,
            before.narrative,
            behind.narrative,
            before.short,
            behind.short,
            number(between.gone) / number(between.lines.max(1)),
            number(between.lines),
            number(between.lines - between.gone - between.narrative),
            number(between.narrative),
            number(between.open),
            if zone.side == Side::Below { 1.0 } else { -1.0 },
            number(before.to_gone),
            number(behind.to_gone),
            number(before.to_narrative),
            number(behind.to_narrative),
            number(before.to_reply),
            number(behind.to_reply),
            number(behind.all_words),
            number(behind.all_narrative),
            number(self.lines.len() - 1 - at),
            number(self.counts.get(line.text).copied().unwrap_or(1)),
        ]
    }
}

/// What stands between a line and the story: lines, dropped ones, ones of running text.
pub(crate) struct Between {
    pub(crate) lines: usize,
    pub(crate) gone: usize,
    pub(crate) narrative: usize,
    /// The lines between the story and the first dropped line.
    pub(crate) open: usize,
}

/// The lines on one side of the story.
pub(crate) struct Zone {
    pub(crate) side: Side,
    pub(crate) lines: Range<usize>,
    /// How many lines stand between the story and the first dropped line.
    open: usize,
}

impl Zone {
    pub(crate) fn of(view: &View, side: Side, lines: Range<usize>) -> Self {
        let open = match side {
            Side::Below => lines.clone().position(|it| view.is_gone(it)),
            Side::Above => lines.clone().rev().position(|it| view.is_gone(it)),
        };
        Self { side, open: open.unwrap_or(lines.len()), lines }
    }
}

impl Marks {
    fn of(page: &PageView, line: &Line) -> Self {
        let is_gone = page.known.has(line.number);
        Self {
            is_gone,
            is_reply: page.known.is_reply(line.number),
            is_narrative: !is_gone && is_narrative(line),
            is_short: line.weight() <= SHORT && !is_speech(line),
            weight: line.weight(),
        }
    }
}

/// The surroundings of each line in the direction of the lines before it.
fn seen<'a>(marks: impl Iterator<Item = &'a Marks>) -> Vec<Surroundings> {
    let next = |seen: &mut Surroundings, line: &Marks| {
        let before = *seen;
        *seen = seen.past(*line);
        Some(before)
    };
    marks.scan(Surroundings::NOTHING, next).collect()
}

fn flag(it: bool) -> f32 {
    f32::from(u8::from(it))
}

/// A count as a feature; the model does not tell apart counts beyond some thousands.
fn number(count: usize) -> f32 {
    f32::from(u16::try_from(count).unwrap_or(u16::MAX))
}
