//! Words of the index side: the dictionary and the names of the lexicon.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::text::fold;

use super::cut::{Edges, Route, cut};
use super::dictionary::{Dictionary, Pairs};

/// What a Han run is cut by.
#[derive(Debug)]
pub(super) struct Words {
    dictionary: Dictionary,
    /// Names by their first character: the folded name, its length, its frequency.
    names: HashMap<char, Vec<Name>>,
    fast: OnceLock<Fast>,
}

/// What makes the cut of much text fast; made at the first Han run, in two milliseconds.
#[derive(Debug)]
struct Fast {
    logarithms: Vec<f64>,
    pairs: Pairs,
}

#[derive(Debug)]
struct Name {
    chars: Vec<char>,
    frequency: u64,
}

impl Words {
    /// The dictionary and names, which get a frequency so high that they are never cut apart by
    /// more probable words within.
    pub(super) fn new(names: &[String]) -> Self {
        let dictionary = Dictionary::open();
        let mut words = Self { dictionary, names: HashMap::new(), fast: OnceLock::new() };
        for name in names {
            words.add(&fold(name).text);
        }
        words
    }

    fn add(&mut self, name: &str) {
        let chars: Vec<char> = name.chars().collect();
        let Some(&first) = chars.first() else { return };
        let total = self.dictionary.total();
        let parts = cut(name, &|it| self.dictionary.frequency(it), total);
        let logarithm: f64 = parts
            .iter()
            .map(|it| self.dictionary.frequency(it.of(name)).unwrap_or(1) as f64 / total as f64)
            .map(f64::ln)
            .sum();
        let enough = (logarithm.exp() * total as f64) as u64 + 1;
        let frequency = enough.max(self.dictionary.frequency(name).unwrap_or(0));
        let list = self.names.entry(first).or_default();
        list.push(Name { chars, frequency });
        list.sort_by(|a, b| a.chars.len().cmp(&b.chars.len()).then_with(|| a.chars.cmp(&b.chars)));
        list.dedup_by(|a, b| a.chars == b.chars);
    }

    /// How often a word stands in the dictionary's corpus, or what a name counts as.
    pub(super) fn frequency(&self, word: &str) -> Option<u64> {
        let names = word.chars().next().and_then(|it| self.names.get(&it));
        let name =
            names.and_then(|it| it.iter().find(|it| word.chars().eq(it.chars.iter().copied())));
        name.map(|it| it.frequency).or_else(|| self.dictionary.frequency(word))
    }

    pub(super) fn total(&self) -> u64 {
        self.dictionary.total()
    }

    /// Cuts a folded Han run; gives the first and the past-the-last character of every word of at
    /// least two, in order.
    pub(super) fn cut(&self, run: &[char], route: &mut Route, mut give: impl FnMut(usize, usize)) {
        let fast = self.fast.get_or_init(|| Fast {
            logarithms: self.dictionary.logarithms(),
            pairs: self.dictionary.pairs(),
        });
        route.find(run.len(), self.total(), |from, edges| {
            self.edges(run, from, fast, edges);
        });
        for (from, to) in route.words().filter(|(from, to)| to - from > 1) {
            give(from, to);
        }
    }

    fn edges(&self, chars: &[char], from: usize, fast: &Fast, edges: &mut Edges<'_>) {
        let Some((&first, rest)) = chars.get(from..).and_then(<[char]>::split_first) else {
            return;
        };
        let logarithm = |node| self.dictionary.rank(node).and_then(|it| fast.logarithms.get(it));
        if let Some(log) = self.dictionary.root(first).and_then(logarithm) {
            edges.add(from + 1, *log);
        }
        let mut node = rest.first().and_then(|second| fast.pairs.get(first, *second));
        let mut to = from + 2;
        while let Some(it) = node {
            if let Some(log) = logarithm(it) {
                edges.add(to, *log);
            }
            node = chars.get(to).and_then(|c| self.dictionary.step(it, *c));
            to += 1;
        }
        if self.names.is_empty() {
            return;
        }
        for name in self.names.get(&first).into_iter().flatten() {
            let here = chars.get(from..from + name.chars.len());
            if here == Some(&*name.chars) {
                edges.add(from + name.chars.len(), (name.frequency as f64).ln());
            }
        }
    }
}
