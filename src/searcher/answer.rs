//! The best candidates become hits.

use anyhow::Result;

use super::collect::{has, set};
use super::explain::{self, Bonus};
use super::gather::{Candidate, Gathered};
use super::plan::Plan;
use super::topics::Labels;
use super::{By, Options, Sort, weights};
use crate::analysis::{Analyzer, Tokens};
use crate::date::Day;
use crate::hit::{Copy, Hit, highlights, snippet};
use crate::index::Index;
use crate::query::Query;
use crate::rank::{Nearness, Occurrence, nearness};

/// What is needed to look into passages.
pub(super) struct Reader<'a> {
    pub(super) index: &'a Index,
    pub(super) plan: &'a Plan,
    pub(super) options: &'a Options,
    pub(super) query: &'a Query,
    analyzer: Analyzer,
    tokens: Tokens,
}

/// A candidate after a look into its text.
struct Weighed {
    at: usize,
    score: f32,
    bonus: Bonus,
}

/// The best scores so far, one for each place in the answer, highest first.
#[derive(Default)]
struct Best(Vec<(f32, u32)>);

impl Best {
    /// The score of the n-th best, from 1.
    fn score(&self, n: usize) -> Option<f32> {
        self.0.get(n.checked_sub(1)?).map(|it| it.0)
    }

