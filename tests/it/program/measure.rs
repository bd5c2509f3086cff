//! The figures of rankings and of times, against values worked out by hand.

use passages::measure::{
    Bar, Figures, Judgments, Spread, Times, Verdict, change, compare, figures, histogram, made,
    percentile,
};

/// The words that made queries of the kind `stop words` begin with.
const STOP_WORDS: [&str; 14] =
    ["the", "of", "and", "to", "in", "a", "is", "for", "on", "with", "by", "as", "this", "from"];

#[test]
fn nearest_rank() {
    let sorted = [15, 20, 35, 40, 50];
    assert_eq!(percentile(&sorted, 0.3), 20);
    assert_eq!(percentile(&sorted, 0.5), 35);
    assert_eq!(percentile(&sorted, 1.0), 50);
    assert_eq!(percentile(&sorted, 0.0), 15);
    assert_eq!(percentile(&[], 0.5), 0);
}

#[test]
fn percentiles_are_the_medians_of_the_rounds() {
    let rounds = [vec![1_000, 3_000, 2_000], vec![9_000, 5_000, 4_000], vec![2_000; 3]];
    let times = Times::of(&rounds);
    assert_eq!((times.samples, times.p50_us), (9, Spread { median: 2.0, least: 2.0, most: 5.0 }));
    assert_eq!(times.max_us.median, 3.0);
    assert_eq!(Times::of(&[]), Times::default());
}

#[test]
fn every_sample_stands_between_the_edges_of_its_bar() {
    let samples = [1, 2, 3, 900, 1_000, 1_400, 1_500, 77_777, 5_000_000_000];
    let bars = histogram(samples.into_iter());
    assert_eq!(bars.iter().map(|it| it.count).sum::<u64>(), 9);
    for it in samples.map(|it| it as f64 / 1e3) {
        let holds = |bar: &&Bar| bar.from_us <= it * 1.000_001 && it < bar.to_us && bar.count > 0;
        assert!(bars.iter().any(|bar| holds(&bar)), "{it}");
    }
    assert!(bars.windows(2).all(|it| it[0].to_us == it[1].from_us));
    assert!(histogram(std::iter::empty()).is_empty());
}

#[test]
fn a_difference_counts_beyond_chance_and_noise() {
    let by = |factor: f64| -> Vec<(f64, f64)> {
        (1..60)
            .map(|it| (f64::from(it), f64::from(it) * factor * (1.0 + 0.01 * f64::from(it % 3))))
            .collect()
    };
    assert_eq!(change(&by(0.5), 0.1).verdict, Verdict::Faster);
    assert_eq!(change(&by(1.5), 0.1).verdict, Verdict::Slower);
    assert_eq!(change(&by(1.5), 0.8).verdict, Verdict::Same);
    assert_eq!(change(&by(0.99), 0.0).verdict, Verdict::Same);
    assert!((change(&by(0.5), 0.1).ratio - 0.505).abs() < 0.01);
    assert_eq!(change(&[], 0.0).verdict, Verdict::Same);
}

#[track_caller]
fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-4, "{found} is not {expected}");
}

#[test]
fn figures_are_those_of_trec_eval() {
    // By hand: gains 0 2 0 1 against the ideal 2 1 1.
    let judgments = Judgments::read("q 0 a 2\nq 0 b 1\nq 0 c 1\nq 0 x 0\n").unwrap();
    let it = figures(&judgments, "q", &["x", "a", "y", "b"]);
    near(it.ndcg_10, (2.0 / 1.58496 + 1.0 / 2.32193) / (2.0 + 1.0 / 1.58496 + 0.5));
    near(it.mrr_10, 0.5);
    near(it.recall_10, 2.0 / 3.0);
    near(it.average_precision, (0.5 + 0.5) / 3.0);
}

#[test]
fn a_bad_line_is_named() {
    let bad = Judgments::read("q 0 a 1\n\nq 0 a\n").unwrap_err();
    assert_eq!(bad.line, 3);
}

#[test]
fn nothing_relevant_gives_nothing() {
    let judgments = Judgments::read("q 0 a 0\n").unwrap();
    assert_eq!(figures(&judgments, "q", &["a"]), Figures::default());
    assert_eq!(judgments.queries().count(), 0);
}

#[test]
fn differences_are_weighed_by_their_spread() {
    let it = compare(&[(0.1, 0.3), (0.2, 0.2), (0.5, 0.4), (0.0, 0.3)]);
    assert_eq!((it.queries, it.wins, it.losses), (4, 2, 1));
    assert!((it.difference - 0.1).abs() < 1e-9);
    // By hand: deviation .182574, t = .1 / (.182574 / 2).
    assert!((it.t - 1.0954).abs() < 1e-3, "{}", it.t);
    assert_eq!(compare(&[(0.5, 0.5)]).t, 0.0);
}

#[test]
fn queries_are_made_of_the_text_and_the_same_each_time() {
    let text = "The freight train left Wuhan, and the ruble fell.\n中欧班列开行了一列货运班列";
    let classes = made(3, 12, |_| text.to_owned());
    assert_eq!(classes, made(3, 12, |_| text.to_owned()));
    assert!(classes.iter().all(|it| it.queries.len() == 2), "{classes:?}");
    let small = text.to_lowercase();
    for query in classes.iter().flat_map(|it| &it.queries) {
        let mut words = query.trim_matches('"').split(' ');
        assert!(words.all(|it| STOP_WORDS.contains(&it) || small.contains(it)), "{query}");
    }
    assert!(made(0, 12, |_| String::new()).iter().all(|it| it.queries.is_empty()));
}
