//! One answer: the search, how long it took, and what is to be said about the index itself.

use std::time::Instant;

use passages::hit::Results;
use passages::index::Index;
use passages::query::{Query, Remark, RemarkKind};
use passages::searcher::{Options, Searcher};

use super::fault::Fault;

/// Answers a query; `start` is when the work on it began.
pub(super) fn answer(
    searcher: &Searcher,
    query: &Query,
    options: &Options,
    start: Instant,
) -> Result<Results, Fault> {
    let mut results = searcher.search(query, options)?;
    let about = about(searcher.index(), options);
    results.remarks.extend(about.map(|text| Remark { kind: RemarkKind::Index, text, span: None }));
    results.took_us = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
    Ok(results)
}

/// That the index is not what it should be, or that it holds nothing: then there are no hits for
/// another reason than the query.
fn about<'a>(index: &'a Index, options: &Options) -> impl Iterator<Item = String> + use<'a> {
    let is_empty = index.manifest().statistics.passages == 0;
    let roots =
        if options.roots.is_empty() { "the index".into() } else { options.roots.join(", ") };
    let nothing = format!(
        "{roots} holds nothing to search; `search status --skipped` tells what was left out"
    );
    let nothing = is_empty.then_some(nothing);
    index.warning().map(str::to_owned).into_iter().chain(nothing)
}
