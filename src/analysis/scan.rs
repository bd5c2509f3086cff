//! The walk over a text: runs without blanks, Han characters, gaps, positions.

use crate::text::{Folded, Span, is_han, simplified};

use super::lexer::closes_word;
use super::memory::{Memory, Place};
use super::number::Pending;
use super::segment::Words;
use super::{Family, Sought, Tokens};

/// A number of more digits may have a form of its own.
const MOST_SMALL: usize = 4;

/// What was read last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Last {
    Nothing,
    Word,
    Han,
}

/// The state of an analysis.
pub(super) struct Scan<'a> {
    pub(super) text: &'a str,
    pub(super) out: &'a mut Tokens,
    pub(super) memory: Memory,
    pub(super) number: Option<Pending>,
    /// What is not sought need not be made.
    pub(super) sought: Option<&'a Sought>,
    words: Option<&'a Words>,
    next: u32,
    last: Last,
    /// A paragraph ended since the last token.
    is_new_paragraph: bool,
    /// A sign that parts Han characters stood since the last token.
    is_parted: bool,
}

impl<'a> Scan<'a> {
    pub(super) fn new(
        text: &'a str,
        out: &'a mut Tokens,
        memory: Memory,
        words: Option<&'a Words>,
    ) -> Self {
        out.clear();
        Self {
            text,
            out,
            memory,
            number: None,
            sought: None,
            words,
            next: 0,
            last: Last::Nothing,
            is_new_paragraph: false,
            is_parted: false,
        }
    }

    /// Reads the whole text and gives the memory back.
    pub(super) fn run(mut self) -> Memory {
        let mut at = 0;
        while let Some(&byte) = self.text.as_bytes().get(at) {
            if byte == b' ' {
                at += 1;
                continue;
            }
            if (byte.is_ascii() || byte == 0xe2)
                && let Some(end) = self.passed_over(at)
            {
                at = end;
                continue;
            }
            let Some(c) = self.text.get(at..).and_then(|it| it.chars().next()) else { break };
            if is_chinese_sign(c) && self.is_alone(at + c.len_utf8()) {
                // What `chunk` would find, in a tenth of the time.
                self.is_parted = true;
                at += c.len_utf8();
                continue;
            }
            if is_han(c) {
                self.han(c, at);
                at += c.len_utf8();
            } else if c.is_whitespace() {
                at = self.blanks(at);
            } else {
                at = self.chunk(at);
            }
        }
        self.end_run();
        self.memory
    }

    /// Where a word ends, or several joined by hyphens, that is not sought and needs no rule; it has
    /// taken its positions then.
    #[inline]
    fn passed_over(&mut self, from: usize) -> Option<usize> {
        let sought = self.sought?;
        if self.number.is_some() {
            return None;
        }
        let bytes = self.text.as_bytes();
        match bytes.get(from..)? {
            [letter, rest @ ..]
                if letter.is_ascii_alphabetic()
                    && rest.first().is_none_or(u8::is_ascii_whitespace) =>
            {
                return (!sought.may_be_letter(*letter)).then(|| {
                    self.place_word();
                    from + 1
                });
            }
            [digit, ..] if digit.is_ascii_digit() => {
                return if sought.may_be_number() { None } else { self.small_number(from) };
            }
            _ => {}
        }
        let mut at = from + opening(bytes.get(from..)?);
        let mut words = 0;
        loop {
            let word = bytes.get(at..)?;
            let small = word.iter().skip(1).take_while(|it| it.is_ascii_lowercase()).count();
            let word = word.get(..=small)?;
            // A single letter may begin an acronym.
            if small == 0 || !word[0].is_ascii_alphabetic() || sought.may_begin(word) {
                return None;
            }
            (at, words) = (at + 1 + small, words + 1);
            let rest = bytes.get(at..).unwrap_or_default();
            // What follows three letters cannot change how the word begins.
            let is_long = words > 1 || small >= 2;
            match rest {
                [b'-', next, ..] if next.is_ascii_alphabetic() && is_long && words < 4 => at += 1,
                [b'\'', b's', ..] if is_long => {
                    at += 2;
                    break;
                }
                [0xe2, 0x80, 0x99, b's', ..] if is_long => {
                    at += 4;
                    break;
                }
                _ => break,
            }
        }
        at += closing(bytes.get(at..).unwrap_or_default());
        if bytes.get(at).is_some_and(|it| !it.is_ascii_whitespace()) {
            return None;
        }
        (0..words).for_each(|_| {
            self.place_word();
        });
        Some(at)
    }

