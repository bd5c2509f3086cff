//! The whole warm answer on the seeds: parse, search, show.
//!
//! Each query's answer is checked before its time counts.

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};

use passages::index::{self, Generation, Request, Root};
use passages::query;
use passages::searcher::{Options, Searcher};
use passages::show::{self, Look};

/// A query and what the text of its answer must hold.
const QUERIES: &[(&str, &str, &str)] = &[
    ("three words", "Wuhan Moscow train", "Wuhan"),
    ("phrase", "\"Belt and Road\"", "Belt and Road"),
    ("han", "军事政治联盟", "军事政治联盟"),
    ("alias", "OBOR", "Belt and Road"),
];

fn answer(searcher: &Searcher, typed: &str) -> String {
    let query = query::parse(typed);
    let results = searcher.search(&query, &Options::default()).expect("the index is whole");
    show::text(&results, &[], &Look::plain())
}

fn whole_answer(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a place for the index");
    let base = env!("CARGO_MANIFEST_DIR").to_owned();
    assert!(Path::new(&base).join("seeds").is_dir(), "the seeds are beside the bench");
    let request = Request {
        dir: folder.path().join("index"),
        roots: vec![Root { path: "seeds".to_owned(), base }],
        keeps_roots: false,
        rebuilds: false,
        now_s: 0,
    };
    index::build(&request, &|_| ()).expect("the seeds are indexed");
    let searcher = Searcher::new(Generation::open(&request.dir).expect("the index opens"));
    let mut group = criterion.benchmark_group("answer");
    for (name, typed, holds) in QUERIES {
        let text = answer(&searcher, typed).replace('*', "");
        assert!(text.contains(holds), "`{typed}` must find `{holds}`:\n{text}");
        group.bench_function(*name, |it| it.iter(|| answer(&searcher, black_box(typed))));
    }
    group.finish();
}

criterion_group!(benches, whole_answer);
criterion_main!(benches);
