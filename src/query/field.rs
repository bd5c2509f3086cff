//! Reads the fields of a query: `title:` restricts where words stand, the others filter.

use super::chars::{has_content, is_loose, is_quote, twin};
use super::parser::{Parser, Sign};
use super::tree::{FilterLang, Filters, Occur, Region, RemarkKind};
use super::word::{is_star, trim_end, trim_end_and_stars};
use crate::date::DayRange;
use crate::text::Span;

/// A field name with its colon, directly before its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Field {
    name: FieldName,
    /// The offset at which the value starts.
    value: usize,
}

/// The known fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FieldName {
    Title,
    Author,
    Path,
    Date,
    Lang,
    Topic,
}

impl FieldName {
    fn named(text: &str) -> Option<Self> {
        match text {
            "title" => Some(Self::Title),
            "author" => Some(Self::Author),
            "path" => Some(Self::Path),
            "date" => Some(Self::Date),
            "lang" => Some(Self::Lang),
            "topic" => Some(Self::Topic),
            _ => None,
        }
    }
}

impl Field {
    /// The field at an offset of the typed text, if its value follows without a blank.
    pub(super) fn at(typed: &str, at: usize) -> Option<Self> {
        let rest = typed.get(at..)?;
        let end = rest.find(|c: char| !c.is_ascii_lowercase())?;
        let name = FieldName::named(rest.get(..end)?)?;
        let mut after = rest.get(end..)?.chars();
        let colon = after.next().filter(|c| twin(*c) == ':')?;
        let first = after.next()?;
        let has_value = match name {
            _ if is_quote(first) => true,
            FieldName::Title => {
                !first.is_whitespace()
                    && !is_loose(first)
                    && !matches!(twin(first), ')' | '+' | '-')
            }
            _ => !first.is_whitespace() && !matches!(twin(first), '(' | ')'),
        };
        has_value.then_some(Self { name, value: at + end + colon.len_utf8() })
    }
}

impl Parser<'_> {
    /// Reads a field with its value. If the value does not fit the field, all of it is text.
    pub(super) fn field(&mut self, sign: Sign, field: &Field) {
        let start = self.at;
        self.at = field.value;
        if field.name == FieldName::Title {
            return self.simple_term(sign, Region::Title);
        }
        let is_quoted = self.peek().is_some_and(is_quote);
        let value = if is_quoted {
            let (value, is_closed) = self.quoted();
            let value = value.to_owned();
            if !is_closed {
                let text = "the quote is closed at the end".to_owned();
                self.remark(RemarkKind::Unclosed, text, Span::new(field.value, self.at));
            }
            value
        } else {
            self.run_of_word().to_owned()
        };
        let span = Span::new(start, self.at);
        if !has_content(&value) {
            let text = "a filter without a value is ignored".to_owned();
            return self.remark(RemarkKind::Ignored, text, span);
        }
        if !self.filter(sign, field.name, &value, is_quoted, span) {
            self.at = start;
            let region = self.levels.last().map(|it| it.region).unwrap_or_default();
            self.word(sign, region);
        }
    }

    /// Adds a filter. Returns false if the value does not fit the field.
    fn filter(
        &mut self,
        sign: Sign,
        name: FieldName,
        value: &str,
        is_quoted: bool,
        span: Span,
    ) -> bool {
        let trimmed = if is_quoted { value } else { trim_end(value) };
        // `lang:zh~*` has no more in it than `lang:zh`, but `lang:zh*` is a prefix.
        let is_prefix = trimmed.trim_end_matches(is_star).ends_with(char::is_alphanumeric);
        let bare = if is_quoted || is_prefix { trimmed } else { trim_end_and_stars(value) };
        let mut one = Filters::default();
        match name {
            FieldName::Title => return false,
            FieldName::Author => one.authors.push(trimmed.to_owned()),
            FieldName::Path => one.paths.push(value.to_owned()),
            FieldName::Topic => one.topics.push(trimmed.to_owned()),
            FieldName::Date => {
                let range = DayRange::parse(value).or_else(|| DayRange::parse(bare));
                let Some(range) = range else { return false };
                one.dates.push(range);
            }
            FieldName::Lang => {
                let Some(lang) = lang(bare) else { return false };
                one.langs.push(lang);
            }
        }
        let negations = self.levels.iter().filter(|it| it.occur == Occur::Not).count()
            + usize::from(sign.occur == Occur::Not)
            + self.levels.iter().filter(|it| it.negation.is_some()).count();
        if negations % 2 == 1 {
            add(self.filters.not.get_or_insert_default(), one);
        } else {
            add(&mut self.filters, one);
        }
        if self.levels.len() > 1 {
            let text = "a filter holds for the whole query, not within parentheses".to_owned();
            self.remark(RemarkKind::Ignored, text, span);
        }
        if let Some(level) = self.levels.last_mut() {
            level.pass_filter(&mut self.remarks);
        }
        true
    }
}

fn add(filters: &mut Filters, one: Filters) {
    filters.dates.extend(one.dates);
    filters.langs.extend(one.langs);
    filters.authors.extend(one.authors);
    filters.paths.extend(one.paths);
    filters.topics.extend(one.topics);
}

fn lang(value: &str) -> Option<FilterLang> {
    match value.to_ascii_lowercase().as_str() {
        "en" | "english" => Some(FilterLang::En),
        "zh" | "chinese" => Some(FilterLang::Zh),
        _ => None,
    }
}
