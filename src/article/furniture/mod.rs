//! Lines that belong to the page and not to what was written: told by their shape alone.
//!
//! Each rule has a name that ends up in [`crate::article::Dropped::rule`]. A rule may miss furniture; it may
//! not take a sentence. Rules look at short lines only: what is long is text.

mod chinese;
mod english;
mod foreign;
mod legal;
pub(crate) mod repeated_lines;

use crate::article::line::{is_closed, words};
use english::Kind;

/// Longer lines are text, whatever they say.
const LONGEST_BYTES: usize = 220;

/// The rule that tells the line to be furniture, if any.
pub(super) fn rule(line: &str) -> Option<&'static str> {
    if line.len() > LONGEST_BYTES {
        return legal::rule(line).or_else(|| foreign::rule(line));
    }
    if !line.chars().any(char::is_alphanumeric) {
        // A bracket alone closes a piece of code.
        return (!line.starts_with(['(', ')', '[', ']', '{', '}'])).then_some("ornament");
    }
    mentions(line)
        .or_else(|| image(line))
        .or_else(|| copyright(line))
        .or_else(|| legal::rule(line))
        .or_else(|| trail(line))
        .or_else(|| chinese::rule(line))
        .or_else(|| two_states(line))
        .or_else(|| interface(line))
        .or_else(|| foreign::rule(line))
}

/// `@AndrewJin , @cirr`: nothing but names that are called.
fn mentions(line: &str) -> Option<&'static str> {
    let parts = line.split([',', ';', '，', '、', ' ', '\u{A0}']).map(str::trim);
    let mut named = parts.filter(|it| !it.is_empty()).peekable();
    named.peek()?;
    named.all(is_mention).then_some("mention-list")
}

fn is_mention(word: &str) -> bool {
    let name = word.strip_prefix(['@', '＠']);
    name.is_some_and(|it| !it.is_empty() && !it.contains(['@', '!', '?', '！', '？']))
}

/// `@Economic superpower`: a name of several words is called, where nothing is said to it. Only
/// the end of a post shows that, so the caller knows where to ask.
pub(super) fn is_call(line: &str) -> bool {
    let Some(name) = line.strip_prefix('@') else { return false };
    let is_plain =
        name.chars().all(|it| it.is_alphanumeric() || matches!(it, ' ' | '_' | '-' | '.'));
    let said = [
        "thanks", "thank", "yes", "no", "agree", "agreed", "true", "lol", "you", "i", "please",
        "what", "why",
    ];
    let mut spoken = name.split(' ').map(str::to_ascii_lowercase);
    is_plain
        && words(name) <= 3
        && !is_closed(line)
        && !spoken.any(|it| said.contains(&it.as_str()))
}

/// `china-russia.jpg`, `IMG_2034.JPG (1.2 MB)`, `[Image: map.png]`.
fn image(line: &str) -> Option<&'static str> {
    const TYPES: [&str; 10] =
        ["jpg", "jpeg", "png", "gif", "webp", "svg", "bmp", "tif", "tiff", "heic"];
    let bare = line.trim_matches(['[', ']', '(', ')', '"']);
    if words(bare) > 5 || is_address(bare) {
        return None;
    }
    let is_type = |end: &str| {
        let end: String = end.chars().take_while(char::is_ascii_alphanumeric).collect();
        TYPES.contains(&end.to_ascii_lowercase().as_str())
    };
    let (name, end) = bare.rsplit_once('.').filter(|(_, end)| is_type(end)).or_else(|| {
        // A size behind the name has a dot of its own.
        let (name, _) = bare.split_once(['(', ' '])?;
        name.rsplit_once('.').filter(|(_, end)| is_type(end))
    })?;
    (!name.is_empty() && !end.contains(' ') || words(bare) <= 4).then_some("image-name")
}

fn is_address(line: &str) -> bool {
    line.starts_with("http://") || line.starts_with("https://")
}

/// `Home > News > Ports`, `首页 >> 新闻 >> 正文`: where a page stands in its site.
fn trail(line: &str) -> Option<&'static str> {
    let parts = trail_parts(line)?;
    let is_home = |it: &&String| {
        matches!(
            it.to_lowercase().as_str(),
            "home" | "首页" | "首頁" | "主页" | "正文" | "startseite" | "accueil" | "inicio"
        )
    };
    (parts.first().is_some_and(|it| is_home(&it)) || parts.last().is_some_and(|it| is_home(&it)))
        .then_some("navigation")
}

