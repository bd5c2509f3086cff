//! The main job: a query becomes a ranked answer. Plans against the index, collects candidates,
//! ranks, folds copies, makes hits.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use anyhow::Result;

use super::answer::{self, Reranker};
use super::fallback;
use super::options::Options;
use super::plan;
use super::retrieve::{self, Buffers};
use super::timings::{Clock, Stopwatch, Timings};
use super::weights;
use crate::analysis::Analyzer;
use crate::hit::Results;
use crate::index::Index;
use crate::query::{Query, Remark, RemarkKind};

/// An answer to a query as it was typed.
struct Answered {
    results: Results,
    /// The typed words that were searched as such, and in how many passages each stands in any form.
    words: Vec<(String, u32)>,
}

/// Answers queries over one open index.
#[derive(Debug)]
pub struct Searcher {
    index: Index,
    /// Remembers stems from one query to the next.
    analyzer: Analyzer,
    buffers: Buffers,
}

impl Searcher {
    /// Makes a searcher over an open index.
    #[must_use]
    pub fn new(index: Index) -> Self {
        Self { index, analyzer: Analyzer::for_query(), buffers: Buffers::default() }
    }

    /// The index it searches.
    #[must_use]
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Answers one query. Where nothing is found, or nothing of some word, other readings of it are
    /// tried and told.
    ///
    /// # Errors
    /// When the index turns out to be damaged.
    pub fn search(&self, query: &Query, options: &Options) -> Result<Results> {
        self.search_watched(query, options, &mut Stopwatch::new(None))
    }

    /// [`Searcher::search`], with the time that each stage took.
    ///
    /// # Errors
    /// When the index turns out to be damaged.
    pub fn search_timed(
        &self,
        query: &Query,
        options: &Options,
        clock: &Clock<'_>,
    ) -> Result<(Results, Timings)> {
        let mut watch = Stopwatch::new(Some(clock));
        let results = self.search_watched(query, options, &mut watch)?;
        Ok((results, watch.timings()))
    }

    fn search_watched(
        &self,
        query: &Query,
        options: &Options,
        watch: &mut Stopwatch<'_>,
    ) -> Result<Results> {
        let answered = self.search_as_typed(query, options, watch)?;
        if options.is_exact
            || query.clauses.is_empty()
            || fallback::is_plain(query, answered.results.total, &answered.words)
        {
            return Ok(answered.results);
        }
        fallback::rescue(&self.index, query, options, answered.results, |query, options| {
            Ok(self.search_as_typed(query, options, watch)?.results)
        })
    }

    /// Answers one query as it was typed.
    fn search_as_typed(
        &self,
        query: &Query,
        options: &Options,
        watch: &mut Stopwatch<'_>,
    ) -> Result<Answered> {
        // Damaged bytes may lead astray before they are told from right ones: what comes of them
        // is an error, be it an answer or a panic.
        let answered = catch_unwind(AssertUnwindSafe(|| self.answer(query, options, watch)));
        if let Some(problem) = self.index.fault() {
            return Err(problem.clone().into());
        }
        answered.unwrap_or_else(|it| resume_unwind(it))
    }

    /// [`Searcher::search`], over an index that may be damaged.
    fn answer(
        &self,
        query: &Query,
        options: &Options,
        watch: &mut Stopwatch<'_>,
    ) -> Result<Answered> {
        let wanted = options.offset.saturating_add(options.limit);
        let mut capacity = wanted.max(weights::RERANKED);
        let (mut plan, opened) = plan::plan(&self.index, query, options)?;
        let mut opened = Some(opened);
        watch.lap(|it| &mut it.plan);
        loop {
            let retrieved = retrieve::retrieve(
                &self.index,
                query,
                (&plan, opened.take()),
                (options, capacity),
                &self.buffers,
                watch,
            )?;
            watch.lap(|it| &mut it.collect);
            let mut reranker = Reranker::new(&self.index, &plan, options, &self.analyzer);
            // Copies may have filled the places of others.
            if retrieved.is_cut && reranker.distinct(&retrieved) < wanted {
                capacity = capacity.saturating_mul(8);
                continue;
            }
            let hits = answer::hits(&mut reranker, &retrieved, watch)?;
            let mut remarks = query.remarks.clone();
            remarks.extend(self.unknown_topics(query));
            remarks.append(&mut plan.remarks);
            let results = Results {
                query: query.typed.clone(),
                understood: query.understood(),
                took_us: 0,
                total: retrieved.total,
                total_is_exact: retrieved.is_exact,
                total_complete: retrieved.complete,
                hits,
                remarks,
                suggestion: None,
            };
            return Ok(Answered { results, words: plan.words });
        }
    }

    fn unknown_topics(&self, query: &Query) -> Vec<Remark> {
        let known = if query.filters.topics.is_empty() {
            Vec::new()
        } else {
            self.index.lexicon().topics()
        };
        let is_unknown = |name: &&String| !known.iter().any(|it| it.name == **name);
        let remark = |name: &String| {
            let names: Vec<&str> = known.iter().map(|it| it.name.as_str()).collect();
            let text = format!("no topic `{name}`; there are {}", names.join(", "));
            Remark { kind: RemarkKind::Ignored, text, span: None }
        };
        query.filters.topics.iter().filter(is_unknown).map(remark).collect()
    }
}
