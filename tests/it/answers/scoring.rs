//! The formulas of a score: BM25, idf and proximity.

use passages::rank::{Bm25, Occurrence, Pair, Proximity, idf, proximity};
use passages::text::Span;

#[test]
fn rare_terms_weigh_more_and_none_weighs_less_than_nothing() {
    assert!(idf(1, 1000) > idf(10, 1000));
    assert!(idf(1000, 1000) > 0.0);
    assert!(idf(1200, 1000) > 0.0);
}

#[test]
fn repetition_saturates_below_the_ceiling() {
    let rule = Bm25::default();
    let norm = rule.norm(120.0, 120.0);
    assert!((norm - rule.k1).abs() < 1e-6);
    assert!(rule.saturate(2.0, norm) > rule.saturate(1.0, norm));
    assert!(rule.saturate(1e6, norm) <= rule.ceiling());
}

fn bonus(places: &[(u32, u32)]) -> f32 {
    let at = |&(term, position): &(u32, u32)| Occurrence {
        term,
        span: Span::default(),
        position,
        positions: 1,
    };
    let occurrences: Vec<_> = places.iter().map(at).collect();
    let pair = Pair { first: 0, second: 1, weight: 2.0 };
    proximity(&occurrences, &[pair], Proximity::default())
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
