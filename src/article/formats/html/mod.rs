//! Reads an HTML page into articles: the main content of a page, or the posts of a forum thread.
//!
//! `depth` refuses pages that would take the parser minutes, `tree` parses, `block` turns elements
//! into lines, `metadata` (with `metas`, `published`, `day`) reads what the page says about itself,
//! `forum` finds posts, `comments` finds readers' comments, `origin` finds the lines in the source.

mod block;
mod comments;
mod day;
mod depth;
mod forum;
mod metadata;
mod metas;
mod origin;
mod published;
mod tree;

use std::sync::{Mutex, MutexGuard, PoisonError};

use dom_query::Document;
use dom_smoothie::Readability;

use super::text;
use crate::article::content::{ArticleParts, date_by_name, gather, sift};
use crate::article::furniture::RepeatedLines;
use crate::article::line::{Line, words};
use crate::article::reading::Reading;
use crate::article::rule::Rule;
use crate::article::types::{Article, DateSource, DroppedText};
use crate::budget::Budget;
use crate::date;
use crate::source::{Chapter, RawText};
use crate::text::one_line;
use block::{Block, blocks};
use forum::Post;
use metadata::Metadata;
use origin::BlockFinder;
use tree::Refused;

/// Pages of at least this size are read one at a time.
const LARGE_BYTES: usize = 1 << 20;

/// The lock for large pages. A page becomes a tree of about ten times its size, and twice that
/// while its main content is searched, on every thread.
static LARGE: Mutex<()> = Mutex::new(());

/// Waits for the lock if the page is large.
fn turn(html: &str, budget: &Budget) -> Option<MutexGuard<'static, ()>> {
    let turn = || LARGE.lock().unwrap_or_else(PoisonError::into_inner);
    let turn = (html.len() >= LARGE_BYTES).then(turn)?;
    budget.rested();
    Some(turn)
}

/// Parses a page. Instead of a page that nests too deep, its articles without tags are returned;
/// none where the budget is spent.
fn parsed(
    raw: &RawText,
    html: &str,
    first: u32,
    reading: &Reading<'_>,
) -> Result<Document, Vec<Article>> {
    let is_too_deep = depth::is_too_deep(html);
    let tree = if is_too_deep { Err(Refused::TooDeep) } else { tree::tree(html, reading.budget) };
    tree.map_err(|refused| match refused {
        Refused::Spent => Vec::new(),
        Refused::TooDeep => text::read(raw, &depth::without_tags(html), first, reading),
    })
}

/// Reads a page into its articles, in order.
pub(super) fn read(raw: &RawText, text: &str, first: u32, reading: &Reading<'_>) -> Vec<Article> {
    let budget = reading.budget;
    let _turn = turn(text, budget);
    let document = match parsed(raw, text, first, reading) {
        Ok(document) => document,
        Err(articles) => return articles,
    };
    // The toolbar of the Internet Archive does not belong to the page.
    document.select("#wm-ipp-base, #wm-ipp, #wm-ipp-print, #donato").remove();
    let all = blocks(&document.root());
    let metadata = Metadata::of(&document, text, &all);
    let posts = forum::posts(&document, &all);
    let mut origin = BlockFinder::new(text, raw.line);
    let numbers: Vec<u32> = all.iter().map(|it| origin.line(it, budget)).collect();
    let (main, comments);
    let drafts = if posts.is_empty() {
        comments = comments::take(&document);
        let said = indices(&all, &comments, budget);
        main = main_blocks(document, &all);
        let places = places(&all, &main, budget);
        let mut drafts = vec![story(&all, &numbers, (&main, places), &said, &metadata, reading)];
        drafts.extend(discussion(&numbers, &comments, &said, &metadata, reading));
        drafts
    } else {
        thread(&all, &numbers, &posts, &metadata, reading)
    };
    let mut drafts = gather(drafts);
    date_by_name(raw, &mut drafts);
    drafts.into_iter().zip(first..).map(|(it, number)| it.article(raw, number)).collect()
}

