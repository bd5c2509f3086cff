//! The curated concepts: well made, and attested in real text.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use aho_corasick::AhoCorasick;
use passages::lexicon::{Entry, curated};

/// How often each name occurs in the collections; renewed by `UPDATE_EXPECT=1`.
const ATTESTED: &str = "tests/cases/attested.tsv";

fn all_names(entry: &Entry) -> impl Iterator<Item = &String> {
    let other = entry.capitals.iter().filter(|it| !entry.names.contains(it));
    entry.names.iter().chain(other)
}

#[test]
fn concepts_are_many_and_well_made() {
    let lexicon = curated().unwrap();
    assert!(lexicon.entries.len() >= 300, "{}", lexicon.entries.len());
    assert!(lexicon.topics.len() >= 12, "{}", lexicon.topics.len());
    let topics: BTreeSet<&str> = lexicon.topics.iter().map(|it| it.name.as_str()).collect();
    let main: BTreeSet<&str> = lexicon.entries.iter().map(|it| it.names[0].as_str()).collect();
    let mut of_name: HashMap<&str, &str> = HashMap::new();
    for entry in &lexicon.entries {
        let first = &entry.names[0];
        let is_han = |it: &String| it.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        assert!(entry.names.iter().any(is_han), "{first}: no Chinese name");
        assert!(!entry.names.iter().all(is_han), "{first}: no English name");
        for topic in &entry.topics {
            assert!(topics.contains(topic.as_str()), "{first}: no topic {topic}");
        }
        for it in &entry.narrower {
            assert!(main.contains(it.as_str()), "{first}: no concept {it}");
        }
        for name in all_names(entry) {
            assert_eq!(name.trim(), name);
            let other = of_name.insert(name, first);
            assert_eq!(other, None, "{name} is a name of {first} too");
        }
    }
    for topic in topics {
        let concepts =
            lexicon.entries.iter().filter(|it| it.topics.iter().any(|it| it == topic)).count();
        assert!(concepts >= 5, "{topic}: {concepts}");
    }
}

#[test]
fn every_concept_is_attested_twice() {
    let table: HashMap<&str, u64> = include_str!("../../cases/attested.tsv")
        .lines()
        .filter(|it| !it.starts_with('#'))
        .filter_map(|it| it.split_once('\t'))
        .map(|(name, count)| (name, count.parse().unwrap()))
        .collect();
    for entry in curated().unwrap().entries {
        let count: u64 = all_names(&entry).map(|it| table[it.as_str()]).sum();
        assert!(count >= 2, "{}: {count}", entry.names[0]);
    }
}

/// Counts every name again in the collections and the seeds. The large corpus takes longer and
/// is counted only when the table is renewed: its part of a count cannot be missing from a count
/// that is larger than the rest.
#[test]
fn the_table_of_attestations_is_true() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = crate::shared::folder();
    if !shared.join("collections").is_dir() {
        println!("skipped: no collections at {}", shared.display());
        return;
    }
    let is_renewed = std::env::var_os("UPDATE_EXPECT").is_some();
    let lexicon = curated().unwrap();
    let mut counter = Counter::new(lexicon.entries.iter().flat_map(all_names));
    for name in ["cacm", "cmrc2018", "scifact", "xquad-mixed"] {
        let corpus = fs::File::open(shared.join("collections").join(name).join("corpus.jsonl"));
        counter.read_records(BufReader::new(corpus.unwrap()));
    }
    for file in fs::read_dir(root.join("seeds")).unwrap() {
        counter.read(&fs::read_to_string(file.unwrap().path()).unwrap());
    }
    if is_renewed {
        let mut child = Command::new("zstdcat")
            .arg("--long=27")
            .arg(shared.join("corpora/scale.jsonl.zst"))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        counter.read_records(BufReader::new(child.stdout.take().unwrap()));
        assert!(child.wait().unwrap().success());
        let lines = counter.counts.iter().map(|(name, count)| format!("{name}\t{count}\n"));
        let head = "# How often each name of the curated lexicon occurs in the collections, the \
                    scale corpus and the seeds.\n";
        fs::write(root.join(ATTESTED), format!("{head}{}", lines.collect::<String>())).unwrap();
        return;
    }
    let table = fs::read_to_string(root.join(ATTESTED)).unwrap();
    let known: BTreeMap<&str, u64> = table
        .lines()
        .filter_map(|it| it.split_once('\t'))
        .map(|(name, count)| (name, count.parse().unwrap()))
        .collect();
    for (name, count) in &counter.counts {
        assert!(known[name.as_str()] >= *count, "{name}: {count}");
    }
    assert!(counter.counts["sanctions"] > 0 && counter.counts["中国"] > 0);
}

/// Counts names as whole words; acronyms only in capitals.
struct Counter {
    names: Vec<Vec<String>>,
    automaton: AhoCorasick,
    counts: BTreeMap<String, u64>,
}

impl Counter {
    fn new<'a>(names: impl Iterator<Item = &'a String>) -> Self {
        let mut by_folded: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for name in names {
            by_folded.entry(name.to_ascii_lowercase()).or_default().push(name.clone());
        }
        let automaton =
            AhoCorasick::builder().ascii_case_insensitive(true).build(by_folded.keys()).unwrap();
        let names: Vec<Vec<String>> = by_folded.into_values().collect();
        let counts = names.iter().flatten().map(|it| (it.clone(), 0)).collect();
        Self { names, automaton, counts }
    }

    fn read_records(&mut self, records: impl BufRead) {
        for line in records.lines() {
            let record: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
            for field in ["title", "text"] {
                self.read(record[field].as_str().unwrap_or_default());
            }
        }
    }

    fn read(&mut self, text: &str) {
        let is_word = |it: Option<&u8>| it.is_some_and(u8::is_ascii_alphanumeric);
        let bytes = text.as_bytes();
        for found in self.automaton.find_overlapping_iter(text) {
            let (start, end) = (found.start(), found.end());
            let starts_within =
                is_word(bytes.get(start)) && start > 0 && is_word(bytes.get(start - 1));
            let ends_within = is_word(bytes.get(end - 1)) && is_word(bytes.get(end));
            if starts_within || ends_within {
                continue;
            }
            for name in &self.names[found.pattern().as_usize()] {
                let is_acronym = name.is_ascii() && name.to_ascii_uppercase() == *name;
                if !is_acronym || &text[start..end] == name {
                    *self.counts.get_mut(name).unwrap() += 1;
                }
            }
        }
    }
}