    /// The same for a number of few digits: what it means together with what follows is kept.
    fn small_number(&mut self, from: usize) -> Option<usize> {
        let rest = self.text.as_bytes().get(from..)?;
        let digits = rest.iter().take_while(|it| it.is_ascii_digit()).count();
        let end = from + digits;
        let after = end + closing(self.text.as_bytes().get(end..).unwrap_or_default());
        let next = self.text.as_bytes().get(after);
        if digits > MOST_SMALL || next.is_some_and(|it| !it.is_ascii_whitespace()) {
            return None;
        }
        let position = self.place_word();
        let text = self.text.get(from..end)?;
        self.number = Pending::new(text, position, Span::new(from, end), false);
        Some(after)
    }

    /// Whether a sign that ends before `at` stands alone: before a blank, a Han character, another
    /// such sign, or nothing.
    fn is_alone(&self, at: usize) -> bool {
        let next = self.text.get(at..).and_then(|it| it.chars().next());
        next.is_none_or(|it| it.is_whitespace() || is_han(it))
    }

    /// Whether a word, whatever its case, may be sought.
    pub(super) fn may_mean(&self, word: &str) -> bool {
        self.sought.is_none_or(|it| it.may_begin(word.as_bytes()))
    }

    /// Passes over blanks; two line feeds among them end a paragraph.
    fn blanks(&mut self, from: usize) -> usize {
        let rest = self.text.get(from..).unwrap_or_default();
        let end = from + rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
        let blanks = self.text.get(from..end).unwrap_or_default();
        let lines = blanks.bytes().filter(|it| *it == b'\n').count();
        if lines > 1 || blanks.contains('\u{2029}') {
            self.is_new_paragraph = true;
        }
        end
    }

    /// Reads what stands up to the next blank or Han character.
    fn chunk(&mut self, from: usize) -> usize {
        let rest = self.text.as_bytes().get(from..).unwrap_or_default();
        let plain = rest.iter().take_while(|it| it.is_ascii_graphic()).count();
        let mut end = from + plain;
        // Control characters and what is not ASCII take the longer way.
        let mut is_ascii = true;
        if rest.get(plain).is_some_and(|it| !it.is_ascii_whitespace()) {
            for c in self.text.get(end..).unwrap_or_default().chars() {
                if c.is_whitespace() || is_han(c) {
                    break;
                }
                is_ascii &= c.is_ascii();
                end += c.len_utf8();
            }
        }
        let before = self.next;
        let text = self.text.get(from..end).unwrap_or_default();
        if is_ascii {
            self.compounds(text, &Origin::At(from));
            self.is_parted |=
                self.next == before && !(text == "-" && self.is_inside_han(from, end));
        } else {
            self.folded_chunk(text, from, end);
        }
        end
    }

    fn folded_chunk(&mut self, text: &str, from: usize, end: usize) {
        let mut folded = std::mem::take(&mut self.memory.folded);
        folded.clear();
        folded.push_plain(text, from);
        let before = self.next;
        // A compatibility character may fold to one with a blank or to a Han character (㈱).
        if folded.text.contains(is_odd) {
            self.odd_chunk(&folded);
        } else {
            self.compounds(&folded.text, &Origin::Folded(&folded));
        }
        if self.next == before {
            // A name goes on over a middle dot and a hyphen (弗拉基米尔·普京, 中国-东盟), which may be
            // as long as 中国—东盟 has it; not over the dash of a sentence (——) or a full stop. An invisible character folded to nothing and parts nothing.
            self.is_parted |= match &*folded.text {
                "" => false,
                "·" | "‧" | "・" | "･" | "•" | "∙" | "⋅" | "-" | "–" | "—" => {
                    !self.is_inside_han(from, end)
                }
                _ => true,
            };
        }
        self.memory.folded = folded;
    }

    /// Whether Han characters stand directly before and after a span.
    fn is_inside_han(&self, from: usize, end: usize) -> bool {
        let before = self.text.get(..from).and_then(|it| it.chars().next_back());
        let after = self.text.get(end..).and_then(|it| it.chars().next());
        before.is_some_and(is_han) && after.is_some_and(is_han)
    }

