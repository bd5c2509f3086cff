//! The promise for Chinese, at random: any piece of a passage finds it, and in quotes finds what a
//! scan finds. In every test on texts of our own; with PASSAGES_SHARED on a collection too, where
//! PASSAGES_SUBSTRINGS says how many.

use std::collections::HashSet;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use passages::searcher::Options;
use passages::text::{fold, is_han};

use crate::program::library::Library;

/// Told so that a failure can be tried again.
const SEED: u64 = 20_151_024;

/// A small generator (xorshift64*): the same numbers for the same seed everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        usize::try_from(self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33).unwrap() % end
    }
}

/// The Han runs of a passage (title apart), folded, each ended by a line feed. A hyphen or dash
/// between Han characters leaves no gap, and neither does white space.
fn runs(text: &str) -> String {
    let folded: Vec<char> = fold(text).text.chars().collect();
    let mut out = String::new();
    let han = |at: Option<usize>| at.and_then(|at| folded.get(at)).is_some_and(|it| is_han(*it));
    for (at, c) in folded.iter().enumerate() {
        let is_inside = han(at.checked_sub(1)) && han(Some(at + 1));
        let is_name = matches!(c, '·' | '-' | '–' | '—' | '•' | '・' | '‧') && is_inside;
        if is_han(*c) {
            out.push(*c);
        } else if !(c.is_whitespace() || is_name) {
            out.push('\n');
        }
    }
    out
}

/// Tries so many substrings; gives those that fail.
fn failures(library: &Library, tries: usize) -> Vec<String> {
    let index = library.searcher.index();
    let opencc = OpenCC::from_config(BuiltinConfig::S2t).unwrap();
    let mut texts = Vec::new();
    for passage in 0..index.manifest().statistics.passages {
        let record = index.passage(passage).unwrap();
        let title = index.article(record.article).unwrap().title.unwrap_or_default();
        let title = if record.title_positions > 0 { title } else { "" };
        texts.push(format!("{}\n{}", runs(title), runs(index.text(passage).unwrap())));
    }
    let pool: Vec<&str> =
        texts.iter().flat_map(|it| it.split('\n')).filter(|it| !it.is_empty()).collect();
    let options = Options { limit: 0, fold_copies: false, expands: false, ..Options::default() };
    let mut random = Random(SEED);
    let mut wrong = Vec::new();
    for at in 0..tries {
        let run: Vec<char> = pool[random.below(pool.len())].chars().collect();
        let length = 1 + random.below(8.min(run.len()));
        let from = random.below(run.len() - length + 1);
        let plain: String = run[from..from + length].iter().collect();
        // Every other one as it is written in Taiwan and Hong Kong, where that folds back.
        let traditional = opencc.convert(&plain);
        let folds = fold(&traditional).text == plain;
        let typed = if at % 2 == 1 && folds { traditional } else { plain.clone() };
        let holding = texts.iter().filter(|it| it.contains(&plain)).count() as u64;
        let quoted = library.ask_with(&format!("\"{typed}\""), &options);
        if quoted.total != holding || quoted.total_complete != holding {
            wrong.push(format!("\"{typed}\": {} of {holding}", quoted.total_complete));
        }
        let found = library.ask_with(&typed, &options).total_complete;
        // A name is held as a whole; a longer run by its words, which may stand apart.
        let is_right = if length <= 4 { found == holding } else { found >= holding };
        if !is_right {
            wrong.push(format!("{typed}: {found} of {holding}"));
        }
    }
    wrong
}

#[test]
fn random_han_substrings_find_what_a_scan_finds() {
    let text = include_str!("../../cases/chinese.txt");
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let ids: Vec<String> = (0..lines.len()).map(|it| format!("line {it}")).collect();
    let records: Vec<_> =
        ids.iter().zip(&lines).map(|(id, line)| (id.as_str(), "", line.as_str())).collect();
    let (own, seeds) = (Library::of_records(&records), Library::of_seeds());
    let wrong = [failures(&own, 1_600), failures(&seeds, 400)].concat();
    println!("2000 tried, {} failed, seed {SEED}", wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn shared_collections_are_found_by_random_han_substrings() {
    #[expect(clippy::disallowed_methods, reason = "says how many")]
    let variable = |name: &str| std::env::var(name).ok();
    let shared = crate::shared::folder();
    let Ok(text) = std::fs::read_to_string(shared.join("collections/cmrc2018/corpus.jsonl")) else {
        println!("skipped: no collection cmrc2018 in {}", shared.display());
        return;
    };
    let rows: Vec<serde_json::Value> =
        text.lines().filter_map(|it| serde_json::from_str(it).ok()).collect();
    let field =
        |row: &'_ serde_json::Value, name: &str| row[name].as_str().unwrap_or("").to_owned();
    let rows: Vec<_> =
        rows.iter().map(|it| (field(it, "id"), field(it, "title"), field(it, "text"))).collect();
    let distinct: HashSet<&str> = rows.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(distinct.len(), rows.len());
    let records: Vec<_> =
        rows.iter().map(|(id, title, text)| (id.as_str(), title.as_str(), text.as_str())).collect();
    let library = Library::of_records(&records);
    let tries = variable("PASSAGES_SUBSTRINGS").and_then(|it| it.parse().ok()).unwrap_or(1_000);
    let wrong = failures(&library, tries);
    println!("{tries} tried, {} failed, seed {SEED}", wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.iter().take(40).cloned().collect::<Vec<_>>().join("\n"));
}
