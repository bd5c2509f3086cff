//! The words of a Chinese text for an index: jieba's cut by our dictionary and the lexicon's names.
//!
//! jieba-rs (HMM off) cuts by the folded dictionary of [`Dictionary`], to which the names are
//! added. Making that takes a fifth of a second, so a thread of its own does it once the first
//! Chinese run comes, and until it is ready runs are cut by [`segment_han`] from the dictionary in
//! place: slower, but the same words, so nothing waits and a small update ends before.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use std::sync::{Arc, Mutex, Once, OnceLock, PoisonError};

use jieba_rs::Jieba;

use crate::text::fold;

use super::dictionary::Dictionary;
use super::query_cut::{Give, segment_by, segment_han, words_at};

/// Cuts Han runs into words for an index.
#[derive(Debug)]
pub(crate) struct Segmenter {
    dictionary: Dictionary,
    names: Names,
    /// The first characters of the names.
    name_starts: HashSet<char>,
    jieba: Arc<OnceLock<Jieba>>,
    is_started: Once,
}

/// Folded names with their frequencies.
type Names = HashMap<String, u64>;

impl Segmenter {
    /// The segmenter with these names, which are folded here. A process keeps the last one, so that
    /// many builds load jieba once.
    pub(crate) fn shared(names: &[String]) -> Arc<Self> {
        static LAST: Mutex<Option<Arc<Segmenter>>> = Mutex::new(None);
        let made = Self::new(names);
        let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Some(known) if known.names == made.names => Arc::clone(known),
            _ => Arc::clone(last.insert(Arc::new(made))),
        }
    }

    /// A name gets a frequency so high that it is never cut apart by more probable words within, by
    /// the same formula as jieba's `suggest_freq`. A name of one character is none.
    fn new(names: &[String]) -> Self {
        let dictionary = Dictionary::open();
        let names = names.iter().map(|it| fold(it).text).filter(|it| it.chars().nth(1).is_some());
        let names: Names = names.map(|it| name_frequency(dictionary, it)).collect();
        let name_starts = names.keys().filter_map(|it| it.chars().next()).collect();
        Self { dictionary, names, name_starts, jieba: Arc::default(), is_started: Once::new() }
    }

    /// How often a word stands in the dictionary's corpus, or what a name counts as.
    pub(crate) fn frequency(&self, word: &str) -> Option<u64> {
        self.names.get(word).copied().or_else(|| self.dictionary.frequency(word))
    }

    /// Cuts a folded Han run; puts into `words` the first and the past-the-last character of every
    /// word of at least two, in order.
    pub(crate) fn words(&self, run: &str, words: &mut Vec<(usize, usize)>) {
        words.clear();
        if let Some(jieba) = self.jieba.get() {
            let found = jieba.cut(run, false);
            let found = found.iter().map(|it| (it.start, it.end));
            words.extend(found.filter(|(from, to)| to - from > 1));
        } else {
            self.start();
            self.words_in_place(run, words);
        }
    }

    /// The same without jieba, with the same arithmetic.
    fn words_in_place(&self, run: &str, words: &mut Vec<(usize, usize)>) {
        let mut at = 0;
        for block in run.split_inclusive(|it| !is_cut_by_jieba(it)) {
            let whole = block.strip_suffix(|it| !is_cut_by_jieba(it)).unwrap_or(block);
            let words_at = |rest: &str, give: Give<'_>| self.words_at(rest, give);
            for word in segment_by(whole, &words_at, self.dictionary.total()) {
                let chars = word.of(whole).chars().count();
                if chars > 1 {
                    words.push((at, at + chars));
                }
                at += chars;
            }
            at += usize::from(whole.len() < block.len());
        }
    }

    /// The words and the names at the beginning of a text, as [`segment_by`] wants them.
    fn words_at(&self, text: &str, give: Give<'_>) {
        let first = text.chars().next();
        if !first.is_some_and(|it| self.name_starts.contains(&it)) {
            return self.dictionary.words_at(text, give);
        }
        words_at(text, &|it| self.frequency(it), give);
    }

    /// Loads jieba on a thread of its own, once.
    fn start(&self) {
        self.is_started.call_once(|| {
            let (names, dictionary) = (self.names.clone(), self.dictionary);
            let jieba = Arc::clone(&self.jieba);
            let load = move || _ = jieba.get_or_init(|| load(dictionary, &names));
            // Without a thread runs are cut in place, as before it is ready.
            drop(std::thread::Builder::new().name("jieba".to_owned()).spawn(load));
        });
    }

    /// Loads jieba now, or waits until the thread that does so is ready.
    pub(crate) fn load(&self) {
        self.jieba.get_or_init(|| load(self.dictionary, &self.names));
    }
}

