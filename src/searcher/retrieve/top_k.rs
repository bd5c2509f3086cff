//! Keeps the best of what the collector finds, and counts it.

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};

use anyhow::Result;

use super::candidate_scorer::ScoredPassage;
use super::candidates::{Candidate, Ids, Retrieved};
use super::count::{BitSet, CountOptions, Totals};
use super::filter::Filter;
use super::threshold::Threshold;
use crate::index::Index;
use crate::searcher::options::GroupBy;
use crate::searcher::options::Options;
use crate::searcher::options::Sort;
use crate::searcher::plan::Plan;
use crate::searcher::plan::Tier;
use crate::searcher::plan::{TermBits, merge};
use crate::searcher::weights;

/// Up to so many answers are counted; beyond them those that cannot be shown need not be found.
const COUNTED: u64 = 10_000;

/// With more wanted hits than these it costs more to know the last of them than it saves.
const MOST_WATCHED: usize = 100;

/// Gathers up to `capacity` candidates.
pub(crate) struct TopK<'a, 'p> {
    index: &'a Index,
    plan: &'p Plan,
    options: &'p Options,
    filter: Filter,
    capacity: usize,
    /// Up to twice the capacity, so that the worse half goes at once.
    kept: Vec<Candidate<'a>>,
    ids: Ids<'a>,
    /// What scores less is not kept: as many better ones as there is room for are known.
    least: f32,
    /// The best scores of as many candidates as there is room for, the least on top.
    room: BinaryHeap<Reverse<u32>>,
    /// The best scores of as many places as are wanted.
    best: Threshold,
    wanted: usize,
    seen: BitSet,
    seen_complete: BitSet,
    total: u64,
    complete: u64,
    is_cut: bool,
    repeated: HashSet<u32>,
    /// By article: the article whose passages are coming in.
    open: Option<Open>,
}

/// An article whose passages are coming in, in order.
struct Open {
    article: u32,
    best: (f32, u32),
    exact: Vec<u64>,
    any_form: Vec<u64>,
}

impl<'a, 'p> TopK<'a, 'p> {
    pub(crate) fn new(
        index: &'a Index,
        plan: &'p Plan,
        options: &'p Options,
        filter: Filter,
        capacity: usize,
    ) -> Self {
        let wanted = options.offset.saturating_add(options.limit);
        Self {
            index,
            plan,
            options,
            filter,
            capacity,
            kept: Vec::with_capacity(2 * capacity.min(weights::RERANKED)),
            ids: Ids::new(index),
            least: f32::NEG_INFINITY,
            room: BinaryHeap::new(),
            best: Threshold::default(),
            wanted,
            seen: BitSet::default(),
            seen_complete: BitSet::default(),
            total: 0,
            complete: 0,
            is_cut: false,
            repeated: HashSet::new(),
            open: None,
        }
    }

    /// Whether the best by their scores are all that is wanted, so that others need not be found.
    pub(crate) fn wants_only_best(&self) -> bool {
        self.is_free() && self.wanted <= MOST_WATCHED
    }

    /// Whether any hit is wanted, and not only their number.
    pub(crate) fn wants_any(&self) -> bool {
        self.options.limit > 0
    }

    /// Whether passages are neither kept out nor put in order by anything but their terms.
    fn is_free(&self) -> bool {
        self.filter.is_open()
            && self.options.by == GroupBy::Passage
            && self.options.sort == Sort::Relevance
    }

    /// How to count what answers.
    pub(crate) fn counting(&self) -> CountOptions {
        CountOptions { folds: self.options.fold_copies, most: COUNTED }
    }

    /// Takes how many answer.
    pub(crate) fn counted(&mut self, totals: Totals) {
        (self.total, self.complete) = (totals.all, totals.complete);
        self.repeated = totals.repeated;
    }

    /// Below this score a passage need not be found: enough are better.
    #[inline]
    pub(crate) fn threshold(&self) -> f32 {
        self.least
    }

    /// For how many there is room.
    pub(crate) fn capacity(&self) -> usize {
        self.capacity
    }

    /// Takes word that as many passages as there is room for score no less than this.
    pub(crate) fn raise_threshold(&mut self, least: f32) {
        if least > self.least {
            self.raise(Some(least));
            self.is_cut = true;
        }
    }

    /// Takes one passage that is counted already.
    pub(crate) fn collect(&mut self, found: &ScoredPassage<'_>) -> Result<()> {
        let score = found.score + self.tier_score(found.tier);
        let place = self.fold_key(found.passage);
        self.keep(found.passage, place, score, found.tier, found.any_form)
    }

    /// Takes one passage; they come in order.
    #[inline]
    pub(crate) fn take(&mut self, found: &ScoredPassage<'_>) -> Result<()> {
        if !self.filter.is_open() && !self.filter.passes(self.index, found.passage)? {
            return Ok(());
        }
        if self.options.by == GroupBy::Article {
            return self.take_into_article(found);
        }
        let place = self.fold_key(found.passage);
        self.count(place, found.tier);
        let score = found.score + self.tier_score(found.tier);
        self.keep(found.passage, place, score, found.tier, found.any_form)
    }

