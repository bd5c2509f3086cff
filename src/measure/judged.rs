//! The figures of a ranking against judgments, as trec_eval computes them.

use std::collections::HashMap;

use serde::Serialize;

/// Judged relevance by query and article. What is not judged is not relevant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judgments {
    by_query: HashMap<String, HashMap<String, i32>>,
}

/// A line of a judgments file that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// The line, counted from 1.
    pub line: usize,
    /// The line as it stands.
    pub text: String,
}

impl Judgments {
    /// Reads judgments in TREC's form: lines of `query 0 article relevance`, separated by white
    /// space.
    ///
    /// # Errors
    /// The first line in another form.
    pub fn read(text: &str) -> Result<Self, BadLine> {
        let mut judgments = Self::default();
        for (at, line) in text.lines().enumerate() {
            let parts: Vec<&str> = line.split_whitespace().collect();
            let read = match parts.as_slice() {
                [] => continue,
                [query, _, article, relevance] => {
                    relevance.parse().ok().map(|it: i32| (*query, *article, it))
                }
                _ => None,
            };
            let Some((query, article, relevance)) = read else {
                return Err(BadLine { line: at + 1, text: line.to_owned() });
            };
            let own = judgments.by_query.entry(query.to_owned()).or_default();
            own.insert(article.to_owned(), relevance);
        }
        Ok(judgments)
    }

    /// The relevance of an article for a query; 0 where it was not judged.
    #[must_use]
    pub fn relevance(&self, query: &str, article: &str) -> i32 {
        self.by_query.get(query).and_then(|it| it.get(article)).copied().unwrap_or(0)
    }

    /// Whether the query has any relevant article. Queries without one are left out of all means.
    #[must_use]
    pub fn has_relevant(&self, query: &str) -> bool {
        self.by_query.get(query).is_some_and(|it| it.values().any(|it| *it > 0))
    }

    /// The queries with a relevant article, in no particular order.
    pub fn queries(&self) -> impl Iterator<Item = &str> {
        self.by_query.keys().map(String::as_str).filter(|it| self.has_relevant(it))
    }

    /// The relevances of a query above 0, highest first.
    fn ideal(&self, query: &str) -> Vec<i32> {
        let own = self.by_query.get(query).into_iter().flat_map(HashMap::values);
        let mut ideal: Vec<i32> = own.copied().filter(|it| *it > 0).collect();
        ideal.sort_unstable_by(|one, other| other.cmp(one));
        ideal
    }
}

/// The figures of one query, or their means over queries. All are between 0 and 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Figures {
    /// Normalized discounted cumulative gain of the first 10; the gain is the relevance, the
    /// discount is `log2(rank + 1)` (Järvelin & Kekäläinen 2002).
    pub ndcg_10: f64,
    /// The reciprocal rank of the first relevant article; 0 if it is not among the first 10.
    pub mrr_10: f64,
    /// The share of the relevant articles among the first 10.
    pub recall_10: f64,
    /// The share of the relevant articles among the first 100.
    pub recall_100: f64,
    /// Average precision: the mean of the precisions at each relevant article, over the whole
    /// ranking.
    pub average_precision: f64,
}

/// The figures of one ranking. It lists article ids, best first, each once.
#[must_use]
pub fn figures(judgments: &Judgments, query: &str, ranking: &[&str]) -> Figures {
    let ideal = judgments.ideal(query);
    if ideal.is_empty() {
        return Figures::default();
    }
    let gains: Vec<i32> = ranking.iter().map(|it| judgments.relevance(query, it).max(0)).collect();
    let relevant = ideal.len() as f64;
    let found = |depth: usize| gains.iter().take(depth).filter(|it| **it > 0).count() as f64;
    let first = gains.iter().take(10).position(|it| *it > 0);
    Figures {
        ndcg_10: gain(&gains, 10) / gain(&ideal, 10),
        mrr_10: first.map_or(0.0, |it| 1.0 / (it + 1) as f64),
        recall_10: found(10) / relevant,
        recall_100: found(100) / relevant,
        average_precision: precisions(&gains) / relevant,
    }
}

/// The discounted cumulative gain of the first `depth`.
fn gain(gains: &[i32], depth: usize) -> f64 {
    let each = gains.iter().take(depth).enumerate();
    each.map(|(at, it)| f64::from(*it) / ((at + 2) as f64).log2()).sum()
}

/// The sum of the precisions at all relevant ranks.
fn precisions(gains: &[i32]) -> f64 {
    let relevant = gains.iter().enumerate().filter(|(_, it)| **it > 0);
    relevant.enumerate().map(|(before, (at, _))| (before + 1) as f64 / (at + 1) as f64).sum()
}

/// The means over queries; all 0 without queries.
#[must_use]
pub fn mean(all: &[Figures]) -> Figures {
    let count = all.len().max(1) as f64;
    let of = |part: fn(&Figures) -> f64| all.iter().map(part).sum::<f64>() / count;
    Figures {
        ndcg_10: of(|it| it.ndcg_10),
        mrr_10: of(|it| it.mrr_10),
        recall_10: of(|it| it.recall_10),
        recall_100: of(|it| it.recall_100),
        average_precision: of(|it| it.average_precision),
    }
}
