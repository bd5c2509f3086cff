//! Numbers and the words after them: a magnitude (billion, 亿) gives both a canonical value.

use crate::analysis::english::{PendingNumber, digits, is_currency_sign, magnitude};
use crate::text::Span;

use super::state::Tokenizer;

/// A plain number from this many digits on has a canonical value too: 1,400,000,000, and 30,000
/// for 3万.
const LEAST_DIGITS: usize = 5;

impl Tokenizer<'_> {
    /// Remembers a number; a large one has a value of its own.
    pub(super) fn number_read(&mut self, text: &str, position: u32, span: Span, is_money: bool) {
        self.number = PendingNumber::new(text, position, span, is_money);
        if let Some(number) = self.number
            && text.len() >= LEAST_DIGITS
            && !text.contains('.')
        {
            self.out.push_form(position, span, &number.value(0));
        }
    }

    /// Reads the number that was skipped last after all, because the word after it may match.
    pub(super) fn recall_number(&mut self) {
        let Some((position, span)) = self.passed.take() else { return };
        let before = self.text.get(..span.start()).and_then(|it| it.chars().next_back());
        let is_money = before.is_some_and(is_currency_sign);
        self.number = PendingNumber::new(&digits(span.of(self.text)), position, span, is_money);
    }

    /// Whether at most blanks or a hyphen stand between a place and the number skipped last.
    pub(super) fn is_behind_number(&self, at: usize) -> bool {
        self.passed.is_some_and(|(_, span)| self.is_beside(span, Span::new(at, at)))
    }

    /// Gives the number before a word its value if the word is a magnitude, and tells whether a
    /// number stood directly before the word.
    pub(super) fn word_read(&mut self, text: &str, span: Span) -> Option<PendingNumber> {
        let number = self.number.take().filter(|it| self.is_beside(it.span, span))?;
        if let Some(power) = magnitude(text, number.is_money) {
            let value = number.value(power);
            self.out.push_form(number.position, number.span.cover(span), &value);
        }
        Some(number)
    }

    /// The same for 万, 亿 and 万亿 (10⁴, 10⁸, 10¹²).
    pub(super) fn magnitude(&mut self, c: char, span: Span) {
        let Some(number) = self.number.take().filter(|it| self.is_beside(it.span, span)) else {
            return;
        };
        let next = self.text.get(span.end()..).and_then(|it| it.chars().next());
        let (power, end) = match (c, next) {
            ('万', Some(it @ ('亿' | '億'))) => (12, span.end() + it.len_utf8()),
            ('万', _) => (4, span.end()),
            ('亿', _) => (8, span.end()),
            _ => return,
        };
        let whole = number.span.cover(Span::new(span.start(), end));
        self.out.push_form(number.position, whole, &number.value(power));
    }

    /// Whether at most blanks or a hyphen stand between two spans.
    fn is_beside(&self, before: Span, after: Span) -> bool {
        let between = self.text.get(before.end()..after.start());
        between.is_some_and(|it| it == "-" || it.chars().all(char::is_whitespace))
    }
}
