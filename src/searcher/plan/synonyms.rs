//! What means the same as something typed, found through the index's lexicon.
//!
//! Another name never makes a passage stand above those that hold what was typed: it sets the
//! evidence of the terms as expanded only. Every expansion that finds something is announced.

use std::collections::HashSet;

use anyhow::Result;

use super::builder::{OpenTermPostings, PlanBuilder, TermContext};
use super::term_types::QueryTerm;
use super::typed_spans::{self, TypedToken, any_part_bits, open_name, typed_runs, whole_part_bits};
use crate::analysis::{self, Unit, UnitKind};
use crate::lexicon::{Kind, Sense};
use crate::query::{Region, Remark, RemarkKind};
use crate::rank::inverse_frequency;
use crate::text::Span;

/// More names of one thing are not searched.
const NAMES: usize = 24;

/// Adds to the plan what the lexicon knows of the typed terms.
///
/// `typed` are all terms with their numbers; light ones have none and still are parts of names.
pub(crate) fn expand(
    builder: &mut PlanBuilder<'_>,
    typed: &[(&QueryTerm, Option<usize>)],
) -> Result<()> {
    let longest = builder.index.lexicon().longest_key_tokens();
    if longest == 0 {
        return Ok(());
    }
    for places in typed_runs(builder, typed) {
        let mut at = 0;
        while at < places.len() {
            at += match longest_match(builder, &places[at..], longest) {
                Some((count, senses)) => {
                    for sense in &senses {
                        add(builder, &places[at..at + count], sense)?;
                    }
                    count
                }
                None => 1,
            };
        }
    }
    Ok(())
}

/// The longest run of tokens from the first on that the lexicon knows.
fn longest_match(
    builder: &PlanBuilder<'_>,
    places: &[TypedToken],
    longest: usize,
) -> Option<(usize, Vec<Sense>)> {
    (1..=longest.min(places.len())).rev().find_map(|count| {
        let texts: Vec<&str> = places[..count].iter().map(|it| it.text.as_str()).collect();
        let senses = builder.index.lexicon().senses(&texts.join(" "));
        let is_capital = places[..count].iter().all(|it| it.is_capital);
        let fits = |it: &Sense| is_capital || !it.is_capitals_only;
        let mut senses: Vec<Sense> = senses.into_iter().filter(fits).collect();
        keep_known(&mut senses);
        (!senses.is_empty()).then_some((count, senses))
    })
}

/// Where an acronym is known, what the corpus says of it stays only where it is likely the same
/// thing, told by a word in common: OPEC are petroleum exporting countries, no open-path eddy
/// covariance; the `World Trade Organization` is the Organisation.
fn keep_known(senses: &mut Vec<Sense>) {
    let stems = |sense: &Sense| {
        let units = sense.names.iter().flat_map(|it| analysis::units(it));
        let words = units.filter(|it| !it.is_stop()).filter_map(|it| it.stem);
        words.collect::<HashSet<String>>()
    };
    let (known, mined) = senses.iter().partition::<Vec<&Sense>, _>(|it| it.kind <= Kind::Curated);
    if known.is_empty() || mined.iter().all(|it| it.kind != Kind::Acronym) {
        return;
    }
    let known: HashSet<String> = known.into_iter().flat_map(stems).collect();
    senses.retain(|it| it.kind != Kind::Acronym || !stems(it).is_disjoint(&known));
}

/// Names of one thing in one script that stand in the index.
#[derive(Default)]
struct Names {
    texts: Vec<String>,
    sources: Vec<OpenTermPostings>,
    /// In how many passages the most frequent of them stands.
    frequency: u32,
    /// The same of those that mean neither more nor less.
    equal_frequency: u32,
}

/// What of a sense stands in the index.
#[derive(Default)]
struct Found {
    /// What is announced.
    texts: Vec<String>,
    /// Names in letters, and names in Han characters.
    sides: [Names; 2],
    /// Names that only prove: their words have scored as typed.
    provers: Vec<OpenTermPostings>,
}

/// Adds one sense of some typed tokens.
fn add(builder: &mut PlanBuilder<'_>, places: &[TypedToken], sense: &Sense) -> Result<()> {
    let mut bits = any_part_bits(builder, places);
    bits.extend(whole_part_bits(builder, places));
    if bits.is_empty() {
        return Ok(());
    }
    let found = find(builder, places, sense, &bits)?;
    if found.texts.is_empty() {
        return Ok(());
    }
    announce(builder, places, &found.texts);
    if sense.kind <= Kind::Curated {
        blend(builder, places, &found.sides);
    }
    let context = TermContext {
        any_part: 0,
        is_negative: false,
        is_required: false,
        region: Region::Anywhere,
    };
    for (names, is_han) in found.sides.into_iter().zip([false, true]) {
        let Names { texts, sources, frequency, .. } = names;
        if !sources.is_empty() {
            let side = builder.side(is_han);
            let weight = inverse_frequency(frequency, side.passages) * sense.kind.weight();
            builder.scoring_term(texts.join(" | "), weight, side, frequency, sources, &context);
        }
    }
    if !found.provers.is_empty() {
        let side = builder.side(false);
        builder.scoring_term(String::new(), 0.0, side, 0, found.provers, &context);
    }
    Ok(())
}

