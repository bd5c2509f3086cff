//! The walk over a text: runs without blanks, Han characters, gaps, positions.

use crate::text::{Folded, Span, is_han, simplified};

use super::number::Pending;
use super::segment::Words;
use super::tokens::{Memory, Place};
use super::{Family, Tokens};

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
    words: Option<&'a Words>,
    next: u32,
    last: Last,
    /// A paragraph ended since the last token.
    is_new_paragraph: bool,
    /// A sign that parts Han characters stood since the last token.
    is_parted: bool,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str, out: &'a mut Tokens, words: Option<&'a Words>) -> Self {
        out.clear();
        let memory = std::mem::take(&mut out.memory);
        Self {
            text,
            out,
            memory,
            number: None,
            words,
            next: 0,
            last: Last::Nothing,
            is_new_paragraph: false,
            is_parted: false,
        }
    }

    /// Reads the whole text.
    pub(super) fn run(mut self) {
        let mut at = 0;
        while let Some(&byte) = self.text.as_bytes().get(at) {
            if byte == b' ' {
                at += 1;
                continue;
            }
            let Some(c) = self.text.get(at..).and_then(|it| it.chars().next()) else { break };
            if c.is_whitespace() {
                at = self.blanks(at);
            } else if is_han(c) {
                self.han(c, at);
                at += c.len_utf8();
            } else {
                at = self.chunk(at);
            }
        }
        self.end_run();
        self.out.sort();
        self.out.memory = self.memory;
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
        let bytes = self.text.as_bytes();
        let rest = bytes.get(from..).unwrap_or_default();
        let plain = rest.iter().take_while(|it| it.is_ascii_graphic()).count();
        let mut end = from + plain;
        // Control characters and what is not ASCII take the longer way.
        if rest.get(plain).is_none_or(|it| it.is_ascii_whitespace()) {
            let text = self.text.get(from..end).unwrap_or_default();
            self.plain_chunk(text, &Origin::At(from));
            return end;
        }
        let mut is_ascii = true;
        for c in self.text.get(end..).unwrap_or_default().chars() {
            if c.is_whitespace() || is_han(c) {
                break;
            }
            is_ascii &= c.is_ascii();
            end += c.len_utf8();
        }
        let text = self.text.get(from..end).unwrap_or_default();
        if is_ascii {
            self.plain_chunk(text, &Origin::At(from));
            return end;
        }
        let mut folded = std::mem::take(&mut self.memory.folded);
        folded.clear();
        folded.push_plain(text, from);
        // A compatibility character may fold to one with a blank or to a Han character (㈱).
        if folded.text.contains(is_odd) {
            self.odd_chunk(&folded);
        } else {
            self.plain_chunk(&folded.text, &Origin::Folded(&folded));
        }
        self.memory.folded = folded;
        end
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
                let text = folded.text.get(at..end).unwrap_or_default();
                self.plain_chunk(text, &Origin::Part(folded, at));
                at = end;
            }
        }
    }

    fn plain_chunk(&mut self, text: &str, origin: &Origin<'_>) {
        let before = self.next;
        self.compounds(text, origin);
        // A name goes on over the middle dot and a hyphen (弗拉基米尔·普京, 中国-东盟), not over
        // a dash or a full stop. An invisible character folded to nothing and parts nothing.
        let is_link = matches!(text, "" | "·" | "‧" | "・" | "･" | "•" | "∙" | "⋅" | "-");
        if self.next == before && !is_link {
            self.is_parted = true;
        }
    }

    /// The position of the next token; the caller pushes it.
    pub(super) fn place_word(&mut self) -> u32 {
        if self.last == Last::Han {
            self.end_run();
        }
        self.place(Last::Word)
    }

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

    fn han_at(&mut self, c: char, span: Span) {
        self.magnitude(c, span);
        if self.last != Last::Han || self.is_parted || self.is_new_paragraph {
            self.end_run();
        }
        let position = self.place(Last::Han);
        let Memory { run, places, .. } = &mut self.memory;
        let start = run.len();
        run.push(c);
        let in_run = Span::new(start, run.len());
        self.out.push(Family::Exact, position, span, in_run.of(run));
        if let Some(before) = places.last() {
            let pair = before.in_run.cover(in_run).of(run);
            self.out.push(Family::Bigram, before.position, before.span.cover(span), pair);
        }
        places.push(Place { position, span, in_run });
    }

    /// Cuts the Han run that was read into words.
    fn end_run(&mut self) {
        let memory = &mut self.memory;
        if let Some(words) = self.words
            && memory.places.len() > 1
        {
            let Memory { run, places, space, .. } = memory;
            words.cut(run, space, |from, to| {
                if let Some([first, .., last]) = places.get(from..to) {
                    let text = first.in_run.cover(last.in_run).of(run);
                    let span = first.span.cover(last.span);
                    self.out.push(Family::Word, first.position, span, text);
                }
            });
        }
        memory.run.clear();
        memory.places.clear();
    }
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
