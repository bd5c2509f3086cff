//! What analysis gives: tokens in families, each with its span and position.

use crate::text::Span;

/// The longest token, in bytes; longer ones are cut on a character boundary.
const LONGEST_BYTES: usize = 255;

/// Which field of the index a token belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Folded words and single Han characters: one token a position, every position.
    Exact,
    /// The stem of the word at the same position; never of a Han character.
    Stem,
    /// Another form: joined compounds (`ecommerce` for e-commerce), parts of camel case, whole
    /// dotted names, canonical values. Positions of the first word that it covers.
    Form,
    /// Two neighbouring Han characters, at the position of the first.
    Bigram,
    /// A dictionary word of at least two Han characters, at the position of its first.
    Word,
}

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Which family.
    pub family: Family,
    /// The place in the text, counted from 0; neighbours differ by 1, a gap (a paragraph's end,
    /// punctuation between Han characters) adds 1.
    pub position: u32,
    /// What it covers in the analysed text.
    pub span: Span,
    text: Span,
    pub(super) is_part: bool,
}

/// The tokens of one text, in order of position; at one position in order of [`Family`].
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    texts: String,
    all: Vec<Token>,
}

impl Tokens {
    /// Appends a token.
    pub fn push(&mut self, family: Family, position: u32, span: Span, text: &str) {
        let start = self.texts.len();
        let end = if text.len() > LONGEST_BYTES {
            text.floor_char_boundary(LONGEST_BYTES)
        } else {
            text.len()
        };
        self.texts.push_str(text.get(..end).unwrap_or_default());
        let text = Span::new(start, self.texts.len());
        self.all.push(Token { family, position, span, text, is_part: false });
    }

    /// Puts in a form of a place that was passed: what a compound or a number with its unit makes
    /// together is known only at its end.
    pub(super) fn push_form(&mut self, position: u32, span: Span, text: &str) {
        self.push(Family::Form, position, span, text);
        let Some(form) = self.all.pop() else { return };
        let later = |it: &&Token| (it.position, it.family) > (position, Family::Form);
        let after = self.all.iter().rev().take_while(later).count();
        self.all.insert(self.all.len() - after, form);
    }

    /// Puts in a form that holds less than what it covers (`ali` for AliExpress): a query for the
    /// whole does not ask for it.
    pub(super) fn push_part(&mut self, position: u32, span: Span, text: &str) {
        self.push_form(position, span, text);
        let mut of_place = self.all.iter_mut().rev().skip_while(|it| it.position > position);
        if let Some(form) = of_place.find(|it| it.family == Family::Form) {
            form.is_part = true;
        }
    }

    /// Appends another token with the text of the last.
    pub(super) fn push_same(&mut self, family: Family) {
        if let Some(last) = self.all.last().copied() {
            self.all.push(Token { family, ..last });
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Merges the words of a run, which were appended from `middle` on, with the characters and
    /// bigrams of the run, which stand from `start` to `middle`; both are in order.
    pub(super) fn merge(&mut self, start: usize, middle: usize, spare: &mut Vec<Token>) {
        spare.clear();
        spare.extend_from_slice(self.all.get(start..).unwrap_or_default());
        let (characters, words) = spare.split_at(middle - start);
        let (mut characters, mut words) = (characters.iter().peekable(), words.iter().peekable());
        for slot in self.all.iter_mut().skip(start) {
            let key = |it: &&Token| (it.position, it.family);
            let is_word = match (characters.peek(), words.peek()) {
                (Some(character), Some(word)) => key(word) < key(character),
                (_, word) => word.is_some(),
            };
            let next = if is_word { words.next() } else { characters.next() };
            if let Some(next) = next {
                *slot = *next;
            }
        }
    }

    /// The text of a token of this list: folded, without blanks.
    #[must_use]
    pub fn text(&self, token: &Token) -> &str {
        token.text.of(&self.texts)
    }

    /// All tokens.
    #[must_use]
    pub fn all(&self) -> &[Token] {
        &self.all
    }

    /// The tokens of one family, in order of position.
    pub fn family(&self, family: Family) -> impl DoubleEndedIterator<Item = &Token> {
        self.all.iter().filter(move |it| it.family == family)
    }

    /// Forgets all tokens and keeps the memory.
    pub fn clear(&mut self) {
        self.texts.clear();
        self.all.clear();
    }
}
