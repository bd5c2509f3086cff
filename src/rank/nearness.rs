//! A bounded bonus for terms that stand near each other.
//!
//! After Huston & Croft, "A Comparison of Retrieval Models using Term Dependencies", 2014: ordered
//! and unordered nearness of neighbouring query terms are what pays. Each pair's bonus is bounded,
//! so that nearness can break ties and lift a passage, and never carries one without the terms.

use super::Occurrence;

/// Two terms that were typed side by side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The earlier term, as in [`Occurrence::term`].
    pub first: u32,
    /// The later term.
    pub second: u32,
    /// The bonus for the two side by side and in order; the most that the pair can give.
    pub weight: f32,
}

/// How the bonus falls off.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nearness {
    /// The share left when the terms stand in the other order.
    pub reversed: f32,
    /// The distance, in positions, over which the bonus halves.
    pub half_life: f32,
    /// Beyond this distance nothing is given.
    pub reach: u32,
}

impl Default for Nearness {
    fn default() -> Self {
        Self { reversed: 0.6, half_life: 3.0, reach: 24 }
    }
}

/// The sum over `pairs` of the best nearness of two occurrences, at most the sum of weights.
///
/// `occurrences` may come in any order.
#[must_use]
pub fn nearness(occurrences: &[Occurrence], pairs: &[Pair], rule: Nearness) -> f32 {
    pairs.iter().map(|pair| pair.weight * closeness(occurrences, pair, rule)).sum::<f32>() + 0.0
}

/// How near the two terms of a pair come: 1 side by side and in order, 0 out of reach.
fn closeness(occurrences: &[Occurrence], pair: &Pair, rule: Nearness) -> f32 {
    let of = |term: u32| occurrences.iter().filter(move |it| it.term == term);
    let mut best = 0.0_f32;
    for one in of(pair.first) {
        for other in of(pair.second) {
            let (gap, share) = if other.position >= one.end() {
                (other.position - one.end(), 1.0)
            } else if one.position >= other.end() {
                (one.position - other.end(), rule.reversed)
            } else {
                // One token that speaks for both, such as `ecommerce` for e and commerce.
                (0, 1.0)
            };
            if gap <= rule.reach {
                #[expect(clippy::cast_precision_loss, reason = "a gap is at most the reach")]
                let fall = rule.half_life / (rule.half_life + gap as f32);
                best = best.max(share * fall);
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn at(term: u32, position: u32) -> Occurrence {
        Occurrence { term, span: Span::default(), position, positions: 1 }
    }

    fn bonus(places: &[(u32, u32)]) -> f32 {
        let occurrences: Vec<_> = places.iter().map(|it| at(it.0, it.1)).collect();
        let pair = Pair { first: 0, second: 1, weight: 2.0 };
        nearness(&occurrences, &[pair], Nearness::default())
    }

    #[test]
    fn side_by_side_in_order_gives_all_and_less_otherwise() {
        assert!((bonus(&[(0, 4), (1, 5)]) - 2.0).abs() < 1e-6);
        assert!(bonus(&[(0, 5), (1, 4)]) < 2.0);
        assert!(bonus(&[(0, 4), (1, 8)]) < bonus(&[(0, 4), (1, 6)]));
        assert!(bonus(&[(0, 4), (1, 400)]) == 0.0);
        assert!(bonus(&[(0, 4)]) == 0.0);
    }

    #[test]
    fn repetition_does_not_pass_the_bound() {
        let places: Vec<_> = (0..50).map(|at| (at % 2, at)).collect();
        assert!(bonus(&places) <= 2.0);
    }
}
