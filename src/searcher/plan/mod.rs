//! From a query to a plan: which lists are read and what each of them adds.

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
use crate::index::Index;
use crate::query::{Filters, Near, Occur, Query, Region};
use crate::rank::Pair;
use builder::{Current, Planner};
use term_types::{Draft, Group, Shape};
use terms::draft;

pub(crate) use builder::OpenCursors;
pub(crate) use condition::{Completeness, Term, Test, Truth};
pub(crate) use match_cache::{Verdict, Verdicts};
pub(crate) use more_like::passages_of;
pub(crate) use query_plan::{Plan, Source, Unit};
pub(crate) use term_bits::{Evidence, has, merge, set};

/// Plans a query.
pub(crate) fn plan(index: &Index, query: &Query, options: &Options) -> Result<(Plan, OpenCursors)> {
    let (drafts, mut test) = draft(&query.clauses);
    let numbers = drop_light(&drafts, &mut test);
    let mut planner = Planner::new(index, options);
    let carrying: Vec<&Draft> =
        drafts.iter().zip(&numbers).filter(|(_, it)| it.is_some()).map(|(it, _)| it).collect();
    for draft in &carrying {
        term(&mut planner, draft)?;
    }
    if options.expands && !options.is_exact {
        let typed: Vec<_> = drafts.iter().zip(numbers).collect();
        synonyms::expand(&mut planner, &typed)?;
        translations::translate(&mut planner, &typed)?;
    }
    pairs(&mut planner, &carrying);
    if let Some(kin) = options.more_like {
        more_like::add(&mut planner, kin)?;
    }
    // Only punctuation leaves neither terms nor filters: it asks for nothing, not for everything.
    let asks = planner.is_open() && options.more_like.is_none();
    if asks && query.filters != Filters::default() {
        planner.every_passage()?;
    }
    let (mut plan, opened) = planner.finish(test);
    plan.set_tier();
    Ok((plan, opened))
}

/// The numbers of the terms: light ones have none where others carry the query. The test is
/// renumbered so.
fn drop_light(drafts: &[Draft], test: &mut Test) -> Vec<Option<usize>> {
    let is_light = |it: &Draft| it.is_light() && it.occur == Occur::Should;
    let carries = |it: &Draft| it.occur != Occur::Not && !it.is_light();
    let drops = drafts.iter().any(carries);
    let mut kept = 0;
    let mut number = |it: &Draft| {
        let number = (!drops || !is_light(it)).then_some(kept);
        kept += usize::from(number.is_some());
        number
    };
    let numbers: Vec<Option<usize>> = drafts.iter().map(&mut number).collect();
    renumber(test, &numbers);
    numbers
}

/// Renumbers the terms of a test; what has no number goes. Returns whether anything is left.
fn renumber(test: &mut Test, numbers: &[Option<usize>]) -> bool {
    match test {
        Test::Term(number) => match numbers.get(*number).copied().flatten() {
            Some(new) => {
                *number = new;
                true
            }
            None => false,
        },
        Test::All(tests) => {
            tests.retain_mut(|(_, it)| renumber(it, numbers));
            !tests.is_empty()
        }
        Test::Any(tests) => {
            tests.retain_mut(|it| renumber(it, numbers));
            !tests.is_empty()
        }
    }
}

fn term(planner: &mut Planner<'_>, draft: &Draft) -> Result<()> {
    let touched = planner.bit();
    let current = Current {
        touched,
        is_negative: draft.occur == Occur::Not,
        is_required: draft.occur == Occur::Must,
        region: draft.region,
    };
    match &draft.shape {
        Shape::Groups(groups) => {
            let frequency = groups_of(planner, groups, &current)?;
            if let Some(frequency) = frequency {
                planner.note_frequency(&draft.text, frequency);
            }
        }
        Shape::Phrase(units, near) => phrases::add(planner, draft, units, *near, &current)?,
        Shape::Prefix(beginning) => prefix::add(planner, beginning, &current)?,
    }
    planner.terms.push(Term {
        text: draft.text.clone(),
        touched,
        parts: touched + 1..planner.bits(),
        is_negative: current.is_negative,
    });
    Ok(())
}

/// Gives in how many passages the most frequent form stands, where it is only a word.
fn groups_of(
    planner: &mut Planner<'_>,
    groups: &[Group],
    current: &Current,
) -> Result<Option<u32>> {
    let mut frequency = None;
    for group in groups {
        match group {
            Group::Word(unit) if current.region == Region::Title => {
                let asked = std::slice::from_ref(unit);
                phrases::placed(planner, asked, Near::Contiguous, current)?;
            }
            Group::Word(unit) => frequency = Some(words::add(planner, unit, current)?),
            Group::Han(run) if current.region == Region::Title => {
                phrases::placed(planner, run, Near::Contiguous, current)?;
            }
            Group::Han(run) => han::run(planner, run, current)?,
        }
    }
    Ok(frequency.filter(|_| groups.len() == 1))
}

/// Neighbours in the order typed, whatever stands for them.
fn pairs(planner: &mut Planner<'_>, drafts: &[&Draft]) {
    let counts = |term: &Term, draft: &Draft| !term.is_negative && draft.region == Region::Anywhere;
    let typed: Vec<u32> = planner
        .terms
        .iter()
        .zip(drafts)
        .filter(|(term, draft)| counts(term, draft))
        .flat_map(|(term, _)| planner.numbers(term))
        .collect();
    for pair in typed.windows(2).take(64) {
        let [first, second] = *pair else { continue };
        let weight = |part: u32| planner.parts.get(part as usize).map_or(0.0, |it| it.weight);
        let weight = weights::NEAR * weight(first).min(weight(second));
        planner.note_pair(Pair { first, second, weight });
    }
}
