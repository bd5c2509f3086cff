//! Remembered outcomes of the condition of one query.

use super::condition::{Condition, PlannedTerm, Tier};

/// MatchCache that are remembered; a query meets few different ones.
const REMEMBERED: usize = 64;

/// What becomes of a passage with some evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Match {
    /// It does not answer.
    No,
    Yes(Tier),
}

/// Judges by evidence and remembers the verdicts of one query.
#[derive(Clone, Default)]
pub(crate) struct MatchCache(Vec<Option<(u64, u64, Match)>>);

impl MatchCache {
    /// The outcome on evidence as exact and in any form.
    #[inline]
    pub(crate) fn of(
        &mut self,
        (condition, terms): (&Condition, &[PlannedTerm]),
        exact: &[u64],
        any_form: &[u64],
    ) -> Match {
        let ([one], [other]) = (exact, any_form) else {
            return outcome_of((condition, terms), exact, any_form);
        };
        self.0.resize(REMEMBERED, None);
        let mixed = (one ^ other.rotate_left(7)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let slot = &mut self.0[(mixed >> 58) as usize % REMEMBERED];
        match slot {
            Some((exact, any_form, outcome)) if exact == one && any_form == other => *outcome,
            _ => {
                let outcome = outcome_of((condition, terms), exact, any_form);
                *slot = Some((*one, *other, outcome));
                outcome
            }
        }
    }
}

fn outcome_of(
    (condition, terms): (&Condition, &[PlannedTerm]),
    exact: &[u64],
    any_form: &[u64],
) -> Match {
    if condition.is_match(terms, any_form) {
        Match::Yes(condition.tier(terms, exact, any_form))
    } else {
        Match::No
    }
}
