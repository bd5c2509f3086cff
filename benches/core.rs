//! Candidates alone: the query against the terms, and the walk over the postings.

mod corpus;

use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};

use passages::measure::{Class, made};
use passages::query;
use passages::searcher::{Options, Searcher};

use corpus::Corpus;

/// Queries made in all, shared by the classes.
const QUERIES: usize = 60;

fn candidates(criterion: &mut Criterion) {
    let corpus = Corpus::open(true);
    assert!(corpus.bytes() > 1_000_000, "{} is too little", corpus.name);
    let index = corpus.index();
    let passages = index.manifest().statistics.passages as usize;
    let classes = made(passages, QUERIES, |it| {
        let text = index.text(u32::try_from(it).unwrap_or(0));
        text.expect("the passage can be read").to_owned()
    });
    let searcher = Searcher::new(index);
    let options = Options { with_topics: false, ..Options::default() };
    let mut group = criterion.benchmark_group("candidates");
    for Class { name, queries } in &classes {
        let parsed: Vec<_> = queries.iter().map(|it| query::parse(it)).collect();
        let search = |query| {
            let start = Instant::now();
            let clock = || u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
            searcher.search_timed(query, &options, &clock).expect("the index is whole")
        };
        for query in &parsed {
            assert!(search(query).0.total > 0, "`{}` was taken from the corpus", query.typed);
        }
        group.bench_function(*name, |it| {
            it.iter_custom(|rounds| {
                let mut sum = Duration::ZERO;
                for _ in 0..rounds {
                    for query in &parsed {
                        let stages = search(query).1;
                        sum += Duration::from_nanos(stages.plan + stages.collect);
                    }
                }
                sum / u32::try_from(parsed.len().max(1)).unwrap_or(1)
            });
        });
    }
    group.finish();
}

criterion_group!(benches, candidates);
criterion_main!(benches);
