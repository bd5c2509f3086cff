//! Phrases of a plan: where they stand as they are typed, in their other spellings, and what is
//! searched where they do not stand.

use anyhow::Result;

use super::builder::{OpenTermPostings, PlanBuilder, TermContext};
use super::han;
use super::term_types::QueryTerm;
use crate::analysis::{Family, Unit, UnitKind};
use crate::query::{Near, Region, Remark, RemarkKind};
use crate::rank::inverse_frequency;
use crate::searcher::postings::{Element, Lookup, OpenPostings, Phrase, Posting};
use crate::searcher::weights;

/// A quoted phrase. Where no passage holds it, its words are searched and it stays missing.
pub(crate) fn add(
    builder: &mut PlanBuilder<'_>,
    query_term: &QueryTerm,
    asked: &[Unit],
    near: Near,
    context: &TermContext,
) -> Result<()> {
    let found = placed(builder, asked, near, context)?;
    if found > 0 || context.is_negative || context.is_required || asked.len() < 2 {
        return Ok(());
    }
    let text =
        format!("no passage holds “{}” as it stands; its words are searched", query_term.text);
    builder.remarks.push(Remark { kind: RemarkKind::Fewer, text, span: None });
    loose(builder, asked, context)
}

/// The words of a phrase by themselves: they touch the term and score, and its own part stays
/// unset. Single Han characters say too little; pairs of them are taken.
fn loose(builder: &mut PlanBuilder<'_>, asked: &[Unit], context: &TermContext) -> Result<()> {
    let is_han = |it: &Unit| it.kind == UnitKind::Han;
    for pair in asked.windows(2) {
        if pair.iter().all(is_han) {
            let bigram: String = pair.iter().filter_map(|it| it.exact.first()).cloned().collect();
            han::score(builder, Family::Bigram, &bigram, weights::BIGRAM, context)?;
        }
    }
    for unit in asked.iter().filter(|it| !is_han(it)) {
        let Some(exact) = unit.exact.first() else { continue };
        if !crate::analysis::is_stop_word(exact) {
            loose_word(builder, unit, context)?;
        }
    }
    Ok(())
}

fn loose_word(builder: &mut PlanBuilder<'_>, asked: &Unit, context: &TermContext) -> Result<()> {
    let side = builder.side(false);
    let mut sources = Vec::new();
    let mut frequency = 0;
    for exact in &asked.exact {
        if let Some(list) = OpenPostings::of_term(builder.index, Family::Exact, exact)? {
            frequency += list.document_frequency();
            let bits = vec![context.any_part];
            sources.push(OpenTermPostings::exact(list, 1.0, bits));
        }
    }
    let idf = inverse_frequency(frequency, side.passages);
    let part = builder.parts.len().checked_sub(1).and_then(|it| u32::try_from(it).ok());
    if let Some(part) = part {
        builder.word_patterns(asked, None, part);
    }
    let label = asked.exact.first().cloned().unwrap_or_default();
    builder.scoring_term(label, idf, side, frequency, sources, context);
    Ok(())
}

/// Words at fixed places (a phrase, or words of a title) as one part; returns how many
/// passages hold it.
pub(crate) fn placed(
    builder: &mut PlanBuilder<'_>,
    asked: &[Unit],
    near: Near,
    context: &TermContext,
) -> Result<u32> {
    let first = asked.first().map_or(0, |it| it.position);
    let element =
        |it: &Unit| Element { alternatives: it.exact.clone(), offset: it.position - first };
    let elements: Vec<Element> = asked.iter().map(element).collect();
    let phrase = Phrase { elements, near, region: context.region };
    let others = other_spellings(&phrase, asked);
    let is_pair = near == Near::Contiguous && context.region == Region::Anywhere;
    let camel = if is_pair { camel(builder, asked)? } else { None };
    let list = if others.is_empty() && camel.is_none() {
        OpenPostings::of_phrase(builder.index, &phrase)?
    } else {
        let mut lists = Vec::new();
        for spelling in std::iter::once(&phrase).chain(&others) {
            let lookup = Lookup::Phrase(spelling.clone());
            let found = lookup.read(builder.index)?;
            lists.push((lookup, found));
        }
        lists.extend(camel.as_ref().map(|it| it.1.clone()));
        OpenPostings::any_of(lists)
    };
    let is_han = asked.iter().all(|it| it.kind == UnitKind::Han);
    let label = phrase.elements.iter().filter_map(|it| it.alternatives.first());
    let label = label.map(String::as_str).collect::<Vec<_>>().join(if is_han { "" } else { " " });
    let (part, frequency) = builder.proved(label, 1.0, is_han, list, context);
    builder.patterns.add_sequence(phrase.into_sequence(part));
    others.into_iter().for_each(|it| builder.patterns.add_sequence(it.into_sequence(part)));
    if let Some((word, _)) = camel {
        builder.patterns.add_token(Family::Exact, &word, part);
    }
    Ok(frequency)
}