    fn odd_chunk(&mut self, folded: &Folded) {
        let mut at = 0;
        while let Some(c) = folded.text.get(at..).and_then(|it| it.chars().next()) {
            let rest = folded.text.get(at..).unwrap_or_default();
            if is_han(c) {
                self.han_at(c, folded.original(Span::new(at, at + c.len_utf8())));
                at += c.len_utf8();
            } else if c.is_whitespace() {
                at += c.len_utf8();
            } else {
                let end = at + rest.find(is_odd).unwrap_or(rest.len());
                let before = self.next;
                let text = folded.text.get(at..end).unwrap_or_default();
                self.compounds(text, &Origin::Part(folded, at));
                self.is_parted |= self.next == before;
                at = end;
            }
        }
    }

    /// The position of the next token; the caller pushes it.
    #[inline]
    pub(super) fn place_word(&mut self) -> u32 {
        if self.last == Last::Han {
            self.end_run();
        }
        self.place(Last::Word)
    }

    #[inline]
    fn place(&mut self, kind: Last) -> u32 {
        let is_gap = self.is_new_paragraph
            || (self.is_parted && kind == Last::Han && self.last == Last::Han);
        if is_gap && self.last != Last::Nothing {
            self.next += 1;
        }
        (self.is_new_paragraph, self.is_parted, self.last) = (false, false, kind);
        self.next += 1;
        self.next - 1
    }

    fn han(&mut self, c: char, at: usize) {
        self.han_at(simplified(c), Span::new(at, at + c.len_utf8()));
    }

    #[inline]
    fn han_at(&mut self, c: char, span: Span) {
        if self.number.is_some() {
            self.magnitude(c, span);
        }
        if self.last != Last::Han || self.is_parted || self.is_new_paragraph {
            self.end_run();
        }
        let position = self.place(Last::Han);
        if self.sought.is_some_and(|it| !it.may_be(c)) {
            // No bigram of what is sought holds it.
            self.end_run();
            return;
        }
        let text = self.out.push_han(position, span, c);
        let memory = &mut self.memory;
        if let Some(before) = memory.places.last() {
            let (both, pair) = (before.span.cover(span), before.text.cover(text));
            self.out.push_before_last(Family::Bigram, before.position, both, pair);
        }
        memory.run.push(c);
        memory.places.push(Place { position, span, text });
    }

    /// Cuts the Han run that was read into words.
    fn end_run(&mut self) {
        let Memory { run, places, route, .. } = &mut self.memory;
        if let Some(words) = self.words
            && run.len() > 1
        {
            words.cut(run, route, |from, to| {
                if let Some([first, .., last]) = places.get(from..to) {
                    let (span, text) = (first.span.cover(last.span), first.text.cover(last.text));
                    self.out.push_text(Family::Word, first.position, span, text);
                }
            });
        }
        run.clear();
        places.clear();
    }
}

/// The bytes of the signs that open a text: they say nothing of the word after them.
#[inline]
fn opening(text: &[u8]) -> usize {
    match text {
        [b'(' | b'"', ..] => 1,
        [0xe2, 0x80, 0x98 | 0x9c, ..] => 3,
        _ => 0,
    }
}

/// The bytes of the signs that close a text.
#[inline]
fn closing(text: &[u8]) -> usize {
    let mut at = 0;
    loop {
        at += match text.get(at..).unwrap_or_default() {
            [first, ..] if closes_word(*first) => 1,
            [0xe2, 0x80, 0x99 | 0x9d, ..] => 3,
            _ => return at,
        }
    }
}

/// Punctuation that is no part of a word and parts what stands around it.
fn is_chinese_sign(c: char) -> bool {
    matches!(
        c,
        '，' | '。' | '、' | '；' | '：' | '？' | '！' | '（' | '）' | '《' | '》' | '「' | '」'
    )
}

fn is_odd(c: char) -> bool {
    !c.is_ascii() && (is_han(c) || c.is_whitespace()) || c == ' '
}

/// Where a chunk's text came from.
pub(super) enum Origin<'a> {
    /// It stands so in the text, at a byte.
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
