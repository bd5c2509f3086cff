//! Compares two rankings of the same queries, query by query.

use serde::Serialize;

/// The result of a paired comparison.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Comparison {
    /// The number of queries in both.
    pub queries: usize,
    /// The mean of the new figure minus the old one.
    pub difference: f64,
    /// Student's t of the differences; 0 if they do not vary.
    pub t: f64,
    /// The number of queries that got better.
    pub wins: usize,
    /// The number of queries that got worse.
    pub losses: usize,
}

/// Compares pairs of (old, new) figures of the same queries.
///
/// With more than 30 queries, a `t` beyond ±1.96 is due to chance in fewer than one of 20 cases.
#[must_use]
pub fn compare(pairs: &[(f64, f64)]) -> Comparison {
    let count = pairs.len().max(1) as f64;
    let differences: Vec<f64> = pairs.iter().map(|(old, new)| new - old).collect();
    let difference = differences.iter().sum::<f64>() / count;
    let squares: f64 = differences.iter().map(|it| (it - difference).powi(2)).sum();
    let deviation = (squares / (count - 1.0).max(1.0)).sqrt();
    let is_varied = deviation > 0.0;
    Comparison {
        queries: pairs.len(),
        difference,
        t: if is_varied { difference / (deviation / count.sqrt()) } else { 0.0 },
        wins: differences.iter().filter(|it| **it > 0.0).count(),
        losses: differences.iter().filter(|it| **it < 0.0).count(),
    }
}
