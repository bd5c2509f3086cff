//! Keeps the best of what the collector finds, and counts all of it.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use anyhow::Result;

use super::collect::{Completeness, Found};
use super::filter::Filter;
use super::plan::{Plan, Term, Test};
use super::{By, Options, Sort};
use crate::index::Index;

/// A passage that may become a hit; by article, the best passage of its article.
#[derive(Clone, Debug)]
pub(super) struct Candidate<'a> {
    pub(super) passage: u32,
    /// The number of its article.
    pub(super) article: u32,
    /// The article's id: ties go by it.
    pub(super) id: &'a str,
    /// What completeness and terms give.
    pub(super) score: f32,
    pub(super) completeness: Completeness,
    /// What is held in any form, by the passage or, by article, by all its passages that answer.
    pub(super) held: Vec<u64>,
    /// For an answer by date: the tier, then the last day it can mean.
    pub(super) time: (Completeness, u32),
}

impl Candidate<'_> {
    /// The better one is less: it comes first.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        let by_time = other.time.cmp(&self.time);
        let by_score = other.score.total_cmp(&self.score);
        let by_place = (self.id, self.passage).cmp(&(other.id, other.passage));
        by_time.then(by_score).then(by_place)
    }
}

/// The worst of the kept ones stands on top of the heap.
struct Kept<'a>(Candidate<'a>);

impl Ord for Kept<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.order(&other.0)
    }
}

impl PartialOrd for Kept<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Kept<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Kept<'_> {}

/// The best candidates, best first, and how many there were.
pub(super) struct Gathered<'a> {
    pub(super) candidates: Vec<Candidate<'a>>,
    /// Families (without folding: passages; by article: articles) that answer.
    pub(super) total: u64,
    /// Those of them that hold every term.
    pub(super) complete: u64,
    /// Whether more answered than were kept.
    pub(super) is_cut: bool,
    /// Families of which more than one passage answered.
    pub(super) repeated: Set,
}

/// A set of small numbers.
pub(super) struct Set(Vec<u64>);

impl Set {
    fn new(size: u32) -> Self {
        Self(vec![0; size.div_ceil(64) as usize])
    }

    /// Whether it holds a number.
    pub(super) fn has(&self, number: u32) -> bool {
        self.0.get((number / 64) as usize).is_some_and(|it| it >> (number % 64) & 1 == 1)
    }

    /// Adds a number; returns whether it is new.
    fn add(&mut self, number: u32) -> bool {
        let is_new = !self.has(number);
        if let Some(word) = self.0.get_mut((number / 64) as usize) {
            *word |= 1 << (number % 64);
        }
        is_new
    }
}

/// Gathers up to `capacity` candidates.
pub(super) struct Gather<'a, 'p> {
    index: &'a Index,
    terms: &'p [Term],
    test: &'p Test,
    tier: f32,
    options: &'p Options,
    filter: Filter,
    capacity: usize,
    heap: BinaryHeap<Kept<'a>>,
    seen: Set,
    seen_complete: Set,
    repeated: Set,
    total: u64,
    complete: u64,
    is_cut: bool,
    /// By article: the article whose passages are coming in.
    open: Option<Open>,
}

/// An article whose passages are coming in, in order.
struct Open {
    article: u32,
    best: (f32, u32),
    typed: Vec<u64>,
    held: Vec<u64>,
}

impl<'a, 'p> Gather<'a, 'p> {
    pub(super) fn new(
        index: &'a Index,
        plan: &'p Plan,
        options: &'p Options,
        filter: Filter,
        capacity: usize,
    ) -> Self {
        let passages = index.manifest().statistics.passages;
        Self {
            index,
            terms: &plan.terms,
            test: &plan.test,
            tier: plan.tier,
            options,
            filter,
            capacity,
            heap: BinaryHeap::with_capacity(capacity + 1),
            seen: Set::new(passages),
            seen_complete: Set::new(passages),
            repeated: Set::new(passages),
            total: 0,
            complete: 0,
            is_cut: false,
            open: None,
        }
    }

