//! From candidates to hits: the best are re-ranked by title and proximity, copies are folded, and
//! texts and records are read for those that are shown.

mod copies;
mod explain;
mod hits;
mod rerank;

use std::collections::HashSet;

use anyhow::Result;

use super::retrieve::Retrieved;
use super::timings::Stopwatch;
use super::topics::Topics;
use crate::hit::Hit;

pub(crate) use rerank::Reranker;

/// The hits from `offset` on, at most `limit`, best first.
pub(crate) fn hits(
    reranker: &mut Reranker<'_>,
    retrieved: &Retrieved<'_>,
    watch: &mut Stopwatch<'_>,
) -> Result<Vec<Hit>> {
    let reranked = reranker.rerank(retrieved)?;
    let mut hits = Vec::with_capacity(reranker.options.limit.min(reranked.len()));
    watch.lap(|it| &mut it.rank);
    let mut shown: HashSet<u32> = HashSet::new();
    let topics = reranker.options.with_topics.then(|| Topics::new(reranker.index));
    for one in reranked {
        if hits.len() == reranker.options.limit {
            break;
        }
        let Some(candidate) = retrieved.candidates.get(one.at) else { continue };
        let family = reranker.fold_key(candidate.passage);
        if !shown.insert(family) || shown.len() <= reranker.options.offset {
            continue;
        }
        let is_repeated = reranker.options.fold_copies && retrieved.is_repeated(family);
        let mut hit = reranker.hit(candidate, one, topics.as_ref(), watch)?;
        hit.rank = shown.len() as u64;
        if is_repeated {
            hit.copies = copies::copies(reranker, candidate.passage, family)?;
        }
        watch.lap(|it| &mut it.fetch);
        hits.push(hit);
    }
    Ok(hits)
}
