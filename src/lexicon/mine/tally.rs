//! Counts candidates within bounded memory; the result does not depend on their order.

use std::collections::{BTreeMap, HashMap};

use xxhash_rust::xxh3::xxh3_64;

/// The most names that are counted. Beyond that, those with the highest hashes are dropped.
const MOST_NAMES: usize = 200_000;
/// The most explanations of one name.
const MOST_VOTES: usize = 48;
/// The most contexts that are distinguished.
const MOST_CONTEXTS: usize = 8;
/// The most places that are kept as provenance.
pub(super) const MOST_SEEN: usize = 3;

/// The evidence for one explanation of a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Vote {
    /// Whether its bounds were certain at least once.
    pub(super) is_sure: bool,
    /// Hashes of the text before it, sorted, at most [`MOST_CONTEXTS`], so that copies of one story
    /// count once.
    contexts: Vec<u64>,
    /// The places where it was seen, sorted, at most [`MOST_SEEN`].
    pub(super) seen: Vec<String>,
}

impl Vote {
    /// The number of different contexts in which it was seen.
    pub(super) fn contexts(&self) -> usize {
        self.contexts.len()
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.is_sure |= other.is_sure;
        self.contexts.extend(&other.contexts);
        self.contexts.sort_unstable();
        self.contexts.dedup();
        self.contexts.truncate(MOST_CONTEXTS);
        self.seen.extend(other.seen.iter().cloned());
        self.seen.sort();
        self.seen.dedup();
        self.seen.truncate(MOST_SEEN);
    }
}

/// The explanations of one name.
pub(super) type Votes = BTreeMap<String, Vote>;

/// Names with their explanations.
#[derive(Debug)]
pub(super) struct Tally {
    names: HashMap<String, Votes>,
    /// Names with a higher hash are dropped. This bound only ever falls.
    highest: u64,
}

impl Default for Tally {
    fn default() -> Self {
        Self { names: HashMap::new(), highest: u64::MAX }
    }
}

impl Tally {
    pub(super) fn add(
        &mut self,
        name: &str,
        explanation: &str,
        is_sure: bool,
        context: &str,
        seen: &str,
    ) {
        if hash(name) > self.highest {
            return;
        }
        let contexts = vec![hash(context)];
        let vote = Vote { is_sure, contexts, seen: vec![seen.to_owned()] };
        add_vote(self.names.entry(name.to_owned()).or_default(), explanation, &vote);
        self.forget();
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.highest = self.highest.min(other.highest);
        let highest = self.highest;
        self.names.retain(|name, _| hash(name) <= highest);
        for (name, votes) in other.names {
            if hash(&name) <= highest {
                let known = self.names.entry(name).or_default();
                for (explanation, vote) in votes {
                    add_vote(known, &explanation, &vote);
                }
            }
        }
        self.forget();
    }

    /// The names in order: of two that differ in case alone the first gives its spelling.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Votes)> {
        let mut names: Vec<_> = self.names.iter().map(|(it, votes)| (it.as_str(), votes)).collect();
        names.sort_unstable_by_key(|it| it.0);
        names.into_iter()
    }

    /// Halves the range of hashes until the names fit.
    fn forget(&mut self) {
        while self.names.len() > MOST_NAMES {
            self.highest /= 2;
            let highest = self.highest;
            self.names.retain(|name, _| hash(name) <= highest);
        }
    }
}

fn add_vote(votes: &mut Votes, explanation: &str, vote: &Vote) {
    if let Some(known) = votes.get_mut(explanation) {
        return known.merge(vote);
    }
    votes.insert(explanation.to_owned(), vote.clone());
    if votes.len() > MOST_VOTES {
        // The explanation with the highest hash is dropped, so that the rest does not depend on the
        // order.
        if let Some(last) = votes.keys().max_by_key(|it| hash(it)).cloned() {
            votes.remove(&last);
        }
    }
}

fn hash(text: &str) -> u64 {
    xxh3_64(text.as_bytes())
}
