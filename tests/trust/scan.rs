//! The index against a plain scan of the texts: terms, phrases, Han substrings, filters.

use std::fmt::Write as _;

use passages::index::Generation;
use passages::query::parse;
use passages::searcher::{Options, Searcher};

use crate::desk::Desk;
use crate::dice::Dice;
use crate::table::{Trial, Tried};

/// Words that no stop list, stemmer or lexicon knows, so that a scan can be as simple as this.
const WORDS: [&str; 24] = [
    "qarl", "venko", "tuzim", "brofan", "kelvat", "dorsk", "plinth", "mogra", "zetlin", "hurvo",
    "casplin", "norvik", "tamber", "ulgrat", "fenwo", "grosk", "limpet", "yandro", "wexel",
    "obrin", "prasko", "dulvet", "karnok", "selbo",
];

/// Characters of which no two make a word of the lexicon.
const HAN: [char; 16] = [
    '梨', '鲸', '铆', '霜', '藤', '砚', '舟', '鹊', '陶', '棋', '雁', '稻', '箫', '桐', '鲤', '苔',
];

/// A record as the scan sees it.
#[derive(Debug)]
struct Known {
    id: String,
    file: usize,
    year: usize,
    /// Words, and runs of Han as one word each, in order.
    words: Vec<String>,
    /// For each word whether a comma follows.
    commas: Vec<bool>,
}

/// Records in some files, each short enough to be one passage.
fn known(dice: &mut Dice) -> Vec<Known> {
    let word = |dice: &mut Dice| match dice.below(5) {
        0 => (0..1 + dice.below(7)).map(|_| *dice.one_of(&HAN)).collect(),
        _ => (*dice.one_of(&WORDS)).to_owned(),
    };
    let record = |number: usize, dice: &mut Dice| {
        let count = 1 + dice.below(30);
        Known {
            id: format!("k{number}"),
            file: dice.below(4),
            year: 2010 + dice.below(5),
            words: (0..count).map(|_| word(dice)).collect(),
            commas: (0..count).map(|_| dice.once_in(8)).collect(),
        }
    };
    (0..80).map(|it| record(it, dice)).collect()
}

/// Writes the records; a word stands in capitals or with a comma now and then.
fn write(desk: &Desk, known: &[Known], dice: &mut Dice) {
    for file in 0..4 {
        let mut lines = String::new();
        for it in known.iter().filter(|it| it.file == file) {
            let mut text = String::new();
            for (word, comma) in it.words.iter().zip(&it.commas) {
                let word = if dice.once_in(6) { word.to_uppercase() } else { word.clone() };
                write!(text, "{word}{}", if *comma { ", " } else { " " }).unwrap();
            }
            let line = serde_json::json!({"id": it.id, "text": text, "date": it.year.to_string()});
            writeln!(lines, "{line}").unwrap();
        }
        desk.write(&format!("part{file}.jsonl"), &lines);
    }
}

/// What is asked, and which records a scan gives for it.
struct Asked {
    typed: String,
    expected: Vec<String>,
}

fn is_han(word: &str) -> bool {
    word.chars().all(|it| HAN.contains(&it))
}

/// A word stands in a text: as a word, or as a part of a Han run.
fn holds(known: &Known, word: &str) -> bool {
    known.words.iter().any(|it| it == word || (is_han(word) && it.contains(word)))
}

/// Words side by side, and what is cut of Han runs at both ends.
fn holds_phrase(known: &Known, phrase: &[String]) -> bool {
    // White space between Han leaves no gap in a text, so runs that follow each other are one; a
    // mark between them leaves one. Between words a mark leaves none.
    let flat = |words: &[String], commas: &[bool]| {
        let mut text = String::from(" ");
        let mut has_comma = false;
        for (at, word) in words.iter().enumerate() {
            if is_han(word) && text.trim_end().ends_with(|it| HAN.contains(&it)) {
                text.truncate(text.trim_end().len());
                text.push_str(if has_comma { " , " } else { "" });
            }
            write!(text, "{word} ").unwrap();
            has_comma = commas.get(at).is_some_and(|it| *it);
        }
        text
    };
    let (text, phrase) = (flat(&known.words, &known.commas), flat(phrase, &[]));
    let mut wanted = phrase.as_str();
    // A Han run of the phrase may begin and end within one of the text.
    if wanted.trim_start().starts_with(|it| HAN.contains(&it)) {
        wanted = wanted.trim_start();
    }
    if wanted.trim_end().ends_with(|it| HAN.contains(&it)) {
        wanted = wanted.trim_end();
    }
    text.contains(wanted)
}

