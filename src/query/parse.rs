//! From typed text to a tree, in one pass without recursion. Whatever does not parse is text.

use std::collections::HashMap;

use super::chars::{Quote, ends_word, has_content, is_content, is_loose, is_quote, twin};
use super::fault::DEEPEST;
use super::field::Field;
use super::level::{Level, Operator, grouped};
use super::{Clause, Filters, Near, Node, Occur, Query, Region, Remark, RemarkKind};
use crate::text::Span;

/// Understands what was typed.
///
/// Never fails, and takes time in proportion to the text; [`super::check`] says beforehand whether
/// it is within the caps. Parentheses deeper than those are passed over.
#[must_use]
pub fn parse(typed: &str) -> Query {
    read(typed).0
}

/// What the caps look at.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    /// The deepest parentheses.
    pub(super) depth: usize,
    /// Words, phrases and prefixes.
    pub(super) clauses: usize,
    /// The words of the longest phrase, and where it stands.
    pub(super) longest_phrase: Option<(usize, Span)>,
}

pub(super) fn read(typed: &str) -> (Query, Counts) {
    let mut parser = Parser::new(typed);
    parser.run();
    parser.finish()
}

/// The state of the one pass; `field` and `word` hold the rest of its methods.
pub(super) struct Parser<'a> {
    pub(super) typed: &'a str,
    pub(super) at: usize,
    pub(super) filters: Filters,
    pub(super) remarks: Vec<Remark>,
    /// The open parentheses; the first is the query itself.
    pub(super) levels: Vec<Level>,
    /// Opening parentheses that close before the next blank, with their end.
    pub(super) closed_in_word: HashMap<usize, usize>,
    /// Where the last word ended: a quote there hangs on it.
    pub(super) word_end: usize,
    /// Open parentheses beyond the cap.
    skipped: usize,
    /// The last character that closes each kind of quote.
    last_closers: [Option<usize>; 3],
    /// The last character that can be searched.
    last_content: Option<usize>,
    counts: Counts,
}

/// `+`, `-` or neither, and where it stands: what follows counts so.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sign {
    pub(super) occur: Occur,
    pub(super) start: usize,
}

impl<'a> Parser<'a> {
    fn new(typed: &'a str) -> Self {
        let last_closers = Quote::ALL.map(|it| typed.rfind(|c| it.is_closed_by(c)));
        let whole = Level::new(Occur::Should, Region::Anywhere, 0, Span::default());
        Self {
            typed,
            at: 0,
            filters: Filters::default(),
            remarks: Vec::new(),
            levels: vec![whole],
            closed_in_word: closed_in_word(typed),
            word_end: usize::MAX,
            skipped: 0,
            last_closers,
            last_content: typed.rfind(is_content),
            counts: Counts::default(),
        }
    }

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

    fn finish(mut self) -> (Query, Counts) {
        while self.levels.len() > 1 {
            let unclosed = self.levels.last().map(|it| (it.paren, it.clauses.is_empty()));
            if let Some((span, false)) = unclosed {
                self.remark(RemarkKind::Unclosed, "`(` is closed at the end".to_owned(), span);
            }
            self.leave();
        }
        let whole = self.levels.pop();
        let clauses = whole.map(|it| it.close(&mut self.remarks)).unwrap_or_default();
        let mut remarks = self.remarks;
        remarks.sort_by_key(|it| it.span);
        let typed = self.typed.to_owned();
        (Query { typed, clauses, filters: self.filters, remarks }, self.counts)
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.typed.get(self.at..)?.chars().next()
    }

    /// The character after the next.
    fn peek_second(&self) -> Option<char> {
        self.typed.get(self.at..)?.chars().nth(1)
    }

    pub(super) fn bump(&mut self) {
        self.at += self.peek().map_or(1, char::len_utf8);
    }

    pub(super) fn remark(&mut self, kind: RemarkKind, text: String, span: Span) {
        self.remarks.push(Remark { kind, text, span: Some(span) });
    }

    /// Where words of this level must stand.
    fn region(&self) -> Region {
        self.levels.last().map(|it| it.region).unwrap_or_default()
    }

    /// Adds a leaf or a group to the innermost level.
    pub(super) fn push(&mut self, clause: Clause) {
        if let Some(level) = self.levels.last_mut() {
            level.push(clause, &mut self.remarks);
        }
    }

    pub(super) fn push_leaf(&mut self, sign: Sign, node: Node, end: usize) {
        self.counts.clauses += 1;
        self.push(Clause { occur: sign.occur, node, span: Span::new(sign.start, end) });
    }

    pub(super) fn operate(&mut self, operator: Operator, span: Span) {
        if let Some(level) = self.levels.last_mut() {
            level.operate(operator, span, &mut self.remarks);
        }
    }

