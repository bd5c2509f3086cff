//! A cache of the tokens of short runs without blanks, for building an index: the same words,
//! numbers and formulas come again and again.
//!
//! The tokens of a run depend on the run alone, except after a number or a Han character, and for
//! some words whose meaning depends on the line; such runs are not cached.

use crate::analysis::english::PendingNumber;
use crate::analysis::tokens::{Base, Token};
use crate::text::Span;

/// The longest run that is remembered, in bytes; longer ones hardly come again.
const LONGEST_RUN: usize = 16;
/// How many runs are kept, a power of two.
const MOST: usize = 1 << 13;
/// With more cached tokens than this the cache is emptied.
const MOST_TOKENS: usize = MOST * 8;

/// Tokens of runs that were read before.
#[derive(Clone, Debug, Default)]
pub(crate) struct RunCache {
    slots: Vec<Slot>,
    pub(super) texts: String,
    /// With positions from that of the first one, and spans from the beginning of the run.
    pub(super) tokens: Vec<Token>,
    /// Numbers after which a run ends; the same of these.
    pub(super) numbers: Vec<PendingNumber>,
}

/// A run, and what was made of it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Slot {
    pub(super) key: Key,
    pub(super) texts: Span,
    pub(super) tokens: Span,
    /// How many positions it takes.
    pub(super) places: u32,
    /// Which number it ends with, plus one; 0 where with none.
    pub(super) number: u32,
    /// Whether a number before it changes nothing.
    pub(super) is_free: bool,
}

/// A run of up to sixteen bytes of printable ASCII, whole, with zeros after it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Key(u128);

impl Key {
    #[inline]
    pub(super) fn of(run: &[u8]) -> Option<Self> {
        let mut bytes = [0; LONGEST_RUN];
        bytes.get_mut(..run.len())?.copy_from_slice(run);
        Some(Self(u128::from_le_bytes(bytes)))
    }

    /// The first of its two slots.
    #[inline]
    fn place(self) -> usize {
        const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
        let (first, last) = (self.0 as u64, (self.0 >> 64) as u64);
        let mixed = (first.wrapping_mul(SPREAD).rotate_left(29) ^ last).wrapping_mul(SPREAD);
        (mixed >> 32) as usize & (MOST - 2)
    }
}

impl RunCache {
    /// What is remembered of a run.
    #[inline]
    pub(super) fn find(&mut self, key: Key) -> Option<&Slot> {
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

    /// Caches the tokens of a run; `base` is where its first token and its text begin.
    pub(super) fn remember(
        &mut self,
        mut slot: Slot,
        (texts, tokens): (&str, &[Token]),
        base: Base,
        number: Option<PendingNumber>,
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
            // The run that was used longer ago is evicted.
            *second = std::mem::replace(first, slot);
        }
    }
}
