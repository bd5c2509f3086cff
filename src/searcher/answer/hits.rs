//! Fills in a hit: record, text, snippet, highlights, missing terms.

use anyhow::Result;

use super::explain;
use super::rerank::{Reranked, Reranker};
use crate::hit::{Hit, highlights, snippet};
use crate::searcher::plan::{has, set};
use crate::searcher::retrieve::Candidate;
use crate::searcher::timings::Stopwatch;
use crate::searcher::topics::Topics;

impl<'a> Reranker<'a> {
    /// The hit of a candidate, all but its rank and its copies.
    pub(super) fn hit(
        &mut self,
        candidate: &Candidate<'_>,
        reranked: Reranked<'a>,
        topics: Option<&Topics<'_>>,
        watch: &mut Stopwatch<'_>,
    ) -> Result<Hit> {
        let index = self.index;
        let record = index.passage(candidate.passage)?;
        let article = index.article(record.article)?;
        let text = reranked.text.map_or_else(|| index.text(candidate.passage), Ok)?;
        watch.lap(|it| &mut it.fetch);
        let occurrences = reranked.occurrences.unwrap_or_else(|| self.scan(text));
        let plan = self.plan;
        let weight = |part: u32| plan.parts.get(part as usize).map_or(0.0, |it| it.weight);
        let part = snippet(text, &occurrences, &weight, self.options.snippet_columns);
        let title = article.title.unwrap_or_default();
        let title_occurrences = reranked.in_title.unwrap_or_else(|| self.scan(title));
        let whole = crate::text::Span::new(0, title.len());
        let title_highlights = highlights(title, whole, &title_occurrences);
        let marked = highlights(text, part, &occurrences);
        watch.lap(|it| &mut it.snippet);
        let mut hit = Hit {
            rank: 0,
            score: f64::from(reranked.score),
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
            let bonus = &reranked.bonus;
            hit.why = Some(explain::why(index, plan, candidate, bonus, hit.score)?);
        }
        Ok(hit)
    }

    /// The typed terms that the passage does not hold, by any name or translation.
    fn missing(&self, candidate: &Candidate<'_>) -> Vec<String> {
        let mut numbers = Vec::new();
        let mut held = candidate.any_form.bits().to_vec();
        for (part, translation) in &self.plan.translations {
            if has(&held, *translation) {
                set(&mut held, *part);
            }
        }
        self.plan.condition.missing(&self.plan.terms, &held, &mut numbers);
        let mut missing: Vec<String> = Vec::new();
        for term in numbers.into_iter().filter_map(|it| self.plan.terms.get(it)) {
            if !missing.contains(&term.text) {
                missing.push(term.text.clone());
            }
        }
        missing
    }
}
