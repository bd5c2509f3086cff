//! The most probable cut of a Han run into dictionary words.

use crate::text::Span;

/// The longest word that is looked up, in characters.
const LONGEST_CHARS: usize = 16;

/// Cuts a folded Han run into words so that the product of their probabilities is highest.
///
/// A word's probability is its frequency by `total`; a single character that is no word counts as
/// frequency 1. Spans are in order and cover the run. Of two equally probable cuts the one with
/// the longer first word wins, as in jieba.
pub fn cut(run: &str, frequency: &dyn Fn(&str) -> Option<u64>, total: u64) -> Vec<Span> {
    let mut starts: Vec<usize> = run.char_indices().map(|(at, _)| at).collect();
    starts.push(run.len());
    let count = starts.len() - 1;
    let log_total = (total.max(1) as f64).ln();
    let mut best = vec![(0.0_f64, count); count + 1];
    for from in (0..count).rev() {
        let mut found: Option<(f64, usize)> = None;
        for to in from + 1..=count.min(from + LONGEST_CHARS) {
            let word = run.get(starts[from]..starts[to]).unwrap_or_default();
            let known = frequency(word).map(|it| (it as f64).ln());
            let Some(log) = known.or((to == from + 1).then_some(0.0)) else { continue };
            let score = log - log_total + best[to].0;
            if found.is_none_or(|it| score >= it.0) {
                found = Some((score, to));
            }
        }
        best[from] = found.unwrap_or((0.0, from + 1));
    }
    let mut spans = Vec::new();
    let mut at = 0;
    while at < count {
        let to = best[at].1;
        spans.push(Span::new(starts[at], starts[to]));
        at = to;
    }
    spans
}
