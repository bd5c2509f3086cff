//! Runs without blanks as a text for the index is read: the same words, numbers and formulas come
//! again and again, and what was made of a short one is remembered.
//!
//! What a run makes depends on itself alone, but for a number before it, for a Han character before
//! it, and for some words whose meaning the line tells; such runs are read anew each time.

use crate::text::Span;

use super::lexer::closes_word;
use super::number::{Pending, follows_number};
use super::regular::{LONGEST_ODD, is_odd};
use super::scan::{Origin, Scan};
use super::stop::acronym_of;
use super::tokens::Base;
use super::{Family, Token};

/// The longest run that is remembered, in bytes; longer ones hardly come again.
const LONGEST_RUN: usize = 16;
/// How many runs are kept, a power of two.
const MOST: usize = 1 << 13;
/// When what was made of the kept runs are more tokens, all are forgotten.
const MOST_TOKENS: usize = MOST * 8;

/// What was made of runs.
#[derive(Clone, Debug, Default)]
pub(super) struct Runs {
    slots: Vec<Slot>,
    texts: String,
    /// With positions from that of the first one, and spans from the beginning of the run.
    tokens: Vec<Token>,
    /// Numbers after which a run ends; the same of these.
    numbers: Vec<Pending>,
}

/// A run, and what was made of it.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: Key,
    texts: Span,
    tokens: Span,
    /// How many positions it takes.
    places: u32,
    /// Which number it ends with, plus one; 0 where with none.
    number: u32,
    /// Whether a number before it changes nothing.
    is_free: bool,
}

/// A run of up to sixteen bytes, whole; the length is 0 where there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Key {
    first: u64,
    last: u64,
    length: u32,
}

impl Key {
    #[inline]
    fn of(run: &[u8]) -> Option<Self> {
        let length = u32::try_from(run.len()).ok()?;
        if let (Some(first), Some(last)) = (run.first_chunk(), run.last_chunk()) {
            let [first, last] = [first, last].map(|it| u64::from_le_bytes(*it));
            return (run.len() <= LONGEST_RUN).then_some(Self { first, last, length });
        }
        if let (Some(first), Some(last)) = (run.first_chunk(), run.last_chunk()) {
            let [first, last] = [first, last].map(|it| u32::from_le_bytes(*it).into());
            return Some(Self { first, last, length });
        }
        let byte = |at: usize| u64::from(run.get(at).copied().unwrap_or_default());
        Some(Self { first: byte(0) | byte(1) << 8 | byte(2) << 16, last: 0, length })
    }

    /// The first of its two slots.
    #[inline]
    fn place(self) -> usize {
        const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
        let mixed = (self.first.wrapping_mul(SPREAD).rotate_left(29) ^ self.last)
            .wrapping_add(u64::from(self.length))
            .wrapping_mul(SPREAD);
        (mixed >> 32) as usize & (MOST - 2)
    }
}

impl Runs {
    /// What is remembered of a run.
    #[inline]
    fn find(&mut self, key: Key) -> Option<&Slot> {
        let at = key.place();
        let [first, second] = self.slots.get_mut(at..at + 2)? else { return None };
        if first.key != key {
            if second.key != key {
                return None;
            }
            std::mem::swap(first, second);
        }
        Some(first)
    }

    /// Keeps what a run made, where its first token and its text begin.
    fn remember(
        &mut self,
        mut slot: Slot,
        (texts, tokens): (&str, &[Token]),
        base: Base,
        number: Option<Pending>,
    ) {
        if self.slots.is_empty() || self.tokens.len() > MOST_TOKENS {
            self.slots.clear();
            self.slots.resize(MOST, Slot::default());
            self.texts.clear();
            self.tokens.clear();
            self.numbers.clear();
        }
        if let Some(number) = number {
            self.numbers.push(number);
            slot.number = u32::try_from(self.numbers.len()).unwrap_or(0);
        }
        let start = (self.texts.len(), self.tokens.len());
        self.texts.push_str(texts);
        self.tokens.extend(tokens.iter().map(|it| it.moved_back(base)));
        slot.texts = Span::new(start.0, self.texts.len());
        slot.tokens = Span::new(start.1, self.tokens.len());
        let at = slot.key.place();
        if let Some([first, second]) = self.slots.get_mut(at..at + 2) {
            // The run that was met longer ago goes.
            *second = std::mem::replace(first, slot);
        }
    }
}

