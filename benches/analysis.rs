//! Text to tokens: for an index, for a query, and only what a query looks for.

mod corpus;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};

use passages::analysis::{Analyzer, Family, Prefilter, Tokens, query_tokens};

use corpus::Corpus;

/// Texts that are analysed in one go.
const TEXTS: u32 = 200;

fn analysis(criterion: &mut Criterion) {
    let corpus = Corpus::open(true);
    assert!(corpus.bytes() > 1_000_000, "{} is too little", corpus.name);
    let index = corpus.index();
    let texts: Vec<String> =
        (0..TEXTS).map(|it| index.text(it).expect("a passage").to_owned()).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    let (for_index, for_query) = (Analyzer::for_index(&[]), Analyzer::for_query());
    let mut sought = Prefilter::default();
    for unit in query_tokens("Wuhan railways 中欧") {
        unit.exact.iter().for_each(|it| sought.add(Family::Exact, it));
        unit.stem.iter().for_each(|it| sought.add(Family::Stem, it));
    }
    let mut tokens = Tokens::default();
    let mut count = |analyse: &dyn Fn(&str, &mut Tokens)| -> usize {
        let each = texts.iter().map(|it| {
            analyse(black_box(it), &mut tokens);
            tokens.all().len()
        });
        each.sum()
    };
    let all = count(&|text, tokens| for_query.tokens(text, tokens));
    let fewer = count(&|text, tokens| for_query.matching_tokens(text, &sought, tokens));
    assert!(all > 10_000 && fewer * 4 < all, "{fewer} of {all} tokens");
    let mut group = criterion.benchmark_group("analysis");
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("for an index", |it| {
        it.iter(|| count(&|text, tokens| for_index.tokens(text, tokens)));
    });
    group.bench_function("for a query", |it| {
        it.iter(|| count(&|text, tokens| for_query.tokens(text, tokens)));
    });
    group.bench_function("what is sought", |it| {
        it.iter(|| count(&|text, tokens| for_query.matching_tokens(text, &sought, tokens)));
    });
    group.finish();
}

criterion_group!(benches, analysis);
criterion_main!(benches);
