//! Reads the words of a query: their ends, the punctuation around them, stars, and operators in
//! capitals.

use super::chars::{ends_word, has_content, is_han, is_loose, twin};
use super::level::Operator;
use super::parser::{Parser, Sign};
use super::tree::{Node, Occur, Region, RemarkKind};
use crate::text::Span;

impl<'a> Parser<'a> {
    /// Reads the word at the cursor as an operator, a prefix or text.
    pub(super) fn word(&mut self, sign: Sign, region: Region) {
        let start = self.at;
        let typed = self.run_of_word();
        let operator = Operator::named(typed)
            .filter(|_| sign.occur == Occur::Should && region == self.typed_region());
        if let Some(operator) = operator {
            return self.operate(operator, Span::new(start, start + typed.len()));
        }
        let trimmed = trim_end(typed);
        let stem = trimmed.trim_end_matches(is_star);
        if stem.len() < trimmed.len() && self.prefix(sign, region, start, stem) {
            return;
        }
        let text = trim_end_and_stars(stem);
        let span = Span::new(start, start + text.len());
        if !has_content(text) {
            if text == "&&" {
                let text = "`&&` is no operator: all words count anyway".to_owned();
                self.remark(RemarkKind::Literal, text, span);
            }
            return;
        }
        self.remark_syntax(text, span);
        self.push_leaf(sign, Node::Word { text: text.to_owned(), span, region }, span.end());
    }

    /// The region of the innermost level. An operator is one only where no field stands before it.
    fn typed_region(&self) -> Region {
        self.levels.last().map(|it| it.region).unwrap_or_default()
    }

    /// Skips the word at the cursor and returns it as typed; it has at least one character.
    pub(super) fn run_of_word(&mut self) -> &'a str {
        let start = self.at;
        let mut last = None;
        while let Some(c) = self.peek() {
            let is_inner_paren = c == '(' && self.paren_belongs(start, last);
            if is_inner_paren {
                self.at = self.closed_in_word.get(&self.at).copied().unwrap_or(self.at + 1);
                last = Some(')');
                continue;
            }
            if self.at > start && self.is_end(c, last) {
                break;
            }
            self.bump();
            last = Some(c);
            if c == '》' {
                break;
            }
        }
        self.word_end = self.at;
        self.typed.get(start..self.at).unwrap_or_default()
    }

    /// Whether a parenthesis is part of the word around it, as in `word(s)`, but not in `China
    /// (PRC)`, `中国(武汉)` or `NOT(a b)`.
    fn paren_belongs(&self, start: usize, last: Option<char>) -> bool {
        let before = self.typed.get(start..self.at).unwrap_or_default();
        self.closed_in_word.contains_key(&self.at)
            && last.is_some_and(|c| (c.is_alphanumeric() || c == ')') && !is_han(c))
            && Operator::named(before).is_none()
    }

    fn is_end(&self, c: char, last: Option<char>) -> bool {
        let next = || self.typed.get(self.at + c.len_utf8()..).and_then(|it| it.chars().next());
        match c {
            '(' | ')' | '（' | '）' | '《' => true,
            // `12：30` is one word, `标题：普京` is two.
            '：' => !(is_ascii_word(last) && is_ascii_word(next())),
            _ => ends_word(c),
        }
    }

    /// Adds `stem*` as a prefix if it can be one. A Han run needs no star.
    fn prefix(&mut self, sign: Sign, region: Region, start: usize, stem: &str) -> bool {
        let end = start + stem.len();
        let star = self.typed.get(end..).and_then(|it| it.chars().next()).map_or(0, char::len_utf8);
        let last = stem.chars().next_back();
        if last.is_some_and(is_han) {
            let text = "`*` is not needed: Chinese is found within longer runs".to_owned();
            self.remark(RemarkKind::Ignored, text, Span::new(end, end + star));
            return false;
        }
        let letters = stem.chars().filter(|c| c.is_alphanumeric()).count();
        let is_prefix =
            letters >= 2 && last.is_some_and(char::is_alphanumeric) && !stem.contains(is_star);
        if is_prefix {
            let span = Span::new(start, end + star);
            let node = Node::Prefix { text: stem.to_owned(), span, region };
            self.push_leaf(sign, node, span.end());
        } else {
            let text = "`*` needs at least two letters before it".to_owned();
            self.remark(RemarkKind::Literal, text, Span::new(end, end + star));
        }
        is_prefix
    }

    /// Remarks on text that looks like the syntax of another search engine.
    fn remark_syntax(&mut self, text: &str, span: Span) {
        let is_number = |it: &str| !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit());
        let is_name = |it: &str| it.len() > 1 && it.bytes().all(|b| b.is_ascii_lowercase());
        let said = if text.contains('*') {
            "a star inside a word is text"
        } else if text.rsplit_once(['~', '^']).is_some_and(|(_, it)| is_number(it)) {
            "fuzziness and boosts of single words are text"
        } else if text
            .split_once(':')
            .is_some_and(|(name, value)| is_name(name) && value.starts_with(char::is_alphabetic))
        {
            "no such field or value"
        } else {
            return;
        };
        self.remark(RemarkKind::Literal, format!("`{text}` is searched as text: {said}"), span);
    }
}

pub(super) fn is_star(c: char) -> bool {
    twin(c) == '*'
}

fn is_ascii_word(c: Option<char>) -> bool {
    c.is_some_and(|it| it.is_ascii_alphanumeric())
}

/// The word without the punctuation at its end. The dot of `U.S.` stays, the full stop of a
/// sentence goes. The caller removes stars.
pub(super) fn trim_end(text: &str) -> &str {
    let mut text = text;
    loop {
        let trimmed = text.trim_end_matches(|c| is_loose(c) && twin(c) != '*');
        let name = trimmed.trim_end_matches('.');
        let dots = trimmed.len() - name.len();
        let is_acronym = dots == 1 && name.contains('.');
        let trimmed = if is_acronym { trimmed } else { name };
        if trimmed.len() == text.len() {
            return trimmed;
        }
        text = trimmed;
    }
}

/// The word without the punctuation and the stars at its end.
pub(super) fn trim_end_and_stars(text: &str) -> &str {
    let mut text = text;
    loop {
        let trimmed = trim_end(text).trim_end_matches(is_star);
        if trimmed.len() == text.len() {
            return trimmed;
        }
        text = trimmed;
    }
}
