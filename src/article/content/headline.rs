//! Finds the headline, the author and the date of a page or a post.

use crate::article::line::{Line, is_closed, is_row, words};
use crate::date::{self, Day};

/// What stands above a story.
#[derive(Debug, Default)]
pub(crate) struct Headline {
    /// The index of the headline among the lines.
    pub(crate) title: Option<usize>,
    /// Whether the page confirms that this is the headline: a date stands below it, or the line
    /// stands on the page twice.
    pub(crate) is_confirmed: bool,
    pub(crate) author: Option<String>,
    pub(crate) date: Option<Day>,
    /// The index of a line that holds the date and nothing else worth reading.
    pub(crate) date_line: Option<usize>,
}

/// Author and date stand within this many lines below the headline.
const HEAD_LINES: usize = 8;

/// The headline stands within this many lines above the running text.
pub(crate) const ABOVE_LINES: usize = 24;

impl Headline {
    /// Finds the headline of a page: the line most like a headline above line `story`, or above the
    /// first running text where no story was found.
    pub(crate) fn of_page(lines: &[Line], story: Option<usize>) -> Self {
        let prose = story.or_else(|| lines.iter().position(Line::is_prose)).unwrap_or(lines.len());
        let prose = if story.is_some() { prose } else { prose.min(ABOVE_LINES) };
        let first = prose.saturating_sub(ABOVE_LINES);
        let above = lines.get(first..prose.max(1).min(lines.len())).unwrap_or_default();
        let headlines = above.iter().enumerate().filter(|(_, it)| is_headline(it.text));
        // Of two equal candidates the first is taken.
        let best =
            headlines.max_by_key(|(at, _)| (headline_score(above, *at), std::cmp::Reverse(*at)));
        let best = best.map(|(at, _)| at + first);
        let Some(title) = lemma(lines, prose).or(best) else {
            return Self::below(lines, usize::MAX);
        };
        let mut head = Self::below(lines, title);
        head.is_confirmed = is_confirmed(lines.get(..prose).unwrap_or_default(), title);
        if head.date.is_none() {
            let above = Self::below(lines.get(..title).unwrap_or_default(), usize::MAX);
            (head.date, head.date_line) = (above.date, above.date_line);
        }
        head
    }

    /// Finds the headline of a post. Only the first line can be one, and a story must follow it.
    pub(crate) fn of_post(lines: &[Line]) -> Self {
        let is_headline =
            lines.first().is_some_and(|it| is_headline(it.text)) && tells_story(lines);
        if !is_headline {
            return Self::default();
        }
        let head = Self::below(lines, 0);
        let is_confirmed = head.date.is_some() || head.author.is_some();
        let first = lines.first().map_or("", |it| it.text);
        let prose = lines.iter().filter(|it| it.is_prose()).count();
        if is_confirmed
            || is_title_case(first) && words(first) >= 3
            || prose >= 2 && !is_closed(first)
        {
            head
        } else {
            Self::default()
        }
    }

    /// Finds the thread's title in the lines above the first post. A title is followed by a
    /// paragraph break.
    pub(crate) fn of_thread(lines: &[Line]) -> Self {
        let head = Self::of_page(lines, None);
        let below = head.title.and_then(|at| lines.get(at + 1));
        if below.is_none_or(|it| it.opens) { head } else { Self::default() }
    }

    /// Finds author and date in the lines below the headline at index `title`. An index past the
    /// end means that there is no headline; the search then starts at the first line.
    pub(crate) fn below(lines: &[Line], title: usize) -> Self {
        let from = title.checked_add(1).unwrap_or(0);
        let mut head = Self { title: lines.get(title).map(|_| title), ..Self::default() };
        for (at, line) in lines.iter().enumerate().skip(from).take(HEAD_LINES) {
            if line.is_prose() {
                break;
            }
            if head.date.is_none() && is_date_line(line.text) {
                head.date = date::find(line.text).map(|it| decided_reading(it, lines));
                head.date_line =
                    words_beside_date(line.text).is_some_and(|it| it == 0).then_some(at);
            }
            if head.author.is_none() {
                let next = lines.get(at + 1).is_none_or(|it| it.opens);
                let is_bare_place = at == from && head.title.is_some() && next;
                head.author = author(line.text).or_else(|| {
                    (is_bare_place && is_name(line.text)).then(|| line.text.to_owned())
                });
            }
        }
        head
    }
}

/// Finds the title of an encyclopaedia article: the name with which its text opens, as in `Mozilla
/// is a free-software community`. The text stands at line `prose` or above it.
///
/// A menu may hold the same name. So the name must be among the first lines of the page, or stand
/// twice above the text: as the page's title and over its table.
fn lemma(lines: &[Line], prose: usize) -> Option<usize> {
    let texts = lines.iter().take(prose + 1).enumerate().filter(|(_, it)| it.is_prose());
    texts.take(LEMMA_TEXTS).find_map(|(end, text)| {
        let above = lines.get(..end)?;
        let defines = |rest: &str| LEMMA_ENDS.split('|').any(|it| rest.starts_with(it));
        let count = |name: &str| above.iter().filter(|it| it.text == name).count();
        let is_lemma = |(at, line): (usize, &Line)| {
            text.text.strip_prefix(line.text).is_some_and(defines)
                && (at < LEMMA_LINES || count(line.text) > 1)
        };
        above.iter().enumerate().position(is_lemma)
    })
}

