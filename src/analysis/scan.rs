//! The walk over a text: runs without blanks, Han characters, gaps, positions.

use crate::text::{Folded, Span, is_han, simplified, simplified_code};

use super::memory::{Memory, Place};
use super::number::Pending;
use super::pass::{letters, parting_sign};
use super::segment::Words;
use super::{Family, Sought, Token, Tokens};

/// The first of the characters that three bytes from 0xe4 to 0xe9 on stand for.
const FIRST_HAN: u32 = '一' as u32;

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
    pub(super) memory: Box<Memory>,
    pub(super) number: Option<Pending>,
    /// The number before, where it was passed over.
    pub(super) passed: Option<(u32, Span)>,
    /// What is not sought need not be made.
    pub(super) sought: Option<&'a Sought>,
    /// Of what is sought only positions that differ by so much have to be right, and only the order
    /// of the others.
    pub(super) reach: Option<u32>,
    /// The word that was made last by itself, and its stem.
    pub(super) alone: Option<[Token; 2]>,
    /// Stems that follow from their words alone are not made.
    pub(super) omits_stems: bool,
    words: Option<&'a Words>,
    pub(super) next: u32,
    last: Last,
    /// A paragraph ended since the last token.
    is_new_paragraph: bool,
    /// A sign that parts Han characters stood since the last token.
    pub(super) is_parted: bool,
}

impl<'a> Scan<'a> {
    pub(super) fn new(
        text: &'a str,
        out: &'a mut Tokens,
        memory: Box<Memory>,
        words: Option<&'a Words>,
    ) -> Self {
        out.clear();
        Self {
            text,
            out,
            memory,
            number: None,
            passed: None,
            sought: None,
            reach: None,
            alone: None,
            omits_stems: false,
            words,
            next: 0,
            last: Last::Nothing,
            is_new_paragraph: false,
            is_parted: false,
        }
    }

    /// Reads the whole text and gives the memory back.
    pub(super) fn run(mut self) -> Box<Memory> {
        match (self.sought, self.reach) {
            (Some(sought), Some(reach)) if sought.beginnings().are_all() => {
                self.skim(sought, reach);
            }
            _ => {
                self.walk(0, self.text.len());
            }
        }
        self.end_run();
        self.memory
    }

    /// Reads from one place to another at which a run may end, and gives where it stands then.
    pub(super) fn walk(&mut self, from: usize, limit: usize) -> usize {
        let mut at = from;
        while at < limit {
            let Some(&byte) = self.text.as_bytes().get(at) else { break };
            if byte.is_ascii_whitespace() {
                at = if byte == b' ' { at + 1 } else { self.blanks(at) };
                continue;
            }
            if self.omits_stems
                && let Some(end) = self.plain_run(at)
            {
                at = end;
                continue;
            }
            let passed = match byte {
                0xe4..=0xe9 => self.han_passed_over(at),
                _ => self.passed_over(at, limit),
            };
            if let Some(end) = passed {
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
        at
    }

    /// Leaves out words that nobody asks for, so many that what comes is out of reach.
    pub(super) fn leap(&mut self, reach: u32) {
        self.end_run();
        self.next = self.next.saturating_add(reach.saturating_add(1));
        (self.number, self.passed, self.last) = (None, None, Last::Word);
        (self.is_new_paragraph, self.is_parted) = (false, false);
    }

    /// The end of the Han characters from `from` on that are not sought, and of the signs between
    /// them, if there are any; they have taken their positions then.
    fn han_passed_over(&mut self, from: usize) -> Option<usize> {
        let sought = self.sought?;
        if self.number.is_some() {
            return None;
        }
        let bytes = self.text.as_bytes();
        let mut at = from;
        loop {
            let end = unsought_han_end(bytes, at, sought);
            if end > at {
                // No bigram of what is sought goes over them.
                self.end_run();
                self.place(Last::Han);
                self.next += u32::try_from((end - at) / 3).unwrap_or(u32::MAX) - 1;
            }
            let Some(sign) = parting_sign(bytes, end) else {
                return (end > from).then_some(end);
            };
            self.is_parted = true;
            at = end + sign;
        }
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

    /// The same of a word that is no part of another, but for what a sign or a number makes of it.
    pub(super) fn may_be_word(&self, word: &str) -> bool {
        self.sought.is_none_or(|it| it.may_begin(word.as_bytes()) && it.may_be_alone(letters(word)))
    }

    /// Passes over blanks; two line feeds among them end a paragraph.
    fn blanks(&mut self, from: usize) -> usize {
        let rest = self.text.get(from..).unwrap_or_default();
        if let [_, 0x21..=0x7e, ..] = rest.as_bytes() {
            return from + 1;
        }
        let end = from + rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
        let blanks = self.text.get(from..end).unwrap_or_default();
        let lines = blanks.bytes().filter(|it| *it == b'\n').count();
        if lines > 1 || blanks.contains('\u{2029}') {
            self.is_new_paragraph = true;
        }
        end
    }

    /// Where the next blank or Han character stands, and whether all before it is ASCII.
    fn run_end(&self, from: usize) -> (usize, bool) {
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
        (end, is_ascii)
    }

    /// Reads what stands up to the next blank or Han character.
    fn chunk(&mut self, from: usize) -> usize {
        let (end, is_ascii) = self.run_end(from);
        self.stretch(from, end, is_ascii);
        end
    }

    /// Reads what stands between two places, without blanks and without Han characters.
    pub(super) fn stretch(&mut self, from: usize, end: usize, is_ascii: bool) {
        self.recall_number();
        let before = self.next;
        let text = self.text.get(from..end).unwrap_or_default();
        if is_ascii {
            self.compounds(text, &Origin::At(from));
            self.is_parted |=
                self.next == before && !(text == "-" && is_inside_han(self.text, from, end));
        } else {
            self.folded_chunk(text, from, end);
        }
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
                    !is_inside_han(self.text, from, end)
                }
                _ => true,
            };
        }
        self.memory.folded = folded;
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
    fn place(&mut self, kind: Last) -> u32 {
        let is_gap = self.is_new_paragraph
            || (self.is_parted && kind == Last::Han && self.last == Last::Han);
        if is_gap && self.last != Last::Nothing {
            self.next += 1;
        }
        (self.is_new_paragraph, self.is_parted, self.last) = (false, false, kind);
        self.passed = None;
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
        let Memory { run, places, route, .. } = &mut *self.memory;
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

/// The end of the Han characters of the common block that are not sought.
fn unsought_han_end(bytes: &[u8], from: usize, sought: &Sought) -> usize {
    let mut at = from;
    while let Some([first @ 0xe4..=0xe9, second, third]) =
        bytes.get(at..).and_then(<[u8]>::first_chunk::<3>)
    {
        let low = |it: &u8| u32::from(it & 0x3f);
        let code = u32::from(first & 15) << 12 | low(second) << 6 | low(third);
        if code < FIRST_HAN || sought.may_be_code(simplified_code(code)) {
            break;
        }
        at += 3;
    }
    at
}

/// Whether Han characters stand directly before and after a part of a text.
pub(super) fn is_inside_han(text: &str, from: usize, end: usize) -> bool {
    let before = text.get(..from).and_then(|it| it.chars().next_back());
    let after = text.get(end..).and_then(|it| it.chars().next());
    before.is_some_and(is_han) && after.is_some_and(is_han)
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