/// Looks for the names of a sense.
fn find(
    builder: &mut PlanBuilder<'_>,
    places: &[TypedToken],
    sense: &Sense,
    bits: &[u32],
) -> Result<Found> {
    let mut found = Found::default();
    let pattern = places.iter().find_map(|it| it.part).map_or(0, |it| it.0);
    let equals = sense.names.len().saturating_sub(sense.narrower);
    for (at, name) in sense.names.iter().enumerate().take(NAMES) {
        let overlap = overlap(name, places);
        if overlap == Overlap::Whole {
            continue;
        }
        let Some(list) = open_name(builder, name, pattern)? else { continue };
        let frequency = list.document_frequency();
        let weight = sense.kind.weight();
        let source = OpenTermPostings::expanded(list, weight, bits.to_vec());
        found.texts.push(name.clone());
        if overlap == Overlap::Some {
            found.provers.push(source);
            continue;
        }
        let [letters, han] = &mut found.sides;
        let side = if name.contains(crate::text::is_han) { han } else { letters };
        side.texts.push(name.clone());
        side.sources.push(source);
        side.frequency = side.frequency.max(frequency);
        if at < equals {
            side.equal_frequency = side.equal_frequency.max(frequency);
        }
    }
    Ok(found)
}

/// Says what was searched besides what was typed.
fn announce(builder: &mut PlanBuilder<'_>, places: &[TypedToken], names: &[String]) {
    let span = places.iter().map(|it| it.span).reduce(Span::cover);
    let text = format!("{} → {}", typed_spans::text(places), names.join(", "));
    builder.remarks.push(Remark { kind: RemarkKind::Expanded, text, span });
    let holds_han = |it: &str| it.contains(crate::text::is_han);
    let typed_han = places.iter().any(|it| holds_han(&it.text));
    if names.iter().any(|it| holds_han(it) != typed_han) {
        builder.translated.extend(span);
    }
}

/// Weighs typed words by the document frequency of the thing that they name, in both languages:
/// `Russian` is rare where all passages are Chinese, and what it means is not. The words of a name
/// of several weigh together what it does.
///
/// What a Chinese word weighs depends on Chinese passages alone, so that English ones never reorder
/// those that hold it.
fn blend(builder: &mut PlanBuilder<'_>, places: &[TypedToken], sides: &[Names; 2]) {
    let mut parts: Vec<u32> = places.iter().filter_map(|it| it.part).map(|it| it.0).collect();
    parts.dedup();
    let words: Vec<(f32, u32)> = parts.iter().filter_map(|it| builder.word(*it)).collect();
    let weight: f32 = words.iter().map(|it| it.0).sum();
    let typed = match words.as_slice() {
        // Han characters, which are weighed by themselves.
        it if it.len() < parts.len() => return,
        [] => return,
        [only] => only.1,
        // How often all of them stand together is not known before they are searched.
        _ => 0,
    };
    let [letters, han] = sides.each_ref().map(|it| it.equal_frequency);
    let frequency = letters.max(typed).saturating_add(han);
    let passages = builder.index.manifest().statistics.passages;
    let idf = inverse_frequency(frequency, passages);
    if frequency > 0 && idf < weight {
        builder.lighten(&parts, idf / weight);
    }
}

/// How a name and the typed words overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Overlap {
    /// They have no word in common.
    None,
    /// They share words, in another number or tense perhaps: `oil pipeline` for `gas pipeline`.
    Some,
    /// All typed words stand wherever the name does: `Vladimir Putin` for `Putin`.
    Whole,
}

fn overlap(name: &str, places: &[TypedToken]) -> Overlap {
    let units = analysis::units(name);
    let is_same = |unit: &Unit, place: &TypedToken| {
        unit.exact.first() == Some(&place.text) || (unit.stem.is_some() && unit.stem == place.stem)
    };
    // A name in Han characters is found as a whole, whatever stands in it.
    let words = || units.iter().filter(|it| it.kind != UnitKind::Han);
    let shared = places.iter().filter(|place| words().any(|it| is_same(it, place))).count();
    match shared {
        0 => Overlap::None,
        all if all == places.len() => Overlap::Whole,
        _ => Overlap::Some,
    }
}
