//! Words of the index side: the dictionary and the names of the lexicon.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::text::fold;

use super::dictionary::Dictionary;
use super::query_cut::{Edges, Route, cut};
use super::quick::{Begun, Bits, Quick, pair};

/// What a Han run is cut by.
#[derive(Debug)]
pub(crate) struct Words {
    dictionary: Dictionary,
    /// Names by their first character: the folded name, its length, its frequency.
    names: HashMap<char, Vec<Name>>,
    /// The first two characters of the names: those of most places begin none.
    begin_names: Bits,
    quick: OnceLock<Quick>,
}

#[derive(Debug)]
struct Name {
    chars: Vec<char>,
    frequency: u64,
    logarithm: f64,
}

/// Bits of the set of what begins a name, to the power of two: some thousands are in it.
const BEGINNING_BITS: u32 = 16;

/// What begins a run, and what begins a name.
fn beginning(chars: &[char]) -> u64 {
    let second = chars.get(1).map_or(0, |it| *it as u32);
    chars.first().map_or(0, |it| u64::from(pair(*it as u32, second)))
}

impl Words {
    /// The dictionary and names, which get a frequency so high that they are never cut apart by
    /// more probable words within.
    ///
    /// A name of one character is none.
    pub(crate) fn new(names: &[String]) -> Self {
        let dictionary = Dictionary::open();
        let begin_names = Bits::new(BEGINNING_BITS);
        let quick = OnceLock::new();
        let mut words = Self { dictionary, names: HashMap::new(), begin_names, quick };
        for name in names {
            words.add(&fold(name).text);
        }
        words
    }

    fn add(&mut self, name: &str) {
        let chars: Vec<char> = name.chars().collect();
        let [first, _, ..] = *chars else { return };
        let total = self.dictionary.total();
        let parts = cut(name, &|it| self.dictionary.frequency(it), total);
        let logarithm: f64 = parts
            .iter()
            .map(|it| self.dictionary.frequency(it.of(name)).unwrap_or(1) as f64 / total as f64)
            .map(f64::ln)
            .sum();
        let enough = (logarithm.exp() * total as f64) as u64 + 1;
        let frequency = enough.max(self.dictionary.frequency(name).unwrap_or(0));
        self.begin_names.add(beginning(&chars));
        let list = self.names.entry(first).or_default();
        list.push(Name { chars, frequency, logarithm: (frequency as f64).ln() });
        list.sort_by(|a, b| a.chars.len().cmp(&b.chars.len()).then_with(|| a.chars.cmp(&b.chars)));
        list.dedup_by(|a, b| a.chars == b.chars);
    }

    /// How often a word stands in the dictionary's corpus, or what a name counts as.
    pub(crate) fn frequency(&self, word: &str) -> Option<u64> {
        let names = word.chars().next().and_then(|it| self.names.get(&it));
        let name =
            names.and_then(|it| it.iter().find(|it| word.chars().eq(it.chars.iter().copied())));
        name.map(|it| it.frequency).or_else(|| self.dictionary.frequency(word))
    }

    pub(crate) fn total(&self) -> u64 {
        self.dictionary.total()
    }

    /// Cuts a folded Han run; gives the first and the past-the-last character of every word of at
    /// least two, in order.
    pub(crate) fn cut(&self, run: &[char], route: &mut Route, mut give: impl FnMut(usize, usize)) {
        let quick = self.quick.get_or_init(|| Quick::new(self.dictionary));
        let mut begun = std::mem::take(&mut route.begun);
        quick.begin(run, &mut begun);
        route.find(run.len(), self.total(), |from, edges| {
            if let (Some(chars), Some(begun)) = (run.get(from..), begun.get(from)) {
                self.edges((chars, from), *begun, quick, edges);
            }
        });
        route.begun = begun;
        for (from, to) in route.words().filter(|(from, to)| to - from > 1) {
            give(from, to);
        }
    }

    /// Gives the words at the beginning of some characters, which stand at place `from`.
    #[inline]
    fn edges(
        &self,
        (chars, from): (&[char], usize),
        begun: Begun,
        quick: &Quick,
        edges: &mut Edges<'_>,
    ) {
        if let Some(log) = quick.logarithm(begun.first) {
            edges.add(from + 1, log);
        }
        if let Some(log) = quick.logarithm(begun.second()) {
            edges.add(from + 2, log);
        }
        if begun.may_go_on {
            let mut node = begun.node();
            for (c, to) in chars.iter().skip(2).zip(from + 3..) {
                let Some((next, rank)) = quick.step(node, *c) else { break };
                if let Some(log) = quick.logarithm(rank) {
                    edges.add(to, log);
                }
                node = next;
            }
        }
        if self.begin_names.may_hold(beginning(chars)) {
            self.add_names(chars, from, edges);
        }
    }

    #[inline(never)]
    fn add_names(&self, chars: &[char], from: usize, edges: &mut Edges<'_>) {
        let names = chars.first().and_then(|it| self.names.get(it));
        for name in names.into_iter().flatten().filter(|it| chars.starts_with(&it.chars)) {
            edges.add(from + name.chars.len(), name.logarithm);
        }
    }
}
