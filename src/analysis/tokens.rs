//! The result of analysis: tokens in families, each with its span and position.

use crate::text::Span;

/// The longest token, in bytes; longer ones are cut on a character boundary.
pub(super) const LONGEST_BYTES: usize = 255;

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
    /// Two neighbouring Han characters, at the position of the first. An index holds pairs of
    /// frequent words among them.
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

/// Where the tokens of a part of a text begin.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Base {
    pub(super) position: u32,
    pub(super) span: usize,
    pub(super) text: usize,
}

impl Token {
    /// Whether two tokens of a list share one copy of their text. Then they are equal; other tokens
    /// may be equal too.
    #[must_use]
    #[inline]
    pub fn shares_text(&self, other: &Self) -> bool {
        self.text == other.text
    }

    /// The same token relative to the beginning of a part of the text.
    pub(super) fn moved_back(self, base: Base) -> Self {
        let back = |it: Span, by: usize| Span::new(it.start() - by, it.end() - by);
        let (span, text) = (back(self.span, base.span), back(self.text, base.text));
        Self { position: self.position - base.position, span, text, ..self }
    }

    /// The inverse of [`Token::moved_back`].
    #[inline]
    fn moved(self, base: Base) -> Self {
        let (span, text) = (self.span.shifted(base.span), self.text.shifted(base.text));
        Self { position: self.position + base.position, span, text, ..self }
    }
}

/// A place between two tokens, in the order in which they were pushed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    all: usize,
    /// Where the texts of those after it begin.
    pub(super) texts: usize,
}

/// The tokens of one text: in order of position, at one position in order of [`Family`]; but those
/// of [`Family::Word`] follow the Han run from which they were cut.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    texts: String,
    all: Vec<Token>,
}

impl Tokens {
    /// Appends a token.
    #[inline]
    pub fn push(&mut self, family: Family, position: u32, span: Span, text: &str) {
        let start = self.texts.len();
        self.texts.push_str(match text.len() {
            0..=LONGEST_BYTES => text,
            _ => text.get(..text.floor_char_boundary(LONGEST_BYTES)).unwrap_or_default(),
        });
        let text = Span::new(start, self.texts.len());
        self.all.push(Token { family, position, span, text, is_part: false });
    }

    /// Inserts a form at an earlier position: the form of a compound or of a number with its unit
    /// is known only at its end.
    pub(super) fn push_form(&mut self, position: u32, span: Span, text: &str) {
        self.push(Family::Form, position, span, text);
        let Some(form) = self.all.pop() else { return };
        let later = |it: &&Token| (it.position, it.family) > (position, Family::Form);
        let after = self.all.iter().rev().take_while(later).count();
        self.all.insert(self.all.len() - after, form);
    }

    /// Inserts a form of a part of a word (`ali` for AliExpress): a query for the whole word does
    /// not ask for it.
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

    /// Appends an exact token in small letters; what is given is ASCII.
    #[inline]
    pub(super) fn push_lower(&mut self, position: u32, span: Span, written: &str) -> &str {
        let start = self.texts.len();
        self.push(Family::Exact, position, span, written);
        let text = self.texts.get_mut(start..).unwrap_or_default();
        // Nearly always it is in small letters already.
        if !text.bytes().all(|it| it.is_ascii_lowercase()) {
            text.make_ascii_lowercase();
        }
        text
    }

    /// Appends another token with the text of one of this list.
    pub(super) fn push_again(&mut self, token: Token, position: u32, span: Span) {
        self.all.push(Token { position, span, ..token });
    }

    /// The tokens that were appended last, if there are two.
    pub(super) fn last_two(&self) -> Option<[Token; 2]> {
        self.all.last_chunk::<2>().copied()
    }

    /// Appends a Han character and gives what [`Tokens::push_text`] needs: the characters of a run
    /// stand side by side, so bigrams and words are parts of what is already there.
    pub(super) fn push_han(&mut self, position: u32, span: Span, c: char) -> Span {
        let start = self.texts.len();
        self.texts.push(c);
        let text = Span::new(start, self.texts.len());
        self.all.push(Token { family: Family::Exact, position, span, text, is_part: false });
        text
    }

    /// Appends a token whose text was pushed before, before the last token.
    pub(super) fn push_before_last(
        &mut self,
        family: Family,
        position: u32,
        span: Span,
        text: Span,
    ) {
        let token = Token { family, position, span, text, is_part: false };
        match self.all.last_mut() {
            Some(last) => {
                let last = std::mem::replace(last, token);
                self.all.push(last);
            }
            None => self.all.push(token),
        }
    }

    /// The place after the last token.
    pub(super) fn mark(&self) -> Mark {
        Mark { all: self.all.len(), texts: self.texts.len() }
    }

    /// The tokens after a mark, and their texts.
    pub(super) fn since(&self, mark: Mark) -> (&str, &[Token]) {
        let texts = self.texts.get(mark.texts..).unwrap_or_default();
        (texts, self.all.get(mark.all..).unwrap_or_default())
    }

    /// Appends tokens that were [moved back](Token::moved_back), with their texts, to another
    /// place.
    pub(super) fn push_moved(&mut self, texts: &str, tokens: &[Token], position: u32, span: usize) {
        let base = Base { position, span, text: self.texts.len() };
        self.texts.push_str(texts);
        self.all.extend(tokens.iter().map(|it| it.moved(base)));
    }

    /// The text between two places: the characters of a Han run stand side by side in it.
    pub(super) fn written(&self, texts: Span) -> &str {
        texts.of(&self.texts)
    }

    /// Appends a token whose text was pushed before.
    pub(super) fn push_text(&mut self, family: Family, position: u32, span: Span, text: Span) {
        self.all.push(Token { family, position, span, text, is_part: false });
    }

    /// The text of a token of this list: folded, without blanks.
    #[must_use]
    #[inline]
    pub fn text(&self, token: &Token) -> &str {
        token.text.of(&self.texts)
    }

    /// The bytes of [`Tokens::text`].
    #[must_use]
    #[inline]
    pub fn bytes(&self, token: &Token) -> &[u8] {
        self.texts.as_bytes().get(token.text.range()).unwrap_or_default()
    }

    /// All tokens.
    #[must_use]
    #[inline]
    pub fn all(&self) -> &[Token] {
        &self.all
    }

    /// The tokens of one family, in order of position.
    pub fn family(&self, family: Family) -> impl DoubleEndedIterator<Item = &Token> {
        self.all.iter().filter(move |it| it.family == family)
    }

    /// Forgets all tokens and keeps the memory.
    #[inline]
    pub fn clear(&mut self) {
        self.texts.clear();
        self.all.clear();
    }
}
