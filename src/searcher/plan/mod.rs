//! From a query to a plan: which posting lists are looked up, what each adds to the score, and when
//! a passage matches. Nothing is searched here: the index is asked for document frequencies only.
//!
//! Each file below adds one kind of term; the recipe is [`plan`].

mod amounts;
mod builder;
mod condition;
mod han;
mod match_cache;
mod more_like;
mod phrases;
mod prefix;
mod query_plan;
mod synonyms;
mod term_bits;
mod term_types;
mod terms;
mod translations;
mod typed_spans;
mod words;

use anyhow::Result;

use super::options::Options;
use super::weights;
use crate::index::Generation;
use crate::query::{Filters, Near, Occur, Query, Region};
use crate::rank::Pair;
use builder::{PlanBuilder, TermContext};
use term_types::{QueryTerm, ScriptRun, TermKind};
use terms::query_terms;

pub(crate) use builder::OpenCursors;
pub(crate) use condition::{Bool, Condition, PlannedTerm, Tier};
pub(crate) use match_cache::{Match, MatchCache};
pub(crate) use more_like::passages_of;
pub(crate) use query_plan::{Plan, ScoringTerm, TermPostings};
pub(crate) use term_bits::{TermBits, has, merge, set};

/// Plans a query against an index: its terms, then other names and translations, then the pairs
/// whose proximity counts.
///
/// The cursors that were opened for their document frequencies are given beside the plan.
///
/// # Errors
/// When the index is damaged.
pub(crate) fn plan(
    index: &Generation,
    query: &Query,
    options: &Options,
) -> Result<(Plan, OpenCursors)> {
    let (query_terms, mut condition) = query_terms(&query.clauses);
    let numbers = drop_light(&query_terms, &mut condition);
    let mut builder = PlanBuilder::new(index, options);
    let carrying: Vec<&QueryTerm> =
        query_terms.iter().zip(&numbers).filter(|(_, it)| it.is_some()).map(|(it, _)| it).collect();
    for query_term in &carrying {
        term(&mut builder, query_term)?;
    }
    if options.expands && !options.is_exact {
        let typed: Vec<_> = query_terms.iter().zip(numbers).collect();
        synonyms::expand(&mut builder, &typed)?;
        translations::translate(&mut builder, &typed)?;
    }
    pairs(&mut builder, &carrying);
    if let Some(given) = options.more_like {
        more_like::add(&mut builder, given)?;
    }
    // Only punctuation leaves neither terms nor filters: it asks for nothing, not for everything.
    let only_filters = builder.is_open() && options.more_like.is_none();
    if only_filters && query.filters != Filters::default() {
        builder.every_passage()?;
    }
    let (mut plan, opened) = builder.finish(condition);
    plan.set_tier_score();
    Ok((plan, opened))
}

/// Drops light terms (stop words) where others carry the query. Gives the new number of each term,
/// nothing for those that were dropped; the condition is renumbered.
fn drop_light(query_terms: &[QueryTerm], condition: &mut Condition) -> Vec<Option<usize>> {
    let is_light = |it: &QueryTerm| it.is_light() && it.occur == Occur::Should;
    let carries = |it: &QueryTerm| it.occur != Occur::Not && !it.is_light();
    let drops = query_terms.iter().any(carries);
    let mut kept = 0;
    let mut number = |it: &QueryTerm| {
        let number = (!drops || !is_light(it)).then_some(kept);
        kept += usize::from(number.is_some());
        number
    };
    let numbers: Vec<Option<usize>> = query_terms.iter().map(&mut number).collect();
    renumber(condition, &numbers);
    numbers
}

/// Renumbers the terms of a condition and removes those without a number. Returns whether anything
/// is left.
fn renumber(condition: &mut Condition, numbers: &[Option<usize>]) -> bool {
    match condition {
        Condition::Term(number) => match numbers.get(*number).copied().flatten() {
            Some(new) => {
                *number = new;
                true
            }
            None => false,
        },
        Condition::All(conditions) => {
            conditions.retain_mut(|(_, it)| renumber(it, numbers));
            !conditions.is_empty()
        }
        Condition::Any(conditions) => {
            conditions.retain_mut(|it| renumber(it, numbers));
            !conditions.is_empty()
        }
    }
}

/// Plans one term.
fn term(builder: &mut PlanBuilder<'_>, query_term: &QueryTerm) -> Result<()> {
    let any_part = builder.bit();
    let context = TermContext {
        any_part,
        is_negative: query_term.occur == Occur::Not,
        is_required: query_term.occur == Occur::Must,
        region: query_term.region,
    };
    match &query_term.kind {
        TermKind::Runs(script_runs) => {
            let frequency = runs(builder, script_runs, &context)?;
            if let Some(frequency) = frequency {
                builder.note_frequency(&query_term.text, frequency);
            }
        }
        TermKind::Phrase(tokens, near) => {
            phrases::add(builder, query_term, tokens, *near, &context)?;
        }
        TermKind::Prefix(beginning) => prefix::add(builder, beginning, &context)?,
    }
    builder.terms.push(PlannedTerm {
        text: query_term.text.clone(),
        any_part,
        parts: any_part + 1..builder.bits(),
        is_negative: context.is_negative,
    });
    Ok(())
}

/// Plans the words and Han runs of one term. For a single word, gives the document frequency of its
/// most frequent form.
fn runs(
    builder: &mut PlanBuilder<'_>,
    script_runs: &[ScriptRun],
    context: &TermContext,
) -> Result<Option<u32>> {
    let mut frequency = None;
    for script_run in script_runs {
        match script_run {
            ScriptRun::Word(word) if context.region == Region::Title => {
                let token = std::slice::from_ref(word);
                phrases::placed(builder, token, Near::Contiguous, context)?;
            }
            ScriptRun::Word(word) => frequency = Some(words::add(builder, word, context)?),
            ScriptRun::Han(run) if context.region == Region::Title => {
                phrases::placed(builder, run, Near::Contiguous, context)?;
            }
            ScriptRun::Han(run) => han::add(builder, run, context)?,
        }
    }
    Ok(frequency.filter(|_| script_runs.len() == 1))
}

/// Notes the pairs of neighbouring parts whose proximity counts, in the order typed.
fn pairs(builder: &mut PlanBuilder<'_>, query_terms: &[&QueryTerm]) {
    let counts = |term: &PlannedTerm, query_term: &QueryTerm| {
        !term.is_negative && query_term.region == Region::Anywhere
    };
    let typed: Vec<u32> = builder
        .terms
        .iter()
        .zip(query_terms)
        .filter(|(term, query_term)| counts(term, query_term))
        .flat_map(|(term, _)| builder.numbers(term))
        .collect();
    for pair in typed.windows(2).take(64) {
        let [first, second] = *pair else { continue };
        let weight = |part: u32| builder.parts.get(part as usize).map_or(0.0, |it| it.weight);
        let weight = weights::PROXIMITY * weight(first).min(weight(second));
        builder.note_pair(Pair { first, second, weight });
    }
}
