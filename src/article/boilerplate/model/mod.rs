//! Finds furniture above and below a story by a fitted model, on pages where other rules have found
//! some already.
//!
//! The model judges a line by its surroundings rather than by its words: the share of furniture
//! between the line and the story, the distance to the nearest furniture and paragraph, and the
//! length of the line and its neighbours. These are the text density and block context of
//! Kohlschütter, Fankhauser and Nejdl, "Boilerplate Detection using Shallow Text Features", 2010,
//! and of Pomikálek, "Removing Boilerplate and Duplicate Content from Web Corpora", 2011. The model
//! never drops a line of the story.
//!
//! [`trees`] says how the model was fitted.

mod features;
mod trees;

use crate::article::boilerplate::page_view::{DroppedSet, HEADLINE, LEAST_KNOWN, PageView};
use crate::article::content::is_narrative;
use crate::article::line::Line;
use features::{Side, View, Zone};

/// The certain end of the story is where a sum over its lines is greatest. A line of running text
/// adds its number of words minus `NARRATIVE`, at most `MOST_FOR`. Any other line takes `AGAINST`
/// away, and known furniture takes `KNOWN_AGAINST`.
const NARRATIVE: usize = 10;
const MOST_FOR: i32 = 40;
const AGAINST: i32 = 10;
const KNOWN_AGAINST: i32 = 20;

/// The most lines of a comment, including the line with the time over it.
const SAID_LINES: usize = 5;

/// Drops the lines of which the model is certain, and returns their indices among the page's lines.
/// `all` are the lines including those that other rules dropped, which the model counts too. `text`
/// is the index of the story's running text.
pub(crate) fn drop(
    page: &PageView,
    gone: &mut DroppedSet,
    all: &[Line],
    text: usize,
) -> Vec<usize> {
    // Most texts are not pages; for them this check is the whole cost.
    if page.known.lines.len() < LEAST_KNOWN {
        return Vec::new();
    }
    let view = View::of(page, gone, all);
    let Some(end) = end(page, &view, text) else { return Vec::new() };
    let start = all.partition_point(|it| it.number < page.number(page.story.start));
    let mut found = Vec::new();
    for (side, lines) in [(Side::Above, 0..start), (Side::Below, end..all.len())] {
        if lines.clone().filter(|at| view.is_gone(*at)).count() >= LEAST_KNOWN {
            found.extend(judged(page, &view, &Zone::of(&view, side, lines)));
        }
    }
    found.iter().for_each(|at| gone.add(*at));
    found
}

/// The indices, among the page's lines, of the lines in a zone that are dropped.
fn judged(page: &PageView, view: &View, zone: &Zone) -> Vec<usize> {
    let mut found = Vec::new();
    // Whether the next kept line below is running text; then a line above it may be its heading.
    let mut stands_over_narrative = false;
    for at in zone.lines.clone().rev() {
        let Some(line) = view.lines.get(at).filter(|_| !view.is_gone(at)) else { continue };
        let place = page.place(line.number);
        let is_kept = page.lines.get(place).is_some_and(|it| it.number == line.number);
        let is_heading = stands_over_narrative && !line.is_closed();
        let between = view.between(zone, at);
        let is_apart = match zone.side {
            // A line right under a sentence continues it.
            Side::Above => between.narrative == 0 && !stands_under_narrative(view, at),
            Side::Below => between.gone > 0,
        };
        if is_kept
            && is_apart
            && !is_heading
            && !is_of_reader(view, at)
            && page.may_go(place)
            && !(zone.side == Side::Above && page.may_be_headline(place))
            && trees::odds(&view.features(zone, at)) >= trees::CERTAIN
        {
            found.push(place);
        } else {
            stands_over_narrative = is_narrative(line);
        }
    }
    found
}

/// Whether a kept line of running text stands right above the line.
fn stands_under_narrative(view: &View, at: usize) -> bool {
    let above = at.checked_sub(1).filter(|it| !view.is_gone(*it));
    above.and_then(|it| view.lines.get(it)).is_some_and(is_narrative)
}

/// Whether the line is a reader's comment: the nearest line above that is no sentence gives a time
/// of day. Times look the same in all languages, words for `reply` do not.
fn is_of_reader(view: &View, at: usize) -> bool {
    let above = view.lines.get(..=at).unwrap_or_default().iter().rev().take(SAID_LINES);
    let mut narrative = above.skip_while(|it| it.is_closed());
    view.lines.get(at).is_some_and(Line::is_closed) && narrative.next().is_some_and(tells_time)
}

/// Whether a short line gives a time: `13. April 2017 um 13:55`, `Ann, 12/04/2017, 9:05 pm`.
fn tells_time(line: &Line) -> bool {
    let is_time = |it: &[u8]| {
        let [hour, mark, tens, minute] = it else { return false };
        *mark == b':' && [hour, tens, minute].iter().all(|it| it.is_ascii_digit())
    };
    line.weight() <= HEADLINE && line.text.as_bytes().windows(4).any(is_time)
}

/// The index, among all lines, right after the story's last certain line.
fn end(page: &PageView, view: &View, text: usize) -> Option<usize> {
    let last = page.number(page.story.end.checked_sub(1)?);
    let first = page.number(text);
    let (mut sum, mut best, mut end) = (0, 0, None);
    for (at, line) in view.lines.iter().enumerate() {
        if line.number < first || line.number > last {
            continue;
        }
        if view.is_gone(at) {
            sum -= KNOWN_AGAINST;
        } else if is_narrative(line) {
            let words = i32::try_from(line.words().saturating_sub(NARRATIVE)).unwrap_or(MOST_FOR);
            sum += words.clamp(1, MOST_FOR);
            if sum > best {
                (best, end) = (sum, Some(at + 1));
            }
        } else {
            sum -= AGAINST;
        }
    }
    end
}
