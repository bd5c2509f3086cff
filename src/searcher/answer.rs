//! The best candidates become hits.

use std::collections::HashSet;

use anyhow::Result;

use super::best::Best;
use super::evidence::{Evidence, has, set};
use super::explain::{self, Bonus};
use super::gather::{Candidate, Gathered};
use super::plan::Plan;
use super::stages::Stopwatch;
use super::topics::Topics;
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
    analyzer: &'a Analyzer,
    tokens: Tokens,
    /// The evidence that was asked last, and the most that title and nearness can add to it.
    bounds: Option<(Evidence, (f32, f32))>,
}

/// A candidate after a look into its text.
struct Weighed<'a> {
    at: usize,
    score: f32,
    bonus: Bonus,
    /// Where its title and its text match, where that was looked for.
    in_title: Option<Vec<Occurrence>>,
    occurrences: Option<Vec<Occurrence>>,
    /// Its text, where that was read.
    text: Option<&'a str>,
}

impl Weighed<'_> {
    fn new(at: usize, score: f32) -> Self {
        let bonus = Bonus::default();
        Self { at, score, bonus, in_title: None, occurrences: None, text: None }
    }
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        index: &'a Index,
        plan: &'a Plan,
        options: &'a Options,
        query: &'a Query,
        analyzer: &'a Analyzer,
    ) -> Self {
        let tokens = Tokens::default();
        Self { index, plan, options, query, analyzer, tokens, bounds: None }
    }

    /// The hits from `offset` on, at most `limit`, best first.
    pub(super) fn hits(
        &mut self,
        gathered: &Gathered<'_>,
        watch: &mut Stopwatch<'_>,
    ) -> Result<Vec<Hit>> {
        let weighed = self.weigh(gathered)?;
        let mut hits = Vec::with_capacity(self.options.limit.min(weighed.len()));
        watch.lap(|it| &mut it.rank);
        let mut shown: HashSet<u32> = HashSet::new();
        let topics = self.options.names_topics.then(|| Topics::new(self.index));
        for one in weighed {
            if hits.len() == self.options.limit {
                break;
            }
            let Some(candidate) = gathered.candidates.get(one.at) else { continue };
            let family = self.place(candidate.passage);
            if !shown.insert(family) || shown.len() <= self.options.offset {
                continue;
            }
            let is_repeated = self.options.folds_copies && gathered.is_repeated(family);
            let mut hit = self.hit(candidate, one, topics.as_ref(), watch)?;
            hit.rank = shown.len() as u64;
            if is_repeated {
                hit.copies = self.copies(candidate.passage, family)?;
            }
            watch.lap(|it| &mut it.fetch);
            hits.push(hit);
        }
        Ok(hits)
    }

    /// How many different hits the candidates give.
    pub(super) fn distinct(&self, gathered: &Gathered<'_>) -> usize {
        let places = gathered.candidates.iter().map(|it| self.place(it.passage));
        let mut places: Vec<u32> = places.collect();
        places.sort_unstable();
        places.dedup();
        places.len()
    }

    /// Adds nearness and title to the scores of the candidates that can still win by them, and
    /// puts all in order.
    fn weigh(&mut self, gathered: &Gathered<'_>) -> Result<Vec<Weighed<'a>>> {
        let wanted = self.options.offset.saturating_add(self.options.limit);
        let most = self.plan.bonus();
        let mut weighed: Vec<Weighed<'a>> = Vec::with_capacity(gathered.candidates.len());
        let mut best = Best::default();
        let mut is_settled = self.options.sort == Sort::Date || most == 0.0;
        for (at, candidate) in gathered.candidates.iter().enumerate() {
            let least = best.score(wanted).unwrap_or(f32::NEG_INFINITY);
            is_settled = is_settled || at >= weights::RERANKED || candidate.score + most < least;
            let mut one = Weighed::new(at, candidate.score);
            if !is_settled {
                self.look(candidate, least, &mut one)?;
                best.add(one.score, self.place(candidate.passage), wanted);
            }
            weighed.push(one);
        }
        if self.options.sort == Sort::Relevance {
            let ids = &gathered.ids;
            let candidate = |it: &Weighed| gathered.candidates.get(it.at);
            weighed.sort_by(|one, other| {
                let by_score = other.score.total_cmp(&one.score);
                by_score.then_with(|| match (candidate(one), candidate(other)) {
                    (Some(one), Some(other)) => one.order_of_place(other, ids),
                    _ => std::cmp::Ordering::Equal,
                })
            });
            ids.checked()?;
        }
        Ok(weighed)
    }

    /// What takes one place in the answer: a family, or without folding the passage itself.
    fn place(&self, passage: u32) -> u32 {
        if self.options.folds_copies { self.index.family(passage) } else { passage }
    }

    /// Adds what title and nearness give. Text is looked into only where it can lift the candidate
    /// to `least`; titles first, since they are short.
    fn look(&mut self, candidate: &Candidate<'_>, least: f32, one: &mut Weighed<'a>) -> Result<()> {
        let index = self.index;
        let (title, nearness_bound) = self.bonus_of(&candidate.held);
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
    fn bonus_of(&mut self, held: &Evidence) -> (f32, f32) {
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
    fn scan(&mut self, text: &str) -> Vec<Occurrence> {
        let is_near = !self.plan.pairs.is_empty();
        let reach = if is_near { Nearness::default().reach } else { 0 };
        self.plan.patterns.find(text, reach, self.analyzer, &mut self.tokens)
    }

    fn hit(
        &mut self,
        candidate: &Candidate<'_>,
        weighed: Weighed<'a>,
        topics: Option<&Topics<'_>>,
        watch: &mut Stopwatch<'_>,
    ) -> Result<Hit> {
        let index = self.index;
        let record = index.passage(candidate.passage)?;
        let article = index.article(record.article)?;
        let text = weighed.text.map_or_else(|| index.text(candidate.passage), Ok)?;
        watch.lap(|it| &mut it.fetch);
        let occurrences = weighed.occurrences.unwrap_or_else(|| self.scan(text));
        let plan = self.plan;
        let weight = |part: u32| plan.parts.get(part as usize).map_or(0.0, |it| it.weight);
        let part = snippet(text, &occurrences, &weight, self.options.snippet_columns);
        let title = article.title.unwrap_or_default();
        let title_occurrences = weighed.in_title.unwrap_or_else(|| self.scan(title));
        let whole = crate::text::Span::new(0, title.len());
        let title_highlights = highlights(title, whole, &title_occurrences);
        let marked = highlights(text, part, &occurrences);
        watch.lap(|it| &mut it.snippet);
        let mut hit = Hit {
            rank: 0,
            score: f64::from(weighed.score),
            article: article.id.to_owned(),
            passage: article.ordinal_of(candidate.passage),
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
            highlights: marked,
            title_highlights,
            missing: self.missing(candidate),
            copies: Vec::new(),
            topics: topics.map(|it| it.of(candidate.passage)).unwrap_or_default(),
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
        let mut held = candidate.held.bits().to_vec();
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
        let mut copies = Vec::new();
        for passage in self.index.copies_of(family).into_iter().filter(|it| *it != shown) {
            let record = self.index.passage(passage)?;
            let article = self.index.article(record.article)?;
            copies.push(Copy {
                article: article.id.to_owned(),
                passage: article.ordinal_of(passage),
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
