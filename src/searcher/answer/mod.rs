//! From candidates to hits.

mod copies;
mod explain;
mod hits;
mod rerank;

use std::collections::HashSet;

use anyhow::Result;

use super::retrieve::Gathered;
use super::timings::Stopwatch;
use super::topics::Topics;
use crate::hit::Hit;

pub(crate) use rerank::Reader;

/// The hits from `offset` on, at most `limit`, best first.
pub(crate) fn hits(
    reader: &mut Reader<'_>,
    gathered: &Gathered<'_>,
    watch: &mut Stopwatch<'_>,
) -> Result<Vec<Hit>> {
    let weighed = reader.weigh(gathered)?;
    let mut hits = Vec::with_capacity(reader.options.limit.min(weighed.len()));
    watch.lap(|it| &mut it.rank);
    let mut shown: HashSet<u32> = HashSet::new();
    let topics = reader.options.names_topics.then(|| Topics::new(reader.index));
    for one in weighed {
        if hits.len() == reader.options.limit {
            break;
        }
        let Some(candidate) = gathered.candidates.get(one.at) else { continue };
        let family = reader.place(candidate.passage);
        if !shown.insert(family) || shown.len() <= reader.options.offset {
            continue;
        }
        let is_repeated = reader.options.folds_copies && gathered.is_repeated(family);
        let mut hit = reader.hit(candidate, one, topics.as_ref(), watch)?;
        hit.rank = shown.len() as u64;
        if is_repeated {
            hit.copies = copies::copies(reader, candidate.passage, family)?;
        }
        watch.lap(|it| &mut it.fetch);
        hits.push(hit);
    }
    Ok(hits)
}
