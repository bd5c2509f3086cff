//! The most probable cut of a Han run into dictionary words.

use super::quick::Begun;
use crate::text::Span;

/// The longest word that is looked up, in characters.
pub(crate) const LONGEST_CHARS: usize = 16;

/// Cuts a folded Han run into words so that the product of their probabilities is highest.
///
/// A word's probability is its frequency by `total`; a character with which no word begins
/// counts as frequency 1. Spans are in order and cover the run. Of two equally probable cuts the
/// one with the longer first word wins. This is jieba's cut without its guesses at unknown words
/// (HMM off).
pub fn cut(run: &str, frequency: &dyn Fn(&str) -> Option<u64>, total: u64) -> Vec<Span> {
    let mut starts: Vec<usize> = run.char_indices().map(|(at, _)| at).collect();
    starts.push(run.len());
    let at = |place: usize| starts.get(place).copied().unwrap_or(run.len());
    let count = starts.len() - 1;
    let mut route = Route::default();
    route.find(count, total, |from, edges| {
        for to in from + 1..=count.min(from + LONGEST_CHARS) {
            if let Some(it) = run.get(at(from)..at(to)).and_then(frequency) {
                edges.add(to, (it as f64).ln());
            }
        }
    });
    route.words().map(|(from, to)| Span::new(at(from), at(to))).collect()
}

/// The best way through a run; its memory is reused.
#[derive(Clone, Debug, Default)]
pub(crate) struct Route {
    /// For every place: the logarithm of the best cut from there, and where its first word ends.
    best: Vec<(f64, usize)>,
    /// What was looked up before, character by character.
    pub(crate) begun: Vec<Begun>,
}

/// The words that begin at one place, of which the best is kept.
pub(crate) struct Edges<'a> {
    after: &'a [(f64, usize)],
    log_total: f64,
    found: Option<(f64, usize)>,
}

impl Edges<'_> {
    /// A word that ends before place `to`, with the logarithm of its frequency. Shorter first.
    pub(crate) fn add(&mut self, to: usize, log: f64) {
        let Some((rest, _)) = self.after.get(to) else { return };
        let score = log - self.log_total + rest;
        if self.found.is_none_or(|it| score >= it.0) {
            self.found = Some((score, to));
        }
    }
}

impl Route {
    /// Finds the best way through `count` characters; `edges_from` gives the words at a place.
    pub(crate) fn find(
        &mut self,
        count: usize,
        total: u64,
        mut edges_from: impl FnMut(usize, &mut Edges<'_>),
    ) {
        let log_total = (total.max(1) as f64).ln();
        self.best.clear();
        self.best.resize(count + 1, (0.0, count));
        for from in (0..count).rev() {
            let mut edges = Edges { after: &self.best, log_total, found: None };
            edges_from(from, &mut edges);
            if edges.found.is_none() {
                edges.add(from + 1, 0.0);
            }
            let found = edges.found.unwrap_or((0.0, from + 1));
            if let Some(slot) = self.best.get_mut(from) {
                *slot = found;
            }
        }
    }

    /// The words of the best cut: first character and past the last.
    pub(crate) fn words(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let end = self.best.len().saturating_sub(1);
        let mut at = 0;
        std::iter::from_fn(move || {
            let (from, to) = (at, self.best.get(at)?.1);
            at = to;
            (from < end).then_some((from, to))
        })
    }
}
