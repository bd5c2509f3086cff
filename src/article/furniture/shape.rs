//! Furniture that shows by the shape of its line: mentions, image names, navigation trails,
//! copyright notices.

use crate::article::line::{is_closed, words};
use crate::article::rule::Rule;

/// A line of mentions only: `@AndrewJin , @cirr`.
pub(super) fn mentions(line: &str) -> Option<Rule> {
    let parts = line.split([',', ';', '，', '、', ' ', '\u{A0}']).map(str::trim);
    let mut named = parts.filter(|it| !it.is_empty()).peekable();
    named.peek()?;
    named.all(is_mention).then_some(Rule::MentionList)
}

fn is_mention(word: &str) -> bool {
    let name = word.strip_prefix(['@', '＠']);
    name.is_some_and(|it| !it.is_empty() && !it.contains(['@', '!', '?', '！', '？']))
}

/// Whether a line mentions a user by a name of several words and says nothing to him: `@Economic
/// superpower`. This is certain only at the end of a post, so the caller must check the place.
pub(crate) fn is_call(line: &str) -> bool {
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

/// The name of an image file: `china-russia.jpg`, `IMG_2034.JPG (1.2 MB)`, `[Image: map.png]`.
pub(super) fn image(line: &str) -> Option<Rule> {
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
        // The size behind the name contains a dot too.
        let (name, _) = bare.split_once(['(', ' '])?;
        name.rsplit_once('.').filter(|(_, end)| is_type(end))
    })?;
    (!name.is_empty() && !end.contains(' ') || words(bare) <= 4).then_some(Rule::ImageName)
}

fn is_address(line: &str) -> bool {
    line.starts_with("http://") || line.starts_with("https://")
}

/// A navigation trail with a home page: `Home > News > Ports`, `首页 >> 新闻 >> 正文`.
pub(super) fn trail(line: &str) -> Option<Rule> {
    let parts = trail_parts(line)?;
    let is_home = |it: &&String| {
        matches!(
            it.to_lowercase().as_str(),
            "home" | "首页" | "首頁" | "主页" | "正文" | "startseite" | "accueil" | "inicio"
        )
    };
    (parts.first().is_some_and(|it| is_home(&it)) || parts.last().is_some_and(|it| is_home(&it)))
        .then_some(Rule::Navigation)
}

/// The parts of a navigation trail of at least three places, each a name or a headline; `None` for
/// any other line.
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

/// Whether a line is a navigation trail: `Mac & i > News > 2015`.
pub(crate) fn is_trail(line: &str) -> bool {
    trail_parts(line).is_some()
}

/// A copyright notice: `© 2018 Example Ltd. All rights reserved.`
pub(super) fn copyright(line: &str) -> Option<Rule> {
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
    (is_owner || is_reserved && words(line) <= 24 || claims_years(line)).then_some(Rule::Copyright)
}

/// Whether a line claims several years: `Portions of this are ©1998–2015 by its makers.` The credit
/// of a picture names one year at most.
fn claims_years(line: &str) -> bool {
    let Some((_, claim)) = line.split_once('©') else { return false };
    let mut years = claim.trim_start().splitn(2, ['-', '–', '—']).map(str::trim);
    let is_year = |it: &str| {
        let digits = it.bytes().take_while(u8::is_ascii_digit).count();
        digits == 4 && (it.starts_with("19") || it.starts_with("20"))
    };
    years.next().is_some_and(|it| it.len() == 4 && is_year(it)) && years.next().is_some_and(is_year)
}

/// A button with both of its states: `BookmarkBookmarked`.
pub(super) fn two_states(line: &str) -> Option<Rule> {
    if line.len() > 30 || !line.bytes().all(|it| it.is_ascii_alphabetic()) {
        return None;
    }
    let second = line.bytes().skip(1).position(|it| it.is_ascii_uppercase())? + 1;
    let (first, second) = line.split_at_checked(second)?;
    let is_done = second.strip_prefix(first).is_some_and(|it| matches!(it, "d" | "ed" | "ing"));
    is_done.then_some(Rule::ShareRow)
}

fn ends_with_words(line: &str, end: &str) -> bool {
    let line = line.trim_end_matches(['.', '。', '!', ' ']);
    let from = line.len().checked_sub(end.len()).and_then(|it| line.get(it..));
    from.is_some_and(|it| it.eq_ignore_ascii_case(end))
}
