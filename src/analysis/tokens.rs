//! What analysis gives: tokens in families, each with its span and position.

use crate::text::Span;

/// Which field of the index a token belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
        self.texts.push_str(text);
        let text = Span::new(start, self.texts.len());
        self.all.push(Token { family, position, span, text });
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
