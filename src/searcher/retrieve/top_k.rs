//! The top-k collector: keeps the best candidates, and knows the score that others must reach.

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};

use anyhow::Result;

use super::candidate_scorer::ScoredPassage;
use super::candidates::{Candidate, Ids, Retrieved, fold_key};
use super::count::{BitSet, CountOptions, Totals};
use super::filter::Filter;
use super::threshold::Threshold;
use crate::index::Generation;
use crate::searcher::options::{GroupBy, Options, Sort};
use crate::searcher::plan::{Plan, TermBits, Tier, merge};
use crate::searcher::weights;

/// Up to so many matches are counted exactly.
const MOST_COUNTED: u64 = 10_000;

/// With more wanted hits than these nothing is pruned: to follow the last of them costs more than
/// it saves.
const MOST_PRUNED: usize = 100;

/// Collects up to `capacity` candidates.
pub(super) struct TopK<'a, 'p> {
    index: &'a Generation,
    plan: &'p Plan,
    options: &'p Options,
    filter: Filter,
    capacity: usize,
    /// Up to twice the capacity: the worse half is dropped in one go.
    kept: Vec<Candidate<'a>>,
    ids: Ids<'a>,
    /// What scores less is not kept: enough better ones are known.
    threshold: f32,
    /// The best `capacity` scores, the lowest on top. Floats from 0 on are in the order of their
    /// bits.
    top_scores: BinaryHeap<Reverse<u32>>,
    /// The best scores by fold key, as many as hits are wanted.
    fold_scores: Threshold,
    wanted: usize,
    seen: BitSet,
    seen_complete: BitSet,
    total: u64,
    complete: u64,
    is_cut: bool,
    repeated: HashSet<u32>,
    /// For answers by article: the article whose passages are coming in.
    open_article: Option<OpenArticle>,
}

/// An article whose passages are coming in, in order.
struct OpenArticle {
    article: u32,
    best: (f32, u32),
    exact: Vec<u64>,
    any_form: Vec<u64>,
}

