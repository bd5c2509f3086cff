//! A text dump becomes its articles: a page is one, a thread is one for each post.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::article::boilerplate::menus;
use crate::article::content::body::Draft;
use crate::article::content::headline::{self, Head};
use crate::article::content::story;
use crate::article::content::thread::{self, Above, Said};
use crate::article::furniture::{self, repeated_lines};
use crate::article::line::{Line, lines};
use crate::article::reading::Reading;
use crate::article::types::{Article, DateSource, Dropped};
use crate::date;
use crate::source::Raw;

/// Reads a text into its articles, in order.
pub(super) fn read(raw: &Raw, text: &str, first: u32, reading: &Reading<'_>) -> Vec<Article> {
    let lines = lines(text, raw.line);
    let posts = thread::posts(&lines);
    let drafts = if posts.len() == 1 {
        vec![page(&lines, reading)]
    } else {
        posts_of_thread(&lines, &posts, reading)
    };
    let mut drafts = gather(drafts);
    date_by_name(raw, &mut drafts);
    if drafts.is_empty() {
        return uncleaned(raw, lines, first);
    }
    drafts.into_iter().zip(first..).map(|(it, number)| it.article(raw, number)).collect()
}

/// Where every line reads as furniture the rules are wrong about this text: it is kept whole.
fn uncleaned(raw: &Raw, lines: Vec<Line>, first: u32) -> Vec<Article> {
    let draft = Draft { lines, ..Draft::default() };
    if draft.is_empty() { Vec::new() } else { vec![draft.article(raw, first)] }
}

fn page<'a>(lines: &[Line<'a>], reading: &Reading<'_>) -> Draft<'a> {
    let (mut kept, mut dropped) = sift(lines, reading);
    let story_in = |kept: &[Line], known: &menus::Known| story::story(kept, &known.lines);
    let head_of = |kept: &[Line], story: Option<&Range<usize>>| {
        headline::of_page(kept, story.map(|it| it.start))
    };
    let mut known = menus::Known::of(&dropped);
    let mut story = story_in(&kept, &known);
    let mut head = head_of(&kept, story.as_ref());
    let mut wrong = headings_within(lines, &kept, &dropped, story.as_ref());
    wrong.extend(named_elsewhere(lines, &kept, &dropped, story.as_ref(), &head));
    if !wrong.is_empty() {
        wrong.iter().for_each(|it| restore(lines, *it, &mut kept, &mut dropped));
        known = menus::Known::of(&dropped);
        story = story_in(&kept, &known);
        head = head_of(&kept, story.as_ref());
    }
    let Some(story) = story else {
        return draft(kept, dropped, &head, DateSource::Byline);
    };
    // The story begins at its headline, whatever stands between.
    let text = story.start;
    let story = head.title.map_or(text, |it| it.min(text))..story.end;
    let outside = menus::outside(&kept, &story, text, head.is_attested, &known, lines);
    dropped.extend(
        outside.iter().filter_map(|(at, rule)| kept.get(*at).map(|it| drop_line(it, rule))),
    );
    dropped.sort_by_key(|it| it.line);
    let gone: HashSet<usize> = outside.into_iter().map(|it| it.0).collect();
    let title = head.title.map(|title| (0..title).filter(|at| !gone.contains(at)).count());
    let date_line = head.date_line.filter(|it| !gone.contains(it));
    let date_line = date_line.map(|line| (0..line).filter(|at| !gone.contains(at)).count());
    let mut at = 0;
    kept.retain(|_| {
        at += 1;
        !gone.contains(&(at - 1))
    });
    draft(kept, dropped, &Head { title, date_line, ..head }, DateSource::Byline)
}

/// So many lines down from a heading what it heads begins.
const HEADING_LINES: usize = 2;

