//! Where an analysis stands: positions, and the Han run that is being read.

use crate::analysis::chinese::Segmenter;
use crate::analysis::english::PendingNumber;
use crate::analysis::prefilter::{Prefilter, letters};
use crate::analysis::tokens::{Family, Token, Tokens};
use crate::text::{Folded, Span, is_han};

use super::buffers::{Buffers, HanPlace};

/// What kind of token came last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LastToken {
    Nothing,
    Word,
    Han,
}

/// The state while one text is analysed: where the text is read, and what the next token depends
/// on.
pub(crate) struct Tokenizer<'a> {
    pub(super) text: &'a str,
    pub(super) out: &'a mut Tokens,
    pub(super) buffers: Box<Buffers>,
    pub(super) number: Option<PendingNumber>,
    /// Position and span of the number before, where it was skipped without a token.
    pub(super) passed: Option<(u32, Span)>,
    /// If there is one, tokens that it cannot match are skipped.
    pub(crate) prefilter: Option<&'a Prefilter>,
    /// If given, positions need to be right only for matches at most so far apart; of others only
    /// the order is kept.
    pub(crate) reach: Option<u32>,
    /// The last simple word with its stem: when the same word follows, both are copied.
    pub(super) last_simple_word: Option<[Token; 2]>,
    /// Whether stems that depend on the word alone are left out; the index derives them later.
    pub(crate) omits_derived_stems: bool,
    segmenter: Option<&'a Segmenter>,
    pub(super) next: u32,
    last: LastToken,
    /// A paragraph ended since the last token.
    pub(super) is_new_paragraph: bool,
    /// A sign that separates Han characters was read since the last token.
    pub(super) is_parted: bool,
}

impl<'a> Tokenizer<'a> {
    pub(crate) fn new(
        text: &'a str,
        out: &'a mut Tokens,
        buffers: Box<Buffers>,
        segmenter: Option<&'a Segmenter>,
    ) -> Self {
        out.clear();
        Self {
            text,
            out,
            buffers,
            number: None,
            passed: None,
            prefilter: None,
            reach: None,
            last_simple_word: None,
            omits_derived_stems: false,
            segmenter,
            next: 0,
            last: LastToken::Nothing,
            is_new_paragraph: false,
            is_parted: false,
        }
    }

    /// Jumps over text that cannot match: the next position is farther than `reach` from the last.
    pub(super) fn jump(&mut self, reach: u32) {
        self.end_run();
        self.next = self.next.saturating_add(reach.saturating_add(1));
        (self.number, self.passed, self.last) = (None, None, LastToken::Word);
        (self.is_new_paragraph, self.is_parted) = (false, false);
    }

    /// Whether the prefilter lets a word through, whatever its case.
    pub(super) fn may_mean(&self, word: &str) -> bool {
        self.prefilter.is_none_or(|it| it.may_begin(word.as_bytes()))
    }

    /// The same for a word that is not part of a compound: more of its letters are compared.
    pub(super) fn may_be_word(&self, word: &str) -> bool {
        self.prefilter
            .is_none_or(|it| it.may_begin(word.as_bytes()) && it.may_be_alone(letters(word)))
    }

    /// The position of the next token; the caller pushes it.
    #[inline]
    pub(super) fn place_word(&mut self) -> u32 {
        if self.last == LastToken::Han {
            self.end_run();
        }
        self.place(LastToken::Word)
    }

    /// Takes positions for so many words, at least one.
    #[inline]
    pub(super) fn place_words(&mut self, count: u32) {
        self.place_word();
        self.next += count - 1;
    }

    /// The position that was taken last.
    #[inline]
    pub(super) fn position_before(&self) -> u32 {
        self.next.saturating_sub(1)
    }

    #[inline]
    pub(super) fn place(&mut self, kind: LastToken) -> u32 {
        let is_gap = self.is_new_paragraph
            || (self.is_parted && kind == LastToken::Han && self.last == LastToken::Han);
        if is_gap && self.last != LastToken::Nothing {
            self.next += 1;
        }
        (self.is_new_paragraph, self.is_parted, self.last) = (false, false, kind);
        self.passed = None;
        self.next += 1;
        self.next - 1
    }

    #[inline]
    pub(super) fn han_at(&mut self, c: char, span: Span) {
        if self.number.is_some() {
            self.magnitude(c, span);
        }
        if self.last != LastToken::Han || self.is_parted || self.is_new_paragraph {
            self.end_run();
        }
        let position = self.place(LastToken::Han);
        if self.prefilter.is_some_and(|it| !it.may_be(c)) {
            // No bigram that could match holds this character.
            self.end_run();
            return;
        }
        let text = self.out.push_han(position, span, c);
        let buffers = &mut self.buffers;
        if let Some(before) = buffers.places.last() {
            let (both, pair) = (before.span.cover(span), before.text.cover(text));
            self.out.push_before_last(Family::Bigram, before.position, both, pair);
        }
        buffers.places.push(HanPlace { position, span, text });
    }

    /// Cuts the Han run that was read into words.
    pub(super) fn end_run(&mut self) {
        let Buffers { places, words, .. } = &mut *self.buffers;
        if let Some(segmenter) = self.segmenter
            && let [first, .., last] = places.as_slice()
        {
            segmenter.words(self.out.written(first.text.cover(last.text)), words);
            for (from, to) in words.drain(..) {
                if let Some([first, .., last]) = places.get(from..to) {
                    let (span, text) = (first.span.cover(last.span), first.text.cover(last.text));
                    self.out.push_text(Family::Word, first.position, span, text);
                }
            }
        }
        places.clear();
    }
}

/// Whether Han characters stand directly before and after a part of a text.
pub(super) fn is_inside_han(text: &str, from: usize, end: usize) -> bool {
    let before = text.get(..from).and_then(|it| it.chars().next_back());
    let after = text.get(end..).and_then(|it| it.chars().next());
    before.is_some_and(is_han) && after.is_some_and(is_han)
}

/// How places in a text that is being tokenized map to the analysed text.
pub(super) enum Origin<'a> {
    /// It is the text itself, from a byte on.
    At(usize),
    /// It was folded.
    Folded(&'a Folded),
    /// It is a part of a folded text, from a byte on.
    Part(&'a Folded, usize),
}

impl Origin<'_> {
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        match self {
            Self::At(base) => Span::new(base + start, base + end),
            Self::Folded(it) => it.original(Span::new(start, end)),
            Self::Part(it, base) => it.original(Span::new(base + start, base + end)),
        }
    }
}