/// Reads a chapter of a book: all of its text, titled by the book and the chapter.
pub(super) fn chapter(
    raw: &RawText,
    chapter: &Chapter,
    first: u32,
    budget: &Budget,
) -> Vec<Article> {
    let _turn = turn(&chapter.html, budget);
    let reading = Reading { repeated: &RepeatedLines::none(), budget };
    let document = match parsed(raw, &chapter.html, first, &reading) {
        Ok(document) => document,
        Err(articles) => return articles,
    };
    let all = blocks(&document.root());
    let mut origin = BlockFinder::new(&chapter.html, raw.line);
    let mut lines: Vec<Line> =
        all.iter().map(|it| Line::new(&it.text, origin.line(it, budget), it.opens)).collect();
    let heading = document.select("h1, h2, h3").nodes().first().map(|it| one_line(&it.text()));
    let name = chapter.name.clone().or(heading).filter(|it| !it.is_empty());
    if lines.first().is_some_and(|it| name.as_deref() == Some(it.text)) {
        lines.remove(0);
    }
    let title = match (&chapter.book, name) {
        (Some(book), Some(name)) if *book != name => Some(format!("{book}: {name}")),
        (book, name) => name.or_else(|| book.clone()),
    };
    if lines.is_empty() {
        return Vec::new();
    }
    let date = chapter.date.as_deref().and_then(date::read);
    let draft = ArticleParts {
        title,
        author: chapter.author.clone(),
        date: date.map(|it| (it.day, DateSource::Metadata)),
        lines,
        ..ArticleParts::default()
    };
    vec![draft.article(raw, first)]
}

/// The blocks of the page's main content. All blocks where no content stands out, or where it is so
/// little that the guess is likely wrong.
fn main_blocks(document: Document, all: &[Block]) -> Vec<Block> {
    let Ok(mut readability) = Readability::with_document(document, None, None) else {
        return all.to_vec();
    };
    let Ok(article) = readability.parse() else { return all.to_vec() };
    let content = Document::fragment(article.content);
    let main = blocks(&content.root());
    let weight = |it: &[Block]| it.iter().map(|it| words(&it.text)).sum::<usize>();
    if weight(&main) * 20 < weight(all) && weight(&main) < 60 { all.to_vec() } else { main }
}

/// Makes the one article of a page.
fn story<'a>(
    all: &'a [Block],
    numbers: &[u32],
    (main, mut places): (&'a [Block], Vec<Option<usize>>),
    said: &[Vec<usize>],
    metadata: &Metadata,
    reading: &Reading<'_>,
) -> ArticleParts<'a> {
    let lead = lead(all, &places, metadata.title.as_deref());
    let mut rows: Vec<(Option<usize>, &Block)> = places.iter().copied().zip(main).collect();
    for at in &lead {
        let next = rows.iter().position(|(place, _)| place.is_some_and(|it| it > *at));
        let next = next.unwrap_or(rows.len());
        rows.extend(all.get(*at).map(|it| (Some(*at), it)));
        rows.get_mut(next..).unwrap_or_default().rotate_right(1);
    }
    places.extend(lead.into_iter().map(Some));
    let mut last = numbers.first().copied().unwrap_or(1);
    let mut lines = Vec::with_capacity(rows.len());
    for (place, block) in rows {
        last = place.and_then(|at| numbers.get(at)).copied().unwrap_or(last);
        lines.push(Line::new(&block.text, last, block.opens));
    }
    let (mut kept, mut dropped) = sift(&lines, reading);
    if let Some(title) = &metadata.title {
        // The headline stands over the story once more.
        let again = kept.iter().take(4).position(|it| it.text == title);
        again.map(|at| kept.remove(at));
    }
    let read = places.into_iter().flatten().chain(said.iter().flatten().copied());
    let is_read: std::collections::HashSet<usize> = read.collect();
    let outside = all.iter().zip(numbers).enumerate().filter(|(at, _)| !is_read.contains(at));
    dropped.extend(outside.map(|(_, (block, line))| DroppedText {
        line: *line,
        text: block.text.clone(),
        rule: Rule::OutsideMain,
    }));
    dropped.sort_by_key(|it| it.line);
    ArticleParts {
        title: metadata.title.clone(),
        author: metadata.author.clone(),
        date: metadata.date,
        url: metadata.url.clone(),
        lines: kept,
        dropped,
        ..ArticleParts::default()
    }
}

/// The lead of a story that the readability library left out: a block right under the headline that
/// is no menu, form or link. Returns its index, or nothing.
///
/// Sentences that were left out further down were tried too: most of those that came back on 130
/// pages were hidden or belonged to another story, and the mean F1 fell from .999 to .984.
fn lead(all: &[Block], places: &[Option<usize>], title: Option<&str>) -> Vec<usize> {
    let first = places.iter().flatten().min().copied().unwrap_or(0);
    let above = all.get(..first).unwrap_or_default();
    let headline = above.iter().rposition(|it| title.is_some_and(|title| it.text == title));
    let is_lead = |at: &usize| {
        let block = all.get(*at).filter(|it| !it.is_aside);
        block.is_some_and(|it| words(&it.text) >= LEAD_WORDS)
    };
    let Some(from) = headline.map(|it| it + 1) else { return Vec::new() };
    (from..first.min(from + LEAD_LINES)).find(is_lead).into_iter().collect()
}

