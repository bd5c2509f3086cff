//! What a passage proves of what was asked: bits, and the test over them.

use super::plan::{Plan, Term, Test};
use crate::query::Occur;

/// Evidence bits a passage: one word holds so many.
pub(super) const WORD_BITS: u32 = 64;

/// Verdicts that are remembered; a query meets few different ones.
const REMEMBERED: usize = 64;

/// How much of what was asked a passage (or an article) holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Completeness {
    /// Some terms are missing.
    Partial,
    /// All terms, some of them only by another name.
    Expanded,
    /// All terms as typed.
    Typed,
}

impl Completeness {
    /// How many tiers a hit stands above a partial one.
    pub(super) fn tiers(self) -> u8 {
        match self {
            Self::Partial => 0,
            Self::Expanded => 1,
            Self::Typed => 2,
        }
    }
}

/// Whether a bit is set.
pub(super) fn has(bits: &[u64], bit: u32) -> bool {
    bits.get((bit / WORD_BITS) as usize).is_some_and(|it| it >> (bit % WORD_BITS) & 1 == 1)
}

/// Sets a bit.
pub(super) fn set(bits: &mut [u64], bit: u32) {
    if let Some(word) = bits.get_mut((bit / WORD_BITS) as usize) {
        *word |= 1 << (bit % WORD_BITS);
    }
}

/// Adds the bits of another.
pub(super) fn merge(bits: &mut [u64], others: &[u64]) {
    bits.iter_mut().zip(others).for_each(|(all, own)| *all |= own);
}

/// What becomes of a passage with some evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It does not answer.
    Refused,
    Admitted(Completeness),
}

/// Judges by evidence and remembers the verdicts of one query.
#[derive(Default)]
pub(super) struct Verdicts(Vec<Option<(u64, u64, Verdict)>>);

impl Verdicts {
    /// The verdict on evidence as typed and in any form.
    #[inline]
    pub(super) fn of(&mut self, plan: &Plan, typed: &[u64], held: &[u64]) -> Verdict {
        let ([one], [other]) = (typed, held) else { return judged(plan, typed, held) };
        self.0.resize(REMEMBERED, None);
        let mixed = (one ^ other.rotate_left(7)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let slot = &mut self.0[(mixed >> 58) as usize % REMEMBERED];
        match slot {
            Some((typed, held, verdict)) if typed == one && held == other => *verdict,
            _ => {
                let verdict = judged(plan, typed, held);
                *slot = Some((*one, *other, verdict));
                verdict
            }
        }
    }
}

fn judged(plan: &Plan, typed: &[u64], held: &[u64]) -> Verdict {
    if plan.test.admits(&plan.terms, held) {
        Verdict::Admitted(plan.test.completeness(&plan.terms, typed, held))
    } else {
        Verdict::Refused
    }
}

impl Term {
    /// Whether all its parts are held.
    pub(super) fn is_held(&self, bits: &[u64]) -> bool {
        !self.parts.is_empty() && self.parts.clone().all(|it| has(bits, it))
    }
}

impl Test {
    /// Whether everything asked is held.
    pub(super) fn is_complete(&self, terms: &[Term], bits: &[u64]) -> bool {
        match self {
            Self::Term(at) => terms.get(*at).is_some_and(|it| it.is_held(bits)),
            Self::All(tests) => tests
                .iter()
                .all(|(occur, test)| test.is_complete(terms, bits) == (*occur != Occur::Not)),
            Self::Any(tests) => tests.iter().any(|it| it.is_complete(terms, bits)),
        }
    }

    /// Whether the passage may answer: something is touched, all that must be is held, nothing
    /// that must not.
    pub(super) fn admits(&self, terms: &[Term], bits: &[u64]) -> bool {
        match self {
            Self::Term(at) => terms.get(*at).is_some_and(|it| has(bits, it.touched)),
            Self::All(tests) => {
                let keeps = tests.iter().all(|(occur, test)| match occur {
                    Occur::Should => true,
                    Occur::Must => test.is_complete(terms, bits),
                    Occur::Not => !test.is_complete(terms, bits),
                });
                let mut positive =
                    tests.iter().filter(|(occur, _)| *occur != Occur::Not).peekable();
                keeps
                    && (positive.peek().is_none()
                        || positive.any(|(_, test)| test.admits(terms, bits)))
            }
            Self::Any(tests) => tests.iter().any(|it| it.admits(terms, bits)),
        }
    }

    /// The numbers of the terms that are asked and not held; nothing of an `OR` that is satisfied.
    pub(super) fn missing(&self, terms: &[Term], bits: &[u64], numbers: &mut Vec<usize>) {
        match self {
            Self::Term(at) => {
                if !self.is_complete(terms, bits) {
                    numbers.push(*at);
                }
            }
            Self::All(tests) => {
                let asked = tests.iter().filter(|(occur, _)| *occur != Occur::Not);
                asked.for_each(|(_, test)| test.missing(terms, bits, numbers));
            }
            Self::Any(tests) => {
                if !self.is_complete(terms, bits) {
                    tests.iter().for_each(|it| it.missing(terms, bits, numbers));
                }
            }
        }
    }

    /// How complete the evidence is.
    pub(super) fn completeness(&self, terms: &[Term], typed: &[u64], held: &[u64]) -> Completeness {
        // What must not occur is tested on everything held; it has kept the passage out already.
        if self.is_complete(terms, typed) {
            Completeness::Typed
        } else if self.is_complete(terms, held) {
            Completeness::Expanded
        } else {
            Completeness::Partial
        }
    }

    /// The most tiers that evidence can have, or a part of it: more evidence never has fewer, but
    /// for what must not occur, and that is taken not to.
    pub(super) fn most_tiers(&self, terms: &[Term], typed: &[u64], held: &[u64]) -> u8 {
        if self.can_complete(terms, typed) {
            Completeness::Typed.tiers()
        } else if self.can_complete(terms, held) {
            Completeness::Expanded.tiers()
        } else {
            Completeness::Partial.tiers()
        }
    }

    fn can_complete(&self, terms: &[Term], bits: &[u64]) -> bool {
        match self {
            Self::Term(at) => terms.get(*at).is_some_and(|it| it.is_held(bits)),
            Self::All(tests) => {
                let asked = tests.iter().filter(|(occur, _)| *occur != Occur::Not);
                asked.into_iter().all(|(_, test)| test.can_complete(terms, bits))
            }
            Self::Any(tests) => tests.iter().any(|it| it.can_complete(terms, bits)),
        }
    }
}
