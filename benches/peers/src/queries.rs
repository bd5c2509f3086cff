//! The queries: 400 in 14 classes, drawn from the passages themselves, the same for the same
//! passages.

use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;
use std::path::Path;

use anyhow::Result;
use fastrand::Rng;
use peers::engine::{Operator, Query, Wants};
use peers::{passage, words};

/// A query as it was drawn.
pub struct Drawn {
    /// The name of its class.
    pub class: &'static str,
    /// Without the quotes of a phrase.
    pub typed: String,
    operator: Operator,
}

impl Drawn {
    /// What is sent to an engine.
    pub fn asked(&self, wants: Wants) -> Query {
        Query { typed: self.typed.clone(), operator: self.operator, wants }
    }
}

/// The seed of all that is random.
pub const SEED: u64 = 7;

/// Queries are drawn from so many passages at most.
const SAMPLE: usize = 14_000;

/// In each of these passages so many places are tried.
const TRIES: usize = 3;

const STOP_WORDS: &str = "the a an of to and in is it for on that with as are be this by or from at \
    you your we not can if";

/// Queries of one kind: words that stand side by side in a passage.
struct Class {
    name: &'static str,
    operator: Operator,
    count: usize,
    /// How many words.
    length: RangeInclusive<usize>,
    /// Which words.
    fits: fn(&[String]) -> bool,
}

const fn class(
    name: &'static str,
    operator: Operator,
    count: usize,
    length: RangeInclusive<usize>,
    fits: fn(&[String]) -> bool,
) -> Class {
    Class { name, operator, count, length, fits }
}

const CLASSES: [Class; 14] = [
    class("en1", Operator::Any, 40, 1..=1, is_content),
    class("en2_or", Operator::Any, 40, 2..=2, is_content),
    class("en3_or", Operator::Any, 30, 3..=3, is_content),
    class("en4_or_stop", Operator::Any, 30, 4..=4, is_english),
    class("en2_and", Operator::All, 40, 2..=2, is_content),
    class("en_phrase", Operator::Phrase, 40, 2..=2, is_english),
    class("en_phrase3", Operator::Phrase, 20, 3..=3, is_english),
    class("zh2", Operator::Any, 20, 1..=3, |it| is_chinese(it, 2..=2)),
    class("zh3", Operator::Any, 20, 1..=3, |it| is_chinese(it, 3..=3)),
    class("zh4", Operator::Any, 20, 1..=3, |it| is_chinese(it, 4..=4)),
    class("zh5", Operator::Any, 20, 1..=3, |it| is_chinese(it, 5..=5)),
    class("zh6", Operator::Any, 20, 1..=3, |it| is_chinese(it, 6..=6)),
    class("zh_phrase", Operator::Phrase, 30, 2..=3, |it| {
        is_chinese(it, 4..=6) && has_no_single(it)
    }),
    class(MIXED, Operator::Any, 30, 1..=1, |it| is_chinese(it, 2..=9)),
];

/// A Chinese word after an English one, which is taken from another passage.
const MIXED: &str = "mixed";

/// Draws the queries of all classes, the `share` of their number, in random order.
pub fn draw(passages: &Path, share: f64) -> Result<Vec<Drawn>> {
    let mut sample = Sample::new(passages)?;
    let mut drawn = Vec::new();
    for Class { name, operator, count, length, fits } in CLASSES {
        let mut runs = sample.runs(length, fits);
        if name == MIXED {
            let english = sample.runs(1..=1, is_content);
            runs = english.into_iter().zip(runs).map(|(en, zh)| [en, zh].concat()).collect();
        }
        let mut seen = HashSet::new();
        // jieba may cut a run that stands alone into other words than in its passage; engines that
        // know nothing but words would not find it.
        let stable =
            runs.iter().map(|run| (run, typed(run))).filter(|it| words::list(&it.1) == *it.0);
        let fresh = stable.map(|it| it.1).filter(|it| seen.insert(it.clone()));
        let count = (count as f64 * share).ceil() as usize;
        drawn.extend(fresh.take(count).map(|typed| Drawn { class: name, typed, operator }));
    }
    sample.random.shuffle(&mut drawn);
    Ok(drawn)
}

/// A part of the passages, and what is known of the words of all.
struct Sample {
    random: Rng,
    /// The text of each passage of the sample, in small letters, and its words.
    passages: Vec<(String, Vec<String>)>,
    /// How many passages hold a word.
    frequencies: HashMap<String, u32>,
    /// How many must hold each word of a query, so that no query is for one passage only.
    least_frequency: u32,
}

impl Sample {
    fn new(path: &Path) -> Result<Self> {
        let total = passage::read(path)?.count();
        let mut frequencies: HashMap<String, u32> = HashMap::new();
        let mut passages = Vec::new();
        for (number, passage) in passage::read(path)?.enumerate() {
            let text = passage?.text.to_lowercase();
            let words = words::list(&text);
            for word in words.iter().collect::<HashSet<_>>() {
                *frequencies.entry(word.clone()).or_default() += 1;
            }
            if number % total.div_ceil(SAMPLE) == 0 {
                passages.push((text, words));
            }
        }
        // A handful of articles, as in a trial run, has few words that stand in five passages.
        let least_frequency = if total < SAMPLE { 1 } else { 5 };
        Ok(Self { random: Rng::with_seed(SEED), passages, frequencies, least_frequency })
    }

    /// Words that stand side by side and fit, in random order; some of them twice.
    fn runs(
        &mut self,
        length: RangeInclusive<usize>,
        fits: fn(&[String]) -> bool,
    ) -> Vec<Vec<String>> {
        let is_known = |it: &String| self.frequencies[it] >= self.least_frequency;
        let mut runs = Vec::new();
        for length in length {
            for (text, words) in self.passages.iter().filter(|it| it.1.len() > length) {
                for _ in 0..TRIES {
                    let start = self.random.usize(..words.len() - length);
                    let run = &words[start..start + length];
                    // No sign stands between the words.
                    let stands = || text.contains(&typed(run));
                    if fits(run) && run.iter().all(is_known) && stands() {
                        runs.push(run.to_vec());
                    }
                }
            }
        }
        self.random.shuffle(&mut runs);
        runs
    }
}

/// A space stands between words unless all are Chinese.
fn typed(run: &[String]) -> String {
    run.join(if run.iter().all(|it| is_han(it)) { "" } else { " " })
}

/// English words, at least two of them no stop words.
fn is_english(run: &[String]) -> bool {
    run.iter().all(|it| is_plain(it)) && run.iter().filter(|it| !is_stop_word(it)).count() >= 2
}

/// English words that all mean something.
fn is_content(run: &[String]) -> bool {
    run.iter().all(|it| is_plain(it) && it.len() > 2 && !is_stop_word(it))
}

/// Chinese words of so many characters together, one of them longer than a character.
fn is_chinese(run: &[String], characters: RangeInclusive<usize>) -> bool {
    let length: usize = run.iter().map(|it| it.chars().count()).sum();
    run.iter().all(|it| is_han(it)) && characters.contains(&length) && length > run.len()
}

fn has_no_single(run: &[String]) -> bool {
    run.iter().all(|it| it.chars().nth(1).is_some())
}

fn is_han(word: &str) -> bool {
    word.chars().all(words::is_han)
}

fn is_plain(word: &str) -> bool {
    let is_plain = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit();
    word.len() > 1 && word.as_bytes()[0].is_ascii_lowercase() && word.bytes().all(is_plain)
}

fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.split_whitespace().any(|it| it == word)
}