/// The dictionary and the names as jieba keeps them.
///
/// jieba sums up the frequencies of all words, and the names would add to the total, by which all
/// probabilities are divided: of some words in a million the cut would change. So as much is taken
/// away from words that no cut holds, because their parts are more probable than they are.
fn load(dictionary: Dictionary, names: &Names) -> Jieba {
    let known = |name: &str| dictionary.frequency(name).unwrap_or(0);
    let mut surplus: u64 = names.iter().map(|(name, frequency)| frequency - known(name)).sum();
    let mut lines = String::new();
    dictionary.for_each_word(&mut |word, mut frequency| {
        if surplus > 0 && frequency > 1 && !names.contains_key(word) {
            let is_idle = is_never_cut(dictionary, word, frequency);
            let taken = if is_idle { surplus.min(frequency - 1) } else { 0 };
            (surplus, frequency) = (surplus - taken, frequency - taken);
        }
        // Writing to a text never fails.
        _ = writeln!(lines, "{word} {frequency}");
    });
    let read = Jieba::with_dict(&mut lines.as_bytes());
    let mut jieba = read.expect("each line is a word and a number");
    for (name, frequency) in names {
        jieba.add_word(name, usize::try_from(*frequency).ok(), None);
    }
    jieba
}

/// Whether two parts of a word are together at least twice as probable as the word.
fn is_never_cut(dictionary: Dictionary, word: &str, frequency: u64) -> bool {
    let least = u128::from(frequency) * u128::from(dictionary.total()) * 2;
    word.char_indices().skip(1).any(|(at, _)| {
        let (first, rest) = word.split_at(at);
        let both = dictionary.frequency(first).zip(dictionary.frequency(rest));
        both.is_some_and(|(first, rest)| u128::from(first) * u128::from(rest) > least)
    })
}

/// A name with a frequency that is higher than the product of those of its parts.
fn name_frequency(dictionary: Dictionary, name: String) -> (String, u64) {
    let total = dictionary.total();
    let parts = segment_han(&name, &|it| dictionary.frequency(it), total);
    let logarithm: f64 = parts
        .iter()
        .map(|it| dictionary.frequency(it.of(&name)).unwrap_or(1) as f64 / total as f64)
        .map(f64::ln)
        .sum();
    let enough = (logarithm.exp() * total as f64) as u64 + 1;
    let frequency = enough.max(dictionary.frequency(&name).unwrap_or(0));
    (name, frequency)
}

/// Whether jieba takes a character for a part of words: it cuts what stands on both sides of
/// another one (々, 〇) by itself.
fn is_cut_by_jieba(c: char) -> bool {
    matches!(c,
        '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{2a6df}'
        | '\u{2a700}'..='\u{2ebef}'
        | '\u{2f800}'..='\u{2fa1f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_leave_the_total_as_it_is() {
        let entries = crate::lexicon::curated().unwrap().entries;
        let names: Vec<String> = entries.into_iter().flat_map(|it| it.names).collect();
        let names: Vec<String> =
            names.into_iter().filter(|it| it.chars().all(crate::text::is_han)).collect();
        let made = Segmenter::new(&names);
        let jieba = load(made.dictionary, &made.names);
        let total = format!("total_freq: {}", made.dictionary.total());
        assert!(made.names.len() > 100 && format!("{jieba:?}").contains(&total), "{jieba:?}");
    }
}
