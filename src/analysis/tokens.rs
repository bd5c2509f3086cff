//! What analysis gives: tokens in families, each with its span and position.

use crate::text::{Folded, Span};

use super::segment::Workspace;
use super::stem::Stems;

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
///
/// Keeps its memory, and a memory of stems, from one text to the next: reuse it.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    texts: String,
    all: Vec<Token>,
    pub(super) memory: Memory,
}

/// What an analysis needs on the way.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory {
    pub(super) stems: Stems,
    pub(super) folded: Folded,
    /// The Han run that is being read, folded, and where its characters stand.
    pub(super) run: String,
    pub(super) places: Vec<Place>,
    /// Where it is cut.
    pub(super) space: Workspace,
    /// Where a word is put together.
    pub(super) word: String,
}

/// Where a character of a Han run stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) position: u32,
    pub(super) span: Span,
    pub(super) in_run: Span,
}

impl Tokens {
    /// Appends a token.
    pub fn push(&mut self, family: Family, position: u32, span: Span, text: &str) {
        let start = self.texts.len();
        self.texts.push_str(text.get(..text.floor_char_boundary(LONGEST_BYTES)).unwrap_or(text));
        let text = Span::new(start, self.texts.len());
        self.all.push(Token { family, position, span, text, is_part: false });
    }

    /// Appends a form that holds less than what it covers (`ali` for AliExpress): a query for the
    /// whole does not ask for it.
    pub(super) fn push_part(&mut self, position: u32, span: Span, text: &str) {
        self.push(Family::Form, position, span, text);
        if let Some(last) = self.all.last_mut() {
            last.is_part = true;
        }
    }

    /// Appends another token with the text of the last.
    pub(super) fn push_same(&mut self, family: Family) {
        if let Some(last) = self.all.last().copied() {
            self.all.push(Token { family, ..last });
        }
    }

    /// Puts the tokens in their order: forms, bigrams and words are known only later than what
    /// follows them.
    pub(super) fn sort(&mut self) {
        self.all.sort_by_key(|it| (it.position, it.family));
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
