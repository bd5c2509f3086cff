//! Runs without blanks of a text for the index: simple words, runs from the cache, and others.

use crate::analysis::english::{
    LONGEST_CONTEXT_DEPENDENT, closes_word, follows_number, is_context_dependent,
};
use crate::analysis::stop_words::acronym_of;
use crate::analysis::tokens::{Base, Family};
use crate::text::Span;

use super::run_cache::{Key, Slot};
use super::state::{Origin, Tokenizer};

impl Tokenizer<'_> {
    /// Reads the run at a place if it is ASCII, and returns its end; reads nothing of others.
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

    /// A word of letters: nearly always its stem is derived later from the word alone.
    #[inline]
    fn plain_word(&mut self, written: &str, span: Span) {
        let is_capital = written.starts_with(|it: char| it.is_ascii_uppercase());
        if is_context_dependent(written) || is_capital && written.len() <= LONGEST_CONTEXT_DEPENDENT
        {
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
        let known = self.buffers.runs.find(key).filter(|it| it.is_free || !is_after_number);
        let Some(&slot) = known else { return self.new_run(text, from, key) };
        if slot.places == 0 {
            self.is_parted = true;
            return;
        }
        self.place_words(slot.places);
        let runs = &self.buffers.runs;
        let tokens = runs.tokens.get(slot.tokens.range()).unwrap_or_default();
        let position = self.next - slot.places;
        self.out.push_moved(slot.texts.of(&runs.texts), tokens, position, from);
        let number = runs.numbers.get((slot.number as usize).wrapping_sub(1));
        self.number = number.map(|it| it.moved(position, from));
    }

    /// Reads a run, and caches its tokens where they depend on the run alone.
    fn new_run(&mut self, text: &str, from: usize, key: Key) {
        let is_after_number = self.number.is_some();
        let is_after_han = !self.buffers.places.is_empty();
        let (mark, before) = (self.out.mark(), self.next);
        self.long_run(text, from);
        let made = self.out.since(mark);
        let Some(first) = made.1.first().map(|it| it.position) else {
            if self.next == before {
                let slot = Slot { key, is_free: true, ..Slot::default() };
                self.buffers.runs.remember(slot, made, Base::default(), None);
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
        self.buffers.runs.remember(slot, made, base, number);
    }
}
