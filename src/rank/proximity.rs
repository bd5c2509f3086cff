//! A bounded bonus for terms that stand near each other.
//!
//! After Huston & Croft, "A Comparison of Retrieval Models using Term Dependencies", 2014: the
//! ordered and unordered proximity of neighbouring query terms improves rankings. The bonus of each
//! pair is bounded, so proximity can break ties and lift a passage, but never replaces a missing
//! term.

use super::occurrence::Occurrence;

/// Two terms that were typed side by side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The earlier term, as in [`Occurrence::term`].
    pub first: u32,
    /// The later term, as in [`Occurrence::term`].
    pub second: u32,
    /// The greatest bonus: for the two terms side by side and in order.
    pub weight: f32,
}

/// How the bonus falls with distance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Proximity {
    /// The share of the bonus for terms in reversed order.
    pub reversed: f32,
    /// The distance in positions over which the bonus halves.
    pub half_life: f32,
    /// The greatest distance in positions that still gives a bonus.
    pub reach: u32,
}

impl Default for Proximity {
    fn default() -> Self {
        Self { reversed: 0.6, half_life: 3.0, reach: 24 }
    }
}

/// The sum of all pairs' bonuses; each pair counts by its two nearest occurrences. At most the sum
/// of the pairs' weights.
///
/// `occurrences` must be in order of position.
#[must_use]
pub fn proximity(occurrences: &[Occurrence], pairs: &[Pair], rule: Proximity) -> f32 {
    pairs.iter().map(|pair| pair.weight * closeness(occurrences, pair, rule)).sum::<f32>() + 0.0
}

/// How near the two terms of a pair come, between 0 (out of reach) and 1 (side by side, in order).
fn closeness(occurrences: &[Occurrence], pair: &Pair, rule: Proximity) -> f32 {
    let longest = occurrences.iter().map(|it| it.positions).max().unwrap_or(0);
    let mut best = 0.0_f32;
    let mut rest = occurrences;
    for one in occurrences.iter().filter(|it| it.term == pair.first) {
        // Earlier occurrences are out of reach for this one and for all later ones.
        let least = one.position.saturating_sub(rule.reach.saturating_add(longest));
        while let [first, later @ ..] = rest
            && first.position < least
        {
            rest = later;
        }
        let most = one.end().saturating_add(rule.reach);
        let near = rest.iter().take_while(|it| it.position <= most);
        for other in near.filter(|it| it.term == pair.second) {
            best = best.max(closeness_of(one, other, rule));
        }
        if best >= 1.0 {
            break;
        }
    }
    best
}

/// How near two occurrences are, between 0 (out of reach) and 1 (side by side, in order).
fn closeness_of(one: &Occurrence, other: &Occurrence, rule: Proximity) -> f32 {
    let (gap, share) = if other.position >= one.end() {
        (other.position - one.end(), 1.0)
    } else if one.position >= other.end() {
        (one.position - other.end(), rule.reversed)
    } else {
        // One token matches both terms, as `ecommerce` matches `e` and `commerce`.
        (0, 1.0)
    };
    if gap > rule.reach {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "a gap is at most the reach")]
    let fall = rule.half_life / (rule.half_life + gap as f32);
    share * fall
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn at(term: u32, position: u32) -> Occurrence {
        Occurrence { term, span: Span::default(), position, positions: 1 }
    }

    /// The same by looking at every two.
    fn of_all(occurrences: &[Occurrence], pair: &Pair, rule: Proximity) -> f32 {
        let of = |term: u32| occurrences.iter().filter(move |it| it.term == term);
        let each = of(pair.first).flat_map(|one| of(pair.second).map(move |it| (one, it)));
        each.map(|(one, other)| closeness_of(one, other, rule)).fold(0.0, f32::max)
    }

    proptest::proptest! {
        #[test]
        fn what_is_out_of_reach_is_left_out_and_nothing_else(
            mut places in proptest::collection::vec((0..3_u32, 0..120_u32, 1..6_u32), 0..30),
            reach in 0..30_u32,
        ) {
            places.sort_by_key(|it| it.1);
            let occurrence = |it: &(u32, u32, u32)| Occurrence { positions: it.2, ..at(it.0, it.1) };
            let occurrences: Vec<_> = places.iter().map(occurrence).collect();
            let rule = Proximity { reach, ..Proximity::default() };
            for (first, second) in [(0, 1), (1, 0), (2, 2)] {
                let pair = Pair { first, second, weight: 1.0 };
                let all = of_all(&occurrences, &pair, rule);
                proptest::prop_assert!(closeness(&occurrences, &pair, rule).total_cmp(&all).is_eq());
            }
        }
    }
}
