//! Warm times: searches within this process, one after the other and on all cores.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use serde::Serialize;

use passages::hit::Results;
use passages::query;
use passages::searcher::{Options, Searcher, Timings};

use crate::cli::fault::Fault;
use crate::cli::line::QueryOptions;

/// Nanoseconds since a moment.
pub(super) fn nanoseconds(start: Instant) -> u64 {
    u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX)
}

/// A query and the answer that it must give in every round.
pub(super) struct CheckedQuery {
    pub(super) text: String,
    pub(super) total: u64,
    /// The first hit: article and passage.
    first: Option<(String, u32)>,
}

/// The times of all rounds.
pub(super) struct Warm {
    /// Nanoseconds of each query, round by round.
    pub(super) rounds: Vec<Vec<u64>>,
    /// The sums over all, and of the parsing.
    pub(super) stages: Timings,
    pub(super) parse: u64,
}

/// Searches per second.
#[derive(Default, Serialize)]
pub(super) struct Throughput {
    pub(super) threads: usize,
    pub(super) all_per_s: f64,
    pub(super) one_per_s: f64,
}

/// The options of every search: those of an answer on a terminal.
fn options() -> Options {
    Options { with_topics: false, ..Options::default() }
}

/// Searches every query once and checks the answer: highlights lie in their snippets, the total is
/// not below the number of hits, scores do not rise.
pub(super) fn check_answers(
    searcher: &Searcher,
    asked: Vec<String>,
) -> Result<Vec<CheckedQuery>, Fault> {
    let check = |text: String| {
        let results = searcher.search(&QueryOptions::parse_unfiltered(&text)?, &options())?;
        let is_right = results.total >= results.hits.len() as u64
            && results.hits.is_sorted_by(|one, other| one.score >= other.score)
            && results.hits.iter().all(|hit| {
                hit.text.contains(&hit.snippet)
                    && hit.highlights.iter().all(|it| hit.snippet.get(it.0..it.1).is_some())
            });
        if !is_right {
            return Err(wrong(&text));
        }
        Ok(CheckedQuery { text, total: results.total, first: first(&results) })
    };
    asked.into_iter().map(check).collect()
}

fn first(results: &Results) -> Option<(String, u32)> {
    results.hits.first().map(|it| (it.article.clone(), it.passage))
}

fn wrong(query: &str) -> Fault {
    Fault::new("internal", format!("the answer to `{query}` is not as it must be"))
        .hint("`search check` tells whether the index is damaged; else this is a bug of ours")
}

/// Times whole searches, and in further runs the stages of each.
pub(super) fn measure(
    searcher: &Searcher,
    queries: &[CheckedQuery],
    count: usize,
) -> Result<Warm, Fault> {
    let mut warm = Warm { rounds: Vec::new(), stages: Timings::default(), parse: 0 };
    for _ in 0..count {
        let mut round = Vec::with_capacity(queries.len());
        for query in queries {
            let start = Instant::now();
            let results = searcher.search(&query::parse(&query.text), &options())?;
            round.push(nanoseconds(start));
            if results.total != query.total || first(&results) != query.first {
                return Err(wrong(&query.text));
            }
        }
        warm.rounds.push(round);
        for query in queries {
            warm.add_stages(searcher, query)?;
        }
    }
    Ok(warm)
}

impl Warm {
    fn add_stages(&mut self, searcher: &Searcher, query: &CheckedQuery) -> Result<(), Fault> {
        let start = Instant::now();
        let clock = || nanoseconds(start);
        let parsed = query::parse(&query.text);
        self.parse += clock();
        let (_, own) = searcher.search_timed(&parsed, &options(), &clock)?;
        let sums = &mut self.stages;
        sums.plan += own.plan;
        sums.count += own.count;
        sums.collect += own.collect;
        sums.rank += own.rank;
        sums.fetch += own.fetch;
        sums.snippet += own.snippet;
        Ok(())
    }
}

/// How many searches per second all cores do together, and one core alone.
pub(super) fn throughput(
    searcher: &Searcher,
    queries: &[CheckedQuery],
    rounds: usize,
) -> Result<Throughput, Fault> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let answers = queries.len() * rounds;
    let one = answers_a_second(searcher, queries, answers, 1)?;
    let all = answers_a_second(searcher, queries, answers, threads)?;
    Ok(Throughput { threads, all_per_s: all, one_per_s: one })
}

fn answers_a_second(
    searcher: &Searcher,
    queries: &[CheckedQuery],
    answers: usize,
    threads: usize,
) -> Result<f64, Fault> {
    let next = AtomicUsize::new(0);
    let work = || -> Result<(), Fault> {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= answers {
                return Ok(());
            }
            let Some(query) = queries.get(number % queries.len()) else { return Ok(()) };
            let results = searcher.search(&query::parse(&query.text), &options())?;
            if results.total != query.total {
                return Err(wrong(&query.text));
            }
        }
    };
    let start = Instant::now();
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|it| {
            it.join().unwrap_or_else(|_| Err(Fault::new("internal", "an answer failed")))
        })
    })?;
    Ok(answers as f64 / start.elapsed().as_secs_f64().max(f64::MIN_POSITIVE))
}
