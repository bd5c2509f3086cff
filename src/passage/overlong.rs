//! Cuts sentences that are longer than a passage, at the best places.

use super::sentence::{HAN, LONGEST_WORD, Unit, WORD, Weight, is_wide_mark, visible};
use crate::text::is_han;

/// A sentence is cut if its weight exceeds this many tenths of the aim.
const LONGEST: u32 = 16;

/// Cuts the sentences that are longer than a passage, and leaves the others as they are.
pub(super) fn cut_overlong(body: &str, units: Vec<Unit>, aim: Weight) -> Vec<Unit> {
    let (longest, most) = (aim.times(LONGEST), aim.times(5));
    if units.iter().all(|it| it.weight <= longest) {
        return units;
    }
    let mut pieces = Vec::with_capacity(units.len() * 2);
    for unit in units {
        if unit.weight > longest {
            cut(body, unit, most, &mut pieces);
        } else {
            pieces.push(unit);
        }
    }
    pieces
}

/// Cuts a sentence at line ends, else at commas, else at blanks, else between two characters. A
/// piece weighs at most `most`, and at least a quarter of it.
fn cut(text: &str, unit: Unit, most: Weight, out: &mut Vec<Unit>) {
    let mut start = unit.span.start();
    while let Some((place, weight)) = place_to_cut(text, start, unit.span.end(), most) {
        push_piece(text, start, place, weight, out);
        start = place;
    }
    let weight = Weight(weigh(text.get(start..unit.span.end()).unwrap_or_default()));
    push_piece(text, start, unit.span.end(), weight, out);
    if let Some(last) = out.last_mut() {
        last.ends_paragraph = unit.ends_paragraph;
        last.is_closed = unit.is_closed;
    }
}

fn push_piece(text: &str, start: usize, end: usize, weight: Weight, out: &mut Vec<Unit>) {
    let span = visible(text, start, end);
    if !span.is_empty() {
        out.push(Unit { span, weight, ends_paragraph: false, is_closed: false });
    }
}

/// The best place to cut after `start`, and the weight before it; `None` where the rest weighs at
/// most `most`.
fn place_to_cut(text: &str, start: usize, end: usize, most: Weight) -> Option<(usize, Weight)> {
    let mut best: Option<(Joint, usize, u32)> = None;
    let mut measure = Measure::default();
    let mut before = None;
    for (offset, it) in text.get(start..end)?.char_indices() {
        let weight = measure.weight;
        if weight > most.0 {
            return best.map(|(_, place, weight)| (place, Weight(weight)));
        }
        if weight >= most.0 / 4
            && let Some(joint) = before.and_then(|before| Joint::between(before, it))
            && best.is_none_or(|(other, ..)| joint >= other)
        {
            best = Some((joint, start + offset, weight));
        }
        measure.add(it);
        before = Some(it);
    }
    None
}

fn weigh(text: &str) -> u32 {
    let mut measure = Measure::default();
    text.chars().for_each(|it| measure.add(it));
    measure.weight.max(1)
}

/// Weighs a text character by character, with the result of the sentence scanner.
#[derive(Default)]
struct Measure {
    weight: u32,
    word_bytes: usize,
}

impl Measure {
    fn add(&mut self, it: char) {
        if is_han(it) {
            self.weight += HAN;
            self.word_bytes = 0;
        } else if it.is_whitespace() || is_wide_mark(it) {
            self.word_bytes = 0;
        } else {
            if self.word_bytes % LONGEST_WORD < it.len_utf8() {
                self.weight += WORD;
            }
            self.word_bytes += it.len_utf8();
        }
    }
}

/// How good it is to cut between two characters, worst first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Joint {
    /// Between two characters of a run without blanks.
    Character,
    /// Between two words, or two Han characters.
    Word,
    /// After a comma or a similar mark.
    Clause,
    /// At a line end.
    Line,
}

impl Joint {
    /// The joint between two characters. `None` where a cut could split what a reader sees as one
    /// character: only letters and digits that never combine with their neighbours may stand at an
    /// edge.
    fn between(before: char, after: char) -> Option<Self> {
        if before == '\n' {
            return Some(Self::Line);
        }
        let is_plain = |it: char| it.is_ascii_graphic() || is_han(it);
        let is_letter = |it: char| is_plain(it) || it.is_alphanumeric() && !is_joining(it);
        if matches!(before, '，' | '；' | '、' | '：') && is_letter(after) {
            return Some(Self::Clause);
        }
        if before.is_whitespace() || after.is_whitespace() || is_han(before) && is_han(after) {
            let is_edge =
                before.is_whitespace() && is_letter(after) || is_han(before) && is_letter(after);
            return is_edge.then_some(Self::Word);
        }
        (is_letter(before) && is_letter(after)).then_some(Self::Character)
    }
}

/// Letters that may combine with a neighbour, such as Hangul jamo and Indic or Thai vowels. They
/// lie outside of the blocks of Latin, Greek, Cyrillic, kana and whole Hangul syllables.
fn is_joining(it: char) -> bool {
    !matches!(it, '\0'..='\u{2FF}' | '\u{370}'..='\u{482}' | '\u{48A}'..='\u{52F}' | '\u{3041}'..='\u{3096}'
        | '\u{30A1}'..='\u{30FA}' | '\u{AC00}'..='\u{D7A3}')
}
