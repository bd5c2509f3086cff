//! Reads a Markdown file into an article: evaluates its front matter and removes its markup.

use std::borrow::Cow;

use crate::article::content::{ArticleParts, Headline, date_by_name, sift};
use crate::article::line::Line;
use crate::article::reading::Reading;
use crate::article::rule::Rule;
use crate::article::types::{Article, DateSource, DroppedText};
use crate::budget::Budget;
use crate::date::{self, Day};
use crate::source::RawText;

/// Reads a Markdown text into its article; returns none where nothing is left to read.
pub(super) fn read(raw: &RawText, text: &str, first: u32, reading: &Reading<'_>) -> Vec<Article> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let (matter, body, line) = front_matter(text, raw.line);
    let sheet = Sheet::of(body, line, reading.budget);
    let lines: Vec<Line> = sheet.rows.iter().map(Row::line).collect();
    let (mut kept, mut dropped) = sift(&lines, reading);
    dropped.extend(sheet.dropped);
    dropped.extend(matter.dropped);
    dropped.sort_by_key(|it| it.line);
    let headline = sheet.headline.and_then(|number| kept.iter().position(|it| it.number == number));
    let head = match headline {
        Some(at) => Headline { title: Some(at), ..Headline::below(&kept, at) },
        None if matter.title.is_some() => Headline::below(&kept, usize::MAX),
        None => Headline::of_page(&kept, None),
    };
    // The title of the front matter wins. A headline with the same words is removed from the body.
    let stated = head.title.and_then(|at| kept.get(at)).map(|it| it.text.to_owned());
    let is_repeated = matter.title.is_none() || matter.title == stated;
    if let Some(at) = head.title.filter(|_| is_repeated) {
        kept.remove(at);
    }
    let byline = head.date.map(|it| (it, DateSource::Byline));
    let draft = ArticleParts {
        title: matter.title.or(stated),
        author: matter.author.or(head.author),
        date: matter.date.map(|it| (it, DateSource::Field)).or(byline),
        url: matter.url,
        lines: kept,
        quoted: 0,
        dropped,
    };
    let mut drafts = vec![draft];
    date_by_name(raw, &mut drafts);
    let drafts = drafts.into_iter().filter(|it| !it.is_empty()).zip(first..);
    drafts.map(|(it, number)| it.article(raw, number)).collect()
}

/// The front matter: what stands between the `---` or `+++` lines at the head of a file.
#[derive(Default)]
struct Matter {
    title: Option<String>,
    author: Option<String>,
    date: Option<Day>,
    url: Option<String>,
    dropped: Vec<DroppedText>,
}

/// Splits off the front matter. Returns it, the rest of the text, and the line number at which the
/// rest starts.
fn front_matter(text: &str, line: u32) -> (Matter, &str, u32) {
    let fence = text.lines().next().map_or("", str::trim_end);
    if fence != "---" && fence != "+++" {
        return (Matter::default(), text, line);
    }
    let mut matter = Matter::default();
    let mut rest = text;
    for (row, number) in text.split_inclusive('\n').zip(line..) {
        rest = rest.get(row.len()..).unwrap_or_default();
        let row = row.trim_end();
        matter.dropped.push(DroppedText {
            line: number,
            text: row.to_owned(),
            rule: Rule::FrontMatter,
        });
        if number > line && (row == fence || row == "...") {
            return (matter, rest, number + 1);
        }
        matter.row(row);
    }
    // Without a closing line it is a horizontal rule at the head of a text.
    (Matter::default(), text, line)
}

impl Matter {
    /// Reads a row such as `title: …` or `date = …`; skips nested rows and list items.
    fn row(&mut self, row: &str) {
        let Some((key, value)) = row.split_once([':', '=']) else { return };
        let value = value.trim().trim_matches(['[', ']']).trim().trim_matches(['"', '\'']).trim();
        if value.is_empty() || key.starts_with([' ', '\t', '-']) {
            return;
        }
        let text = || Some(value.replace("\\\"", "\""));
        match key.trim().to_ascii_lowercase().as_str() {
            "title" => self.title = text(),
            "author" | "authors" | "by" => self.author = text(),
            "date" | "published" | "pubdate" | "created" | "publishdate" => {
                self.date = self.date.or(date::read(value).map(|it| it.day));
            }
            "url" | "link" | "source" | "canonical" | "canonical_url" | "permalink"
                if value.starts_with("http") =>
            {
                self.url = text();
            }
            _ => {}
        }
    }
}

