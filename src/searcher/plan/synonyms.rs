//! Other names of what was typed, from the index's lexicon.
//!
//! A passage that holds another name never ranks above those that hold what was typed: it sets
//! `expanded` bits only. Every expansion that finds something is named in a remark.

use std::collections::HashSet;

use anyhow::Result;

use super::builder::{OpenTermPostings, PlanBuilder, TermContext};
use super::term_types::QueryTerm;
use super::typed_spans::{self, TypedToken, any_part_bits, open_name, typed_runs, whole_part_bits};
use crate::analysis::{self, QueryToken, QueryTokenKind};
use crate::lexicon::{Kind, Sense};
use crate::query::{Remark, RemarkKind};
use crate::rank::idf;
use crate::text::Span;

/// At most so many names of one thing are searched.
const NAMES: usize = 24;

/// Adds to the plan what the lexicon knows of the typed terms.
///
/// `typed` are all terms with their numbers. Stop words have none, and still are parts of names.
pub(super) fn expand(
    builder: &mut PlanBuilder<'_>,
    typed: &[(&QueryTerm, Option<usize>)],
) -> Result<()> {
    let longest = builder.index.lexicon().longest_key_tokens();
    if longest == 0 {
        return Ok(());
    }
    for typed_tokens in typed_runs(builder, typed) {
        let mut at = 0;
        while at < typed_tokens.len() {
            at += match longest_match(builder, &typed_tokens[at..], longest) {
                Some((count, senses)) => {
                    for sense in &senses {
                        add(builder, &typed_tokens[at..at + count], sense)?;
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
    typed_tokens: &[TypedToken],
    longest: usize,
) -> Option<(usize, Vec<Sense>)> {
    (1..=longest.min(typed_tokens.len())).rev().find_map(|count| {
        let texts: Vec<&str> = typed_tokens[..count].iter().map(|it| it.text.as_str()).collect();
        let senses = builder.index.lexicon().senses(&texts.join(" "));
        let is_capital = typed_tokens[..count].iter().all(|it| it.is_capital);
        let fits = |it: &Sense| is_capital || !it.is_capitals_only;
        let mut senses: Vec<Sense> = senses.into_iter().filter(fits).collect();
        keep_known(&mut senses);
        (!senses.is_empty()).then_some((count, senses))
    })
}

/// Where an acronym is in the curated lexicon, what the texts define it as is kept only where both
/// have a word in common, so that they likely mean the same: OPEC are petroleum exporting
/// countries, not open-path eddy covariance.
fn keep_known(senses: &mut Vec<Sense>) {
    let stems = |sense: &Sense| {
        let units = sense.names.iter().flat_map(|it| analysis::query_tokens(it));
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

/// Names of one thing in one script that some passage holds.
#[derive(Default)]
struct Names {
    texts: Vec<String>,
    lists: Vec<OpenTermPostings>,
    /// The document frequency of the most frequent of them.
    frequency: u32,
    /// The same among those that mean neither more nor less than what was typed.
    equal_frequency: u32,
}

/// The names of one sense that some passage holds.
#[derive(Default)]
struct Found {
    /// The names that the remark lists.
    texts: Vec<String>,
    /// Names in letters, and names in Han characters.
    sides: [Names; 2],
    /// Names that only make passages match: their words have scored as typed.
    without_score: Vec<OpenTermPostings>,
}

/// Adds one sense of some typed tokens.
fn add(builder: &mut PlanBuilder<'_>, typed_tokens: &[TypedToken], sense: &Sense) -> Result<()> {
    let mut bits = any_part_bits(builder, typed_tokens);
    bits.extend(whole_part_bits(builder, typed_tokens));
    if bits.is_empty() {
        return Ok(());
    }
    let found = find(builder, typed_tokens, sense, &bits)?;
    if found.texts.is_empty() {
        return Ok(());
    }
    add_remark(builder, typed_tokens, &found.texts);
    if sense.kind <= Kind::Curated {
        share_weight(builder, typed_tokens, &found.sides);
    }
    let context = TermContext::added();
    for (names, is_han) in found.sides.into_iter().zip([false, true]) {
        let Names { texts, lists, frequency, .. } = names;
        if !lists.is_empty() {
            let side = builder.side(is_han);
            let weight = idf(frequency, side.passages) * sense.kind.weight();
            builder.scoring_term(texts.join(" | "), weight, side, frequency, lists, &context);
        }
    }
    if !found.without_score.is_empty() {
        let side = builder.side(false);
        builder.scoring_term(String::new(), 0.0, side, 0, found.without_score, &context);
    }
    Ok(())
}

/// Looks for the names of a sense.
fn find(
    builder: &mut PlanBuilder<'_>,
    typed_tokens: &[TypedToken],
    sense: &Sense,
    bits: &[u32],
) -> Result<Found> {
    let mut found = Found::default();
    let pattern = typed_tokens.iter().find_map(|it| it.part).map_or(0, |it| it.0);
    let equals = sense.names.len().saturating_sub(sense.narrower);
    for (at, name) in sense.names.iter().enumerate().take(NAMES) {
        let overlap = overlap(name, typed_tokens);
        if overlap == Overlap::Whole {
            continue;
        }
        let Some(list) = open_name(builder, name, pattern)? else { continue };
        let frequency = list.document_frequency();
        let weight = sense.kind.weight();
        let source = OpenTermPostings::expanded(list, weight, bits.to_vec());
        found.texts.push(name.clone());
        if overlap == Overlap::Some {
            found.without_score.push(source);
            continue;
        }
        let [letters, han] = &mut found.sides;
        let side = if name.contains(crate::text::is_han) { han } else { letters };
        side.texts.push(name.clone());
        side.lists.push(source);
        side.frequency = side.frequency.max(frequency);
        if at < equals {
            side.equal_frequency = side.equal_frequency.max(frequency);
        }
    }
    Ok(found)
}

/// Adds the remark that says what was searched besides what was typed.
fn add_remark(builder: &mut PlanBuilder<'_>, typed_tokens: &[TypedToken], names: &[String]) {
    let span = typed_tokens.iter().map(|it| it.span).reduce(Span::cover);
    let text = format!("{} → {}", typed_spans::text(typed_tokens), names.join(", "));
    builder.remarks.push(Remark { kind: RemarkKind::Expanded, text, span });
    let holds_han = |it: &str| it.contains(crate::text::is_han);
    let typed_han = typed_tokens.iter().any(|it| holds_han(&it.text));
    if names.iter().any(|it| holds_han(it) != typed_han) {
        builder.translated.extend(span);
    }
}

/// Lowers the weights of typed words to the idf of the thing that they name, in both languages:
/// `Russian` is rare where nearly all passages are Chinese, but what it means is not. Several words
/// of one name share its weight.
///
/// The weight of a Chinese word depends on Chinese passages alone, so that English passages never
/// reorder those that hold it.
fn share_weight(builder: &mut PlanBuilder<'_>, typed_tokens: &[TypedToken], sides: &[Names; 2]) {
    let mut parts: Vec<u32> = typed_tokens.iter().filter_map(|it| it.part).map(|it| it.0).collect();
    parts.dedup();
    let words: Vec<(f32, u32)> = parts.iter().filter_map(|it| builder.word(*it)).collect();
    let weight: f32 = words.iter().map(|it| it.0).sum();
    let typed = match words.as_slice() {
        // Some are Han characters, which have weights of their own.
        it if it.len() < parts.len() => return,
        [] => return,
        [only] => only.1,
        // How often they occur together is not known before they are searched.
        _ => 0,
    };
    let [letters, han] = sides.each_ref().map(|it| it.equal_frequency);
    let frequency = letters.max(typed).saturating_add(han);
    let passages = builder.index.manifest().statistics.passages;
    let idf = idf(frequency, passages);
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
    /// The name contains all typed words: `Vladimir Putin` for `Putin`.
    Whole,
}

/// How a name and the typed words overlap.
fn overlap(name: &str, typed_tokens: &[TypedToken]) -> Overlap {
    let units = analysis::query_tokens(name);
    let is_same = |unit: &QueryToken, token: &TypedToken| {
        unit.exact.first() == Some(&token.text) || (unit.stem.is_some() && unit.stem == token.stem)
    };
    // A name in Han characters is found as a whole, whatever stands in it.
    let words = || units.iter().filter(|it| it.kind != QueryTokenKind::Han);
    let shared = typed_tokens.iter().filter(|token| words().any(|it| is_same(it, token))).count();
    match shared {
        0 => Overlap::None,
        all if all == typed_tokens.len() => Overlap::Whole,
        _ => Overlap::Some,
    }
}
