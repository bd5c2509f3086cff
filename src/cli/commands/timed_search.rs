//! One search with its duration and the remarks on the index itself.

use std::time::Instant;

use passages::hit::Results;
use passages::index::Generation;
use passages::query::{Query, Remark, RemarkKind};
use passages::searcher::{Options, Searcher};

use crate::cli::fault::Fault;

/// Searches and fills in the time since `start`, when the work on the query began.
pub(super) fn timed_search(
    searcher: &Searcher,
    query: &Query,
    options: &Options,
    start: Instant,
) -> Result<Results, Fault> {
    let mut results = searcher.search(query, options)?;
    let about = about(searcher.index(), options);
    results.remarks.extend(about.map(|text| Remark { kind: RemarkKind::Index, text, span: None }));
    results.took_us = u64::try_from(start.elapsed().as_micros()).ok();
    Ok(results)
}

/// Remarks on an index that is damaged or empty: then a lack of hits has another cause than the
/// query.
fn about<'a>(index: &'a Generation, options: &Options) -> impl Iterator<Item = String> + use<'a> {
    let is_empty = index.manifest().statistics.passages == 0;
    let roots =
        if options.roots.is_empty() { "the index".into() } else { options.roots.join(", ") };
    let nothing = format!(
        "{roots} holds nothing to search; `search status --skipped` tells what was left out"
    );
    let nothing = is_empty.then_some(nothing);
    index.warning().map(str::to_owned).into_iter().chain(nothing)
}
