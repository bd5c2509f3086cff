//! Phrases of a plan: where they stand as they are typed, in their other spellings, and what is
//! searched where they do not stand.

use anyhow::Result;

use super::draft::Draft;
use super::han;
use super::phrase::{self, Element, Phrase};
use super::plan::Source;
use super::planner::{Current, Planner};
use super::postings::{self, Cursor, Posting};
use super::weights;
use crate::analysis::{Family, QueryToken as Asked, QueryTokenKind};
use crate::query::{Near, Region, Remark, RemarkKind};
use crate::rank::inverse_frequency;

impl Planner<'_> {
    /// A quoted phrase. Where no passage holds it, its words are searched and it stays missing.
    pub(super) fn phrase(
        &mut self,
        draft: &Draft,
        asked: &[Asked],
        near: Near,
        current: &Current,
    ) -> Result<()> {
        let found = self.placed(asked, near, current)?;
        if found > 0 || current.is_negative || current.is_required || asked.len() < 2 {
            return Ok(());
        }
        let text =
            format!("no passage holds “{}” as it stands; its words are searched", draft.text);
        self.remarks.push(Remark { kind: RemarkKind::Fewer, text, span: None });
        self.loose(asked, current)
    }

    /// The words of a phrase by themselves: they touch the term and score, and its own part stays
    /// unset. Single Han characters say too little; pairs of them are taken.
    fn loose(&mut self, asked: &[Asked], current: &Current) -> Result<()> {
        let is_han = |it: &Asked| it.kind == QueryTokenKind::Han;
        for pair in asked.windows(2) {
            if pair.iter().all(is_han) {
                let bigram: String =
                    pair.iter().filter_map(|it| it.exact.first()).cloned().collect();
                han::score(self, Family::Bigram, &bigram, weights::BIGRAM, current)?;
            }
        }
        for unit in asked.iter().filter(|it| !is_han(it)) {
            let Some(exact) = unit.exact.first() else { continue };
            if !crate::analysis::is_stop_word(exact) {
                self.loose_word(unit, current)?;
            }
        }
        Ok(())
    }

    fn loose_word(&mut self, asked: &Asked, current: &Current) -> Result<()> {
        let side = self.side(false);
        let mut sources = Vec::new();
        let mut frequency = 0;
        for exact in &asked.exact {
            if let Some(cursor) = Cursor::stored(self.index, Family::Exact, exact)? {
                frequency += cursor.document_frequency();
                let typed = vec![current.touched];
                sources.push(Source::typed(cursor, 1.0, typed));
            }
        }
        let idf = inverse_frequency(frequency, side.passages);
        let part = self.parts.len().checked_sub(1).and_then(|it| u32::try_from(it).ok());
        if let Some(part) = part {
            self.word_patterns(asked, None, part);
        }
        let label = asked.exact.first().cloned().unwrap_or_default();
        self.unit(label, idf, side, frequency, sources, current);
        Ok(())
    }

    /// Words at fixed places (a phrase, or words of a title) as one part; returns how many
    /// passages hold it.
    pub(super) fn placed(&mut self, asked: &[Asked], near: Near, current: &Current) -> Result<u32> {
        let first = asked.first().map_or(0, |it| it.position);
        let element =
            |it: &Asked| Element { alternatives: it.exact.clone(), offset: it.position - first };
        let elements: Vec<Element> = asked.iter().map(element).collect();
        let phrase = Phrase { elements, near, region: current.region };
        let others = other_spellings(&phrase, asked);
        let is_pair = near == Near::Contiguous && current.region == Region::Anywhere;
        let camel = if is_pair { self.camel(asked)? } else { None };
        let cursor = if others.is_empty() && camel.is_none() {
            phrase::cursor(self.index, &phrase)?
        } else {
            let mut found = vec![phrase::find(self.index, &phrase)?];
            for other in &others {
                found.push(phrase::find(self.index, other)?);
            }
            found.extend(camel.as_ref().map(|it| it.1.clone()));
            Cursor::listed(postings::union(found))
        };
        let is_han = asked.iter().all(|it| it.kind == QueryTokenKind::Han);
        let label = phrase.elements.iter().filter_map(|it| it.alternatives.first());
        let label =
            label.map(String::as_str).collect::<Vec<_>>().join(if is_han { "" } else { " " });
        let (part, frequency) = self.proved(label, 1.0, is_han, cursor, current);
        self.patterns.add_sequence(phrase.into_sequence(part));
        others.into_iter().for_each(|it| self.patterns.add_sequence(it.into_sequence(part)));
        if let Some((word, _)) = camel {
            self.patterns.add_token(Family::Exact, &word, part);
        }
        Ok(frequency)
    }

    /// The passages that hold two words written as one in camel case: `Ali Express` as AliExpress.
    fn camel(&self, asked: &[Asked]) -> Result<Option<(String, Vec<Posting>)>> {
        let [first, second] = asked else { return Ok(None) };
        let words = [first, second].map(|it| it.exact.first().map_or("", String::as_str));
        let joined = words.concat();
        let is_words = [first, second].iter().all(|it| it.kind == QueryTokenKind::Word);
        if !is_words || self.index.document_frequency(Family::Exact, &joined)? == 0 {
            return Ok(None);
        }
        let mut found = postings::read(self.index, Family::Exact, &joined)?;
        for word in words {
            let parts = postings::read(self.index, Family::Form, word)?;
            found.retain(|it| parts.binary_search_by_key(&it.passage, |it| it.passage).is_ok());
        }
        Ok((!found.is_empty()).then_some((joined, found)))
    }
}

/// A phrase with its compounds in one word (`e-commerce` as ecommerce), and with its words in camel
/// case apart (AliExpress as Ali Express).
fn other_spellings(phrase: &Phrase, asked: &[Asked]) -> Vec<Phrase> {
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
fn apart(elements: &[Element], asked: &[Asked]) -> Option<Vec<Element>> {
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