impl Scan<'_> {
    /// Reads the run that begins at a place and is all ASCII, and gives its end; nothing where it
    /// is another, which is left.
    pub(super) fn plain_run(&mut self, from: usize) -> Option<usize> {
        let rest = self.text.as_bytes().get(from..)?;
        let (first, after) = rest.split_first().filter(|(it, _)| it.is_ascii_graphic())?;
        let letters = 1 + after.iter().take_while(|it| it.is_ascii_lowercase()).count();
        let is_end = |at: usize| rest.get(at).is_none_or(u8::is_ascii_whitespace);
        let signs = rest.get(letters..)?.iter().take_while(|it| closes_word(**it)).count();
        if is_end(letters + signs) && letters > 1 && first.is_ascii_alphabetic() {
            let written = self.text.get(from..from + letters)?;
            if self.number.is_none() || first.is_ascii_lowercase() && !follows_number(written) {
                self.number = None;
                self.plain_word(written, Span::new(from, from + letters));
                return Some(from + letters + signs);
            }
        }
        let begun = letters + signs;
        let graphic = rest.get(begun..)?.iter().take_while(|it| it.is_ascii_graphic()).count();
        let end = from + begun + graphic;
        let text = self.text.get(from..end).filter(|it| is_end(it.len()) && *it != "-")?;
        match Key::of(text.as_bytes()) {
            Some(key) => self.short_run(text, from, key),
            None => self.long_run(text, from),
        }
        Some(end)
    }

    /// A word whose stem need not be made, as nearly none need.
    #[inline]
    fn plain_word(&mut self, written: &str, span: Span) {
        let is_capital = written.starts_with(|it: char| it.is_ascii_uppercase());
        if is_odd(written) || is_capital && written.len() <= LONGEST_ODD {
            return self.only_word(written, span);
        }
        let position = self.place_word();
        self.out.push_lower(position, span, written);
    }

    fn long_run(&mut self, text: &str, from: usize) {
        let before = self.next;
        self.compounds_from(text, &Origin::At(from), 0);
        self.is_parted |= self.next == before;
    }

    fn short_run(&mut self, text: &str, from: usize, key: Key) {
        let is_after_number = self.number.is_some();
        let known = self.memory.runs.find(key).filter(|it| it.is_free || !is_after_number);
        let Some(&slot) = known else { return self.new_run(text, from, key) };
        if slot.places == 0 {
            self.is_parted = true;
            return;
        }
        self.place_words(slot.places);
        let runs = &self.memory.runs;
        let tokens = runs.tokens.get(slot.tokens.range()).unwrap_or_default();
        let position = self.next - slot.places;
        self.out.push_moved(slot.texts.of(&runs.texts), tokens, position, from);
        let number = runs.numbers.get((slot.number as usize).wrapping_sub(1));
        self.number = number.map(|it| it.moved(position, from));
    }

    /// Reads a run, and remembers what it makes where that is always the same.
    fn new_run(&mut self, text: &str, from: usize, key: Key) {
        let is_after_number = self.number.is_some();
        let is_after_han = !self.memory.places.is_empty();
        let (mark, before) = (self.out.mark(), self.next);
        self.long_run(text, from);
        let made = self.out.since(mark);
        let Some(first) = made.1.first().map(|it| it.position) else {
            if self.next == before {
                let slot = Slot { key, is_free: true, ..Slot::default() };
                self.memory.runs.remember(slot, made, Base::default(), None);
            }
            return;
        };
        let exact = made.1.iter().filter(|it| it.family == Family::Exact);
        let mut exact = exact.map(|it| self.out.text(it));
        let is_free = exact.clone().next().is_some_and(|it| !follows_number(it));
        let depends = exact.any(|it| acronym_of(it).is_some() || it == "cent");
        if depends || is_after_han || is_after_number && !is_free {
            return;
        }
        let base = Base { position: first, span: from, text: mark.texts };
        let number = self.number.map(|it| it.moved_back(first, from));
        let places = self.next - first;
        let slot = Slot { key, places, is_free, ..Slot::default() };
        self.memory.runs.remember(slot, made, base, number);
    }
}