/// The numbers of the lines that were dropped because other pages have them too, such as
/// `Background`, and that head a paragraph in the midst of the story: they stand right under what is
/// kept of it and over what is told, with a second heading or a formula between at most, and once on
/// the page.
fn headings_within(
    lines: &[Line],
    kept: &[Line],
    dropped: &[Dropped],
    story: Option<&Range<usize>>,
) -> Vec<u32> {
    let inside = story.and_then(|it| kept.get(it.clone())).unwrap_or_default();
    let Some((first, last)) = inside.first().zip(inside.last()) else { return Vec::new() };
    let kept_at = |at: usize| {
        let number = lines.get(at)?.number;
        inside.binary_search_by_key(&number, |it| it.number).ok().and_then(|it| inside.get(it))
    };
    let heads_told =
        |at: usize| (at + 1..=at + HEADING_LINES).map_while(kept_at).any(story::is_told);
    let is_heading = |it: &&Dropped| {
        let Ok(at) = lines.binary_search_by_key(&it.line, |it| it.number) else { return false };
        it.rule == repeated_lines::RULE
            && (first.number..last.number).contains(&it.line)
            && at.checked_sub(1).and_then(kept_at).is_some()
            && heads_told(at)
            && furniture::rule(&it.text).is_none()
    };
    let headings: Vec<&Dropped> = dropped.iter().filter(is_heading).collect();
    if headings.is_empty() {
        return Vec::new();
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    lines.iter().for_each(|it| *counts.entry(it.text).or_insert(0) += 1);
    let once = headings.into_iter().filter(|it| counts.get(it.text.as_str()) == Some(&1));
    once.map(|it| it.line).collect()
}

/// The number of the page's headline where it was dropped because other pages name the story, as
/// under `Most Read`: the last such line over the story that has the author or the day below it, or
/// the story itself. Nothing where another line over the story has that.
fn named_elsewhere(
    lines: &[Line],
    kept: &[Line],
    dropped: &[Dropped],
    story: Option<&Range<usize>>,
    head: &Head,
) -> Option<u32> {
    let text = kept.get(story?.start)?.number;
    let over = dropped.iter().filter(|it| it.rule == repeated_lines::RULE && it.line < text);
    let mut over = over.filter_map(|it| lines.binary_search_by_key(&it.line, |it| it.number).ok());
    let title = head.title.and_then(|it| kept.get(it)).map_or(0, |it| it.number);
    let place = |number: u32| lines.partition_point(|it| it.number < number);
    let is_told_below = |at: usize| headline::has_byline(lines, at, place(text));
    if title > 0 && is_told_below(place(title)) {
        over.rfind(|at| lines.get(*at).is_some_and(|it| it.number > title) && is_told_below(*at))
    } else {
        over.rfind(|at| is_told_below(*at))
    }
    .and_then(|at| lines.get(at))
    .map(|it| it.number)
}

/// Puts a line that was dropped back among those that are kept.
fn restore<'a>(
    lines: &[Line<'a>],
    number: u32,
    kept: &mut Vec<Line<'a>>,
    dropped: &mut Vec<Dropped>,
) {
    dropped.retain(|it| it.line != number);
    let at = kept.partition_point(|it| it.number < number);
    let Ok(place) = lines.binary_search_by_key(&number, |it| it.number) else { return };
    // No furniture stands any more between the line and the one below it.
    if let (Some(next), Some(line)) = (kept.get_mut(at), lines.get(place + 1))
        && next.number == line.number
    {
        *next = *line;
    }
    if let Some(line) = lines.get(place) {
        kept.insert(at, line.opening(true));
    }
}

/// The posts of a thread. What stands over the first is the thread's title, which every post has
/// that brings no headline of its own.
fn posts_of_thread<'a>(
    lines: &[Line<'a>],
    posts: &[Range<usize>],
    reading: &Reading<'_>,
) -> Vec<Draft<'a>> {
    let mut said = Said::default();
    let mut thread_title = None;
    let mut above = Above::default();
    let mut drafts = Vec::with_capacity(posts.len());
    for (number, range) in posts.iter().enumerate() {
        let (mut kept, mut dropped) = sift(lines.get(range.clone()).unwrap_or_default(), reading);
        let ends_with_call =
            kept.len() > 1 && kept.last().is_some_and(|it| it.opens && furniture::is_call(it.text));
        if let Some(line) = kept.pop_if(|_| ends_with_call) {
            dropped.push(drop_line(&line, "mention-list"));
        }
        let head = if number == 0 { headline::of_thread(&kept) } else { headline::of_post(&kept) };
        let mut draft = draft(kept, dropped, &head, DateSource::Byline);
        if number == 0 {
            thread_title.clone_from(&draft.title);
        }
        let frame = range.start.checked_sub(1).and_then(|at| lines.get(at));
        above = above.joined(frame.map(Above::of).unwrap_or_default());
        if !draft.lines.is_empty() {
            let above = std::mem::take(&mut above);
            draft.author = draft.author.or(above.author);
            draft.date = draft.date.or(above.date.map(|it| (it, DateSource::Byline)));
        }
        draft.quoted = said.quoted(&draft.lines);
        said.add(&draft.lines);
        if draft.title.is_none() && !draft.lines.is_empty() {
            draft.title.clone_from(&thread_title);
        }
        if let Some(line) = lines.get(range.end) {
            let rule = if thread::is_separator(line.text) { "separator" } else { "post-head" };
            draft.dropped.push(drop_line(line, rule));
        }
        drafts.push(draft);
    }
    // A title that stands in a frame of its own lives on in the posts that have it.
    let is_carried = drafts.iter().skip(1).any(|it| it.title == thread_title);
    if let Some(first) = drafts.first_mut().filter(|it| it.lines.is_empty() && is_carried) {
        first.title = None;
    }
    drafts
}

/// Fills the draft of a forum's post with its lines, of which the first `quoted` quote an earlier
/// post. A post with a headline and a story of its own takes title and date from these.
pub(super) fn of_forum<'a>(
    mut post: Draft<'a>,
    lines: &[Line<'a>],
    quoted: usize,
    reading: &Reading<'_>,
) -> Draft<'a> {
    let (quotation, reply) = lines.split_at(quoted.min(lines.len()));
    let (mut kept, mut dropped) = sift(quotation, reading);
    post.quoted = kept.len();
    let (own, more) = sift(reply, reading);
    dropped.extend(more);
    let head = if kept.is_empty() { headline::of_post(&own) } else { Head::default() };
    let told = draft(own, dropped, &head, DateSource::Byline);
    kept.extend(told.lines);
    post.title = told.title.or(post.title);
    post.author = told.author.or(post.author);
    post.date = told.date.or(post.date);
    post.lines = kept;
    post.dropped = told.dropped;
    post
}

