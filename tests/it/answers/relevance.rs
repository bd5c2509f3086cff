//! How good the rankings are on the shared judged collections, where they are at hand: one table,
//! and no figure may fall by more than [`TOLERANCE`] below what `tests/relevance.toml` expects.
//!
//! `cargo relevance` runs it and prints the table; with `UPDATE_EXPECT=1` it writes the file anew.
//! With PASSAGES_CEDICT naming a file of CC-CEDICT there are two more rows, with it imported.

#![expect(clippy::print_stdout, reason = "the table is what it is for")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use xxhash_rust::xxh3::xxh3_64;

use crate::program::built_program::Folder;

/// What a figure may fall by before it counts as a loss.
const TOLERANCE: f64 = 0.003;

/// The collections, in the order of the table.
const COLLECTIONS: &[&str] = &["scifact", "cacm", "xquad-mixed", "xquad-en2zh", "cmrc2018"];

/// Those that are measured once more with a dictionary imported, under another name.
const WITH_DICTIONARY: &[(&str, &str)] =
    &[("xquad-mixed", "xquad-mixed-dictionary"), ("xquad-en2zh", "xquad-en2zh-dictionary")];

/// The figures that are expected, by the names of `search eval --json`.
const FIGURES: &[&str] = &["ndcg_10", "mrr_10", "recall_10", "recall_100", "average_precision"];

/// What `search eval --json` tells.
#[derive(Deserialize)]
struct Run {
    queries: usize,
    mean: BTreeMap<String, f64>,
    per_query: BTreeMap<String, BTreeMap<String, f64>>,
}

impl Run {
    /// Mean nDCG@10 of one half of the queries. Weights are tuned on the first half alone; the
    /// other half only reports.
    fn half(&self, is_tuning: bool) -> f64 {
        let of_half = |id: &str| (xxh3_64(id.as_bytes()) & 1 == 0) == is_tuning;
        let own = self.per_query.iter().filter(|(id, _)| of_half(id));
        let all: Vec<f64> = own.map(|(_, it)| it["ndcg_10"]).collect();
        all.iter().sum::<f64>() / all.len().max(1) as f64
    }
}

#[test]
fn shared_collections_are_ranked_as_well_as_expected() {
    let Some(shared) = collections() else { return };
    let mut table = String::from(
        "collection              queries  nDCG@10  tuning  report  MRR@10    R@10   R@100     MAP\n",
    );
    let mut runs = BTreeMap::new();
    let dictionary = std::env::var_os("PASSAGES_CEDICT").map(PathBuf::from);
    let mut all: Vec<(&str, &str, Option<&Path>)> =
        COLLECTIONS.iter().map(|it| (*it, *it, None)).collect();
    if let Some(dictionary) = &dictionary {
        all.extend(WITH_DICTIONARY.iter().map(|(of, name)| (*of, *name, Some(&**dictionary))));
    } else {
        println!("skipped: PASSAGES_CEDICT names no dictionary");
    }
    for (of, name, dictionary) in all {
        let run = measure(&shared.join(of), dictionary);
        let half = [run.half(true), run.half(false)];
        let of = |figure: &str| run.mean[figure];
        writeln!(
            table,
            "{name:<23} {:>7}    {:.4}   {:.4}  {:.4}  {:.4}  {:.4}  {:.4}  {:.4}",
            run.queries,
            of("ndcg_10"),
            half[0],
            half[1],
            of("mrr_10"),
            of("recall_10"),
            of("recall_100"),
            of("average_precision")
        )
        .unwrap();
        runs.insert(name.to_owned(), run.mean);
    }
    println!("{table}");
    compare(&runs);
}

/// Indexes a collection as a user would, perhaps with a dictionary, and asks all its queries.
fn measure(collection: &Path, dictionary: Option<&Path>) -> Run {
    let folder = Folder::new();
    let of = |file: &str| collection.join(file).to_str().unwrap().to_owned();
    folder.run(&["index", &of("corpus.jsonl")]).ends(0);
    if let Some(dictionary) = dictionary {
        folder.run(&["lexicon", "import", dictionary.to_str().unwrap()]).ends(0);
    }
    let (queries, qrels) = (of("queries.tsv"), of("qrels.txt"));
    let ran = folder.run(&["eval", "--queries", &queries, "--qrels", &qrels, "--json"]);
    serde_json::from_value(ran.ends(0).json()).unwrap()
}

fn compare(runs: &BTreeMap<String, BTreeMap<String, f64>>) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/relevance.toml");
    let mut expected: BTreeMap<String, BTreeMap<String, f64>> =
        toml::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        // Rows that were not measured keep their figures.
        expected.extend(runs.clone());
        fs::write(&file, written(&expected)).unwrap();
        return;
    }
    expected.retain(|name, _| {
        runs.contains_key(name) || !WITH_DICTIONARY.iter().any(|(_, it)| it == name)
    });
    let mut losses = Vec::new();
    for (name, figures) in &expected {
        for (figure, wanted) in figures {
            let got = runs[name][figure];
            if got < wanted - TOLERANCE {
                losses.push(format!("{name} {figure}: {got:.4}, expected {wanted:.4}"));
            } else if got > wanted + TOLERANCE {
                println!("{name} {figure}: {got:.4}, better than the expected {wanted:.4}");
            }
        }
    }
    assert!(losses.is_empty(), "{}", losses.join("\n"));
    assert_eq!(expected.len(), runs.len(), "every collection has its figures");
}

fn written(runs: &BTreeMap<String, BTreeMap<String, f64>>) -> String {
    let mut text = String::from(
        "# What `cargo relevance` expects of all queries of each collection. A change here is a change\n\
         # of the ranking: its reason stands in the commit that makes it.\n",
    );
    for (name, figures) in runs {
        write!(text, "\n[{name}]\n").unwrap();
        for figure in FIGURES {
            writeln!(text, "{figure} = {:.4}", figures[*figure]).unwrap();
        }
    }
    text
}

/// Nothing, with a line that says why, where the collections are absent or the build is too slow.
fn collections() -> Option<PathBuf> {
    let collections = crate::shared::folder().join("collections");
    if !collections.is_dir() {
        println!("skipped: no folder {}", collections.display());
        return None;
    }
    if cfg!(debug_assertions) {
        println!("skipped: thousands of queries are for an optimised build (`cargo relevance`)");
        return None;
    }
    Some(collections)
}
