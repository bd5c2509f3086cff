//! Makes queries from a corpus's own texts with a fixed seed, so that each of them finds something.

use crate::text::is_han;

/// A pseudorandom generator that gives the same numbers in each run (SplitMix64: Steele et al.,
/// "Fast splittable pseudorandom number generators", 2014).
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// Starts from a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `end`; 0 if `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        usize::try_from(mixed % end.max(1) as u64).unwrap_or(0)
    }
}

/// Queries of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    /// The name of the kind.
    pub name: &'static str,
    /// All different. There may be fewer than asked for if the texts give no more.
    pub queries: Vec<String>,
}

/// Words that occur in most English passages.
const STOP_WORDS: &[&str] =
    &["the", "of", "and", "to", "in", "a", "is", "for", "on", "with", "by", "as", "this", "from"];

/// How many texts are tried for each query.
const TRIES: usize = 200;

/// Makes a query from a text, if it can.
type Maker = fn(&str, &mut Random) -> Option<String>;

const MAKERS: &[(&str, Maker)] = &[
    ("one word", |text, random| words(text, 1, random).pop()),
    ("2-4 words", |text, random| {
        let count = 2 + random.below(3);
        Some(words(text, count, random)).filter(|it| it.len() == count).map(|it| it.join(" "))
    }),
    ("phrase", |text, random| {
        let count = 2 + random.below(2);
        side_by_side(text, count, random).map(|it| format!("\"{it}\""))
    }),
    ("stop words", |text, random| {
        let stop = STOP_WORDS.get(random.below(STOP_WORDS.len()))?;
        Some(format!("{stop} {}", words(text, 1, random).pop()?))
    }),
    ("2-6 Han", |text, random| {
        let count = 2 + random.below(5);
        han(text, count, random)
    }),
    ("mixed", |text, random| {
        Some(format!("{} {}", words(text, 1, random).pop()?, han(text, 2, random)?))
    }),
];

/// Makes about `count` queries, equally many of each class. `text` gives the text of a number below
/// `texts`.
pub fn made(texts: usize, count: usize, mut text: impl FnMut(usize) -> String) -> Vec<Class> {
    let mut random = Random::new(20_260_801);
    let each = count.div_ceil(MAKERS.len());
    let mut classes = Vec::new();
    for (name, make) in MAKERS {
        let mut queries: Vec<String> = Vec::new();
        for _ in 0..each * TRIES {
            if queries.len() == each || texts == 0 {
                break;
            }
            let query = make(&text(random.below(texts)), &mut random);
            queries.extend(query.filter(|it| !queries.contains(it)));
        }
        classes.push(Class { name, queries });
    }
    classes
}

/// Different plain words of a text: at least three letters, nothing else, no stop words.
fn words(text: &str, count: usize, random: &mut Random) -> Vec<String> {
    let runs = text.split_ascii_whitespace().map(|it| it.trim_end_matches([',', '.', ';', ':']));
    let is_plain = |it: &String| {
        it.len() >= 3
            && it.bytes().all(|it| it.is_ascii_lowercase())
            && !STOP_WORDS.contains(&it.as_str())
    };
    let plain: Vec<String> = runs.map(str::to_ascii_lowercase).filter(is_plain).collect();
    let mut chosen: Vec<String> = Vec::new();
    for _ in 0..20 {
        let word = plain.get(random.below(plain.len()));
        chosen.extend(word.filter(|it| chosen.len() < count && !chosen.contains(it)).cloned());
    }
    chosen
}

fn side_by_side(text: &str, count: usize, random: &mut Random) -> Option<String> {
    let all: Vec<&str> = text.split(' ').collect();
    let is_word = |it: &&str| it.len() >= 2 && it.bytes().all(|it| it.is_ascii_alphabetic());
    let windows: Vec<&[&str]> = all.windows(count).filter(|it| it.iter().all(is_word)).collect();
    Some(windows.get(random.below(windows.len()))?.join(" ").to_lowercase())
}

fn han(text: &str, count: usize, random: &mut Random) -> Option<String> {
    let runs = text.split(|c| !is_han(c)).filter(|it| it.chars().count() >= count);
    let runs: Vec<&str> = runs.collect();
    let run: Vec<char> = runs.get(random.below(runs.len()))?.chars().collect();
    let from = random.below(run.len() + 1 - count);
    Some(run.get(from..from + count)?.iter().collect())
}