/// The fewest words of a lead, and its greatest distance from the headline in lines.
const LEAD_WORDS: usize = 8;
const LEAD_LINES: usize = 3;

/// The index of each block of the main content among all blocks of the page, in order.
fn places(all: &[Block], main: &[Block], budget: &Budget) -> Vec<Option<usize>> {
    let mut next = 0;
    let place = |block: &Block| {
        let rest = all.get(next..).unwrap_or_default();
        if budget.is_spent() {
            return None;
        }
        // The library may have joined lines or dropped a link, so an equal beginning is enough.
        let starts = |it: &&Block| it.text == block.text || alike(&it.text, &block.text);
        let at = rest.iter().position(|it| starts(&it)).map(|it| it + next);
        spend_search(budget, rest, at.map(|it| it - next));
        next = at.map_or(next, |it| it + 1);
        at
    };
    main.iter().map(place).collect()
}

/// Whether two texts begin with the same forty bytes.
fn alike(one: &str, other: &str) -> bool {
    let head = one.as_bytes().get(..40);
    head.is_some() && head == other.as_bytes().get(..40)
}

/// What comparing two blocks costs, in steps of the budget.
const COMPARED: usize = 8;

/// Charges a search through `rest` that ended at `found` to the budget. Searches that find nothing
/// grow by the square of a page's length.
fn spend_search(budget: &Budget, rest: &[Block], found: Option<usize>) {
    budget.spend(found.map_or(rest.len(), |it| it + 1) * COMPARED);
}

/// Makes the articles of the posts of a forum's page.
fn thread<'a>(
    all: &[Block],
    numbers: &[u32],
    posts: &'a [Post],
    metadata: &Metadata,
    reading: &Reading<'_>,
) -> Vec<ArticleParts<'a>> {
    let indices = indices(all, posts, reading.budget);
    let drafts = posts.iter().zip(&indices).map(|(post, indices)| {
        let lines = lines_of(post, indices, numbers);
        let quoted = post.blocks.iter().take_while(|it| it.is_quoted).count();
        text::of_forum(post_draft(post, metadata), &lines, quoted, reading)
    });
    drafts.collect()
}

/// Makes the articles of the comments under a story. They have no headlines of their own.
fn discussion<'a>(
    numbers: &[u32],
    comments: &'a [Post],
    indices: &[Vec<usize>],
    metadata: &Metadata,
    reading: &Reading<'_>,
) -> Vec<ArticleParts<'a>> {
    let drafts = comments.iter().zip(indices).map(|(comment, indices)| {
        let (lines, dropped) = sift(&lines_of(comment, indices, numbers), reading);
        ArticleParts { lines, dropped, ..post_draft(comment, metadata) }
    });
    drafts.filter(|it| !it.lines.is_empty()).collect()
}

/// The index of each block of each post among all blocks of the page. A block that is not found
/// gets the index of the one before it.
fn indices(all: &[Block], posts: &[Post], budget: &Budget) -> Vec<Vec<usize>> {
    let mut next = 0;
    let mut index = |block: &Block| {
        let rest = all.get(next..).unwrap_or_default();
        if budget.is_spent() {
            return next;
        }
        let at = rest.iter().position(|it| it.text == block.text);
        spend_search(budget, rest, at);
        next += at.unwrap_or(0);
        next
    };
    posts.iter().map(|post| post.blocks.iter().map(&mut index).collect()).collect()
}

fn lines_of<'a>(post: &'a Post, indices: &[usize], numbers: &[u32]) -> Vec<Line<'a>> {
    let number = |index: usize| numbers.get(index).copied().unwrap_or(1);
    let blocks = post.blocks.iter().zip(indices);
    blocks.map(|(it, index)| Line::new(&it.text, number(*index), it.opens)).collect()
}

/// The parts of a post before its text is added. It has the page's address and title.
fn post_draft<'a>(post: &Post, metadata: &Metadata) -> ArticleParts<'a> {
    ArticleParts {
        title: metadata.title.clone(),
        author: post.author.clone(),
        date: post.date.map(|it| (it, DateSource::Metadata)),
        url: metadata.url.clone(),
        ..ArticleParts::default()
    }
}
