//! Re-ranks the best candidates: up to [`weights::RERANKED`] of them are scored again by their
//! titles and by the proximity of the terms in their texts.

use anyhow::Result;

use super::explain::Bonus;
use crate::analysis::{Analyzer, Tokens};
use crate::index::Generation;
use crate::rank::{Occurrence, Proximity, proximity};
use crate::searcher::options::{Options, Sort};
use crate::searcher::plan::{Plan, TermBits};
use crate::searcher::retrieve::{Candidate, Retrieved, Threshold, fold_key};
use crate::searcher::weights;

/// Scores candidates by their texts.
pub(super) struct Reranker<'a> {
    pub(super) index: &'a Generation,
    pub(super) plan: &'a Plan,
    pub(super) options: &'a Options,
    analyzer: &'a Analyzer,
    tokens: Tokens,
    /// The bits of the last candidate, and the most that title and proximity can add to it.
    bounds: Option<(TermBits, (f32, f32))>,
}

/// A candidate after re-ranking.
pub(super) struct Reranked<'a> {
    /// Its place among the candidates.
    pub(super) at: usize,
    pub(super) score: f32,
    pub(super) bonus: Bonus,
    /// The matches in its title and in its text, if they were looked for.
    pub(super) in_title: Option<Vec<Occurrence>>,
    pub(super) occurrences: Option<Vec<Occurrence>>,
    /// Its text, if it was read.
    pub(super) text: Option<&'a str>,
}

impl Reranked<'_> {
    fn new(at: usize, score: f32) -> Self {
        let bonus = Bonus::default();
        Self { at, score, bonus, in_title: None, occurrences: None, text: None }
    }
}

impl<'a> Reranker<'a> {
    pub(super) fn new(
        index: &'a Generation,
        plan: &'a Plan,
        options: &'a Options,
        analyzer: &'a Analyzer,
    ) -> Self {
        let tokens = Tokens::default();
        Self { index, plan, options, analyzer, tokens, bounds: None }
    }

    /// Adds title and proximity to the scores of the candidates that can still win by them, and
    /// puts all in order.
    pub(super) fn rerank(&mut self, retrieved: &Retrieved<'_>) -> Result<Vec<Reranked<'a>>> {
        let wanted = self.options.offset.saturating_add(self.options.limit);
        let most = self.plan.bonus();
        let mut reranked: Vec<Reranked<'a>> = Vec::with_capacity(retrieved.candidates.len());
        let mut best = Threshold::default();
        let mut is_final = self.options.sort == Sort::Date || most == 0.0;
        for (at, candidate) in retrieved.candidates.iter().enumerate() {
            let threshold = best.score(wanted).unwrap_or(f32::NEG_INFINITY);
            is_final = is_final || at >= weights::RERANKED || candidate.score + most < threshold;
            let mut one = Reranked::new(at, candidate.score);
            if !is_final {
                self.rescore(candidate, threshold, &mut one)?;
                best.add(one.score, fold_key(self.index, self.options, candidate.passage), wanted);
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

    /// Adds the scores of title and proximity. The title comes first, since it is short; the text
    /// is read only if it can still lift the candidate over the threshold.
    fn rescore(
        &mut self,
        candidate: &Candidate<'_>,
        threshold: f32,
        one: &mut Reranked<'a>,
    ) -> Result<()> {
        let index = self.index;
        let (title, proximity_bound) = self.bonus_of(&candidate.any_form);
        if one.score + title + proximity_bound < threshold {
            return Ok(());
        }
        // The title of a thread is shown with each post, but not searched: it has no positions.
        if title > 0.0 && index.passage(candidate.passage)?.title_positions > 0 {
            let article = index.article_of(candidate.passage);
            let in_title = self.scan(index.article(article)?.title.unwrap_or_default());
            one.bonus.title = self.weight_of(&in_title) * weights::TITLE;
            one.in_title = Some(in_title);
        }
        if proximity_bound > 0.0 && one.score + one.bonus.title + proximity_bound >= threshold {
            let text = index.text(candidate.passage)?;
            one.text = Some(text);
            let in_body = self.scan(text);
            one.bonus.proximity = proximity(&in_body, &self.plan.pairs, Proximity::default());
            one.occurrences = Some(in_body);
        }
        one.score += one.bonus.sum();
        Ok(())
    }

    /// [`Plan::bonus_of`], remembered: most candidates hold the same as the one before.
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

    /// The sum of the weights of the parts that occur.
    fn weight_of(&self, occurrences: &[Occurrence]) -> f32 {
        let occurs = |at: usize| occurrences.iter().any(|it| it.term as usize == at);
        let parts = self.plan.parts.iter().enumerate();
        // A sum of nothing is -0 in floating point, which would be shown.
        parts.filter(|(at, _)| occurs(*at)).map(|(_, it)| it.weight).sum::<f32>() + 0.0
    }

    /// Where the terms of the query occur in a text.
    pub(super) fn scan(&mut self, text: &str) -> Vec<Occurrence> {
        let is_near = !self.plan.pairs.is_empty();
        let reach = if is_near { Proximity::default().reach } else { 0 };
        self.plan.patterns.find(text, reach, self.analyzer, &mut self.tokens)
    }
}
