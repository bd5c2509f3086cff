//! Reads plain text into articles: a page is one article, a thread has one for each post.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::article::boilerplate::{self, KnownFurniture};
use crate::article::content::{
    ArticleParts, EarlierPosts, Headline, PostHead, date_by_name, find_story, gather, has_byline,
    is_narrative, is_separator, sift, split_posts,
};
use crate::article::furniture;
use crate::article::line::{Line, lines};
use crate::article::reading::Reading;
use crate::article::rule::Rule;
use crate::article::types::{Article, DateSource, DroppedText};
use crate::source::RawText;

/// Reads a text into its articles, in order.
pub(super) fn read(raw: &RawText, text: &str, first: u32, reading: &Reading<'_>) -> Vec<Article> {
    let lines = lines(text, raw.line);
    let posts = split_posts(&lines);
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

/// Keeps the whole text where every line was dropped: the rules are wrong about this text.
fn uncleaned(raw: &RawText, lines: Vec<Line>, first: u32) -> Vec<Article> {
    let draft = ArticleParts { lines, ..ArticleParts::default() };
    if draft.is_empty() { Vec::new() } else { vec![draft.article(raw, first)] }
}

fn page<'a>(lines: &[Line<'a>], reading: &Reading<'_>) -> ArticleParts<'a> {
    let (mut kept, mut dropped) = sift(lines, reading);
    let story_in = |kept: &[Line], known: &KnownFurniture| find_story(kept, &known.lines);
    let head_of = |kept: &[Line], story: Option<&Range<usize>>| {
        Headline::of_page(kept, story.map(|it| it.start))
    };
    let mut known = KnownFurniture::of(&dropped);
    let mut story = story_in(&kept, &known);
    let mut head = head_of(&kept, story.as_ref());
    let mut wrong = headings_within(lines, &kept, &dropped, story.as_ref());
    wrong.extend(named_elsewhere(lines, &kept, &dropped, story.as_ref(), &head));
    if !wrong.is_empty() {
        wrong.iter().for_each(|it| restore(lines, *it, &mut kept, &mut dropped));
        known = KnownFurniture::of(&dropped);
        story = story_in(&kept, &known);
        head = head_of(&kept, story.as_ref());
    }
    let Some(story) = story else {
        return ArticleParts::of(kept, dropped, &head, DateSource::Byline);
    };
    // From here on the story begins at its headline.
    let text = story.start;
    let story = head.title.map_or(text, |it| it.min(text))..story.end;
    let outside = boilerplate::outside(&kept, &story, text, head.is_confirmed, &known, lines);
    dropped
        .extend(outside.iter().filter_map(|(at, rule)| kept.get(*at).map(|it| it.dropped(*rule))));
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
    ArticleParts::of(kept, dropped, &Headline { title, date_line, ..head }, DateSource::Byline)
}

/// A paragraph begins within this many lines below its heading.
const HEADING_LINES: usize = 2;

