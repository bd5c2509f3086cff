//! From candidates to hits: the best are re-ranked by title and proximity, copies are folded, and
//! texts and records are read for those that are shown.

mod copies;
mod explain;
mod hits;
mod rerank;

use std::collections::HashSet;

use anyhow::Result;

use super::options::Options;
use super::plan::Plan;
use super::retrieve::{Retrieved, fold_key};
use super::timings::Stopwatch;
use super::topics::Topics;
use crate::analysis::Analyzer;
use crate::hit::Hit;
use crate::index::Generation;
use rerank::Reranker;

/// Makes the hits from `offset` on, at most `limit`, best first.
///
/// # Errors
/// When the index is damaged.
pub(crate) fn answer(
    index: &Generation,
    plan: &Plan,
    (options, analyzer): (&Options, &Analyzer),
    retrieved: &Retrieved<'_>,
    watch: &mut Stopwatch<'_>,
) -> Result<Vec<Hit>> {
    let mut reranker = Reranker::new(index, plan, options, analyzer);
    let reranked = reranker.rerank(retrieved)?;
    let mut hits = Vec::with_capacity(options.limit.min(reranked.len()));
    watch.lap(|it| &mut it.rank);
    let mut shown: HashSet<u32> = HashSet::new();
    let topics = options.with_topics.then(|| Topics::new(index));
    for one in reranked {
        if hits.len() == options.limit {
            break;
        }
        let Some(candidate) = retrieved.candidates.get(one.at) else { continue };
        let family = fold_key(index, options, candidate.passage);
        if !shown.insert(family) || shown.len() <= options.offset {
            continue;
        }
        let is_repeated = options.fold_copies && retrieved.is_repeated(family);
        let mut hit = reranker.hit(candidate, one, topics.as_ref(), watch)?;
        hit.rank = shown.len() as u64;
        if is_repeated {
            hit.copies = copies::copies(&reranker, candidate.passage, family)?;
        }
        watch.lap(|it| &mut it.fetch);
        hits.push(hit);
    }
    Ok(hits)
}