impl<'a, 'p> TopK<'a, 'p> {
    pub(super) fn new(
        index: &'a Generation,
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
            threshold: f32::NEG_INFINITY,
            top_scores: BinaryHeap::new(),
            fold_scores: Threshold::default(),
            wanted,
            seen: BitSet::default(),
            seen_complete: BitSet::default(),
            total: 0,
            complete: 0,
            is_cut: false,
            repeated: HashSet::new(),
            open_article: None,
        }
    }

    /// Whether only the best by score are wanted, so that other matches need not be found.
    pub(super) fn can_prune(&self) -> bool {
        self.is_by_score() && self.wanted <= MOST_PRUNED
    }

    /// Whether any hit is wanted, and not only their number.
    pub(super) fn wants_any(&self) -> bool {
        self.options.limit > 0
    }

    /// Whether passages are chosen and ordered by score alone.
    fn is_by_score(&self) -> bool {
        self.filter.is_open()
            && self.options.by == GroupBy::Passage
            && self.options.sort == Sort::Relevance
    }

    /// How matches are to be counted.
    pub(super) fn count_options(&self) -> CountOptions {
        CountOptions { folds: self.options.fold_copies, most: MOST_COUNTED }
    }

    /// Sets how many passages match, where they are counted apart.
    pub(super) fn set_totals(&mut self, totals: Totals) {
        (self.total, self.complete) = (totals.all, totals.complete);
        self.repeated = totals.repeated;
    }

    /// The score below which a passage need not be found: enough are better.
    #[inline]
    pub(super) fn threshold(&self) -> f32 {
        self.threshold
    }

    /// How many candidates are kept.
    pub(super) fn capacity(&self) -> usize {
        self.capacity
    }

    /// Raises the threshold: `capacity` passages are known to score at least so much.
    pub(super) fn raise_threshold(&mut self, threshold: f32) {
        if threshold > self.threshold {
            self.raise(Some(threshold));
            self.is_cut = true;
        }
    }

    /// Collects a passage that is counted elsewhere.
    pub(super) fn collect(&mut self, found: &ScoredPassage<'_>) -> Result<()> {
        let score = found.score + self.tier_score(found.tier);
        let key = fold_key(self.index, self.options, found.passage);
        self.keep(found.passage, key, score, found.tier, found.any_form)
    }

    /// Collects and counts a passage that passes the filter; passages come in order.
    #[inline]
    pub(super) fn collect_and_count(&mut self, found: &ScoredPassage<'_>) -> Result<()> {
        if !self.filter.is_open() && !self.filter.passes(self.index, found.passage)? {
            return Ok(());
        }
        if self.options.by == GroupBy::Article {
            return self.collect_into_article(found);
        }
        let key = fold_key(self.index, self.options, found.passage);
        self.count(key, found.tier);
        let score = found.score + self.tier_score(found.tier);
        self.keep(found.passage, key, score, found.tier, found.any_form)
    }

    fn tier_score(&self, tier: Tier) -> f32 {
        f32::from(tier.level()) * self.plan.tier_score
    }

    #[inline]
    fn count(&mut self, key: u32, tier: Tier) {
        if self.seen.add(key) {
            self.total += 1;
        } else {
            self.repeated.insert(key);
        }
        if tier > Tier::Partial {
            self.complete += u64::from(self.seen_complete.add(key));
        }
    }

    #[inline]
    fn keep(
        &mut self,
        passage: u32,
        key: u32,
        score: f32,
        tier: Tier,
        any_form: &[u64],
    ) -> Result<()> {
        if score < self.threshold {
            self.is_cut = true;
            return Ok(());
        }
        let mut time = (Tier::Partial, 0);
        if self.options.sort == Sort::Date {
            let day = crate::date::Day::unpack(self.index.passage(passage)?.day);
            time = (tier, day.map_or(0, crate::date::Day::last));
        } else if self.wanted <= MOST_PRUNED {
            self.fold_scores.add(score, key, self.wanted);
            self.raise(self.fold_scores.score(self.wanted).map(|it| it - self.plan.bonus()));
        }
        self.add_top_score(score);
        let (any_form, id) = (TermBits::of(any_form), OnceCell::new());
        self.kept.push(Candidate { passage, score, tier, any_form, time, id });
        if self.kept.len() >= self.capacity.saturating_mul(2) {
            self.drop_worse();
            self.ids.checked()?;
        }
        Ok(())
    }

    /// Adds a score; once there are `capacity` of them, the lowest is what others must reach.
    #[inline]
    fn add_top_score(&mut self, score: f32) {
        self.top_scores.push(Reverse(score.max(0.0).to_bits()));
        if self.top_scores.len() > self.capacity {
            self.top_scores.pop();
        }
        if self.top_scores.len() == self.capacity {
            self.raise(self.top_scores.peek().map(|it| f32::from_bits(it.0)));
        }
    }

    /// Raises the threshold; for answers by date there is none.
    #[inline]
    fn raise(&mut self, threshold: Option<f32>) {
        if self.options.sort == Sort::Relevance {
            self.threshold = self.threshold.max(threshold.unwrap_or(f32::NEG_INFINITY));
        }
    }

    /// Drops all but the best `capacity` candidates; the last of them is the worst.
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

    /// Adds a passage to its article, which is as good as the best of its passages.
    fn collect_into_article(&mut self, found: &ScoredPassage<'_>) -> Result<()> {
        let article = self.index.article_of(found.passage);
        if self.open_article.as_ref().is_some_and(|it| it.article != article) {
            self.close_article()?;
        }
        let score = found.score + self.tier_score(found.tier);
        match &mut self.open_article {
            Some(open) => {
                if score > open.best.0 {
                    open.best = (score, found.passage);
                }
                merge(&mut open.exact, found.exact);
                merge(&mut open.any_form, found.any_form);
            }
            None => {
                let (exact, any_form) = (found.exact.to_vec(), found.any_form.to_vec());
                self.open_article =
                    Some(OpenArticle { article, best: (score, found.passage), exact, any_form });
            }
        }
        Ok(())
    }

    /// Counts and keeps the article whose passages have all come in.
    fn close_article(&mut self) -> Result<()> {
        let Some(open) = self.open_article.take() else { return Ok(()) };
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
        let key = fold_key(self.index, self.options, passage);
        self.count(key, tier);
        self.keep(passage, key, score, tier, &open.any_form)
    }

    /// The candidates, best first, and the totals.
    pub(super) fn finish(mut self) -> Result<Retrieved<'a>> {
        self.close_article()?;
        self.drop_worse();
        let ids = &self.ids;
        self.kept.sort_unstable_by(|one, other| one.order(other, ids));
        self.ids.checked()?;
        let is_exact = !self.is_by_score() || self.total <= MOST_COUNTED;
        let most = if is_exact { u64::MAX } else { MOST_COUNTED };
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
