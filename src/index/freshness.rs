//! Compares an index with its sources: which files are new, changed or gone, and whether a sample
//! of unchanged files would still give the passages that were indexed.

use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use serde::Serialize;

use super::error::Error;
use crate::article::{self, RepeatedLines};
use crate::budget::Budget;
use crate::index::format::Source;
use crate::index::trust::Disk;
use crate::index::write::{
    ArticleCount, CandidateLines, ChangeSet, PlannedFile, PreviousGeneration,
};
use crate::passage::{Size, cut};
use crate::source::{self, Content, Limits, Skip, SkipReason};

/// Longer files are not sampled: both their texts would be held in memory.
const SAMPLE_BYTES: u64 = 64 << 20;

/// How the sources differ from the index; the fields and their order are those of the JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Freshness {
    /// Files below the roots, read or skipped.
    pub files: u64,
    /// Files that the index does not know, in order of path.
    pub added: Vec<String>,
    /// Files that changed since they were read, in order of path.
    pub changed: Vec<String>,
    /// Files that are gone, in order of path.
    pub gone: Vec<String>,
    /// Passages that were read again and compared.
    #[serde(rename = "passages_compared")]
    pub compared: u64,
    /// Passages that would be read otherwise now, though their files did not change.
    pub differing: Vec<String>,
}

/// Compares the current generation with its sources; reads again at most `sample` of the files
/// that did not change and are no longer than 64 MiB, spread evenly.
///
/// # Errors
/// As [`super::Generation::open`]; `NoSource` where a root is gone.
pub fn freshness(dir: &Path, limits: &Limits, sample: usize) -> Result<Freshness, Error> {
    let previous =
        PreviousGeneration::open_any(dir, &Disk::default())?.ok_or_else(|| Error::no_index(dir))?;
    let changes = ChangeSet::new(previous.roots().to_vec(), Some(&previous), limits)?;
    let mut fresh = Freshness { files: changes.files.len() as u64, ..Freshness::default() };
    let known: HashSet<&str> = previous.sources.iter().map(|it| it.path.as_str()).collect();
    for planned in changes.files.iter().filter(|it| it.kept.is_none()) {
        let path = planned.file.path.clone();
        let is_known = known.contains(path.as_str());
        if is_known { &mut fresh.changed } else { &mut fresh.added }.push(path);
    }
    let found: HashSet<&str> = changes.files.iter().map(|it| it.file.path.as_str()).collect();
    let gone = previous.sources.iter().map(|it| &it.path).filter(|it| !found.contains(it.as_str()));
    fresh.gone = gone.cloned().collect();
    let lines = CandidateLines::new(&changes, Some(&previous))?;
    let small = changes.files.iter().filter(|it| it.file.size_bytes <= SAMPLE_BYTES);
    // A file that took too long when it was indexed might not do so now; it would always differ.
    let late: Vec<&Skip> =
        previous.skips.iter().filter(|it| it.reason == SkipReason::TookTooLong).collect();
    let small = small.filter(|it| !late.iter().any(|late| it.holds(&late.path)));
    let kept: Vec<_> = small.filter_map(|it| Some((it, it.kept? as usize))).collect();
    let step = kept.len().div_ceil(sample.max(1)).max(1);
    for (planned, at) in kept.into_iter().step_by(step) {
        compare(&previous, planned, at, lines.previous(), limits, &mut fresh);
    }
    Ok(fresh)
}

/// Reads a file again and compares its passages with those of the index.
fn compare(
    previous: &PreviousGeneration,
    planned: &PlannedFile,
    at: usize,
    repeated: &RepeatedLines,
    limits: &Limits,
    fresh: &mut Freshness,
) {
    let Some(source) = previous.sources.get(at).filter(|it| it.replaced == 0) else { return };
    let stored = stored(previous, at, source);
    // A text that makes the reader fail was skipped when it was indexed, and is skipped here too.
    let made = || made(planned, repeated, limits);
    let Ok(made) = catch_unwind(AssertUnwindSafe(made)) else { return };
    fresh.compared += made.len().max(stored.len()) as u64;
    if made == stored {
        return;
    }
    for number in 0..made.len().max(stored.len()) {
        let (made, stored) = (made.get(number), stored.get(number));
        if made != stored {
            let name = made.or(stored).map_or(&*source.path, |it| &it.0);
            fresh.differing.push(name.to_owned());
        }
    }
}

/// Name and text of each passage that the index has of a file.
fn stored(previous: &PreviousGeneration, at: usize, source: &Source) -> Vec<(String, String)> {
    let first: u32 = previous.sources.iter().take(at).map(|it| it.articles).sum();
    let mut stored = Vec::new();
    for number in first..first + source.articles {
        let Ok(article) = previous.index.article(number) else { continue };
        for (passage, ordinal) in (article.first_passage..).zip(1..=article.passages) {
            let text = previous.index.text(passage).unwrap_or_default().to_owned();
            stored.push((format!("{}@{ordinal}", article.id), text));
        }
    }
    stored
}

/// Name and text of each passage that a file gives now; of records with the same id only the last
/// counts.
fn made(planned: &PlannedFile, repeated: &RepeatedLines, limits: &Limits) -> Vec<(String, String)> {
    let mut made: Vec<Vec<(String, String)>> = Vec::new();
    let mut of_id = HashMap::new();
    let Ok(raws) = source::read(&planned.base, &planned.file, limits) else { return Vec::new() };
    let mut count = ArticleCount::default();
    for raw in raws.flatten() {
        let first = count.first(&raw);
        let budget = Budget::new(limits.steps, None);
        let read = article::read_within(&raw, first, repeated, &budget);
        // As when it was indexed: what takes too much is left out.
        let read = read.unwrap_or_default();
        count.articles += u32::try_from(read.len()).unwrap_or(u32::MAX);
        let has_own_id = matches!(&raw.content, Content::Record(it) if it.id.is_some());
        for article in read {
            if has_own_id && let Some(previous) = of_id.insert(article.id.clone(), made.len()) {
                made.get_mut(previous).into_iter().for_each(Vec::clear);
            }
            let passages = cut(&article, Size::default()).into_iter().map(|it| {
                let text = it.span.of(&article.body).to_owned();
                (format!("{}@{}", article.id, it.ordinal), text)
            });
            made.push(passages.collect());
        }
    }
    made.into_iter().flatten().collect()
}