/// The parts of a trail of three places and more, each a name or a headline; nothing for any other
/// line.
fn trail_parts(line: &str) -> Option<Vec<String>> {
    if !line.contains(['>', '»', '›']) || is_closed(line) {
        return None;
    }
    let parts: Vec<String> = line
        .split(['>', '»', '›'])
        .map(|it| it.trim().to_owned())
        .filter(|it| !it.is_empty())
        .collect();
    let is_name = |it: &String| words(it) <= 24 && !it.contains(['=', '<']);
    (parts.len() >= 3 && parts.iter().all(is_name)).then_some(parts)
}

/// Whether a line leads from place to place: `Mac & i > News > 2015`.
pub(super) fn is_trail(line: &str) -> bool {
    trail_parts(line).is_some()
}

/// `© 2018 Example Ltd. All rights reserved.`
fn copyright(line: &str) -> Option<&'static str> {
    let lower = line.get(..line.len().min(24)).map(str::to_ascii_lowercase).unwrap_or_default();
    let has_sign =
        line.starts_with(['©', 'Ⓒ']) || lower.starts_with("copyright") || lower.starts_with("(c) ");
    let is_reserved = ends_with_words(line, "all rights reserved");
    // `(c) Stator image, Fig. 1` is the third picture of a row.
    let is_year = |it: &str| {
        let digits: String = it.chars().take_while(char::is_ascii_digit).collect();
        digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
    };
    let has_year = line.split(|it: char| !it.is_ascii_digit()).any(is_year);
    let is_owner = has_sign && (has_year || line.contains('©')) && words(line) <= 16;
    (is_owner || is_reserved && words(line) <= 24 || claims_years(line)).then_some("copyright")
}

/// `Portions of this are ©1998–2015 by its makers.`: a picture's credit names one year at most.
fn claims_years(line: &str) -> bool {
    let Some((_, claim)) = line.split_once('©') else { return false };
    let mut years = claim.trim_start().splitn(2, ['-', '–', '—']).map(str::trim);
    let is_year = |it: &str| {
        let digits = it.bytes().take_while(u8::is_ascii_digit).count();
        digits == 4 && (it.starts_with("19") || it.starts_with("20"))
    };
    years.next().is_some_and(|it| it.len() == 4 && is_year(it)) && years.next().is_some_and(is_year)
}

/// `BookmarkBookmarked`: a button with both of its states.
fn two_states(line: &str) -> Option<&'static str> {
    if line.len() > 30 || !line.bytes().all(|it| it.is_ascii_alphabetic()) {
        return None;
    }
    let second = line.bytes().skip(1).position(|it| it.is_ascii_uppercase())? + 1;
    let (first, second) = line.split_at_checked(second)?;
    let is_done = second.strip_prefix(first).is_some_and(|it| matches!(it, "d" | "ed" | "ing"));
    is_done.then_some("share-row")
}

fn ends_with_words(line: &str, end: &str) -> bool {
    let line = line.trim_end_matches(['.', '。', '!', ' ']);
    let from = line.len().checked_sub(end.len()).and_then(|it| line.get(it..));
    from.is_some_and(|it| it.eq_ignore_ascii_case(end))
}

/// Lines made of the words of page buttons, forms, menus and counters.
fn interface(line: &str) -> Option<&'static str> {
    if !may_be_interface(line) {
        return None;
    }
    let spoken = english::spoken(line);
    if spoken.is_empty() || spoken.len() > 24 {
        return None;
    }
    let bare = line.trim_end_matches(['…', ' ', ':']);
    english::phrase(&spoken, is_closed(bare.strip_suffix("...").unwrap_or(bare)))
        .or_else(|| buttons(line, &spoken))
        .or_else(|| counter(line, &spoken))
        .or_else(|| button_row(line, &spoken))
}

/// What tells most lines of a text at little cost: the rules below ask how a line begins, or for
/// capitals throughout, or for very few words.
fn may_be_interface(line: &str) -> bool {
    let first = english::first_spoken(line);
    let is_number = first.starts_with(|it: char| it.is_ascii_digit());
    english::opens(&first)
        || english::kind(&first).is_some()
        || is_number
        || english::is_counted(&first)
        || words(line) <= 4
        || plain_words(line).all(is_capital)
}