    /// Takes one passage; they come in order.
    pub(super) fn take(&mut self, found: &Found<'_>) -> Result<()> {
        if !self.filter.is_open() && !self.filter.passes(self.index, found.passage)? {
            return Ok(());
        }
        if self.options.by == By::Article {
            return self.take_into_article(found);
        }
        let completeness = self.test.completeness(self.terms, found.typed, found.held);
        let family = if self.options.folds_copies {
            self.index.family(found.passage)
        } else {
            found.passage
        };
        self.count(family, completeness);
        let score = found.score + self.tier_of(completeness);
        self.keep(found.passage, score, completeness, found.held)
    }

    fn tier_of(&self, completeness: Completeness) -> f32 {
        f32::from(completeness.tiers()) * self.tier
    }

    fn count(&mut self, family: u32, completeness: Completeness) {
        if self.seen.add(family) {
            self.total += 1;
        } else {
            self.repeated.add(family);
        }
        if completeness > Completeness::Partial && self.seen_complete.add(family) {
            self.complete += 1;
        }
    }

    fn keep(
        &mut self,
        passage: u32,
        score: f32,
        completeness: Completeness,
        held: &[u64],
    ) -> Result<()> {
        let is_by_date = self.options.sort == Sort::Date;
        let is_full = self.heap.len() >= self.capacity;
        if is_full && !is_by_date && self.heap.peek().is_some_and(|it| it.0.score > score) {
            self.is_cut = true;
            return Ok(());
        }
        let record = self.index.passage(passage)?;
        let id = self.index.article(record.article)?.id;
        let day = crate::date::Day::unpack(record.day).map_or(0, crate::date::Day::last);
        let time = if is_by_date { (completeness, day) } else { (Completeness::Partial, 0) };
        let held = held.to_vec();
        let article = record.article;
        let candidate = Candidate { passage, article, id, score, completeness, held, time };
        self.heap.push(Kept(candidate));
        if self.heap.len() > self.capacity {
            self.heap.pop();
            self.is_cut = true;
        }
        Ok(())
    }

    fn take_into_article(&mut self, found: &Found<'_>) -> Result<()> {
        let article = self.index.passage(found.passage)?.article;
        if self.open.as_ref().is_some_and(|it| it.article != article) {
            self.close_article()?;
        }
        let own = self.test.completeness(self.terms, found.typed, found.held);
        let score = found.score + self.tier_of(own);
        match &mut self.open {
            Some(open) => {
                if score > open.best.0 {
                    open.best = (score, found.passage);
                }
                let typed = open.typed.iter_mut().zip(found.typed);
                typed.for_each(|(all, own)| *all |= own);
                let held = open.held.iter_mut().zip(found.held);
                held.for_each(|(all, own)| *all |= own);
            }
            None => {
                let (typed, held) = (found.typed.to_vec(), found.held.to_vec());
                self.open = Some(Open { article, best: (score, found.passage), typed, held });
            }
        }
        Ok(())
    }

    fn close_article(&mut self) -> Result<()> {
        let Some(open) = self.open.take() else { return Ok(()) };
        // What must not occur may stand in another passage of the article.
        if !self.test.admits(self.terms, &open.held) {
            return Ok(());
        }
        let completeness = self.test.completeness(self.terms, &open.typed, &open.held);
        let (best, passage) = open.best;
        let own = if best >= 2.0 * self.tier {
            Completeness::Typed
        } else if best >= self.tier {
            Completeness::Expanded
        } else {
            Completeness::Partial
        };
        let score = best - self.tier_of(own) + self.tier_of(completeness);
        let family = if self.options.folds_copies { self.index.family(passage) } else { passage };
        self.count(family, completeness);
        self.keep(passage, score, completeness, &open.held)
    }

    /// What was gathered, best first.
    pub(super) fn finish(mut self) -> Result<Gathered<'a>> {
        self.close_article()?;
        Ok(Gathered {
            candidates: self.heap.into_sorted_vec().into_iter().map(|it| it.0).collect(),
            total: self.total,
            complete: self.complete,
            is_cut: self.is_cut,
            repeated: self.repeated,
        })
    }
}
