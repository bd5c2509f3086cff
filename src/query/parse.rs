//! The grammar of queries, in one pass without recursion. Whatever does not parse is text.

use super::chars::{Quote, ends_word, has_content, is_han, is_loose, is_quote, twin};
use super::field::Field;
use super::parser::{Counts, Parser, Sign};
use super::tree::{Near, Node, Occur, Query, Region, RemarkKind};
use crate::text::Span;

/// Parses what was typed.
///
/// This never fails and takes time linear in the text. [`super::check`] says beforehand whether the
/// query keeps to the caps. Parentheses deeper than the cap are ignored.
///
/// ```
/// let query = passages::query::parse("\"Belt and Road\" -India date:2015");
/// assert_eq!((query.clauses.len(), query.filters.dates.len()), (2, 1));
/// // What is no syntax is text.
/// assert_eq!(passages::query::parse("12:30").clauses.len(), 1);
/// ```
#[must_use]
pub fn parse(typed: &str) -> Query {
    read(typed).0
}

pub(super) fn read(typed: &str) -> (Query, Counts) {
    let mut parser = Parser::new(typed);
    parser.run();
    parser.finish()
}

impl Parser<'_> {
    fn run(&mut self) {
        while let Some(c) = self.peek() {
            match twin(c) {
                '(' => self.open(Sign { occur: Occur::Should, start: self.at }, self.region()),
                ')' => self.close(),
                '+' | '-' => self.sign(),
                it if is_loose(it) => self.pass_loose(),
                _ if c.is_whitespace() || (is_quote(c) && !self.opens_phrase(c)) => self.bump(),
                _ if ends_word(c) && !is_quote(c) => self.bump(),
                _ => self.term(Sign { occur: Occur::Should, start: self.at }),
            }
        }
    }

    /// Reads `+` or `-` before a term, or skips it as punctuation.
    fn sign(&mut self) {
        let start = self.at;
        let is_sign = |c: char| matches!(twin(c), '+' | '-');
        let rest = self.typed.get(start..).unwrap_or_default();
        let run = rest.len() - rest.trim_start_matches(is_sign).len();
        let first = self.peek().map_or(0, char::len_utf8);
        let is_minus = self.peek().map(twin) == Some('-');
        self.at += run;
        let is_before_term = self.peek().is_some_and(|c| {
            let starts_group_or_phrase = twin(c) == '(' || Quote::opened_by(c).is_some();
            starts_group_or_phrase || !(twin(c) == ')' || is_loose(c) || ends_word(c))
        });
        if !is_before_term {
            return;
        }
        // `-5 degrees` is a number; `sanctions -2014` excludes one.
        let is_first = self.levels.last().is_some_and(|it| it.clauses.is_empty());
        let is_number = is_minus && is_first && self.peek().is_some_and(|c| c.is_ascii_digit());
        if run > first || is_number {
            let typed = self.typed.get(start..self.at).unwrap_or_default();
            let text = format!("`{typed}` is no operator here and is passed over");
            self.remark(RemarkKind::Literal, text, Span::new(start, self.at));
            return;
        }
        let occur = if is_minus { Occur::Not } else { Occur::Must };
        self.term(Sign { occur, start });
    }

    fn pass_loose(&mut self) {
        if self.typed.get(self.at..).is_some_and(|it| it.starts_with("||")) {
            let span = Span::new(self.at, self.at + 2);
            self.remark(RemarkKind::Literal, "`||` is no operator: type `OR`".to_owned(), span);
            self.at += 2;
        } else {
            self.bump();
        }
    }

    /// Reads a word, a phrase, a group or a field.
    fn term(&mut self, sign: Sign) {
        if let Some(field) = Field::at(self.typed, self.at) {
            return self.field(sign, &field);
        }
        self.simple_term(sign, self.region());
    }

    /// Reads a word, a phrase or a group whose words must stand in `region`.
    pub(super) fn simple_term(&mut self, sign: Sign, region: Region) {
        match self.peek() {
            Some(c) if twin(c) == '(' => self.open(sign, region),
            Some(c) if is_quote(c) && self.opens_phrase(c) => self.phrase(sign, region),
            Some(c) if is_quote(c) => self.bump(),
            _ => self.word(sign, region),
        }
    }

    fn phrase(&mut self, sign: Sign, region: Region) {
        let start = self.at;
        let (text, is_closed) = self.quoted();
        let quotes = Span::new(start, self.at);
        if !is_closed {
            self.remark(RemarkKind::Unclosed, "the quote is closed at the end".to_owned(), quotes);
        }
        let near = self.near();
        if !has_content(text) {
            let text = "an empty phrase is ignored".to_owned();
            return self.remark(RemarkKind::Ignored, text, quotes);
        }
        let words = phrase_words(text);
        if self.counts.longest_phrase.is_none_or(|(most, _)| words > most) {
            self.counts.longest_phrase = Some((words, quotes));
        }
        let text = text.to_owned();
        self.push_leaf(sign, Node::Phrase { text, span: quotes, region, near }, self.at);
    }

    /// Reads `~5` after a phrase.
    fn near(&mut self) -> Near {
        let rest = self.typed.get(self.at..).unwrap_or_default();
        let Some(mark) = rest.chars().next().filter(|c| matches!(twin(*c), '~' | '*' | '^')) else {
            return Near::Contiguous;
        };
        let after = rest.get(mark.len_utf8()..).unwrap_or_default();
        let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let number = after.get(..digits).and_then(|it| it.parse().ok());
        let next = after.get(digits..).and_then(|it| it.chars().next());
        let is_whole = next.is_none_or(|c| twin(c) == ')' || is_loose(c) || ends_word(c));
        if let (true, '~', Some(number)) = (is_whole, twin(mark), number) {
            self.at += mark.len_utf8() + digits;
            return Near::Within(number);
        }
        let span = Span::new(self.at, self.at + mark.len_utf8());
        let text = format!("`{mark}` after a phrase needs to be `~` and a number");
        self.remark(RemarkKind::Literal, text, span);
        self.bump();
        Near::Contiguous
    }
}

/// The number of words of a phrase; a Han character counts as .6 word.
fn phrase_words(text: &str) -> usize {
    let han = text.chars().filter(|c| is_han(*c)).count();
    let is_other = |word: &&str| word.chars().any(|c| !is_han(c));
    text.split_whitespace().filter(is_other).count() + han * 3 / 5
}
