//! Ours against tantivy as it comes, in one run, query by query: whole answers, and candidates.
//!
//! Not a criterion bench: what counts is the ratio of two times taken within microseconds of each
//! other, over many queries, and not the time of one.

#![expect(clippy::print_stdout, reason = "its table is what it is for")]

mod corpus;
mod stock;

use std::hint::black_box;
use std::time::Instant;

use passages::measure::{Class, made};
use passages::query;
use passages::searcher::{Options, Searcher};

use corpus::Corpus;
use stock::Stock;

/// Times of one query, in microseconds, the least of the rounds.
#[derive(Clone, Copy, Debug)]
struct Times {
    answer: f64,
    stock_answer: f64,
    candidates: f64,
    stock_candidates: f64,
    stages: [f64; STAGES],
}

/// Plan, count, collect, rank, fetch, snippet.
const STAGES: usize = 6;

struct Bench {
    searcher: Searcher,
    stock: Stock,
    options: Options,
    rounds: usize,
}

fn main() {
    let is_short = std::env::args().any(|it| it == "--test");
    let shows_each = std::env::args().any(|it| it == "--each");
    let only = std::env::args().skip(1).find(|it| !it.starts_with('-'));
    let corpus = Corpus::open(is_short);
    let index = corpus.index();
    let stock = Stock::open(&corpus.folder.join("stock"), &index);
    let passages = index.manifest().statistics.passages;
    let count = if is_short { 30 } else { 400 };
    let classes = made(passages as usize, count, |it| {
        let text = index.text(u32::try_from(it).unwrap_or(0));
        text.expect("the passage can be read").to_owned()
    });
    let rounds = if is_short { 2 } else { 7 };
    let options = Options::default();
    let bench = Bench { searcher: Searcher::new(index), stock, options, rounds };
    println!("{}: {passages} passages, {:.0} MB", corpus.name, corpus.bytes() as f64 / 1e6);
    println!(
        "{:<11} {:>4} | {:>8} {:>8} {:>18} | {:>8} {:>8} {:>18}",
        "class", "n", "answer", "stock", "ratio (quartiles)", "cand.", "stock", "ratio (quartiles)"
    );
    let mut all = Vec::new();
    for class in classes.iter().filter(|it| only.as_ref().is_none_or(|name| it.name.contains(name)))
    {
        let times = bench.class(class);
        if shows_each {
            times.iter().for_each(|(typed, it)| println!("{typed}\t{it:.1?}"));
        }
        let times: Vec<Times> = times.into_iter().map(|it| it.1).collect();
        row(class.name, &times);
        all.extend(times);
    }
    row("all", &all);
}

impl Bench {
    /// Checks the answers to all queries, then times in turn both to those that both find.
    fn class<'c>(&self, class: &'c Class) -> Vec<(&'c str, Times)> {
        class.queries.iter().for_each(|it| self.check(it));
        // Its cut of a text and of a part of it differ: what it does not find at all, mostly in
        // Chinese, it finds fast, and that is no measure.
        let is_found = |typed: &&'c String| !self.stock.answer(typed).is_empty();
        let found: Vec<&'c String> = class.queries.iter().filter(is_found).collect();
        assert!(found.len() * 3 >= class.queries.len(), "{}: {} found", class.name, found.len());
        let mut times = Vec::new();
        for typed in found {
            let mut best = [f64::MAX; 3];
            let mut stages = [f64::MAX; STAGES];
            for _ in 0..self.rounds {
                let (round, own) = self.round(typed);
                best.iter_mut().zip(round).for_each(|(best, it)| *best = best.min(it));
                stages.iter_mut().zip(own).for_each(|(best, it)| *best = best.min(it));
            }
            let [answer, stock_answer, stock_candidates] = best;
            let candidates = stages[0] + stages[2];
            times.push((
                typed.as_str(),
                Times { answer, stock_answer, candidates, stock_candidates, stages },
            ));
        }
        times
    }

    /// Ours must find what was taken from the corpus, whole and marked.
    fn check(&self, typed: &str) {
        let results = self.searcher.search(&query::parse(typed), &self.options);
        let results = results.expect("the index is whole");
        let best = results.hits.first().unwrap_or_else(|| panic!("`{typed}` finds nothing"));
        assert!(!best.highlights.is_empty() || !best.title_highlights.is_empty(), "`{typed}`");
        assert!(best.missing.is_empty(), "`{typed}` stands in a passage: {:?}", best.missing);
    }

    fn round(&self, typed: &str) -> ([f64; 3], [f64; STAGES]) {
        let answer = timed(|| self.searcher.search(&query::parse(typed), &self.options).is_ok());
        let stock_answer = timed(|| self.stock.answer(typed));
        let parsed = self.stock.parse(typed);
        let stages = self.stages(typed);
        let stock_candidates = timed(|| self.stock.top(&*parsed));
        ([answer, stock_answer, stock_candidates], stages)
    }

    /// Microseconds of each stage.
    fn stages(&self, typed: &str) -> [f64; STAGES] {
        let start = Instant::now();
        let clock = || start.elapsed().as_nanos() as u64;
        let query = query::parse(typed);
        let answer = self.searcher.search_timed(&query, &self.options, &clock);
        let it = black_box(answer.expect("the index is whole")).1;
        [it.plan, it.count, it.collect, it.rank, it.fetch, it.snippet].map(|it| it as f64 / 1e3)
    }
}

/// Microseconds that something took.
fn timed<T>(work: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    black_box(work());
    start.elapsed().as_nanos() as f64 / 1e3
}

/// Medians of both, then the ratio of their sums and the quartiles of the queries' own ratios.
fn row(name: &str, times: &[Times]) {
    let pair = |ours: fn(&Times) -> f64, stock: fn(&Times) -> f64| {
        let sum = |part: fn(&Times) -> f64| times.iter().map(part).sum::<f64>();
        let mut ratios: Vec<f64> = times.iter().map(|it| ours(it) / stock(it)).collect();
        let [low, high] = [0.25, 0.75].map(|share| quantile(&mut ratios, share));
        let median = |part: fn(&Times) -> f64| {
            quantile(&mut times.iter().map(part).collect::<Vec<f64>>(), 0.5)
        };
        let ratio = sum(ours) / sum(stock).max(f64::MIN_POSITIVE);
        let spread = format!("{ratio:.2} ({low:.2}-{high:.2})");
        format!("{:>8.1} {:>8.1} {spread:>18}", median(ours), median(stock))
    };
    let answers = pair(|it| it.answer, |it| it.stock_answer);
    let candidates = pair(|it| it.candidates, |it| it.stock_candidates);
    println!("{name:<11} {:>4} | {answers} | {candidates}", times.len());
    let mean =
        |at: usize| times.iter().map(|it| it.stages[at]).sum::<f64>() / times.len().max(1) as f64;
    println!(
        "{:>17} mean: plan {:.1}, count {:.1}, collect {:.1}, rank {:.1}, fetch {:.1}, snippet {:.1}",
        "",
        mean(0),
        mean(1),
        mean(2),
        mean(3),
        mean(4),
        mean(5)
    );
}

fn quantile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(((values.len() as f64 - 1.0) * share).round() as usize).copied().unwrap_or(0.0)
}