/// The rows of the text without their markup.
#[derive(Default)]
struct Sheet<'a> {
    rows: Vec<Row<'a>>,
    dropped: Vec<DroppedText>,
    /// The line number of the first headline of the first rank.
    headline: Option<u32>,
}

struct Row<'a> {
    text: Cow<'a, str>,
    number: u32,
    opens: bool,
}

impl Row<'_> {
    fn line(&self) -> Line<'_> {
        Line::new(&self.text, self.number, self.opens)
    }
}

impl<'a> Sheet<'a> {
    fn of(text: &'a str, first: u32, budget: &Budget) -> Self {
        let mut sheet = Self::default();
        let (mut opens, mut is_code) = (true, false);
        for (row, number) in text.lines().zip(first..) {
            let bare = row.trim();
            let is_fence = bare.starts_with("```") || bare.starts_with("~~~");
            is_code ^= is_fence;
            if bare.is_empty() {
                opens = true;
            } else if is_fence || !is_code && is_markup(bare) {
                if is_underline(bare) && !opens && sheet.headline.is_none() && bare.starts_with('=')
                {
                    sheet.headline = sheet.rows.last().map(|it| it.number);
                }
                sheet.drop_row(bare, number);
                opens = true;
            } else {
                let is_head = !is_code && bare.starts_with('#');
                if bare.starts_with("# ") && !is_code && sheet.headline.is_none() {
                    sheet.headline = Some(number);
                }
                let text = if is_code { Cow::Borrowed(bare) } else { plain(bare, budget) };
                if text.is_empty() {
                    sheet.drop_row(bare, number);
                } else {
                    sheet.rows.push(Row { text, number, opens: opens || is_head });
                    opens = is_head;
                }
            }
        }
        sheet
    }

    fn drop_row(&mut self, row: &str, number: u32) {
        self.dropped.push(DroppedText { line: number, text: row.to_owned(), rule: Rule::Markup });
    }
}

/// Whether a row holds markup only: a rule, an underline of a headline, a link definition, a
/// comment.
fn is_markup(row: &str) -> bool {
    let is_definition = row.starts_with('[') && row.contains("]: ") && row.contains("://");
    is_underline(row)
        || row.chars().all(|it| matches!(it, '*' | '-' | '_' | ' ' | '|' | ':' | '='))
        || is_definition
        || row.starts_with("<!--") && row.ends_with("-->")
}

fn is_underline(row: &str) -> bool {
    row.len() >= 3 && (row.bytes().all(|it| it == b'=') || row.bytes().all(|it| it == b'-'))
}

/// Removes the marks of headlines, quotations and emphasis, the targets of links, and images.
fn plain<'a>(row: &'a str, budget: &Budget) -> Cow<'a, str> {
    let row = row.trim_start_matches("> ").trim_start_matches('#').trim_start();
    let row = row.trim_end_matches(" #").trim_end_matches(" ##").trim_end();
    if !row.contains(['[', '*', '_', '`', '<']) {
        return Cow::Borrowed(row);
    }
    let bare = without_links(row, budget);
    Cow::Owned(bare.replace("**", "").replace("__", "").replace('`', "").trim().to_owned())
}

/// The bytes of a row that are searched in one step of the budget.
const STEP_BYTES: usize = 16;

/// Replaces `[text](target)` by `text`, removes `![picture](target)`, and keeps `<https://…>`.
fn without_links(row: &str, budget: &Budget) -> String {
    let mut bare = String::with_capacity(row.len());
    let mut rest = row;
    while let Some(at) = rest.find('[') {
        let (before, from) = rest.split_at(at);
        let parts = from.split_once("](");
        let ends = parts.and_then(|(text, target)| Some((text, target, target.find(')')?)));
        // If this bracket has no end, the later ones have none either.
        let Some((text, target, end)) = ends else { break };
        // Each bracket is searched for the end of its link, which may stand far behind many
        // brackets.
        if !budget.spend(1 + (text.len() + end) / STEP_BYTES) {
            break;
        }
        let text = text.strip_prefix('[').filter(|it| !it.contains(']') || it.contains("!["));
        let Some((text, after)) = text.zip(target.get(end + 1..)) else {
            bare.push_str(before);
            bare.push('[');
            rest = from.get(1..).unwrap_or_default();
            continue;
        };
        if let Some(before) = before.strip_suffix('!') {
            bare.push_str(before);
        } else if text.starts_with("![") {
            // A picture that is a link: the rest of the outer link follows.
            bare.push_str(before);
            rest = after.split_once(')').map_or(after, |it| it.1);
            continue;
        } else {
            bare.push_str(before);
            bare.push_str(text);
        }
        rest = after;
    }
    bare.push_str(rest);
    bare
}
