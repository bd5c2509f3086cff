//! Turns times into figures: percentiles with their spread over rounds, histograms, comparisons.

use serde::{Deserialize, Serialize};

use super::paired::compare;
use super::percentile::percentile;

/// Times of one kind in microseconds, as percentiles; each is the median over the rounds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Times {
    /// The number of all samples.
    pub samples: usize,
    /// The mean of all samples.
    pub mean_us: f64,
    /// The time that half of the samples do not exceed.
    pub p50_us: Spread,
    /// The time that 90 of 100 samples do not exceed.
    pub p90_us: Spread,
    /// The time that 95 of 100 samples do not exceed.
    pub p95_us: Spread,
    /// The time that 99 of 100 samples do not exceed.
    pub p99_us: Spread,
    /// The longest time.
    pub max_us: Spread,
}

/// A figure over several rounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// The median of the rounds.
    pub median: f64,
    /// The least of the rounds.
    pub least: f64,
    /// The greatest of the rounds.
    pub most: f64,
}

impl Spread {
    /// Summarizes the figures of the rounds, in any order.
    #[must_use]
    pub fn of(mut rounds: Vec<f64>) -> Self {
        rounds.sort_by(f64::total_cmp);
        let at = |it: usize| rounds.get(it).copied().unwrap_or(0.0);
        let last = rounds.len().saturating_sub(1);
        Self { median: at(last / 2), least: at(0), most: at(last) }
    }

    /// The range of the rounds, as a share of their median.
    #[must_use]
    pub fn noise(self) -> f64 {
        if self.median > 0.0 { (self.most - self.least) / self.median } else { 0.0 }
    }
}

impl Times {
    /// Summarizes rounds of times in nanoseconds; each round times the same things.
    #[must_use]
    pub fn of(rounds: &[Vec<u64>]) -> Self {
        let sorted: Vec<Vec<u64>> = rounds
            .iter()
            .map(|it| {
                let mut sorted = it.clone();
                sorted.sort_unstable();
                sorted
            })
            .collect();
        let samples = sorted.iter().map(Vec::len).sum();
        let sum: u64 = sorted.iter().flatten().sum();
        let share = |share: f64| {
            Spread::of(sorted.iter().map(|it| percentile(it, share) as f64 / 1e3).collect())
        };
        Self {
            samples,
            mean_us: sum as f64 / 1e3 / samples.max(1) as f64,
            p50_us: share(0.5),
            p90_us: share(0.9),
            p95_us: share(0.95),
            p99_us: share(0.99),
            max_us: share(1.0),
        }
    }
}

/// One bar of a histogram.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bar {
    /// The least time that counts here.
    pub from_us: f64,
    /// The least time that counts in the next bar.
    pub to_us: f64,
    /// The number of samples.
    pub count: u64,
}

/// Counts nanoseconds in bars that are each √2 times as wide as the one before, as HdrHistogram
/// does. The bars come in order, without gaps, from the first with a sample to the last.
#[must_use]
pub fn histogram(samples: impl Iterator<Item = u64>) -> Vec<Bar> {
    #[expect(clippy::cast_possible_truncation, reason = "twice a logarithm is below 128")]
    let number = |it: u64| ((it.max(1) as f64).log2() * 2.0).floor() as i32;
    let mut counts = std::collections::BTreeMap::<i32, u64>::new();
    samples.for_each(|it| *counts.entry(number(it)).or_default() += 1);
    let (Some(first), Some(last)) = (counts.keys().next(), counts.keys().next_back()) else {
        return Vec::new();
    };
    let edge = |it: i32| 2_f64.powf(f64::from(it) / 2.0) / 1e3;
    let bar = |it: i32| Bar {
        from_us: edge(it),
        to_us: edge(it + 1),
        count: counts.get(&it).copied().unwrap_or(0),
    };
    (*first..=*last).map(bar).collect()
}

/// The result of comparing two runs over the same queries.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Change {
    /// The number of queries in both.
    pub queries: usize,
    /// The geometric mean of the new time divided by the old one; below 1 is faster.
    pub ratio: f64,
    /// The lower end of the 95 % confidence interval of the ratio.
    pub low: f64,
    /// The upper end of the 95 % confidence interval of the ratio.
    pub high: f64,
    /// How much the rounds of one run differ.
    pub noise: f64,
    /// The conclusion.
    pub verdict: Verdict,
}

/// The conclusion of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Faster by more than chance and noise.
    Faster,
    /// Slower by more than chance and noise.
    Slower,
    /// The difference is within chance or noise.
    Same,
}

/// Compares pairs of (old, new) times of the same queries, none of them 0. A difference counts if
/// it exceeds both chance (paired t of the logarithms) and `noise`, the share by which the rounds
/// of one run differ.
#[must_use]
pub fn change(pairs: &[(f64, f64)], noise: f64) -> Change {
    let logarithms: Vec<(f64, f64)> =
        pairs.iter().map(|(then, now)| (then.ln(), now.ln())).collect();
    let compared = compare(&logarithms);
    let error = if compared.t == 0.0 { 0.0 } else { (compared.difference / compared.t).abs() };
    let at = |it: f64| (compared.difference + it * 1.96 * error).exp();
    let (ratio, low, high) = (at(0.0), at(-1.0), at(1.0));
    let verdict = if high < 1.0 && ratio < 1.0 / (1.0 + noise) {
        Verdict::Faster
    } else if low > 1.0 && ratio > 1.0 + noise {
        Verdict::Slower
    } else {
        Verdict::Same
    };
    Change { queries: compared.queries, ratio, low, high, noise, verdict }
}
