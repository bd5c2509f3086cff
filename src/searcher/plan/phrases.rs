//! Quoted phrases: as typed, in their other spellings, and by their words where no passage holds
//! them.

use anyhow::Result;

use super::builder::{OpenTermPostings, PlanBuilder, TermContext};
use super::han;
use super::term_types::QueryTerm;
use crate::analysis::{Family, QueryToken, QueryTokenKind};
use crate::query::{Near, Region, Remark, RemarkKind};
use crate::rank::idf;
use crate::searcher::postings::{Element, Lookup, OpenPostings, Phrase, Posting};
use crate::searcher::weights;

/// Adds a quoted phrase. Where no passage holds it, its words are searched, and it stays `missing`.
pub(super) fn add(
    builder: &mut PlanBuilder<'_>,
    query_term: &QueryTerm,
    tokens: &[QueryToken],
    near: Near,
    context: &TermContext,
) -> Result<()> {
    let found = placed(builder, tokens, near, context)?;
    if found > 0 || context.is_negative || context.is_required || tokens.len() < 2 {
        return Ok(());
    }
    let text =
        format!("no passage holds “{}” as it stands; its words are searched", query_term.text);
    builder.remarks.push(Remark { kind: RemarkKind::Fewer, text, span: None });
    loose(builder, tokens, context)
}

/// Adds the words of a phrase by themselves: they score and make passages match, but are no part of
/// the phrase. Single Han characters say too little, so pairs of them are taken.
fn loose(
    builder: &mut PlanBuilder<'_>,
    tokens: &[QueryToken],
    context: &TermContext,
) -> Result<()> {
    let is_han = |it: &QueryToken| it.kind == QueryTokenKind::Han;
    for pair in tokens.windows(2) {
        if pair.iter().all(is_han) {
            let bigram: String = pair.iter().filter_map(|it| it.exact.first()).cloned().collect();
            han::add_scoring(builder, Family::Bigram, &bigram, weights::BIGRAM, context)?;
        }
    }
    for token in tokens.iter().filter(|it| !is_han(it)) {
        let Some(exact) = token.exact.first() else { continue };
        if !crate::analysis::is_stop_word(exact) {
            loose_word(builder, token, context)?;
        }
    }
    Ok(())
}

/// Adds one word of such a phrase.
fn loose_word(
    builder: &mut PlanBuilder<'_>,
    token: &QueryToken,
    context: &TermContext,
) -> Result<()> {
    let side = builder.side(false);
    let mut lists = Vec::new();
    let mut frequency = 0;
    for exact in &token.exact {
        if let Some(list) = OpenPostings::of_term(builder.index, Family::Exact, exact)? {
            frequency += list.document_frequency();
            let bits = vec![context.any_part];
            lists.push(OpenTermPostings::exact(list, 1.0, bits));
        }
    }
    let idf = idf(frequency, side.passages);
    let part = builder.parts.len().checked_sub(1).and_then(|it| u32::try_from(it).ok());
    if let Some(part) = part {
        builder.word_patterns(token, None, part);
    }
    let label = token.exact.first().cloned().unwrap_or_default();
    builder.scoring_term(label, idf, side, frequency, lists, context);
    Ok(())
}

/// Adds words at fixed places (a phrase, or words of a title) as one part; returns how many
/// passages hold it.
pub(super) fn placed(
    builder: &mut PlanBuilder<'_>,
    tokens: &[QueryToken],
    near: Near,
    context: &TermContext,
) -> Result<u32> {
    let first = tokens.first().map_or(0, |it| it.position);
    let element =
        |it: &QueryToken| Element { alternatives: it.exact.clone(), offset: it.position - first };
    let elements: Vec<Element> = tokens.iter().map(element).collect();
    let phrase = Phrase { elements, near, region: context.region };
    let others = other_spellings(&phrase, tokens);
    let is_pair = near == Near::Contiguous && context.region == Region::Anywhere;
    let camel = if is_pair { camel(builder, tokens)? } else { None };
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
    let is_han = tokens.iter().all(|it| it.kind == QueryTokenKind::Han);
    let label = phrase.elements.iter().filter_map(|it| it.alternatives.first());
    let label = label.map(String::as_str).collect::<Vec<_>>().join(if is_han { "" } else { " " });
    let (part, frequency) = builder.part_of_list(label, 1.0, is_han, list, context);
    builder.patterns.add_phrase(phrase.into_sequence(part));
    others.into_iter().for_each(|it| builder.patterns.add_phrase(it.into_sequence(part)));
    if let Some((word, _)) = camel {
        builder.patterns.add_token(Family::Exact, &word, part);
    }
    Ok(frequency)
}

/// Two words as one, and the passages that hold it, with what they are looked up by.
type Camel = (String, (Lookup, Vec<Posting>));

/// The passages that hold two words written as one in camel case: `Ali Express` as AliExpress.
fn camel(builder: &PlanBuilder<'_>, tokens: &[QueryToken]) -> Result<Option<Camel>> {
    let [first, second] = tokens else { return Ok(None) };
    let words = [first, second].map(|it| it.exact.first().map_or("", String::as_str));
    let joined = words.concat();
    let is_words = [first, second].iter().all(|it| it.kind == QueryTokenKind::Word);
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
fn other_spellings(phrase: &Phrase, tokens: &[QueryToken]) -> Vec<Phrase> {
    if phrase.near != Near::Contiguous {
        return Vec::new();
    }
    let others = [joined(&phrase.elements), apart(&phrase.elements, tokens)];
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
fn apart(elements: &[Element], tokens: &[QueryToken]) -> Option<Vec<Element>> {
    let mut all = Vec::new();
    let mut added = 0;
    for (element, token) in elements.iter().zip(tokens) {
        let offset = element.offset + added;
        if token.pieces.is_empty() {
            all.push(Element { offset, ..element.clone() });
            continue;
        }
        for (piece, offset) in token.pieces.iter().zip(offset..) {
            all.push(Element { alternatives: vec![piece.clone()], offset });
        }
        added += u32::try_from(token.pieces.len() - 1).unwrap_or(0);
    }
    (added > 0).then_some(all)
}
