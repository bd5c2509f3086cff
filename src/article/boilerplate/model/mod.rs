//! What a fitted model takes for furniture above and below a page's story, where the rules that know
//! the words of pages have found some already.
//!
//! A line is judged by what stands around it rather than by what it says: how much of the text
//! between it and the story is furniture, how near the next known furniture and the next paragraph
//! are, how long it and its neighbours are (density of text and context of a block, after
//! Kohlschütter, Fankhauser and Nejdl, "Boilerplate Detection using Shallow Text Features", 2010, and
//! Pomikálek, "Removing Boilerplate and Duplicate Content from Web Corpora", 2011). What a story is
//! made of stays whatever the model says.
//!
//! [`trees`] tells how it was fitted.

mod features;
mod trees;

use crate::article::boilerplate::page_view::{DroppedSet, HEADLINE, PageView};
use crate::article::content::is_narrative;
use crate::article::line::Line;
use features::{Side, View, Zone};

/// A side of the story with fewer lines of known furniture is not judged.
const KNOWN: usize = 3;

/// A told line speaks for the story by so much at most, any other against it, and known furniture
/// more so: the story's certain end is where the sum is greatest.
const TOLD: usize = 10;
const MOST_FOR: i32 = 40;
const AGAINST: i32 = 10;
const KNOWN_AGAINST: i32 = 20;

/// A comment has so few lines, with that over it.
const SAID_LINES: usize = 5;

/// Drops what the model is certain of, and returns the places of the lines among the page's. `all`
/// are the lines with those that other rules dropped, by which the model counts; `text` is the place
/// of the story's running text.
pub(crate) fn drop(
    page: &PageView,
    gone: &mut DroppedSet,
    all: &[Line],
    text: usize,
) -> Vec<usize> {
    // Most texts are no pages, and cost no more than this.
    if page.known.lines.len() < KNOWN {
        return Vec::new();
    }
    let view = View::of(page, gone, all);
    let Some(end) = end(page, &view, text) else { return Vec::new() };
    let start = all.partition_point(|it| it.number < page.number(page.story.start));
    let mut found = Vec::new();
    for (side, lines) in [(Side::Above, 0..start), (Side::Below, end..all.len())] {
        if lines.clone().filter(|at| view.is_gone(*at)).count() >= KNOWN {
            found.extend(judged(page, &view, &Zone::of(&view, side, lines)));
        }
    }
    found.iter().for_each(|at| gone.add(*at));
    found
}

/// The places among the page's lines of those in a zone that go.
fn judged(page: &PageView, view: &View, zone: &Zone) -> Vec<usize> {
    let mut found = Vec::new();
    // Whether what is kept below a line is told: then the line may be its heading.
    let mut stands_over_told = false;
    for at in zone.lines.clone().rev() {
        let Some(line) = view.lines.get(at).filter(|_| !view.is_gone(at)) else { continue };
        let place = page.place(line.number);
        let is_kept = page.lines.get(place).is_some_and(|it| it.number == line.number);
        let is_heading = stands_over_told && !line.is_closed();
        let between = view.between(zone, at);
        let is_apart = match zone.side {
            // What stands right under a sentence goes on with it.
            Side::Above => between.told == 0 && !stands_under_told(view, at),
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
            stands_over_told = is_narrative(line);
        }
    }
    found
}

/// Whether a line that is told, and stays, stands right over the line.
fn stands_under_told(view: &View, at: usize) -> bool {
    let above = at.checked_sub(1).filter(|it| !view.is_gone(*it));
    above.and_then(|it| view.lines.get(it)).is_some_and(is_narrative)
}

/// Whether a reader says it: the nearest line above that is no sentence tells the time of day, as over
/// a comment. The words for an answer to it differ in every language.
fn is_of_reader(view: &View, at: usize) -> bool {
    let above = view.lines.get(..=at).unwrap_or_default().iter().rev().take(SAID_LINES);
    let mut told = above.skip_while(|it| it.is_closed());
    view.lines.get(at).is_some_and(Line::is_closed) && told.next().is_some_and(tells_time)
}

/// `13. April 2017 um 13:55`, `Ann, 12/04/2017, 9:05 pm`.
fn tells_time(line: &Line) -> bool {
    let is_time = |it: &[u8]| {
        let [hour, mark, tens, minute] = it else { return false };
        *mark == b':' && [hour, tens, minute].iter().all(|it| it.is_ascii_digit())
    };
    line.weight() <= HEADLINE && line.text.as_bytes().windows(4).any(is_time)
}

/// The place right after the story's last certain line among all.
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
            let words = i32::try_from(line.words().saturating_sub(TOLD)).unwrap_or(MOST_FOR);
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