    fn add(&mut self, score: f32, place: u32) {
        if let Some(old) = self.0.iter().position(|it| it.1 == place) {
            if self.0.get(old).is_some_and(|it| it.0 >= score) {
                return;
            }
            self.0.remove(old);
        }
        let at = self.0.partition_point(|it| it.0 >= score);
        self.0.insert(at, (score, place));
    }
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        index: &'a Index,
        plan: &'a Plan,
        options: &'a Options,
        query: &'a Query,
    ) -> Self {
        let (analyzer, tokens) = (Analyzer::for_query(), Tokens::default());
        Self { index, plan, options, query, analyzer, tokens }
    }

    /// The hits from `offset` on, at most `limit`, best first.
    pub(super) fn hits(&mut self, gathered: &Gathered<'_>) -> Result<Vec<Hit>> {
        let mut hits = Vec::new();
        let weighed = self.weigh(gathered)?;
        let mut shown: Vec<u32> = Vec::new();
        let mut labels = Labels::new(self.index);
        for one in &weighed {
            let Some(candidate) = gathered.candidates.get(one.at) else { continue };
            let family = self.place(candidate.passage);
            if shown.contains(&family) {
                continue;
            }
            shown.push(family);
            if shown.len() <= self.options.offset {
                continue;
            }
            if hits.len() == self.options.limit {
                break;
            }
            let is_repeated = self.options.folds_copies && gathered.repeated.has(family);
            let mut hit = self.hit(candidate, one, &mut labels)?;
            hit.rank = shown.len() as u64;
            hit.copies =
                if is_repeated { self.copies(candidate.passage, family)? } else { Vec::new() };
            hits.push(hit);
        }
        Ok(hits)
    }

    /// How many different hits the candidates give.
    pub(super) fn distinct(&self, gathered: &Gathered<'_>) -> usize {
        let places = gathered.candidates.iter().map(|it| self.place(it.passage));
        places.collect::<std::collections::HashSet<_>>().len()
    }

    /// Adds nearness and title to the scores of the candidates that can still win by them, and
    /// puts all in order.
    fn weigh(&mut self, gathered: &Gathered<'_>) -> Result<Vec<Weighed>> {
        let wanted = self.options.offset.saturating_add(self.options.limit);
        let most = self.plan.bonus();
        let mut weighed: Vec<Weighed> = Vec::new();
        let mut best = Best::default();
        let mut is_settled = self.options.sort == Sort::Date || most == 0.0;
        for (at, candidate) in gathered.candidates.iter().enumerate() {
            is_settled = is_settled
                || at >= weights::RERANKED
                || best.score(wanted).is_some_and(|it| candidate.score + most < it);
            let bonus = if is_settled { Bonus::default() } else { self.bonus(candidate)? };
            let score = candidate.score + bonus.sum();
            if !is_settled {
                best.add(score, self.place(candidate.passage));
            }
            weighed.push(Weighed { at, score, bonus });
        }
        if self.options.sort == Sort::Relevance {
            weighed.sort_by(|one, other| {
                let by_score = other.score.total_cmp(&one.score);
                let place =
                    |it: &Weighed| gathered.candidates.get(it.at).map(|it| (it.id, it.passage));
                by_score.then_with(|| place(one).cmp(&place(other)))
            });
        }
        Ok(weighed)
    }

    /// What takes one place in the answer: a family, or without folding the passage itself.
    fn place(&self, passage: u32) -> u32 {
        if self.options.folds_copies { self.index.family(passage) } else { passage }
    }

    /// What the look into the text adds.
    fn bonus(&mut self, candidate: &Candidate<'_>) -> Result<Bonus> {
        let index = self.index;
        let in_body = self.scan(index.text(candidate.passage)?);
        let proximity = nearness(&in_body, &self.plan.pairs, Nearness::default());
        // A title that is its thread's is shown and not searched; it takes no positions.
        if index.passage(candidate.passage)?.title_positions == 0 {
            return Ok(Bonus { proximity, title: 0.0 });
        }
        let in_title = self.scan(index.article(candidate.article)?.title.unwrap_or_default());
        Ok(Bonus { proximity, title: self.weight_of(&in_title) * weights::TITLE })
    }

    /// The weights of the parts that occur, each once.
    fn weight_of(&self, occurrences: &[Occurrence]) -> f32 {
        let occurs = |at: usize| occurrences.iter().any(|it| it.term as usize == at);
        let parts = self.plan.parts.iter().enumerate();
        // A sum of nothing is -0 in floating point, which would be shown.
        parts.filter(|(at, _)| occurs(*at)).map(|(_, it)| it.weight).sum::<f32>() + 0.0
    }

    /// Where a text holds what is asked.
    fn scan(&mut self, text: &str) -> Vec<Occurrence> {
        self.analyzer.tokens(text, &mut self.tokens);
        self.plan.patterns.scan(&self.tokens)
    }

    fn hit(
        &mut self,
        candidate: &Candidate<'_>,
        weighed: &Weighed,
        labels: &mut Labels,
    ) -> Result<Hit> {
        let index = self.index;
        let record = index.passage(candidate.passage)?;
        let article = index.article(record.article)?;
        let text = index.text(candidate.passage)?;
        let occurrences = self.scan(text);
        let topics =
            if self.options.names_topics { labels.of(index, &self.tokens) } else { Vec::new() };
        let plan = self.plan;
        let weight = |part: u32| plan.parts.get(part as usize).map_or(0.0, |it| it.weight);
        let part = snippet(text, &occurrences, &weight, self.options.snippet_columns);
        let title_occurrences = self.scan(article.title.unwrap_or_default());
        let title = article.title.unwrap_or_default();
        let whole = crate::text::Span::new(0, title.len());
        let mut hit = Hit {
            rank: 0,
            score: f64::from(weighed.score),
            article: article.id.to_owned(),
            passage: record.ordinal,
            path: article.path.to_owned(),
            line: record.line,
            title: article.title.map(str::to_owned),
            author: article.author.map(str::to_owned),
            date: article.date,
            date_source: article.date_source,
            url: article.url.map(str::to_owned),
            lang: record.lang,
            text: text.to_owned(),
            snippet: part.of(text).to_owned(),
            highlights: highlights(text, part, &occurrences),
            title_highlights: highlights(title, whole, &title_occurrences),
            missing: self.missing(candidate),
            copies: Vec::new(),
            topics,
            why: None,
        };
        if self.options.explains {
            let (query, options, bonus) = (self.query, self.options, &weighed.bonus);
            hit.why = Some(explain::why(index, query, options, candidate, bonus, hit.score)?);
        }
        Ok(hit)
    }

    fn missing(&self, candidate: &Candidate<'_>) -> Vec<String> {
        let mut numbers = Vec::new();
        let mut held = candidate.held.clone();
        for (part, translation) in &self.plan.translations {
            if has(&held, *translation) {
                set(&mut held, *part);
            }
        }
        self.plan.test.missing(&self.plan.terms, &held, &mut numbers);
        let mut missing: Vec<String> = Vec::new();
        for term in numbers.into_iter().filter_map(|it| self.plan.terms.get(it)) {
            if !missing.contains(&term.text) {
                missing.push(term.text.clone());
            }
        }
        missing
    }

    /// The other passages of a family, earliest first, undated last.
    fn copies(&self, shown: u32, family: u32) -> Result<Vec<Copy>> {
        let passages = 0..self.index.manifest().statistics.passages;
        let mut copies = Vec::new();
        for passage in passages.filter(|it| *it != shown && self.index.family(*it) == family) {
            let record = self.index.passage(passage)?;
            let article = self.index.article(record.article)?;
            copies.push(Copy {
                article: article.id.to_owned(),
                passage: record.ordinal,
                path: article.path.to_owned(),
                line: record.line,
                date: article.date,
            });
        }
        let when = |it: &Copy| it.date.map_or(u32::MAX, Day::first);
        copies.sort_by(|one, other| {
            let place = |it: &Copy| (it.article.clone(), it.passage);
            when(one).cmp(&when(other)).then_with(|| place(one).cmp(&place(other)))
        });
        if self.options.by == By::Article {
            copies.dedup_by(|one, other| one.article == other.article);
        }
        Ok(copies)
    }
}