    /// What takes one place in the answer: a family, or without folding the passage itself.
    #[inline]
    fn fold_key(&self, passage: u32) -> u32 {
        if self.options.fold_copies { self.index.family(passage) } else { passage }
    }

    fn tier_score(&self, tier: Tier) -> f32 {
        f32::from(tier.level()) * self.plan.tier_score
    }

    #[inline]
    fn count(&mut self, place: u32, tier: Tier) {
        if self.seen.add(place) {
            self.total += 1;
        } else {
            self.repeated.insert(place);
        }
        if tier > Tier::Partial {
            self.complete += u64::from(self.seen_complete.add(place));
        }
    }

    #[inline]
    fn keep(
        &mut self,
        passage: u32,
        place: u32,
        score: f32,
        tier: Tier,
        any_form: &[u64],
    ) -> Result<()> {
        if score < self.least {
            self.is_cut = true;
            return Ok(());
        }
        let mut time = (Tier::Partial, 0);
        if self.options.sort == Sort::Date {
            let day = crate::date::Day::unpack(self.index.passage(passage)?.day);
            time = (tier, day.map_or(0, crate::date::Day::last));
        } else if self.wanted <= MOST_WATCHED {
            self.best.add(score, place, self.wanted);
            self.raise(self.best.score(self.wanted).map(|it| it - self.plan.bonus()));
        }
        self.make_room(score);
        let (any_form, id) = (TermBits::of(any_form), OnceCell::new());
        self.kept.push(Candidate { passage, score, tier, any_form, time, id });
        if self.kept.len() >= self.capacity.saturating_mul(2) {
            self.drop_worse();
            self.ids.checked()?;
        }
        Ok(())
    }

    /// Once there is no room for more, the least of the best is what others must reach.
    #[inline]
    fn make_room(&mut self, score: f32) {
        // Numbers from 0 on are in the order of their bits.
        self.room.push(Reverse(score.max(0.0).to_bits()));
        if self.room.len() > self.capacity {
            self.room.pop();
        }
        if self.room.len() == self.capacity {
            self.raise(self.room.peek().map(|it| f32::from_bits(it.0)));
        }
    }

    /// Raises the least score that is kept; an answer by date goes by other things.
    #[inline]
    fn raise(&mut self, least: Option<f32>) {
        if self.options.sort == Sort::Relevance {
            self.least = self.least.max(least.unwrap_or(f32::NEG_INFINITY));
        }
    }

    /// Keeps as many as there is room for, in any order but for the last, the worst of them.
    fn drop_worse(&mut self) {
        let ids = &self.ids;
        if self.kept.len() > self.capacity {
            let last = self.capacity.saturating_sub(1);
            self.kept.select_nth_unstable_by(last, |one, other| one.order(other, ids));
            self.kept.truncate(self.capacity);
            self.is_cut = true;
            self.raise(self.kept.last().map(|it| it.score));
        }
    }

    fn take_into_article(&mut self, found: &ScoredPassage<'_>) -> Result<()> {
        let article = self.index.article_of(found.passage);
        if self.open.as_ref().is_some_and(|it| it.article != article) {
            self.close_article()?;
        }
        let score = found.score + self.tier_score(found.tier);
        match &mut self.open {
            Some(open) => {
                if score > open.best.0 {
                    open.best = (score, found.passage);
                }
                merge(&mut open.exact, found.exact);
                merge(&mut open.any_form, found.any_form);
            }
            None => {
                let (exact, any_form) = (found.exact.to_vec(), found.any_form.to_vec());
                self.open = Some(Open { article, best: (score, found.passage), exact, any_form });
            }
        }
        Ok(())
    }

    fn close_article(&mut self) -> Result<()> {
        let Some(open) = self.open.take() else { return Ok(()) };
        let Plan { terms, condition, tier_score, .. } = self.plan;
        // What must not occur may stand in another passage of the article.
        if !condition.is_match(terms, &open.any_form) {
            return Ok(());
        }
        let tier = condition.tier(terms, &open.exact, &open.any_form);
        let (best, passage) = open.best;
        let own = if best >= 2.0 * tier_score {
            Tier::Exact
        } else if best >= *tier_score {
            Tier::Expanded
        } else {
            Tier::Partial
        };
        let score = best - self.tier_score(own) + self.tier_score(tier);
        let place = self.fold_key(passage);
        self.count(place, tier);
        self.keep(passage, place, score, tier, &open.any_form)
    }

    /// What was gathered, best first.
    pub(crate) fn finish(mut self) -> Result<Retrieved<'a>> {
        self.close_article()?;
        self.drop_worse();
        let ids = &self.ids;
        self.kept.sort_unstable_by(|one, other| one.order(other, ids));
        self.ids.checked()?;
        let is_exact = !self.is_free() || self.total <= COUNTED;
        let most = if is_exact { u64::MAX } else { COUNTED };
        Ok(Retrieved {
            candidates: self.kept,
            total: self.total.min(most),
            is_exact,
            complete: self.complete.min(most),
            is_cut: self.is_cut,
            repeated: self.repeated,
            ids: self.ids,
        })
    }
}