/// Two words as one, and the passages that hold it, with what they are looked up by.
type Camel = (String, (Lookup, Vec<Posting>));

/// The passages that hold two words written as one in camel case: `Ali Express` as AliExpress.
fn camel(builder: &PlanBuilder<'_>, asked: &[Unit]) -> Result<Option<Camel>> {
    let [first, second] = asked else { return Ok(None) };
    let words = [first, second].map(|it| it.exact.first().map_or("", String::as_str));
    let joined = words.concat();
    let is_words = [first, second].iter().all(|it| it.kind == UnitKind::Word);
    if !is_words || builder.index.document_frequency(Family::Exact, &joined)? == 0 {
        return Ok(None);
    }
    let mut lookups = vec![Lookup::Term(Family::Exact, joined.clone())];
    lookups.extend(words.map(|it| Lookup::Term(Family::Form, it.to_owned())));
    let lookup = Lookup::AllOf(lookups);
    let found = lookup.read(builder.index)?;
    Ok((!found.is_empty()).then_some((joined, (lookup, found))))
}

/// A phrase with its compounds in one word (`e-commerce` as ecommerce), and with its words in camel
/// case apart (AliExpress as Ali Express).
fn other_spellings(phrase: &Phrase, asked: &[Unit]) -> Vec<Phrase> {
    if phrase.near != Near::Contiguous {
        return Vec::new();
    }
    let others = [joined(&phrase.elements), apart(&phrase.elements, asked)];
    others.into_iter().flatten().map(|elements| Phrase { elements, ..phrase.clone() }).collect()
}

/// Places with compounds as one word; nothing where there is no compound.
fn joined(elements: &[Element]) -> Option<Vec<Element>> {
    let mut whole: Vec<Element> = Vec::new();
    let mut saved = 0;
    let mut at = 0;
    while let Some(element) = elements.get(at) {
        // Neighbours that share a form are the parts of one compound.
        let shares = |form: &String| {
            let rest = elements.iter().skip(at + 1);
            rest.take_while(|it| it.alternatives.contains(form)).count()
        };
        let forms = element.alternatives.iter().skip(1);
        let (form, more) = forms.map(|it| (it, shares(it))).max_by_key(|it| it.1).unzip();
        let more = more.unwrap_or(0);
        let alternatives = match form.filter(|_| more > 0) {
            Some(form) => vec![form.clone()],
            None => element.alternatives.clone(),
        };
        whole.push(Element { alternatives, offset: element.offset - saved });
        saved += u32::try_from(more).unwrap_or(0);
        at += more + 1;
    }
    (saved > 0).then_some(whole)
}

/// Places with words in camel case as several; nothing where there is none.
fn apart(elements: &[Element], asked: &[Unit]) -> Option<Vec<Element>> {
    let mut all = Vec::new();
    let mut added = 0;
    for (element, unit) in elements.iter().zip(asked) {
        let offset = element.offset + added;
        if unit.pieces.is_empty() {
            all.push(Element { offset, ..element.clone() });
            continue;
        }
        for (piece, offset) in unit.pieces.iter().zip(offset..) {
            all.push(Element { alternatives: vec![piece.clone()], offset });
        }
        added += u32::try_from(unit.pieces.len() - 1).unwrap_or(0);
    }
    (added > 0).then_some(all)
}
