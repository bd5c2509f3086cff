//! The state of the single pass over a query: the cursor, the open parentheses, the remarks so far.
//!
//! `parse` holds the grammar; `field` and `word` read fields and words.

use std::collections::HashMap;

use super::caps::DEEPEST;
use super::chars::{Quote, ends_word, is_content};
use super::level::{Level, Operator, grouped};
use super::tree::{Clause, Filters, Node, Occur, Query, Region, Remark, RemarkKind};
use crate::text::Span;

/// What is counted for the caps.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    /// The greatest depth of parentheses.
    pub(super) depth: usize,
    /// The number of words, phrases and prefixes.
    pub(super) clauses: usize,
    /// The number of words of the longest phrase, and its span.
    pub(super) longest_phrase: Option<(usize, Span)>,
}

/// The state of the pass.
#[derive(Default)]
pub(super) struct Parser<'a> {
    pub(super) typed: &'a str,
    pub(super) at: usize,
    pub(super) filters: Filters,
    pub(super) remarks: Vec<Remark>,
    /// The open levels; the first one is the query itself.
    pub(super) levels: Vec<Level>,
    /// The offset of each opening parenthesis that closes before the next blank, with the offset
    /// after its closing one.
    pub(super) closed_in_word: HashMap<usize, usize>,
    /// The end of the last word. A quote at this offset belongs to the word.
    pub(super) word_end: usize,
    /// How many parentheses beyond the cap are open.
    skipped: usize,
    /// The offset of the last closing character of each kind of quotes.
    last_closers: [Option<usize>; 3],
    /// The offset of the last character that can be searched.
    last_content: Option<usize>,
    pub(super) counts: Counts,
}

/// `+`, `-` or neither, and its offset. It applies to the term that follows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sign {
    pub(super) occur: Occur,
    pub(super) start: usize,
}

impl<'a> Parser<'a> {
    pub(super) fn new(typed: &'a str) -> Self {
        let last_closers = Quote::ALL.map(|it| typed.rfind(|c| it.is_closed_by(c)));
        let whole = Level::new(Occur::Should, Region::Anywhere, 0, Span::default());
        Self {
            typed,
            levels: vec![whole],
            closed_in_word: closed_in_word(typed),
            word_end: usize::MAX,
            last_closers,
            last_content: typed.rfind(is_content),
            ..Self::default()
        }
    }

    pub(super) fn finish(mut self) -> (Query, Counts) {
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
    pub(super) fn peek_second(&self) -> Option<char> {
        self.typed.get(self.at..)?.chars().nth(1)
    }

    pub(super) fn bump(&mut self) {
        self.at += self.peek().map_or(1, char::len_utf8);
    }

    pub(super) fn remark(&mut self, kind: RemarkKind, text: String, span: Span) {
        self.remarks.push(Remark { kind, text, span: Some(span) });
    }

    /// The region in which the words of this level must stand.
    pub(super) fn region(&self) -> Region {
        self.levels.last().map(|it| it.region).unwrap_or_default()
    }

    /// Adds a clause to the innermost level.
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

    pub(super) fn open(&mut self, sign: Sign, region: Region) {
        let paren = Span::new(self.at, self.at + self.peek().map_or(1, char::len_utf8));
        self.bump();
        // The query itself is a level without a parenthesis.
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

    pub(super) fn close(&mut self) {
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

    /// Ends the innermost level and adds its clauses to the level around it.
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

    /// Whether the quote at the cursor opens a phrase. It does not if it follows a word and is
    /// never closed (`12"`), or if nothing follows it.
    pub(super) fn opens_phrase(&self, c: char) -> bool {
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

    /// Reads a quotation. Returns the text between the quotes, and whether it was closed.
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
}

/// Finds the parentheses that close before the word around them ends, as in `word(s)`.
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
