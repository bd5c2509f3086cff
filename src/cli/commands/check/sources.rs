//! `search check --sources`: the index against the files that it was built from.

use std::path::Path;

use serde::Serialize;

use passages::analysis::query_tokens;
use passages::index::{Freshness, Generation, freshness};
use passages::query;
use passages::searcher::{Options, Searcher};
use passages::text::visible;

use crate::cli::build;
use crate::cli::fault::Fault;
use crate::cli::outcome::Outcome;

/// How many files are read again and how many passages are searched. A hundred of each show a fault
/// in reading or in the index as a whole, and take a second.
const SAMPLE: usize = 100;

/// How many words of a passage make the phrase by which it is searched.
const WORDS: usize = 6;

/// What was compared; the field names are those of the JSON.
#[derive(Serialize)]
pub(super) struct SourceComparison {
    #[serde(flatten)]
    fresh: Freshness,
    #[serde(rename = "passages_searched")]
    searched: u64,
    not_found: Vec<String>,
}

/// Compares the index with its files.
pub(super) fn compare(folder: &Path) -> Result<SourceComparison, Fault> {
    let fresh = freshness(folder, &build::limits(), SAMPLE)?;
    let searcher = Searcher::new(Generation::open(folder)?);
    let count = searcher.index().manifest().statistics.passages;
    let step = (count as usize).div_ceil(SAMPLE).max(1);
    let (mut searched, mut not_found) = (0, Vec::new());
    for number in (0..count).step_by(step) {
        if let Some((name, is_found)) = find(&searcher, number)? {
            searched += 1;
            not_found.extend((!is_found).then_some(name));
        }
    }
    Ok(SourceComparison { fresh, searched, not_found })
}

/// Searches a passage by a phrase from its middle, and tells its name and whether it was found;
/// nothing where the passage has no words.
fn find(searcher: &Searcher, number: u32) -> Result<Option<(String, bool)>, Fault> {
    let index = searcher.index();
    let (record, text) = (index.passage(number)?, index.text(number)?);
    let article = index.article(record.article)?;
    let units = query_tokens(text);
    let middle = units.len() / 2;
    let words = units.get(middle..units.len().min(middle + WORDS)).unwrap_or_default();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return Ok(None) };
    let typed = text.get(first.span.start()..last.span.end()).unwrap_or_default();
    let typed = format!("\"{}\"", typed.replace(['"', '“', '”', '「', '」', '『', '』'], " "));
    if query::check(&typed).is_err() {
        return Ok(None);
    }
    let count = index.manifest().statistics.passages as usize;
    let options = Options {
        limit: count,
        fold_copies: false,
        expands: false,
        with_topics: false,
        ..Options::default()
    };
    let results = searcher.search(&query::parse(&typed), &options)?;
    let own = article.ordinal_of(number);
    let is_it = |article_id: &str, ordinal| article_id == article.id && ordinal == own;
    let is_found = results.hits.iter().any(|it| is_it(&it.article, it.passage));
    Ok(Some((format!("{}@{}", article.id, own), is_found)))
}

impl SourceComparison {
    /// Whether files have changed (status 1), or the index is not what they say (status 2).
    pub(super) fn outcome(&self) -> Outcome {
        let fresh = &self.fresh;
        if !fresh.differing.is_empty() || !self.not_found.is_empty() {
            Outcome::SomeFailed
        } else if fresh.added.len() + fresh.changed.len() + fresh.gone.len() > 0 {
            Outcome::NoHits
        } else {
            Outcome::Done
        }
    }

    /// For people.
    pub(super) fn text(&self) -> String {
        let fresh = &self.fresh;
        let mut out = format!(
            "sources: {} files, {} passages made anew, {} searched by their own words\n",
            fresh.files, fresh.compared, self.searched
        );
        let lists = [
            ("new", &fresh.added),
            ("changed", &fresh.changed),
            ("gone", &fresh.gone),
            ("not as its file has it", &fresh.differing),
            ("not found by its own words", &self.not_found),
        ];
        for (what, names) in lists {
            for name in names {
                out.push_str(&format!("{what}: {}\n", visible(name).replace('\n', " ")));
            }
        }
        if self.outcome() == Outcome::NoHits {
            out.push_str("`search index` brings it up to date\n");
        }
        out
    }
}
