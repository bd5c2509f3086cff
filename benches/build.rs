//! Records to an index: reading, cutting, copies, mining, analysis, postings, checks.

mod corpus;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};

use passages::index::{self, Generation};

use corpus::Corpus;

fn build(criterion: &mut Criterion) {
    let corpus = Corpus::open(true);
    let request = corpus.request("built", true);
    let built = || index::build(&request, &|_| ()).expect("the corpus is indexed");
    built();
    let again = Generation::open(&request.dir).expect("it opens");
    let passages = corpus.index().manifest().statistics;
    assert_eq!(again.manifest().statistics, passages, "{}", corpus.name);
    assert!(passages.passages > 1_000, "{passages:?}");
    let mut group = criterion.benchmark_group("build");
    group.sample_size(10).throughput(Throughput::Bytes(corpus.bytes()));
    group.bench_function("whole", |it| it.iter(built));
    group.finish();
}

criterion_group!(benches, build);
criterion_main!(benches);