fn plain_words(line: &str) -> impl Iterator<Item = &str> {
    line.split_whitespace().filter(|it| it.chars().any(char::is_alphanumeric))
}

fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(|it| !it.is_lowercase())
}

/// A few words, all of them a page's own: `Leave a Reply`, `Pin It`, `Back`, `Top Bottom`.
fn buttons(line: &str, spoken: &[String]) -> Option<&'static str> {
    if spoken.len() > 6 || line.contains('?') || !starts_like_a_button(line) {
        return None;
    }
    let kinds = spoken.iter().map(|it| english::kind(it)).collect::<Option<Vec<Kind>>>()?;
    let told = kinds.iter().filter_map(|it| it.rule()).next()?;
    // One weak word more than the page's own words is a sentence in the making: `Like it as it is`.
    let strong = kinds.iter().filter(|it| it.rule().is_some()).count();
    (strong * 4 >= kinds.len()).then_some(told)
}

/// The shares of a line's words that pages speak of themselves with.
pub(super) struct PageWords {
    /// Those that tell a page by themselves.
    pub(super) telling: f32,
    /// Those that fill up between them.
    pub(super) filling: f32,
}

/// How much of a line is a page's own words.
pub(super) fn page_words(line: &str) -> PageWords {
    let (mut telling, mut filling, mut all) = (0_u16, 0_u16, 0_u16);
    for kind in english::kinds(line) {
        all = all.saturating_add(1);
        match kind {
            Some(Kind::Filler) => filling = filling.saturating_add(1),
            Some(_) => telling = telling.saturating_add(1),
            None => {}
        }
    }
    let share = |it: u16| f32::from(it) / f32::from(all.max(1));
    PageWords { telling: share(telling), filling: share(filling) }
}

/// One or two words that say nothing by themselves, such as the name of a field in a form.
pub(super) fn is_filler(line: &str) -> bool {
    if line.len() > 30 {
        return false;
    }
    let spoken = english::spoken(line);
    (1..=2).contains(&spoken.len())
        && spoken.iter().all(|it| english::kind(it) == Some(Kind::Filler))
}

/// A capital, a digit, a sign or a bracket; a line that goes on with a small letter was wrapped.
fn starts_like_a_button(line: &str) -> bool {
    let first = line.chars().find(|it| !it.is_whitespace());
    let words = line.split_whitespace().count();
    first.is_some_and(|it| !it.is_lowercase()) || words == 1
}

/// `12 Comments`, `1,234 views · 56 likes`, `Page 3 of 12`.
fn counter(line: &str, spoken: &[String]) -> Option<&'static str> {
    let is_number = |it: &String| {
        let bare = it.trim_end_matches(['k', 'm']);
        !bare.is_empty() && bare.bytes().all(|it| it.is_ascii_digit())
    };
    let numbers = spoken.iter().filter(|it| is_number(it)).count();
    if numbers == 0 || spoken.len() > 8 || line.contains('$') {
        return None;
    }
    let counted = spoken.iter().filter(|it| english::is_counted(it)).count();
    let others = spoken.iter().filter(|it| !is_number(it) && !english::is_counted(it));
    let all_known = others
        .into_iter()
        .all(|it| matches!(it.as_str(), "of" | "and" | "to" | "total" | "no" | "there" | "are"));
    (counted > 0 && all_known).then_some("counter")
}

/// A row of buttons with the site's name between: `Like Example Tweet Example Subscribe
/// Newsletter Leave Comment`. All words are capitals or a page's own.
fn button_row(line: &str, spoken: &[String]) -> Option<&'static str> {
    if spoken.len() < 4 || is_closed(line) {
        return None;
    }
    let kinds: Vec<Option<Kind>> = spoken.iter().map(|it| english::kind(it)).collect();
    let strong: Vec<&'static str> = kinds.iter().flatten().filter_map(|it| it.rule()).collect();
    let known = kinds.iter().flatten().count();
    let is_row =
        plain_words(line).all(is_capital) && strong.len() >= 3 && known * 10 >= kinds.len() * 6;
    is_row.then(|| strong.first().copied()).flatten()
}
