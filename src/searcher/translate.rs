//! Translations: what an imported dictionary has of the typed words in the other language.
//!
//! All translations of a word are one blended term with one document frequency, after Darwish and
//! Oard, "Probabilistic Structured Query Methods" (2003): a dictionary gives no probabilities, so
//! the place of a word among the senses stands for one. Only translations that stand in the index
//! share the weight. As with every other name, what was typed stands above.

use anyhow::Result;

use super::draft::Draft;
use super::expand::{self, Place};
use super::plan::Source;
use super::planner::{Current, Planner};
use super::postings::Cursor;
use super::weights;
use crate::lexicon::{Form, Kind, Sense, lemmas};
use crate::query::{Region, Remark, RemarkKind};
use crate::rank::idf;
use crate::text::{Span, is_han};

/// A translation that stands in the index.
struct Found {
    name: String,
    cursor: Cursor,
    share: f32,
}

/// Adds the translations of the typed words that nothing more trusted has translated.
pub(super) fn translate(
    planner: &mut Planner<'_>,
    typed: &[(&Draft, Option<usize>)],
) -> Result<()> {
    let imports = &planner.index.manifest().imports;
    if !imports.iter().any(|it| it.form == Form::Dictionary) {
        return Ok(());
    }
    let longest = planner.index.dictionary().longest_key_tokens().min(8);
    let mut said = Vec::new();
    for places in expand::stretches(planner, typed) {
        let mut at = 0;
        while at < places.len() {
            at += step(planner, &places[at..], longest, &mut said)?;
        }
    }
    if !said.is_empty() {
        let text = format!("by dictionary: {}", said.join("; "));
        planner.remarks.push(Remark { kind: RemarkKind::Expanded, text, span: None });
    }
    Ok(())
}

/// Translates the longest run of tokens from the first on; gives how many were dealt with.
fn step(
    planner: &mut Planner<'_>,
    places: &[Place],
    longest: usize,
    said: &mut Vec<String>,
) -> Result<usize> {
    let Some(first) = places.first() else { return Ok(1) };
    let wants_han = !first.text.chars().all(is_han);
    if planner.side(wants_han).passages == 0 {
        return Ok(1);
    }
    let is_known = |it: &Place| planner.translated.iter().any(|known| known.contains(it.span));
    let usable = places
        .iter()
        .take(longest)
        .take_while(|it| !is_known(it) && it.text.chars().all(is_han) != wants_han);
    let usable = usable.count();
    for count in (1..=usable).rev() {
        let run = &places[..count];
        let carries = run.iter().any(|it| it.term.is_some())
            && run.first().is_some_and(|it| it.term.is_some() || count > 1);
        if !carries || (!wants_han && count == 1 && places.len() > 1) {
            continue;
        }
        let senses = senses(planner, run);
        if senses.is_empty() {
            continue;
        }
        let found = found(planner, run, &senses, wants_han)?;
        if !found.is_empty() {
            add(planner, run, found, wants_han, said);
            return Ok(count);
        }
    }
    Ok(1)
}

/// What the dictionary has of some tokens, or else of the base form of the last.
fn senses(planner: &Planner<'_>, places: &[Place]) -> Vec<Sense> {
    let texts: Vec<&str> = places.iter().map(|it| it.text.as_str()).collect();
    let dictionary = planner.index.dictionary();
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

/// The translations that stand in the index, with their shares.
fn found(
    planner: &mut Planner<'_>,
    places: &[Place],
    senses: &[Sense],
    wants_han: bool,
) -> Result<Vec<Found>> {
    let pattern = places.iter().find_map(|it| it.part).map_or(0, |it| it.0);
    let mut found: Vec<Found> = Vec::new();
    for sense in senses {
        for (at, name) in sense.names.iter().enumerate() {
            if found.len() >= weights::TRANSLATIONS || found.iter().any(|it| it.name == *name) {
                continue;
            }
            let Some(cursor) = expand::occurrences(planner, name, pattern)? else { continue };
            let place = if wants_han { sense.place } else { at + 1 };
            #[expect(clippy::cast_precision_loss, reason = "a word has few senses")]
            let mut share = 1.0 / (place.max(1) as f32).sqrt();
            if wants_han && name.chars().count() == 1 {
                share *= weights::SINGLE_TRANSLATION;
            }
            found.push(Found { name: name.clone(), cursor, share });
        }
    }
    let sum: f32 = found.iter().map(|it| it.share).sum();
    found.iter_mut().for_each(|it| it.share /= sum);
    Ok(found)
}

/// The bits that a translation of some tokens sets: it touches their terms, and speaks for the
/// parts that all stand among them.
fn bits(planner: &mut Planner<'_>, places: &[Place]) -> Vec<u32> {
    let mut bits = expand::touched(planner, places);
    for part in expand::proven(planner, places) {
        let known = planner.translations.iter().find(|it| it.0 == part).map(|it| it.1);
        let bit = known.unwrap_or_else(|| {
            let bit = planner.bit();
            planner.translations.push((part, bit));
            bit
        });
        bits.push(bit);
    }
    bits
}

/// Adds the translations of one run as one term.
fn add(
    planner: &mut Planner<'_>,
    places: &[Place],
    found: Vec<Found>,
    wants_han: bool,
    said: &mut Vec<String>,
) {
    let bits = bits(planner, places);
    let names = found.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join(", ");
    said.push(format!("{} → {names}", expand::text(places)));
    let side = planner.side(wants_han);
    let frequency: f64 = found
        .iter()
        .map(|it| f64::from(it.share) * f64::from(it.cursor.document_frequency()))
        .sum();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a mean of numbers of passages is one"
    )]
    let frequency = frequency.round() as u32;
    let weight = idf(frequency, side.passages) * Kind::Dictionary.weight();
    let source =
        |it: Found| Source::expanded(it.cursor, it.share * weights::TRANSLATED, bits.clone());
    let sources = found.into_iter().map(source).collect();
    let current =
        Current { touched: 0, is_negative: false, is_required: false, region: Region::Anywhere };
    planner.unit(names, weight, side, frequency, sources, &current);
    let span = places.iter().map(|it| it.span).reduce(Span::cover);
    planner.translated.extend(span);
}
