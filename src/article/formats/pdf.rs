//! Reads a PDF into articles, with title, author and date from its metadata where these can be
//! trusted.
//!
//! Most titles in PDF metadata were not written by a person: they are the file's name or come from
//! a template. So a title counts only if the pages show it too, or show none.

use super::text;
use crate::article::reading::Reading;
use crate::article::types::{Article, DateSource};
use crate::date::{self, Day};
use crate::source::{Pdf, RawText};
use crate::text::one_line;

/// Reads the pages into their articles. The metadata is used only where there is one article.
pub(super) fn read(raw: &RawText, pdf: &Pdf, first: u32, reading: &Reading) -> Vec<Article> {
    let mut articles = text::read(raw, &pdf.text, first, reading);
    if let [article] = articles.as_mut_slice() {
        if let Some(title) = title(raw, pdf) {
            entitle(article, title, &pdf.text);
        }
        let stated = pdf.author.as_deref().and_then(author);
        article.author = article.author.take().or(stated);
        // A date on the pages or in the file's name comes from a person, this one from a program.
        if article.date.is_none() {
            article.date = pdf.created.as_deref().and_then(created);
            article.date_source = article.date.map(|_| DateSource::Metadata);
        }
    }
    articles
}

/// The title is looked for within this many characters from the start.
const HEAD_CHARS: usize = 4_000;

/// Titles that programs give to documents without one.
const NAMELESS: &str = "\
    untitled document slide presentation powerpointpresentation print title doc microsoftword \
    newdocument 无标题 文档 未命名 幻灯片 演示文稿";

/// Extensions of file names.
const ENDINGS: &[&str] = &[
    ".doc", ".docx", ".dot", ".dvi", ".eps", ".fm", ".htm", ".html", ".indd", ".odt", ".p65",
    ".pages", ".pdf", ".pmd", ".ppt", ".pptx", ".ps", ".pub", ".qxd", ".qxp", ".rtf", ".tex",
    ".tif", ".tiff", ".txt", ".wpd", ".wps", ".xls", ".xlsx",
];

/// The title in the metadata, if it reads like one.
fn title(raw: &RawText, pdf: &Pdf) -> Option<String> {
    let title = one_line(pdf.title.as_deref()?);
    let lower = title.to_lowercase();
    let letters = key(&title);
    let name = raw.path.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |it| it.0);
    let bare = letters.trim_end_matches(|it: char| it.is_ascii_digit());
    let is_file = ENDINGS.iter().any(|it| lower.ends_with(it))
        || lower.starts_with("microsoft ")
        || title.contains("://")
        || title.contains('\\')
        || letters == key(stem);
    let is_name = bare.chars().filter(|it| it.is_alphabetic()).count() >= 2;
    let is_title = is_name
        && !is_file
        && !NAMELESS.split(' ').any(|it| it == bare)
        && title.chars().count() <= 400;
    is_title.then_some(title)
}

/// Sets the article's title to the one in the metadata, if the pages show it too or show none.
fn entitle(article: &mut Article, title: String, text: &str) {
    let Some(headline) = &article.title else {
        article.title = Some(title);
        return;
    };
    let head: String = text.chars().take(HEAD_CHARS).collect();
    let (wanted, shown) = (key(&title), key(headline));
    if !key(&head).contains(&wanted) {
        return;
    }
    // The first line of a headline of several lines is part of the title. Any other line goes back
    // into the body.
    if !wanted.contains(&shown) && !shown.contains(&wanted) {
        let line = format!("{headline}\n\n");
        article.body.insert_str(0, &line);
        for mark in article.lines.iter_mut().skip(1) {
            mark.offset = mark.offset.saturating_add(u32::try_from(line.len()).unwrap_or(u32::MAX));
        }
    }
    article.title = Some(title);
}

/// Author names that programs put in where nobody is named.
const NOBODY: &str = "\
    administrator admin anonymous author owner unknown user 微软用户 用户 microsoftoffice用户 \
    microsoftofficeuser 作者 lenovo dell hp pc root";

fn author(stated: &str) -> Option<String> {
    let name = one_line(stated);
    let letters = key(&name);
    let is_name = letters.chars().filter(|it| it.is_alphabetic()).count() >= 2
        && name.chars().count() <= 80
        && !name.contains(['@', '\\'])
        && !name.contains("://")
        && !NOBODY.split(' ').any(|it| it == letters);
    is_name.then_some(name)
}

/// The day on which the file was made. Programs fill up a year without a month to its first second;
/// so a time in the first second of a year gives the year only.
fn created(stated: &str) -> Option<Day> {
    let day = date::read(stated)?.day;
    if stated.contains("-01-01T00:00:00") { Day::new(day.year(), None, None) } else { Some(day) }
}

/// The letters and digits of a text in lower case, for comparison.
fn key(text: &str) -> String {
    text.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