/// How many of the first running texts are tried.
const LEMMA_TEXTS: usize = 4;

/// What follows the name in the first sentence of an encyclopaedia article, separated by bars.
const LEMMA_ENDS: &str =
    " is a | is an | is the | was a | was an | was the | are | were | (|（|是|，是|，简称|，簡稱";

/// A page's name stands within this many lines from its top.
const LEMMA_LINES: usize = 3;

/// How much a line looks like the headline of the text below it.
///
/// Names in menus are short, headlines have eight words and more. Capitals, a paragraph of its own,
/// a date line below it, and a second copy of the line on the page (as the window's title) raise
/// the value. Distance from the story lowers it.
fn headline_score(lines: &[Line], at: usize) -> usize {
    let Some(line) = lines.get(at) else { return 0 };
    let below = lines.get(at + 1..).unwrap_or_default();
    let (is_dated, is_twice) = (is_dated(below), is_twice(lines, line));
    let shape = 4 * usize::from(is_title_case(line.text)) + 2 * usize::from(line.opens);
    let place = 4 * usize::from(is_dated) + 4 * usize::from(is_twice);
    (line.words().min(8) + shape + place) * 3 + ABOVE_LINES.saturating_sub(below.len())
}

/// Whether one of the first lines below a headline is a date line.
fn is_dated(below: &[Line]) -> bool {
    below.iter().take(BYLINE_LINES).any(|it| is_date_line(it.text))
}

/// Whether a line could be the headline of the story that begins at line `text`: a date, an author
/// or the story itself stands right below it.
pub(crate) fn has_byline(lines: &[Line], at: usize, text: usize) -> bool {
    let Some(line) = lines.get(at) else { return false };
    let below = lines.get(at + 1..text).unwrap_or_default();
    let is_named = below
        .iter()
        .take(BYLINE_LINES)
        .any(|it| is_date_line(it.text) || author(it.text).is_some());
    line.weight() >= 4
        && text - at <= ABOVE_LINES
        && is_headline(line.text)
        && (is_named || at + 1 == text)
}

/// Author and date stand within this many lines below a confirmed headline.
const BYLINE_LINES: usize = 4;

/// Whether a headline stands twice among the lines.
fn is_twice(lines: &[Line], line: &Line) -> bool {
    line.words() >= 4 && lines.iter().filter(|it| it.text == line.text).count() > 1
}

fn is_confirmed(lines: &[Line], title: usize) -> bool {
    let Some((line, below)) = lines.get(title..).and_then(<[Line]>::split_first) else {
        return false;
    };
    line.words() >= 4 && (is_dated(below) || is_twice(lines, line))
}

/// Decides between the two readings of a date such as `05-06-2015`. The reading within a week of
/// another date of the article is right, if only one is. Otherwise only the year is known.
fn decided_reading(found: date::Found, lines: &[Line]) -> Day {
    let Some(readings) = found.readings else { return found.day };
    let others = lines.iter().filter_map(|it| date::find(it.text)).map(|it| it.day);
    let others: Vec<Day> = others.filter(|it| it.is_exact()).collect();
    let is_near = |it: Day| others.iter().any(|other| it.days_until(*other).abs() <= 7);
    match readings.map(is_near) {
        [true, false] => readings[0],
        [false, true] => readings[1],
        _ => found.day,
    }
}

/// Whether the lines below the first are long enough to be a story.
fn tells_story(lines: &[Line]) -> bool {
    let rest = lines.get(1..).unwrap_or_default();
    let has_prose = rest.iter().any(Line::is_prose);
    has_prose && rest.iter().map(Line::words).sum::<usize>() >= 40
}

/// Whether a line could be a headline, judged by itself.
fn is_headline(line: &str) -> bool {
    let count = words(line);
    let first = line.chars().find(|it| it.is_alphanumeric());
    let opens = first.is_some_and(|it| !it.is_lowercase());
    let is_long_enough = count >= 2;
    let is_shaped = opens && is_long_enough && count <= 40 && line.len() <= 260;
    let is_trail = [" > ", " » ", " >> "].iter().any(|it| line.contains(it));
    // A pager: `« Previous | Next »`.
    let is_pager = line.contains('|') && line.split('|').all(|it| words(it) <= 2);
    if is_trail || is_pager || is_row(line) || words_beside_date(line).is_some_and(|it| it <= 24) {
        return false;
    }
    if !is_shaped || line.starts_with(['@', '>', '#', '•', '*']) || line.contains("://") {
        return false;
    }
    let is_question =
        line.trim_end_matches(['"', '”', '’', '\'', ' ']).ends_with(['?', '!', '？', '！', '…']);
    !is_closed(line) || is_question && is_title_case(line)
}

