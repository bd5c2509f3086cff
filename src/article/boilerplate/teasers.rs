//! Drops teasers of other stories below the page's own: rows of a headline with a sentence or two
//! under it.
//!
//! A single one may be a note on the author, and readers' comments look much the same. So teasers
//! are dropped only in rows of three and more, with furniture before and behind the row, and never
//! among readers' comments.

use std::ops::Range;

use super::page_view::{DroppedSet, HEADLINE, NAME, PageView};
use crate::article::content::is_speech;
use crate::article::line::Line;
use crate::date;

/// Fewer teasers in a row are not dropped.
const FEWEST: usize = 3;

/// The most words of a teaser's headline, which is longer than a headline in a bare list.
const LONGEST_HEADLINE: usize = 24;

/// The most sentences under a headline, and their most words.
const MOST_SENTENCES: usize = 2;
const MOST_NARRATIVE: usize = 80;

/// The most lines between two teasers: an author, a date, a section, a button.
const MOST_BETWEEN: usize = 5;

/// Drops the teasers in a zone of the page.
pub(crate) fn drop(page: &PageView, gone: &mut DroppedSet, zone: Range<usize>) {
    let mut row: Vec<Range<usize>> = Vec::new();
    let mut at = zone.start;
    while at < zone.end {
        let Some(teaser) = teaser(page, at).filter(|it| it.end <= zone.end) else {
            at += 1;
            continue;
        };
        if row.last().is_some_and(|it| !goes_on(page, gone, it.end..teaser.start)) {
            drop_row(page, gone, &row);
            row.clear();
        }
        at = teaser.end;
        row.push(teaser);
    }
    drop_row(page, gone, &row);
}

/// Whether two teasers with these lines between them belong to one row.
fn goes_on(page: &PageView, gone: &DroppedSet, between: Range<usize>) -> bool {
    let is_short = |at: usize| {
        let line = page.lines.get(at);
        gone.has(at) || line.is_some_and(|it| !it.is_closed() && it.weight() <= HEADLINE)
    };
    between.len() <= MOST_BETWEEN && between.into_iter().all(is_short)
}

fn drop_row(page: &PageView, gone: &mut DroppedSet, row: &[Range<usize>]) {
    let Some((first, last)) = row.first().zip(row.last()) else { return };
    // A row of questions with answers below them is content.
    let is_asked = |it: &&Range<usize>| {
        page.lines.get(it.start).is_some_and(|it| it.text.ends_with(['?', '？']))
    };
    let asked = row.iter().filter(is_asked).count();
    if row.len() >= FEWEST && asked * 2 <= row.len() && page.touches(gone, first.start, last.end) {
        row.iter().flat_map(Clone::clone).for_each(|at| gone.add(at));
    }
}

/// The range of the teaser that begins at line `at`. It begins with its headline, or with its
/// sentence where the headline was dropped because it repeats on other pages.
fn teaser(page: &PageView, at: usize) -> Option<Range<usize>> {
    let first = page.lines.get(at).filter(|it| !page.known.is_among_replies(it.number))?;
    let is_headless = is_speech(first) && page.known.repeats_above(first.number);
    if !is_headless && !is_headline(first) {
        return None;
    }
    let start = if is_headless { at } else { at + 1 };
    let below = page.lines.get(start..)?;
    // A button may stand below the headline, but not between the sentences.
    let mut above = None;
    let goes_on = |it: &&Line| {
        let is_cut = above.is_some_and(|above| page.known.has_between(above, it.number));
        above = Some(it.number);
        !is_cut && is_speech(it)
    };
    let narrative: Vec<&Line> = below.iter().take(MOST_SENTENCES + 1).take_while(goes_on).collect();
    let weight: usize = narrative.iter().map(|it| it.weight()).sum();
    let is_teaser = (1..=MOST_SENTENCES).contains(&narrative.len()) && weight <= MOST_NARRATIVE;
    // Checked last, because looking for a date costs more than everything else here.
    let is_dated = || !is_headless && date::find(first.text).is_some();
    (is_teaser && !is_dated()).then(|| at..start + narrative.len())
}

fn is_headline(line: &Line) -> bool {
    let is_open = !line.is_closed() || line.text.ends_with(['?', '!', '？', '！', '…']);
    let first = line.text.chars().find(|it| it.is_alphanumeric());
    is_open
        && (NAME..=LONGEST_HEADLINE).contains(&line.weight())
        && first.is_some_and(|it| !it.is_lowercase())
}
