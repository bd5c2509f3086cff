//! Puts the kept lines together to an article whose body knows the lines that it came from.

use super::headline::Headline;
use crate::article::line::Line;
use crate::article::rule::Rule;
use crate::article::types::{Article, DateSource, DroppedText, Lang, LineMark, numbered};
use crate::date::{self, Day};
use crate::source::RawText;
use crate::text::Span;

/// The parts of an article before they are put together.
#[derive(Default)]
pub(crate) struct ArticleParts<'a> {
    pub(crate) title: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) date: Option<(Day, DateSource)>,
    pub(crate) url: Option<String>,
    pub(crate) lines: Vec<Line<'a>>,
    /// How many of the first lines quote an earlier post.
    pub(crate) quoted: usize,
    pub(crate) dropped: Vec<DroppedText>,
}

impl<'a> ArticleParts<'a> {
    /// Takes the headline and the date line out of the kept lines.
    pub(crate) fn of(
        kept: Vec<Line<'a>>,
        mut dropped: Vec<DroppedText>,
        head: &Headline,
        source: DateSource,
    ) -> Self {
        let title = head.title.and_then(|at| kept.get(at)).map(|it| it.text.to_owned());
        if let Some(line) = head.date_line.and_then(|at| kept.get(at)) {
            let at = dropped.partition_point(|it| it.line < line.number);
            dropped.insert(at, line.dropped(Rule::DateLine));
        }
        let is_taken = |at: usize| head.title == Some(at) || head.date_line == Some(at);
        let lines = kept.into_iter().enumerate().filter(|(at, _)| !is_taken(*at)).map(|(_, it)| it);
        Self {
            title,
            author: head.author.clone(),
            date: head.date.map(|it| (it, source)),
            lines: lines.collect(),
            dropped,
            ..Self::default()
        }
    }

    /// Whether there is nothing to read: neither a line nor a title.
    pub(crate) fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.title.is_none()
    }

    /// Makes the article. `number` is its place in the file, counted from 1.
    pub(crate) fn article(self, raw: &RawText, number: u32) -> Article {
        let mut body = String::with_capacity(self.lines.iter().map(|it| it.text.len() + 2).sum());
        let mut marks = Vec::with_capacity(self.lines.len());
        let mut quoted_bytes = 0;
        for (at, line) in self.lines.iter().enumerate() {
            if at > 0 {
                body.push_str(if line.opens { "\n\n" } else { "\n" });
            }
            let offset = u32::try_from(body.len()).unwrap_or(u32::MAX);
            marks.push(LineMark { offset, line: line.number });
            body.push_str(line.text);
            if at + 1 == self.quoted {
                quoted_bytes = body.len();
            }
        }
        if marks.is_empty() {
            marks.push(LineMark { offset: 0, line: raw.line });
        }
        let quotes = if quoted_bytes > 0 { vec![Span::new(0, quoted_bytes)] } else { Vec::new() };
        Article {
            id: numbered(&raw.path, number),
            path: raw.path.clone(),
            lang: Lang::of_parts(&[self.title.as_deref().unwrap_or_default(), &body]),
            title: self.title,
            shares_title: false,
            author: self.author,
            date: self.date.map(|it| it.0),
            date_source: self.date.map(|it| it.1),
            url: self.url,
            body,
            lines: marks,
            quotes,
            dropped: self.dropped,
        }
    }
}

/// Takes the date from the file's name where the file holds one article without a date. The posts
/// of a thread were written on different days, so a name does not date them.
pub(crate) fn date_by_name(raw: &RawText, drafts: &mut [ArticleParts]) {
    let [only] = drafts else { return };
    let name = raw.path.rsplit('/').next().unwrap_or_default();
    let named = || date::in_name(name).map(|it| (it, DateSource::FileName));
    only.date = only.date.or_else(named);
}

/// Removes the empty articles of a file; their dropped lines go to the next article, or to the last
/// one.
pub(crate) fn gather(drafts: Vec<ArticleParts<'_>>) -> Vec<ArticleParts<'_>> {
    let mut gathered: Vec<ArticleParts> = Vec::with_capacity(drafts.len());
    let mut pending = Vec::new();
    for mut draft in drafts {
        pending.append(&mut draft.dropped);
        if !draft.is_empty() {
            draft.dropped = std::mem::take(&mut pending);
            gathered.push(draft);
        }
    }
    if let Some(last) = gathered.last_mut() {
        last.dropped.append(&mut pending);
    }
    gathered
}
