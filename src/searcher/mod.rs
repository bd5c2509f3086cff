//! The main job: a query becomes a ranked answer. Plans against the index, collects candidates,
//! ranks, folds copies, makes hits.

mod alone;
mod amounts;
mod answer;
mod best;
mod bounds;
mod collect;
mod draft;
mod evidence;
mod expand;
mod explain;
mod filter;
mod gather;
mod han;
mod kin;
mod lanes;
mod options;
mod phrase;
mod plan;
mod planner;
mod postings;
mod pruned;
mod quoted;
mod rescue;
mod scores;
mod stages;
mod sweep;
mod topics;
mod totals;
mod translate;
mod weights;
mod windows;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use anyhow::Result;

pub use kin::Kin;
pub use options::{By, Options, Sort};
pub use stages::{Clock, Stages};

use crate::analysis::Analyzer;
use crate::hit::Results;
use crate::index::Index;
use crate::query::{Query, Remark, RemarkKind};
use answer::Reader;
use collect::collect;
use filter::Filter;
use gather::{Gather, Gathered};
use plan::{Plan, Unit};
use stages::Stopwatch;
use windows::Windows;

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
    windows: Windows,
}

impl Searcher {
    /// Makes a searcher over an open index.
    #[must_use]
    pub fn new(index: Index) -> Self {
        Self { index, analyzer: Analyzer::for_query(), windows: Windows::default() }
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
    pub fn search_in_stages(
        &self,
        query: &Query,
        options: &Options,
        clock: &Clock<'_>,
    ) -> Result<(Results, Stages)> {
        let mut watch = Stopwatch::new(Some(clock));
        let results = self.search_watched(query, options, &mut watch)?;
        Ok((results, watch.stages()))
    }

    fn search_watched(
        &self,
        query: &Query,
        options: &Options,
        watch: &mut Stopwatch<'_>,
    ) -> Result<Results> {
        let answered = self.search_as_typed(query, options, watch)?;
        if options.is_exact || query.clauses.is_empty() || rescue::is_plain(query, &answered) {
            return Ok(answered.results);
        }
        rescue::rescue(self, query, options, answered.results, watch)
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
        if let Some(problem) = self.index.damage() {
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
        loop {
            let mut plan = planner::plan(&self.index, query, options)?;
            watch.lap(|it| &mut it.plan);
            let units = std::mem::take(&mut plan.units);
            let gathered = self.gather(query, &plan, units, options, capacity, watch)?;
            watch.lap(|it| &mut it.collect);
            let mut reader = Reader::new(&self.index, &plan, options, query, &self.analyzer);
            // Copies may have filled the places of others.
            if gathered.is_cut && reader.distinct(&gathered) < wanted {
                capacity = capacity.saturating_mul(8);
                continue;
            }
            let hits = reader.hits(&gathered, watch)?;
            let mut remarks = query.remarks.clone();
            remarks.extend(self.unknown_topics(query));
            remarks.append(&mut plan.remarks);
            let results = Results {
                query: query.typed.clone(),
                understood: query.understood(),
                took_us: 0,
                total: gathered.total,
                total_is_exact: gathered.is_exact,
                total_complete: gathered.complete,
                hits,
                remarks,
                suggestion: None,
            };
            return Ok(Answered { results, words: plan.words });
        }
    }

    /// Walks the plan's units.
    fn gather<'a>(
        &'a self,
        query: &Query,
        plan: &Plan,
        units: Vec<Unit>,
        options: &Options,
        capacity: usize,
        watch: &mut Stopwatch<'_>,
    ) -> Result<Gathered<'a>> {
        let mut filter = Filter::new(&self.index, &query.filters, options)?;
        if let Some(kin) = options.more_like {
            kin::exclude(&self.index, kin, &mut filter)?;
        }
        let mut gather = Gather::new(&self.index, plan, options, filter, capacity);
        collect(&self.index, plan, units, &self.windows, &mut gather, watch)?;
        gather.finish()
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