/// The line numbers of dropped lines that are headings within the story, such as `Background`, and
/// were dropped because other pages have the same line. Such a line stands once on the page, right
/// under a kept line of the story, and over running text, with one more heading or a formula
/// between at most.
fn headings_within(
    lines: &[Line],
    kept: &[Line],
    dropped: &[DroppedText],
    story: Option<&Range<usize>>,
) -> Vec<u32> {
    let inside = story.and_then(|it| kept.get(it.clone())).unwrap_or_default();
    let Some((first, last)) = inside.first().zip(inside.last()) else { return Vec::new() };
    let kept_at = |at: usize| {
        let number = lines.get(at)?.number;
        inside.binary_search_by_key(&number, |it| it.number).ok().and_then(|it| inside.get(it))
    };
    let heads_text = |at: usize| (at + 1..=at + HEADING_LINES).map_while(kept_at).any(is_narrative);
    let is_heading = |it: &&DroppedText| {
        let Ok(at) = lines.binary_search_by_key(&it.line, |it| it.number) else { return false };
        it.rule == Rule::Repeated
            && (first.number..last.number).contains(&it.line)
            && at.checked_sub(1).and_then(kept_at).is_some()
            && heads_text(at)
            && furniture::rule(&it.text).is_none()
    };
    let headings: Vec<&DroppedText> = dropped.iter().filter(is_heading).collect();
    if headings.is_empty() {
        return Vec::new();
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    lines.iter().for_each(|it| *counts.entry(it.text).or_insert(0) += 1);
    let once = headings.into_iter().filter(|it| counts.get(it.text.as_str()) == Some(&1));
    once.map(|it| it.line).collect()
}

/// The line number of the page's headline, where it was dropped because other pages name the story
/// too, for example under `Most Read`. It is the last such line above the story with an author, a
/// date or the story itself right below it. `None` where another line above the story has these.
fn named_elsewhere(
    lines: &[Line],
    kept: &[Line],
    dropped: &[DroppedText],
    story: Option<&Range<usize>>,
    head: &Headline,
) -> Option<u32> {
    let text = kept.get(story?.start)?.number;
    let over = dropped.iter().filter(|it| it.rule == Rule::Repeated && it.line < text);
    let mut over = over.filter_map(|it| lines.binary_search_by_key(&it.line, |it| it.number).ok());
    let title = head.title.and_then(|it| kept.get(it)).map_or(0, |it| it.number);
    let place = |number: u32| lines.partition_point(|it| it.number < number);
    let has_byline_below = |at: usize| has_byline(lines, at, place(text));
    if title > 0 && has_byline_below(place(title)) {
        over.rfind(|at| lines.get(*at).is_some_and(|it| it.number > title) && has_byline_below(*at))
    } else {
        over.rfind(|at| has_byline_below(*at))
    }
    .and_then(|at| lines.get(at))
    .map(|it| it.number)
}

/// Moves a dropped line back to the kept lines.
fn restore<'a>(
    lines: &[Line<'a>],
    number: u32,
    kept: &mut Vec<Line<'a>>,
    dropped: &mut Vec<DroppedText>,
) {
    dropped.retain(|it| it.line != number);
    let at = kept.partition_point(|it| it.number < number);
    let Ok(place) = lines.binary_search_by_key(&number, |it| it.number) else { return };
    // The furniture that separated this line from the one below is gone.
    if let (Some(next), Some(line)) = (kept.get_mut(at), lines.get(place + 1))
        && next.number == line.number
    {
        *next = *line;
    }
    if let Some(line) = lines.get(place) {
        kept.insert(at, line.opening(true));
    }
}

/// Reads the posts of a thread. A title above the first post is the thread's title; it goes to
/// every post without a headline of its own.
fn posts_of_thread<'a>(
    lines: &[Line<'a>],
    posts: &[Range<usize>],
    reading: &Reading<'_>,
) -> Vec<ArticleParts<'a>> {
    let mut said = EarlierPosts::default();
    let mut thread_title = None;
    let mut above = PostHead::default();
    let mut drafts = Vec::with_capacity(posts.len());
    for (number, range) in posts.iter().enumerate() {
        let (mut kept, mut dropped) = sift(lines.get(range.clone()).unwrap_or_default(), reading);
        let ends_with_call =
            kept.len() > 1 && kept.last().is_some_and(|it| it.opens && furniture::is_call(it.text));
        if let Some(line) = kept.pop_if(|_| ends_with_call) {
            dropped.push(line.dropped(Rule::MentionList));
        }
        let head = if number == 0 { Headline::of_thread(&kept) } else { Headline::of_post(&kept) };
        let mut draft = ArticleParts::of(kept, dropped, &head, DateSource::Byline);
        if number == 0 {
            thread_title.clone_from(&draft.title);
        }
        let frame = range.start.checked_sub(1).and_then(|at| lines.get(at));
        above = above.joined(frame.map(PostHead::of).unwrap_or_default());
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
            let rule = if is_separator(line.text) { Rule::Separator } else { Rule::PostHead };
            draft.dropped.push(line.dropped(rule));
        }
        drafts.push(draft);
    }
    // The posts carry the thread's title, so the empty article before them is not needed.
    let is_carried = drafts.iter().skip(1).any(|it| it.title == thread_title);
    if let Some(first) = drafts.first_mut().filter(|it| it.lines.is_empty() && is_carried) {
        first.title = None;
    }
    drafts
}

/// Adds the lines of a forum's post to its parts; the first `quoted` of them quote an earlier post.
/// If the post has a headline and a story of its own, its title and date come from there.
pub(super) fn of_forum<'a>(
    mut post: ArticleParts<'a>,
    lines: &[Line<'a>],
    quoted: usize,
    reading: &Reading<'_>,
) -> ArticleParts<'a> {
    let (quotation, reply) = lines.split_at(quoted.min(lines.len()));
    let (mut kept, mut dropped) = sift(quotation, reading);
    post.quoted = kept.len();
    let (own, more) = sift(reply, reading);
    dropped.extend(more);
    let head = if kept.is_empty() { Headline::of_post(&own) } else { Headline::default() };
    let reply_parts = ArticleParts::of(own, dropped, &head, DateSource::Byline);
    kept.extend(reply_parts.lines);
    post.title = reply_parts.title.or(post.title);
    post.author = reply_parts.author.or(post.author);
    post.date = reply_parts.date.or(post.date);
    post.lines = kept;
    post.dropped = reply_parts.dropped;
    post
}
