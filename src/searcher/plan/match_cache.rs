//! Remembered outcomes of the condition of one query.

use super::condition::{Completeness, Term, Test};

/// Verdicts that are remembered; a query meets few different ones.
const REMEMBERED: usize = 64;

/// What becomes of a passage with some evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It does not answer.
    Refused,
    Admitted(Completeness),
}

/// Judges by evidence and remembers the verdicts of one query.
#[derive(Clone, Default)]
pub(crate) struct Verdicts(Vec<Option<(u64, u64, Verdict)>>);

impl Verdicts {
    /// The verdict on evidence as typed and in any form.
    #[inline]
    pub(crate) fn of(
        &mut self,
        (test, terms): (&Test, &[Term]),
        typed: &[u64],
        held: &[u64],
    ) -> Verdict {
        let ([one], [other]) = (typed, held) else { return judged((test, terms), typed, held) };
        self.0.resize(REMEMBERED, None);
        let mixed = (one ^ other.rotate_left(7)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let slot = &mut self.0[(mixed >> 58) as usize % REMEMBERED];
        match slot {
            Some((typed, held, verdict)) if typed == one && held == other => *verdict,
            _ => {
                let verdict = judged((test, terms), typed, held);
                *slot = Some((*one, *other, verdict));
                verdict
            }
        }
    }
}

fn judged((test, terms): (&Test, &[Term]), typed: &[u64], held: &[u64]) -> Verdict {
    if test.admits(terms, held) {
        Verdict::Admitted(test.completeness(terms, typed, held))
    } else {
        Verdict::Refused
    }
}
