//! The best candidates are looked into, and ordered by what their texts add.

use anyhow::Result;

use super::explain::Bonus;
use crate::analysis::{Analyzer, Tokens};
use crate::index::Index;
use crate::rank::{Nearness, Occurrence, nearness};
use crate::searcher::options::{Options, Sort};
use crate::searcher::plan::{Plan, TermBits};
use crate::searcher::retrieve::{Candidate, Retrieved, Threshold};
use crate::searcher::weights;

/// What is needed to rescore into passages.
pub(crate) struct Reranker<'a> {
    pub(super) index: &'a Index,
    pub(super) plan: &'a Plan,
    pub(super) options: &'a Options,
    analyzer: &'a Analyzer,
    tokens: Tokens,
    /// The evidence that was asked last, and the most that title and nearness can add to it.
    bounds: Option<(TermBits, (f32, f32))>,
}

/// A candidate after a rescore into its text.
pub(super) struct Reranked<'a> {
    pub(super) at: usize,
    pub(super) score: f32,
    pub(super) bonus: Bonus,
    /// Where its title and its text match, where that was looked for.
    pub(super) in_title: Option<Vec<Occurrence>>,
    pub(super) occurrences: Option<Vec<Occurrence>>,
    /// Its text, where that was read.
    pub(super) text: Option<&'a str>,
}

impl Reranked<'_> {
    fn new(at: usize, score: f32) -> Self {
        let bonus = Bonus::default();
        Self { at, score, bonus, in_title: None, occurrences: None, text: None }
    }
}

impl<'a> Reranker<'a> {
    pub(crate) fn new(
        index: &'a Index,
        plan: &'a Plan,
        options: &'a Options,
        analyzer: &'a Analyzer,
    ) -> Self {
        let tokens = Tokens::default();
        Self { index, plan, options, analyzer, tokens, bounds: None }
    }

    /// How many different hits the candidates give.
    pub(crate) fn distinct(&self, retrieved: &Retrieved<'_>) -> usize {
        let places = retrieved.candidates.iter().map(|it| self.fold_key(it.passage));
        let mut places: Vec<u32> = places.collect();
        places.sort_unstable();
        places.dedup();
        places.len()
    }

    /// Adds nearness and title to the scores of the candidates that can still win by them, and
    /// puts all in order.
    pub(super) fn rerank(&mut self, retrieved: &Retrieved<'_>) -> Result<Vec<Reranked<'a>>> {
        let wanted = self.options.offset.saturating_add(self.options.limit);
        let most = self.plan.bonus();
        let mut reranked: Vec<Reranked<'a>> = Vec::with_capacity(retrieved.candidates.len());
        let mut best = Threshold::default();
        let mut is_settled = self.options.sort == Sort::Date || most == 0.0;
        for (at, candidate) in retrieved.candidates.iter().enumerate() {
            let least = best.score(wanted).unwrap_or(f32::NEG_INFINITY);
            is_settled = is_settled || at >= weights::RERANKED || candidate.score + most < least;
            let mut one = Reranked::new(at, candidate.score);
            if !is_settled {
                self.rescore(candidate, least, &mut one)?;
                best.add(one.score, self.fold_key(candidate.passage), wanted);
            }
            reranked.push(one);
        }
        if self.options.sort == Sort::Relevance {
            let ids = &retrieved.ids;
            let candidate = |it: &Reranked| retrieved.candidates.get(it.at);
            reranked.sort_by(|one, other| {
                let by_score = other.score.total_cmp(&one.score);
                by_score.then_with(|| match (candidate(one), candidate(other)) {
                    (Some(one), Some(other)) => one.order_of_ties(other, ids),
                    _ => std::cmp::Ordering::Equal,
                })
            });
            ids.checked()?;
        }
        Ok(reranked)
    }

    /// What takes one place in the answer: a family, or without folding the passage itself.
    pub(super) fn fold_key(&self, passage: u32) -> u32 {
        if self.options.fold_copies { self.index.family(passage) } else { passage }
    }

    /// Adds what title and nearness give. Text is looked into only where it can lift the candidate
    /// to `least`; titles first, since they are short.
    fn rescore(
        &mut self,
        candidate: &Candidate<'_>,
        least: f32,
        one: &mut Reranked<'a>,
    ) -> Result<()> {
        let index = self.index;
        let (title, nearness_bound) = self.bonus_of(&candidate.any_form);
        if one.score + title + nearness_bound < least {
            return Ok(());
        }
        // A title that is its thread's is shown and not searched; it takes no positions.
        if title > 0.0 && index.passage(candidate.passage)?.title_positions > 0 {
            let article = index.article_of(candidate.passage);
            let in_title = self.scan(index.article(article)?.title.unwrap_or_default());
            one.bonus.title = self.weight_of(&in_title) * weights::TITLE;
            one.in_title = Some(in_title);
        }
        if nearness_bound > 0.0 && one.score + one.bonus.title + nearness_bound >= least {
            let text = index.text(candidate.passage)?;
            one.text = Some(text);
            let in_body = self.scan(text);
            one.bonus.proximity = nearness(&in_body, &self.plan.pairs, Nearness::default());
            one.occurrences = Some(in_body);
        }
        one.score += one.bonus.sum();
        Ok(())
    }

    /// [`Plan::bonus_of`]; most candidates hold what the one before holds.
    fn bonus_of(&mut self, held: &TermBits) -> (f32, f32) {
        match &self.bounds {
            Some((known, bounds)) if known.bits() == held.bits() => *bounds,
            _ => {
                let bounds = self.plan.bonus_of(held.bits());
                self.bounds = Some((held.clone(), bounds));
                bounds
            }
        }
    }

    /// The weights of the parts that occur, each once.
    fn weight_of(&self, occurrences: &[Occurrence]) -> f32 {
        let occurs = |at: usize| occurrences.iter().any(|it| it.term as usize == at);
        let parts = self.plan.parts.iter().enumerate();
        // A sum of nothing is -0 in floating point, which would be shown.
        parts.filter(|(at, _)| occurs(*at)).map(|(_, it)| it.weight).sum::<f32>() + 0.0
    }

    /// Where a text holds what is asked.
    pub(super) fn scan(&mut self, text: &str) -> Vec<Occurrence> {
        let is_near = !self.plan.pairs.is_empty();
        let reach = if is_near { Nearness::default().reach } else { 0 };
        self.plan.patterns.find(text, reach, self.analyzer, &mut self.tokens)
    }
}
