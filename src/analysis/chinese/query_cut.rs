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
    segment_by(run, &|rest, give| words_at(rest, frequency, give), total)
}

/// Looks up each beginning of a text, shorter ones first, and gives those that are words.
pub(super) fn words_at(text: &str, frequency: &dyn Fn(&str) -> Option<u64>, give: Give<'_>) {
    for (at, c) in text.char_indices().take(LONGEST_CHARS) {
        let end = at + c.len_utf8();
        if let Some(it) = text.get(..end).and_then(frequency) {
            give(end, it);
        }
    }
}

/// Takes the bytes and the frequency of a word.
pub(super) type Give<'a> = &'a mut dyn FnMut(usize, u64);

/// [`segment_han`] by what gives all words at the beginning of a text at once: how many bytes each
/// has and its frequency, shorter ones first.
pub(super) fn segment_by(run: &str, words_at: &dyn Fn(&str, Give<'_>), total: u64) -> Vec<Span> {
    let log_total = (total.max(1) as f64).ln();
    // For every byte where a character begins: the logarithm of the best cut from there, and where
    // its first word ends.
    let mut best = vec![(0.0, run.len()); run.len() + 1];
    for (from, c) in run.char_indices().rev() {
        let score = |to: usize, logarithm: f64| {
            let (rest, _) = best.get(to).copied().unwrap_or_default();
            (logarithm - log_total + rest, to)
        };
        let mut found: Option<(f64, usize)> = None;
        words_at(run.get(from..).unwrap_or_default(), &mut |bytes, frequency| {
            let word = score(from + bytes, (frequency as f64).ln());
            if found.is_none_or(|it| word.0 >= it.0) {
                found = Some(word);
            }
        });
        let found = found.unwrap_or_else(|| score(from + c.len_utf8(), 0.0));
        if let Some(slot) = best.get_mut(from) {
            *slot = found;
        }
    }
    let mut next = 0;
    let words = std::iter::from_fn(|| {
        let (from, to) = (next, best.get(next)?.1);
        next = to;
        (from < run.len()).then(|| Span::new(from, to))
    });
    words.collect()
}
