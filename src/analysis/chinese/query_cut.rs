//! The most probable cut of a Han run into words, by whatever tells their frequencies.

use crate::text::Span;

/// The longest word that is looked up, in characters.
const LONGEST_CHARS: usize = 16;

/// Cuts a folded Han run into words so that the product of their probabilities is highest.
///
/// A word's probability is its frequency by `total`; a character with which no word begins
/// counts as frequency 1. Spans are in order and cover the run. Of two equally probable cuts the
/// one with the longer first word wins. This is jieba's cut without its guesses at unknown words
/// (HMM off).
pub fn segment_han(run: &str, frequency: &dyn Fn(&str) -> Option<u64>, total: u64) -> Vec<Span> {
    let mut starts: Vec<usize> = run.char_indices().map(|(at, _)| at).collect();
    starts.push(run.len());
    let at = |place: usize| starts.get(place).copied().unwrap_or(run.len());
    let count = starts.len() - 1;
    let log_total = (total.max(1) as f64).ln();
    // For every place: the logarithm of the best cut from there, and where its first word ends.
    let mut best = vec![(0.0, count); count + 1];
    for from in (0..count).rev() {
        let score = |to: usize, logarithm: f64| {
            let (rest, _) = best.get(to).copied().unwrap_or_default();
            (logarithm - log_total + rest, to)
        };
        let ends = from + 1..=count.min(from + LONGEST_CHARS);
        let words = ends.filter_map(|to| {
            let frequency = run.get(at(from)..at(to)).and_then(frequency)?;
            Some(score(to, (frequency as f64).ln()))
        });
        let longer_if_equal =
            |best: (f64, usize), it: (f64, usize)| if it.0 >= best.0 { it } else { best };
        let found = words.reduce(longer_if_equal).unwrap_or_else(|| score(from + 1, 0.0));
        if let Some(slot) = best.get_mut(from) {
            *slot = found;
        }
    }
    let mut next = 0;
    let words = std::iter::from_fn(|| {
        let (from, to) = (next, best.get(next)?.1);
        next = to;
        (from < count).then(|| Span::new(at(from), at(to)))
    });
    words.collect()
}