    /// `+` or `-` before a term, or punctuation.
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

    /// A word, phrase, group or field.
    fn term(&mut self, sign: Sign) {
        if let Some(field) = Field::at(self.typed, self.at) {
            return self.field(sign, &field);
        }
        self.simple_term(sign, self.region());
    }

    /// A word, phrase or group in a region.
    pub(super) fn simple_term(&mut self, sign: Sign, region: Region) {
        match self.peek() {
            Some(c) if twin(c) == '(' => self.open(sign, region),
            Some(c) if is_quote(c) && self.opens_phrase(c) => self.phrase(sign, region),
            Some(c) if is_quote(c) => self.bump(),
            _ => self.word(sign, region),
        }
    }

    fn open(&mut self, sign: Sign, region: Region) {
        let paren = Span::new(self.at, self.at + self.peek().map_or(1, char::len_utf8));
        self.bump();
        // The query itself is a level, and no parenthesis.
        let depth = self.levels.len() + self.skipped;
        self.counts.depth = self.counts.depth.max(depth);
        if depth > DEEPEST {
            if self.skipped == 0 {
                let text = format!("parentheses deeper than {DEEPEST} are passed over");
                self.remark(RemarkKind::Ignored, text, paren);
            }
            self.skipped += 1;
        } else {
            self.levels.push(Level::new(sign.occur, region, sign.start, paren));
        }
    }

    fn close(&mut self) {
        let span = Span::new(self.at, self.at + self.peek().map_or(1, char::len_utf8));
        self.bump();
        if self.skipped > 0 {
            self.skipped -= 1;
        } else if self.levels.len() > 1 {
            self.leave();
        } else {
            self.remark(RemarkKind::Literal, "`)` closes nothing here".to_owned(), span);
        }
    }

    /// Ends the innermost parentheses and adds what they hold to the level around them.
    fn leave(&mut self) {
        let Some(level) = self.levels.pop() else { return };
        let (occur, span) = (level.occur, Span::new(level.start, self.at));
        let has_filter = level.has_filter;
        if let Some(group) = grouped(level.close(&mut self.remarks), occur, span) {
            return self.push(group);
        }
        if has_filter {
            if let Some(around) = self.levels.last_mut() {
                around.pass_filter(&mut self.remarks);
            }
        } else {
            self.levels.iter_mut().last().into_iter().for_each(|it| it.negation = None);
            self.remark(RemarkKind::Ignored, "empty parentheses are ignored".to_owned(), span);
        }
    }

    /// Whether the quote at the cursor opens a phrase: not where it hangs on a word and closes
    /// nowhere (`12"`), or has nothing after it.
    fn opens_phrase(&self, c: char) -> bool {
        let Some(quote) = Quote::opened_by(c) else { return false };
        let hangs_on_word = self.word_end == self.at;
        let is_before_blank = self.peek_second().is_none_or(char::is_whitespace);
        if hangs_on_word {
            return !is_before_blank && self.closes_after(quote, self.at + c.len_utf8());
        }
        self.closes_after(quote, self.at + c.len_utf8())
            || self.last_content.is_some_and(|it| it > self.at)
    }

    fn closes_after(&self, quote: Quote, from: usize) -> bool {
        self.last_closers.get(quote as usize).copied().flatten().is_some_and(|it| it >= from)
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

    /// Passes over quotes; gives what stands between them, and whether they were closed.
    pub(super) fn quoted(&mut self) -> (&'a str, bool) {
        let quote = self.peek().and_then(Quote::opened_by).unwrap_or(Quote::Double);
        self.bump();
        let rest = self.typed.get(self.at..).unwrap_or_default();
        let is_closed = self.closes_after(quote, self.at);
        let end = if is_closed { rest.find(|c| quote.is_closed_by(c)) } else { None };
        let text = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        self.at += text.len();
        if is_closed {
            self.bump();
        }
        (text.trim(), is_closed)
    }

    /// `~5` after a phrase.
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

/// The words of a phrase, a Han character counting as .6 word.
fn phrase_words(text: &str) -> usize {
    let han = text.chars().filter(|c| super::chars::is_han(*c)).count();
    let is_other = |word: &&str| word.chars().any(|c| !super::chars::is_han(c));
    text.split_whitespace().filter(is_other).count() + han * 3 / 5
}

/// Opening parentheses that are closed before the word around them ends, as in `word(s)`.
fn closed_in_word(typed: &str) -> HashMap<usize, usize> {
    let (mut open, mut closed) = (Vec::new(), HashMap::new());
    for (at, c) in typed.char_indices() {
        match c {
            '(' => open.push(at),
            ')' => {
                if let Some(start) = open.pop() {
                    closed.insert(start, at + 1);
                }
            }
            _ if ends_word(c) => open.clear(),
            _ => {}
        }
    }
    closed
}