/// A query of one of six kinds, its words most often from a record.
fn ask(known: &[Known], dice: &mut Dice) -> Asked {
    let source = dice.one_of(known);
    let english: Vec<&String> = source.words.iter().filter(|it| !is_han(it)).collect();
    let word = |dice: &mut Dice| match english.is_empty() || dice.once_in(5) {
        true => (*dice.one_of(&WORDS)).to_owned(),
        false => (*dice.one_of(&english)).clone(),
    };
    let found = |test: &dyn Fn(&Known) -> bool| {
        let mut ids: Vec<String> =
            known.iter().filter(|it| test(it)).map(|it| it.id.clone()).collect();
        ids.sort();
        ids
    };
    let (one, two) = (word(dice), word(dice));
    let (typed, expected) = match dice.below(7) {
        0 => (one.clone(), found(&|it| holds(it, &one))),
        1 => (format!("{one} {two}"), found(&|it| holds(it, &one) && holds(it, &two))),
        2 => (format!("+{one} -{two}"), found(&|it| holds(it, &one) && !holds(it, &two))),
        3 => {
            let start = dice.below(source.words.len());
            let end = source.words.len().min(start + 1 + dice.below(4));
            let phrase = source.words[start..end].to_vec();
            (format!("\"{}\"", phrase.join(" ")), found(&|it| holds_phrase(it, &phrase)))
        }
        4 => {
            let runs: Vec<&String> = source.words.iter().filter(|it| is_han(it)).collect();
            let run: Vec<char> = if runs.is_empty() {
                HAN[..2].to_vec()
            } else {
                dice.one_of(&runs).chars().collect()
            };
            let start = dice.below(run.len());
            let end = start + 1 + dice.below(run.len() - start);
            let part: String = run[start..end].iter().collect();
            let phrase = [part.clone()];
            (format!("\"{part}\""), found(&|it| holds_phrase(it, &phrase)))
        }
        5 => {
            let file = dice.below(4);
            (
                format!("{one} path:part{file}.jsonl"),
                found(&|it| it.file == file && holds(it, &one)),
            )
        }
        _ => {
            let (from, to) = (2010 + dice.below(5), 2010 + dice.below(5));
            let (from, to) = (from.min(to), from.max(to));
            let typed = format!("{one} date:{from}..{to}");
            (typed, found(&|it| (from..=to).contains(&it.year) && holds(it, &one)))
        }
    };
    Asked { typed, expected }
}

pub(crate) fn run(trial: &Trial) -> Tried {
    let asked_of_one = 50;
    let mut open: Option<(u64, Desk, Searcher, Vec<Known>)> = None;
    trial.each(trial.times(100, 2_000, 1_000_000), |case, dice| {
        let corpus = case / asked_of_one;
        if open.as_ref().is_none_or(|it| it.0 != corpus) {
            let mut dice = trial.dice(corpus ^ 0x5ca1_ab1e);
            let (desk, known) = (Desk::new(), known(&mut dice));
            write(&desk, &known, &mut dice);
            desk.build().map_err(|it| it.to_string())?;
            let index = Generation::open(&desk.index()).map_err(|it| it.to_string())?;
            open = Some((corpus, desk, Searcher::new(index), known));
        }
        let Some((_, _, searcher, known)) = &open else { return Err("no index".to_owned()) };
        let Asked { typed, expected } = ask(known, dice);
        let options =
            Options { limit: 1_000, is_exact: true, fold_copies: false, ..Options::default() };
        let results = searcher.search(&parse(&typed), &options).map_err(|it| format!("{it:#}"))?;
        let complete = results.hits.iter().filter(|it| it.missing.is_empty());
        let mut ids: Vec<String> = complete.map(|it| it.article.clone()).collect();
        ids.sort();
        match ids == expected {
            true => Ok(()),
            false => Err(format!("`{typed}`: {ids:?}, a scan has {expected:?}")),
        }
    })
}