/// The file's name dates its only article where nothing else does; the posts of a thread were
/// written on many days.
pub(super) fn date_by_name(raw: &Raw, drafts: &mut [Draft]) {
    let [only] = drafts else { return };
    let name = raw.path.rsplit('/').next().unwrap_or_default();
    let named = || date::in_name(name).map(|it| (it, DateSource::FileName));
    only.date = only.date.or_else(named);
}

/// Drafts without anything to read hand what was dropped to their neighbours.
pub(super) fn gather(drafts: Vec<Draft<'_>>) -> Vec<Draft<'_>> {
    let mut gathered: Vec<Draft> = Vec::with_capacity(drafts.len());
    let mut pending = Vec::new();
    for mut draft in drafts {
        if draft.is_empty() {
            pending.append(&mut draft.dropped);
        } else {
            pending.append(&mut draft.dropped);
            draft.dropped = std::mem::take(&mut pending);
            gathered.push(draft);
        }
    }
    if let Some(last) = gathered.last_mut() {
        last.dropped.append(&mut pending);
    }
    gathered
}

/// Parts the lines of one article from the furniture around them.
pub(super) fn sift<'a>(lines: &[Line<'a>], reading: &Reading<'_>) -> (Vec<Line<'a>>, Vec<Dropped>) {
    let rules = rules(lines, reading);
    let (mut kept, mut dropped) = (Vec::with_capacity(lines.len()), Vec::new());
    // A paragraph break survives the furniture that stood in it.
    let mut opens = false;
    for (line, rule) in lines.iter().zip(rules) {
        opens |= line.opens;
        if let Some(rule) = rule {
            dropped.push(drop_line(line, rule));
            opens = true;
        } else {
            kept.push(line.opening(opens));
            opens = false;
        }
    }
    (kept, dropped)
}

/// Steps of a line, and of a byte of it, under all rules.
const LINE: usize = 200;
const BYTE: usize = 4;

/// The rule that drops each line, if any.
fn rules(lines: &[Line], reading: &Reading<'_>) -> Vec<Option<&'static str>> {
    let rule = |line: &Line| {
        let known = reading.repeated.holds(line.text).then_some(repeated_lines::RULE);
        known.or_else(|| furniture::rule(line.text))
    };
    let mut rules: Vec<Option<&'static str>> = Vec::with_capacity(lines.len());
    for line in lines {
        if !reading.budget.spend(LINE + line.text.len() * BYTE) {
            break;
        }
        // A small letter right below an open line of text: the sentence was wrapped there.
        let above = rules.len().checked_sub(1).and_then(|it| lines.get(it));
        let is_open = above.is_some_and(|it| !it.text.ends_with(['.', '!', '?']));
        let is_below_text = !line.opens && rules.last().is_some_and(Option::is_none) && is_open;
        let is_wrapped = is_below_text && line.text.starts_with(char::is_lowercase);
        rules.push(if is_wrapped { None } else { rule(line) });
    }
    // `Website` between two fields of a form is a field too; alone it is a word.
    for at in 1..lines.len() {
        let before = rules.get(at - 1).copied().flatten();
        let after = rules.get(at + 1).copied().unwrap_or(before);
        let is_filler = lines.get(at).is_some_and(|it| furniture::is_filler(it.text));
        if let (Some(rule), Some(_), true) = (before, after, is_filler)
            && let Some(here) = rules.get_mut(at)
        {
            *here = here.or(Some(rule));
        }
    }
    rules
}

fn drop_line(line: &Line, rule: &str) -> Dropped {
    Dropped { line: line.number, text: line.text.to_owned(), rule: rule.to_owned() }
}

/// Takes headline and date line out of the lines.
fn draft<'a>(
    kept: Vec<Line<'a>>,
    mut dropped: Vec<Dropped>,
    head: &Head,
    source: DateSource,
) -> Draft<'a> {
    let title = head.title.and_then(|at| kept.get(at)).map(|it| it.text.to_owned());
    if let Some(line) = head.date_line.and_then(|at| kept.get(at)) {
        let at = dropped.partition_point(|it| it.line < line.number);
        dropped.insert(at, drop_line(line, "date-line"));
    }
    let is_taken = |at: usize| head.title == Some(at) || head.date_line == Some(at);
    let lines = kept.into_iter().enumerate().filter(|(at, _)| !is_taken(*at)).map(|(_, it)| it);
    Draft {
        title,
        author: head.author.clone(),
        date: head.date.map(|it| (it, source)),
        lines: lines.collect(),
        dropped,
        ..Draft::default()
    }
}
