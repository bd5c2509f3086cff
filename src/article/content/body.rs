//! Kept lines become a body that knows where its lines stood.

use crate::article::line::Line;
use crate::article::types::{Article, DateSource, Dropped, Lang, LineMark, numbered};
use crate::date::Day;
use crate::source::Raw;
use crate::text::Span;

/// The parts of an article before they are put together.
#[derive(Default)]
pub(crate) struct Draft<'a> {
    pub(crate) title: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) date: Option<(Day, DateSource)>,
    pub(crate) url: Option<String>,
    pub(crate) lines: Vec<Line<'a>>,
    /// How many of the lines, from the first, quote an earlier post.
    pub(crate) quoted: usize,
    pub(crate) dropped: Vec<Dropped>,
}

impl Draft<'_> {
    /// Whether nothing would be left to read.
    pub(crate) fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.title.is_none()
    }

    /// Puts the article together; `number` is its place in the file, from 1.
    pub(crate) fn article(self, raw: &Raw, number: u32) -> Article {
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
