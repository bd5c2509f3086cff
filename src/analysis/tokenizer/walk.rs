//! The main loop over a text: it finds runs without blanks, Han characters and gaps, and calls what
//! reads each of them.

use crate::text::{Folded, Span, is_han, simplified};

use super::buffers::Buffers;
use super::state::{Origin, Tokenizer, is_inside_han};

impl Tokenizer<'_> {
    /// Reads the whole text and gives the buffers back.
    pub(crate) fn run(mut self) -> Box<Buffers> {
        match (self.prefilter, self.reach) {
            (Some(prefilter), Some(reach)) if prefilter.letter_pairs().are_all() => {
                self.tokenize_near_matches(prefilter, reach);
            }
            _ => {
                self.walk(0, self.text.len());
            }
        }
        self.end_run();
        self.buffers
    }

    /// Reads from one place to `limit`, at which a run may end, and returns where it stopped.
    pub(super) fn walk(&mut self, from: usize, limit: usize) -> usize {
        let mut at = from;
        while at < limit {
            let Some(&byte) = self.text.as_bytes().get(at) else { break };
            if byte.is_ascii_whitespace() {
                at = if byte == b' ' { at + 1 } else { self.blanks(at) };
                continue;
            }
            if self.omits_derived_stems
                && let Some(end) = self.plain_run(at)
            {
                at = end;
                continue;
            }
            let passed = match byte {
                0xe4..=0xe9 => self.han_skipped(at),
                _ => self.skipped(at, limit),
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

    /// Whether a sign that ends before `at` stands alone: before a blank, a Han character, another
    /// such sign, or nothing.
    fn is_alone(&self, at: usize) -> bool {
        let next = self.text.get(at..).and_then(|it| it.chars().next());
        next.is_none_or(|it| it.is_whitespace() || is_han(it))
    }

    /// Skips blanks; two line feeds among them end a paragraph.
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
        // Control characters and text that is not ASCII are read character by character.
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
        let mut folded = std::mem::take(&mut self.buffers.folded);
        folded.clear();
        folded.push_plain(text, from);
        let before = self.next;
        // A compatibility character may fold to one with a blank or to a Han character (㈱).
        if folded.text.contains(is_blank_or_han) {
            self.chunk_with_han(&folded);
        } else {
            self.compounds(&folded.text, &Origin::Folded(&folded));
        }
        if self.next == before {
            // A name goes on over a middle dot and a hyphen (弗拉基米尔·普京, 中国-东盟), which may be as long
            // as 中国—东盟 has it; not over the dash of a sentence (——) or a full stop. An invisible
            // character folded to nothing and parts nothing.
            self.is_parted |= match &*folded.text {
                "" => false,
                "·" | "‧" | "・" | "･" | "•" | "∙" | "⋅" | "-" | "–" | "—" => {
                    !is_inside_han(self.text, from, end)
                }
                _ => true,
            };
        }
        self.buffers.folded = folded;
    }

    fn chunk_with_han(&mut self, folded: &Folded) {
        let mut at = 0;
        while let Some(c) = folded.text.get(at..).and_then(|it| it.chars().next()) {
            let rest = folded.text.get(at..).unwrap_or_default();
            if is_han(c) {
                self.han_at(c, folded.original(Span::new(at, at + c.len_utf8())));
                at += c.len_utf8();
            } else if c.is_whitespace() {
                at += c.len_utf8();
            } else {
                let end = at + rest.find(is_blank_or_han).unwrap_or(rest.len());
                let before = self.next;
                let text = folded.text.get(at..end).unwrap_or_default();
                self.compounds(text, &Origin::Part(folded, at));
                self.is_parted |= self.next == before;
                at = end;
            }
        }
    }

    fn han(&mut self, c: char, at: usize) {
        self.han_at(simplified(c), Span::new(at, at + c.len_utf8()));
    }
}

/// Punctuation that is never part of a word and separates what stands around it.
fn is_chinese_sign(c: char) -> bool {
    matches!(
        c,
        '，' | '。' | '、' | '；' | '：' | '？' | '！' | '（' | '）' | '《' | '》' | '「' | '」'
    )
}

fn is_blank_or_han(c: char) -> bool {
    !c.is_ascii() && (is_han(c) || c.is_whitespace()) || c == ' '
}
