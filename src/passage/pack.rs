//! Packs sentences into passages: short paragraphs together, long ones in pieces of similar size.

use super::sentence::{Unit, Weight};
use crate::text::Span;

/// A passage may grow to this many tenths of the aim before a paragraph goes to the next one.
const FULL: u32 = 12;

/// A paragraph heavier than this many tenths of the aim is cut.
const LONG: u32 = 16;

/// A passage lighter than this many tenths of the aim takes in the next paragraph, or joins the
/// passage before it.
const SLIGHT: u32 = 4;

/// A paragraph lighter than fifteen words that does not end with a sentence mark is a heading.
const HEADING: Weight = Weight(150);

/// Packs sentences into passages, in order; each sentence is in exactly one. Sentences that
/// together weigh at most `whole` become one passage.
pub(super) fn pack(units: &[Unit], aim: Weight, whole: Weight) -> Vec<Span> {
    if let (Some(first), Some(last)) = (units.first(), units.last())
        && weight(units) <= whole
    {
        return vec![first.span.cover(last.span)];
    }
    let mut packer = Packer { aim, spans: Vec::new(), last: Weight(0), open: Vec::new() };
    let paragraphs = units.split_inclusive(|it| it.ends_paragraph);
    for paragraph in paragraphs {
        packer.take(paragraph);
    }
    packer.finish();
    packer.spans
}

struct Packer {
    aim: Weight,
    spans: Vec<Span>,
    /// The weight of the last span.
    last: Weight,
    /// The sentences of the passage that is being filled.
    open: Vec<Unit>,
}

impl Packer {
    fn take(&mut self, paragraph: &[Unit]) {
        let so_far = weight(&self.open);
        let more = weight(paragraph);
        let is_full = Weight(so_far.0 + more.0) > self.aim.times(FULL);
        if is_full && so_far >= self.aim.times(SLIGHT) {
            let headings = self.trailing_headings();
            self.flush();
            self.open = headings;
        }
        self.open.extend_from_slice(paragraph);
        if weight(&self.open) > self.aim.times(LONG) {
            self.flush_in_pieces();
        }
    }

    /// Takes the headings at the end of the open passage out of it; they go with the text below
    /// them.
    fn trailing_headings(&mut self) -> Vec<Unit> {
        let is_heading = |at: usize| {
            let before = at.checked_sub(1).and_then(|it| self.open.get(it));
            let is_alone = before.is_none_or(|it| it.ends_paragraph);
            let is_short = |it: &Unit| it.ends_paragraph && !it.is_closed && it.weight <= HEADING;
            is_alone && self.open.get(at).is_some_and(is_short)
        };
        let mut from = self.open.len();
        while from > 0 && is_heading(from - 1) {
            from -= 1;
        }
        // More than two short lines are a list, not headings.
        if from == 0 || self.open.len() - from > 2 { Vec::new() } else { self.open.split_off(from) }
    }

    fn flush(&mut self) {
        let open = std::mem::take(&mut self.open);
        self.emit(&open);
    }

    fn emit(&mut self, units: &[Unit]) {
        if let (Some(first), Some(last)) = (units.first(), units.last()) {
            self.spans.push(first.span.cover(last.span));
            self.last = weight(units);
        }
    }

    /// Cuts the open sentences into pieces near the aim, of weights as similar as the sentences
    /// allow.
    fn flush_in_pieces(&mut self) {
        let open = std::mem::take(&mut self.open);
        let total = weight(&open).0;
        let aim = self.aim.0.max(1);
        let pieces = ((total + aim / 2) / aim).max(1);
        let (mut rest, mut so_far) = (open.as_slice(), 0);
        for piece in 1..pieces {
            let goal = u64::from(total) * u64::from(piece) / u64::from(pieces);
            let fits = rest.iter().take_while(|it| {
                let middle = so_far + u64::from(it.weight.0) / 2;
                let fits = middle < goal;
                so_far += if fits { u64::from(it.weight.0) } else { 0 };
                fits
            });
            let (taken, left) = rest.split_at(fits.count().min(rest.len()));
            self.emit(taken);
            rest = left;
        }
        self.emit(rest);
    }

    /// Joins a light rest to the passage before it if that does not make it too long.
    fn finish(&mut self) {
        let rest = weight(&self.open);
        let joined = Weight(self.last.0 + rest.0);
        if rest < self.aim.times(SLIGHT)
            && joined <= self.aim.times(LONG)
            && let (Some(last), Some(unit)) = (self.spans.last_mut(), self.open.last())
        {
            *last = last.cover(unit.span);
            return;
        }
        self.flush();
    }
}

fn weight(units: &[Unit]) -> Weight {
    Weight(units.iter().fold(0, |sum: u32, it| sum.saturating_add(it.weight.0)))
}
