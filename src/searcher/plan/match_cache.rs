//! Remembers for which bits a passage matches, and in which tier: a query meets few combinations,
//! and to work the condition out for every passage would take long.

use super::condition::{Condition, PlannedTerm, Tier};

/// Slots of the cache.
const SLOTS: usize = 64;

/// Whether a passage matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Match {
    No,
    /// It does, in this tier.
    Yes(Tier),
}

/// The outcomes of one query's condition, by the bits of a passage.
#[derive(Clone, Default)]
pub(crate) struct MatchCache(Vec<Option<(u64, u64, Match)>>);

impl MatchCache {
    /// The outcome for these bits: as typed, and in any form.
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
        self.0.resize(SLOTS, None);
        let mixed = (one ^ other.rotate_left(7)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let slot = &mut self.0[(mixed >> 58) as usize % SLOTS];
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
