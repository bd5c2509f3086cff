//! Makes the article of a record of JSON Lines, CSV or TSV; its text is kept as it is.

use crate::article::types::{Article, DateSource, Lang, LineMark, numbered};
use crate::date;
use crate::source::{RawText, Record};
use crate::text::one_line;

/// Makes the article of a record. `number` gives the id where the record has none.
pub(super) fn article(raw: &RawText, record: &Record, number: u32) -> Article {
    let title = record.title.as_deref().and_then(filled);
    let date = record.date.as_deref().and_then(|it| date::read(it).map(|found| found.day));
    let body = record.text.clone();
    let lang = record
        .lang
        .as_deref()
        .and_then(named)
        .unwrap_or_else(|| Lang::of_parts(&[title.as_deref().unwrap_or_default(), &body]));
    let id = record.id.clone().filter(|it| !it.is_empty());
    Article {
        id: id.unwrap_or_else(|| numbered(&raw.path, number)),
        path: raw.path.clone(),
        title,
        shares_title: false,
        author: record.author.as_deref().and_then(filled),
        date,
        date_source: date.map(|_| DateSource::Field),
        url: record.url.as_deref().map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned),
        lang,
        body,
        lines: vec![LineMark { offset: 0, line: raw.line }],
        quotes: Vec::new(),
        dropped: Vec::new(),
    }
}

/// The text on one line; `None` where nothing is visible.
fn filled(text: &str) -> Option<String> {
    Some(one_line(text)).filter(|it| !it.is_empty())
}

/// The language that a record names, by its primary subtag (`zh-CN`, `en_US`, `mixed`).
fn named(text: &str) -> Option<Lang> {
    let primary = text.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    match primary.as_str() {
        "en" | "eng" | "english" => Some(Lang::En),
        "zh" | "zho" | "chi" | "cn" | "chinese" => Some(Lang::Zh),
        "mixed" => Some(Lang::Mixed),
        _ => None,
    }
}
