//! The main job: a query becomes a ranked answer. [`Searcher::search`] plans the query, retrieves
//! candidates, makes hits of the best, and tries the query in another form where nothing is found.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use anyhow::Result;

use super::answer;
use super::fallback;
use super::options::Options;
use super::plan;
use super::retrieve::{self, Buffers};
use super::timings::{Clock, Stopwatch, Timings};
use super::weights;
use crate::analysis::Analyzer;
use crate::hit::Results;
use crate::index::Generation;
use crate::query::{Query, Remark, RemarkKind};

/// The answer to a query as it was typed.
struct Answered {
    results: Results,
    /// The typed words and the document frequency of each, in its most frequent form.
    words: Vec<(String, u32)>,
}

/// Answers queries over one open index.
#[derive(Debug)]
pub struct Searcher {
    index: Generation,
    /// Kept from query to query, since it remembers stems.
    analyzer: Analyzer,
    buffers: Buffers,
}

impl Searcher {
    /// Makes a searcher over an open index.
    #[must_use]
    pub fn new(index: Generation) -> Self {
        Self { index, analyzer: Analyzer::for_query(), buffers: Buffers::default() }
    }

    /// The index it searches.
    #[must_use]
    pub fn index(&self) -> &Generation {
        &self.index
    }

    /// Answers one query. Where nothing is found, or some word is nowhere, the query is tried in
    /// other forms, and the remarks of the answer say so.
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
            || fallback::is_enough(query, answered.results.total, &answered.words)
        {
            return Ok(answered.results);
        }
        fallback::fallback(&self.index, query, options, answered.results, |query, options| {
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
        // Bytes of a damaged index may be used before they are verified: whatever comes of that, an
        // answer or a panic, becomes an error.
        let answered = catch_unwind(AssertUnwindSafe(|| self.answer(query, options, watch)));
        if let Some(problem) = self.index.damage() {
            return Err(problem.clone().into());
        }
        answered.unwrap_or_else(|it| resume_unwind(it))
    }

    /// Plan, retrieve, answer; over an index that may be damaged.
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
            // Copies may have taken the places of other hits: more candidates are needed.
            if retrieved.is_cut && retrieved.places(&self.index, options) < wanted {
                capacity = capacity.saturating_mul(8);
                continue;
            }
            let rules = (options, &self.analyzer);
            let hits = answer::answer(&self.index, &plan, rules, &retrieved, watch)?;
            let mut remarks = query.remarks.clone();
            remarks.extend(self.unknown_topics(query));
            remarks.append(&mut plan.remarks);
            let results = Results {
                query: query.typed.clone(),
                understood: query.understood(),
                took_us: None,
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
