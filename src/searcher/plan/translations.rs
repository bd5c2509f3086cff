//! Translations: what an imported dictionary has of the typed words in the other language.
//!
//! All translations of a word are one scoring term with one document frequency, after Darwish and
//! Oard, "Probabilistic Structured Query Methods" (2003). A dictionary gives no probabilities: the
//! place of a translation among the senses is taken instead. Only translations that some passage
//! holds share the weight. As with every other name, what was typed ranks above them.

use anyhow::Result;

use super::builder::{OpenTermPostings, PlanBuilder, TermContext};
use super::term_types::QueryTerm;
use super::typed_spans::{self, TypedToken};
use crate::lexicon::{Form, Kind, Sense, lemmas};
use crate::query::{Remark, RemarkKind};
use crate::rank::idf;
use crate::searcher::postings::OpenPostings;
use crate::searcher::weights;
use crate::text::{Span, is_han};

/// A translation that some passage holds.
struct Found {
    name: String,
    list: OpenPostings,
    share: f32,
}

/// Adds the translations of the typed words that nothing more trusted has translated.
pub(super) fn translate(
    builder: &mut PlanBuilder<'_>,
    typed: &[(&QueryTerm, Option<usize>)],
) -> Result<()> {
    let imports = &builder.index.manifest().imports;
    if !imports.iter().any(|it| it.form == Form::Dictionary) {
        return Ok(());
    }
    let longest = builder.index.dictionary().longest_key_tokens().min(8);
    let mut said = Vec::new();
    for typed_tokens in typed_spans::typed_runs(builder, typed) {
        let mut at = 0;
        while at < typed_tokens.len() {
            at += step(builder, &typed_tokens[at..], longest, &mut said)?;
        }
    }
    if !said.is_empty() {
        let text = format!("by dictionary: {}", said.join("; "));
        builder.remarks.push(Remark { kind: RemarkKind::Expanded, text, span: None });
    }
    Ok(())
}

/// Translates the longest run of tokens from the first on; gives how many tokens it has, or 1.
fn step(
    builder: &mut PlanBuilder<'_>,
    typed_tokens: &[TypedToken],
    longest: usize,
    said: &mut Vec<String>,
) -> Result<usize> {
    let Some(first) = typed_tokens.first() else { return Ok(1) };
    let wants_han = !first.text.chars().all(is_han);
    if builder.side(wants_han).passages == 0 {
        return Ok(1);
    }
    let is_known = |it: &TypedToken| builder.translated.iter().any(|known| known.contains(it.span));
    let usable = typed_tokens
        .iter()
        .take(longest)
        .take_while(|it| !is_known(it) && it.text.chars().all(is_han) != wants_han);
    let usable = usable.count();
    for count in (1..=usable).rev() {
        let run = &typed_tokens[..count];
        let carries = run.iter().any(|it| it.term.is_some())
            && run.first().is_some_and(|it| it.term.is_some() || count > 1);
        if !carries || (!wants_han && count == 1 && typed_tokens.len() > 1) {
            continue;
        }
        let senses = senses(builder, run);
        if senses.is_empty() {
            continue;
        }
        let found = found(builder, run, &senses, wants_han)?;
        if !found.is_empty() {
            add(builder, run, found, wants_han, said);
            return Ok(count);
        }
    }
    Ok(1)
}

/// What the dictionary has of some tokens, or else of the base form of the last.
fn senses(builder: &PlanBuilder<'_>, typed_tokens: &[TypedToken]) -> Vec<Sense> {
    let texts: Vec<&str> = typed_tokens.iter().map(|it| it.text.as_str()).collect();
    let dictionary = builder.index.dictionary();
    let senses = dictionary.senses(&texts.join(" "));
    if !senses.is_empty() {
        return senses;
    }
    let Some((last, before)) = texts.split_last() else { return senses };
    let other = |lemma: String| {
        let key = [before, &[lemma.as_str()]].concat().join(" ");
        Some(dictionary.senses(&key)).filter(|it| !it.is_empty())
    };
    lemmas(last).into_iter().find_map(other).unwrap_or_default()
}

/// The translations that some passage holds, with their shares of the weight.
fn found(
    builder: &mut PlanBuilder<'_>,
    typed_tokens: &[TypedToken],
    senses: &[Sense],
    wants_han: bool,
) -> Result<Vec<Found>> {
    let pattern = typed_tokens.iter().find_map(|it| it.part).map_or(0, |it| it.0);
    let mut found: Vec<Found> = Vec::new();
    for sense in senses {
        for (at, name) in sense.names.iter().enumerate() {
            if found.len() >= weights::TRANSLATIONS || found.iter().any(|it| it.name == *name) {
                continue;
            }
            let Some(list) = typed_spans::open_name(builder, name, pattern)? else { continue };
            let place = if wants_han { sense.place } else { at + 1 };
            #[expect(clippy::cast_precision_loss, reason = "a word has few senses")]
            let mut share = 1.0 / (place.max(1) as f32).sqrt();
            if wants_han && name.chars().count() == 1 {
                share *= weights::SINGLE_TRANSLATION;
            }
            found.push(Found { name: name.clone(), list, share });
        }
    }
    let sum: f32 = found.iter().map(|it| it.share).sum();
    found.iter_mut().for_each(|it| it.share /= sum);
    Ok(found)
}

/// The bits that a translation of some tokens sets: those of their terms, and for each part whose
/// tokens are all among them a bit that keeps it from being `missing`.
fn bits(builder: &mut PlanBuilder<'_>, typed_tokens: &[TypedToken]) -> Vec<u32> {
    let mut bits = typed_spans::any_part_bits(builder, typed_tokens);
    for part in typed_spans::whole_part_bits(builder, typed_tokens) {
        let known = builder.translations.iter().find(|it| it.0 == part).map(|it| it.1);
        let bit = known.unwrap_or_else(|| {
            let bit = builder.bit();
            builder.translations.push((part, bit));
            bit
        });
        bits.push(bit);
    }
    bits
}

/// Adds the translations of one run as one term.
fn add(
    builder: &mut PlanBuilder<'_>,
    typed_tokens: &[TypedToken],
    found: Vec<Found>,
    wants_han: bool,
    said: &mut Vec<String>,
) {
    let bits = bits(builder, typed_tokens);
    let names = found.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join(", ");
    said.push(format!("{} → {names}", typed_spans::text(typed_tokens)));
    let side = builder.side(wants_han);
    let frequency: f64 =
        found.iter().map(|it| f64::from(it.share) * f64::from(it.list.document_frequency())).sum();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a mean of numbers of passages is one"
    )]
    let frequency = frequency.round() as u32;
    let weight = idf(frequency, side.passages) * Kind::Dictionary.weight();
    let source = |it: Found| {
        OpenTermPostings::expanded(it.list, it.share * weights::TRANSLATED, bits.clone())
    };
    let lists = found.into_iter().map(source).collect();
    let context = TermContext::added();
    builder.scoring_term(names, weight, side, frequency, lists, &context);
    let span = typed_tokens.iter().map(|it| it.span).reduce(Span::cover);
    builder.translated.extend(span);
}