/// Whether most of the longer words begin with a capital. A Chinese line always counts as title
/// case.
pub(crate) fn is_title_case(line: &str) -> bool {
    let letters = |it: &str| it.chars().filter(|it| it.is_alphabetic()).count();
    let long = line.split_whitespace().filter(|it| letters(it) >= 4);
    let (mut capital, mut all) = (0, 0);
    for word in long {
        let first = word.chars().find(|it| it.is_alphabetic());
        all += 1;
        capital += usize::from(first.is_some_and(|it| !it.is_lowercase()));
    }
    all == 0 || capital * 10 >= all * 6
}

/// Whether the line holds a date and little else.
pub(crate) fn is_date_line(line: &str) -> bool {
    line.len() <= 160 && words_beside_date(line).is_some_and(|it| it <= 8)
}

/// How many words of a line belong neither to its date nor to a time or a label; `None` without a
/// date.
pub(crate) fn words_beside_date(line: &str) -> Option<usize> {
    if line.len() > 160 {
        return None;
    }
    let found = date::find(line)?;
    let before = line.get(..found.span.start()).unwrap_or_default();
    let after = line.get(found.span.end()..).unwrap_or_default();
    let marks = |it: char| {
        it.is_whitespace() || matches!(it, ',' | '|' | ':' | '：' | '-' | '/' | '(' | ')' | '·')
    };
    let rest = before.split(marks).chain(after.split(marks));
    Some(
        rest.filter(|it| it.chars().any(char::is_alphanumeric) && !is_of_date(it)).map(words).sum(),
    )
}

/// Whether the word is a time, a time zone, a weekday or a label of a date.
fn is_of_date(word: &str) -> bool {
    let bare = word.trim_end_matches('.').to_ascii_lowercase();
    let is_time = bare
        .trim_end_matches(|it: char| it.is_ascii_alphabetic())
        .chars()
        .all(|it| it.is_ascii_digit() || it == '.');
    is_time && bare.starts_with(|it: char| it.is_ascii_digit())
        || DATE_WORDS.split(' ').any(|it| it == bare)
}

/// Times of day, time zones, weekdays and labels of dates, in lower case.
const DATE_WORDS: &str = "\
    am pm a.m p.m gmt utc bst est edt et cst cdt mst pst pdt pt bjt hkt ist msk cet cest sgt \
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs \
    fri sat sun published posted updated date on at first last modified added created \
    publication time 发稿时间 来源 发布时间 发布 时间 日期 发布日期 更新时间 發布時間 發佈 更新 星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天";

/// Labels of an author, separated by bars.
const LABELS: &str =
    "By |BY |by |By: |Author: |Author：|Written by |Posted by |作者：|作者:|文/|文／|记者：|记者 ";

/// The author that a line names: `By Lyle J. Goldstein, staff writer`, `Author: …`, `作者：…`, `记者 …`.
fn author(line: &str) -> Option<String> {
    if line.len() > 140 || line.ends_with('.') {
        return None;
    }
    let rest = LABELS.split('|').find_map(|it| line.strip_prefix(it))?;
    let is_end = |it: char| {
        matches!(it, ',' | '|' | '，' | '·' | '(' | '（' | '•' | ';') || it.is_ascii_digit()
    };
    let name = rest.split(is_end).next()?.split(" - ").next()?;
    let name = name.split(" on ").next()?.trim();
    let is_han = name.chars().any(crate::text::is_han) && name.chars().count() <= 20;
    (is_han || is_name(name) || is_names(name)).then(|| name.to_owned())
}

/// Whether the text is a list of names: `Ann Lee and Bo Wang`.
fn is_names(text: &str) -> bool {
    let mut names = text.split(" and ").flat_map(|it| it.split(" & "));
    text.contains(" and ") && names.all(is_name)
}

/// Whether the text is a person's name: `Lyle J. Goldstein`, `Ursula von der Leyen`. A name has two
/// to five capitalized words. Words that head a section are no names.
fn is_name(text: &str) -> bool {
    let particles =
        ["de", "la", "van", "von", "der", "den", "bin", "al", "el", "da", "di", "du", "le", "ter"];
    let mut count = 0;
    let mut is_plain = true;
    for word in text.split_whitespace() {
        let lower = word.to_lowercase();
        let mut letters = word.chars();
        let opens = letters.next().is_some_and(char::is_uppercase);
        let rest = letters.all(|it| it.is_alphabetic() || matches!(it, '.' | '-' | '\'' | '’'));
        let is_all_caps =
            word.len() > 3 && lower != word && word.chars().all(|it| !it.is_lowercase());
        let is_part = opens && rest && !is_all_caps || particles.contains(&lower.as_str());
        is_plain &= is_part && !SECTION_WORDS.split(' ').any(|it| it == lower);
        count += 1;
    }
    is_plain && (2..=5).contains(&count)
}

/// Words, in lower case, of headings of sections, which no name contains.
const SECTION_WORDS: &str = "\
    summary points introduction abstract news policy gallery photo photos report analysis \
    opinion background overview contents the of and in staff note notes editor key part chapter \
    world business politics";
