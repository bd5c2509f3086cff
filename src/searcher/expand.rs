//! What means the same as something typed, found through the index's lexicon.
//!
//! Another name never makes a passage stand above those that hold what was typed: it sets the
//! evidence of the terms as expanded only. Every expansion that finds something is announced.

use std::collections::HashSet;
use std::iter::Peekable;

use anyhow::Result;

use super::draft::{Draft, Group, Shape};
use super::phrase::{self, Phrase};
use super::plan::Source;
use super::planner::{Current, Planner};
use super::postings::{self, Cursor};
use crate::analysis::{self, Family, QueryToken, QueryTokenKind};
use crate::lexicon::{Kind, Sense};
use crate::query::{Occur, Region, Remark, RemarkKind};
use crate::rank::inverse_frequency;
use crate::text::Span;

/// More names of one thing are not searched.
const NAMES: usize = 24;

/// One exact token of the query and what it belongs to.
pub(super) struct Place {
    pub(super) text: String,
    /// The number of its term; a light word has none.
    pub(super) term: Option<usize>,
    /// The number of its part, where it has one, and how many tokens that part has.
    pub(super) part: Option<(u32, usize)>,
    /// Where it stands in the query.
    pub(super) span: Span,
    /// Whether it was typed in capitals.
    is_capital: bool,
    stem: Option<String>,
}

/// Adds to the plan what the lexicon knows of the typed terms.
///
/// `typed` are all terms with their numbers; light ones have none and still are parts of names.
pub(super) fn expand(planner: &mut Planner<'_>, typed: &[(&Draft, Option<usize>)]) -> Result<()> {
    let longest = planner.index.lexicon().longest_key_tokens();
    if longest == 0 {
        return Ok(());
    }
    for places in stretches(planner, typed) {
        let mut at = 0;
        while at < places.len() {
            at += match longest_match(planner, &places[at..], longest) {
                Some((count, senses)) => {
                    for sense in &senses {
                        add(planner, &places[at..at + count], sense)?;
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
    planner: &Planner<'_>,
    places: &[Place],
    longest: usize,
) -> Option<(usize, Vec<Sense>)> {
    (1..=longest.min(places.len())).rev().find_map(|count| {
        let texts: Vec<&str> = places[..count].iter().map(|it| it.text.as_str()).collect();
        let senses = planner.index.lexicon().senses(&texts.join(" "));
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

/// Typed words that stand side by side, as exact tokens.
pub(super) fn stretches(
    planner: &Planner<'_>,
    typed: &[(&Draft, Option<usize>)],
) -> Vec<Vec<Place>> {
    let mut stretches: Vec<Vec<Place>> = vec![Vec::new()];
    for (draft, term) in typed {
        let Shape::Groups(groups) = &draft.shape else {
            stretches.push(Vec::new());
            continue;
        };
        if draft.occur == Occur::Not || draft.region == Region::Title {
            stretches.push(Vec::new());
            continue;
        }
        let known = term.and_then(|it| planner.terms.get(it));
        let numbers = known.map(|it| planner.numbers(it)).unwrap_or_default();
        let places = places(planner, groups, *term, &numbers, draft);
        if let Some(stretch) = stretches.last_mut() {
            stretch.extend(places);
        }
    }
    stretches
}

/// The tokens of one term. Its parts follow its groups: a word has one, a Han run one for each of
/// its pieces.
fn places(
    planner: &Planner<'_>,
    groups: &[Group],
    term: Option<usize>,
    parts: &[u32],
    draft: &Draft,
) -> Vec<Place> {
    let mut parts = parts.iter().copied().peekable();
    let mut places = Vec::new();
    for group in groups {
        let (units, of_units) = match group {
            Group::Word(unit) => {
                (std::slice::from_ref(unit), vec![parts.next().map(|part| (part, 1))])
            }
            Group::Han(units) => (units.as_slice(), of_run(planner, units, &mut parts)),
        };
        for (unit, part) in units.iter().zip(of_units) {
            let Some(text) = unit.exact.first().cloned() else { continue };
            let typed = unit.span.of(&draft.text);
            let is_capital = !typed.chars().any(char::is_lowercase);
            let span = unit.span.shifted(draft.start);
            let stem = unit.stem.clone();
            places.push(Place { text, term, part, span, is_capital, stem });
        }
    }
    places
}

/// For each character of a Han run the part that it belongs to, with that part's length. The
/// pieces of a run stand in its order; between them are function words.
fn of_run(
    planner: &Planner<'_>,
    units: &[QueryToken],
    parts: &mut Peekable<impl Iterator<Item = u32>>,
) -> Vec<Option<(u32, usize)>> {
    let characters: Vec<&str> =
        units.iter().map(|it| it.exact.first().map_or("", String::as_str)).collect();
    let mut of_units = vec![None; units.len()];
    let mut from = 0;
    while let Some(part) = parts.peek().copied() {
        let piece = planner.pieces.iter().find(|it| it.0 == part);
        let Some((_, piece)) = piece else { break };
        let length = piece.chars().count();
        let stands =
            |at: &usize| characters.get(*at..at + length).is_some_and(|it| it.concat() == *piece);
        let Some(at) = (from..units.len()).find(stands) else { break };
        of_units[at..at + length].fill(Some((part, length)));
        from = at + length;
        parts.next();
    }
    of_units
}

/// Names of one thing in one script that stand in the index.
#[derive(Default)]
struct Names {
    texts: Vec<String>,
    sources: Vec<Source>,
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
    provers: Vec<Source>,
}

/// Adds one sense of some typed tokens.
fn add(planner: &mut Planner<'_>, places: &[Place], sense: &Sense) -> Result<()> {
    let mut bits = touched(planner, places);
    bits.extend(proven(planner, places));
    if bits.is_empty() {
        return Ok(());
    }
    let found = find(planner, places, sense, &bits)?;
    if found.texts.is_empty() {
        return Ok(());
    }
    announce(planner, places, &found.texts);
    if sense.kind <= Kind::Curated {
        blend(planner, places, &found.sides);
    }
    let current =
        Current { touched: 0, is_negative: false, is_required: false, region: Region::Anywhere };
    for (names, is_han) in found.sides.into_iter().zip([false, true]) {
        let Names { texts, sources, frequency, .. } = names;
        if !sources.is_empty() {
            let side = planner.side(is_han);
            let weight = inverse_frequency(frequency, side.passages) * sense.kind.weight();
            planner.unit(texts.join(" | "), weight, side, frequency, sources, &current);
        }
    }
    if !found.provers.is_empty() {
        let side = planner.side(false);
        planner.unit(String::new(), 0.0, side, 0, found.provers, &current);
    }
    Ok(())
}

/// Looks for the names of a sense.
fn find(planner: &mut Planner<'_>, places: &[Place], sense: &Sense, bits: &[u32]) -> Result<Found> {
    let mut found = Found::default();
    let pattern = places.iter().find_map(|it| it.part).map_or(0, |it| it.0);
    let equals = sense.names.len().saturating_sub(sense.narrower);
    for (at, name) in sense.names.iter().enumerate().take(NAMES) {
        let overlap = overlap(name, places);
        if overlap == Overlap::Whole {
            continue;
        }
        let Some(cursor) = occurrences(planner, name, pattern)? else { continue };
        let frequency = cursor.document_frequency();
        let weight = sense.kind.weight();
        let source = Source::expanded(cursor, weight, bits.to_vec());
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
fn announce(planner: &mut Planner<'_>, places: &[Place], names: &[String]) {
    let span = places.iter().map(|it| it.span).reduce(Span::cover);
    let text = format!("{} → {}", self::text(places), names.join(", "));
    planner.remarks.push(Remark { kind: RemarkKind::Expanded, text, span });
    let holds_han = |it: &str| it.contains(crate::text::is_han);
    let typed_han = places.iter().any(|it| holds_han(&it.text));
    if names.iter().any(|it| holds_han(it) != typed_han) {
        planner.translated.extend(span);
    }
}

/// Weighs typed words by the document frequency of the thing that they name, in both languages:
/// `Russian` is rare where all passages are Chinese, and what it means is not. The words of a name
/// of several weigh together what it does.
///
/// What a Chinese word weighs depends on Chinese passages alone, so that English ones never reorder
/// those that hold it.
fn blend(planner: &mut Planner<'_>, places: &[Place], sides: &[Names; 2]) {
    let mut parts: Vec<u32> = places.iter().filter_map(|it| it.part).map(|it| it.0).collect();
    parts.dedup();
    let words: Vec<(f32, u32)> = parts.iter().filter_map(|it| planner.word(*it)).collect();
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
    let passages = planner.index.manifest().statistics.passages;
    let idf = inverse_frequency(frequency, passages);
    if frequency > 0 && idf < weight {
        planner.lighten(&parts, idf / weight);
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

fn overlap(name: &str, places: &[Place]) -> Overlap {
    let units = analysis::query_tokens(name);
    let is_same = |unit: &QueryToken, place: &Place| {
        unit.exact.first() == Some(&place.text) || (unit.stem.is_some() && unit.stem == place.stem)
    };
    // A name in Han characters is found as a whole, whatever stands in it.
    let words = || units.iter().filter(|it| it.kind != QueryTokenKind::Han);
    let shared = places.iter().filter(|place| words().any(|it| is_same(it, place))).count();
    match shared {
        0 => Overlap::None,
        all if all == places.len() => Overlap::Whole,
        _ => Overlap::Some,
    }
}

/// The tokens as one text.
pub(super) fn text(places: &[Place]) -> String {
    let mut text = String::new();
    for place in places {
        let is_han = place.text.chars().all(crate::text::is_han);
        if !text.is_empty() && !is_han {
            text.push(' ');
        }
        text.push_str(&place.text);
    }
    text
}

/// The bits that say that a passage holds anything of the terms of some tokens.
pub(super) fn touched(planner: &Planner<'_>, places: &[Place]) -> Vec<u32> {
    let terms = places.iter().filter_map(|it| planner.terms.get(it.term?));
    terms.map(|it| it.touched).collect()
}

/// The bits of the parts whose tokens all stand among `places`.
pub(super) fn proven(planner: &Planner<'_>, places: &[Place]) -> Vec<u32> {
    let whole = places.iter().filter_map(|it| it.part).filter(|(part, tokens)| {
        let own = places.iter().filter(|it| it.part.is_some_and(|it| it.0 == *part));
        own.count() == *tokens
    });
    let mut bits: Vec<u32> =
        whole.filter_map(|(part, _)| planner.parts.get(part as usize)).map(|it| it.bit).collect();
    bits.dedup();
    bits
}

/// The postings of a name, and its pattern; nothing where no passage holds it.
pub(super) fn occurrences(
    planner: &mut Planner<'_>,
    name: &str,
    part: u32,
) -> Result<Option<Cursor>> {
    let units = analysis::query_tokens(name);
    if let [unit] = units.as_slice()
        && unit.kind == QueryTokenKind::Word
    {
        let (family, text) = match (&unit.stem, unit.exact.first()) {
            // `US` is no word with a stem: its capitals are what tells it apart.
            (Some(stem), Some(exact)) if !exact.chars().any(char::is_uppercase) => {
                (Family::Stem, stem)
            }
            (_, Some(exact)) => (Family::Exact, exact),
            _ => return Ok(None),
        };
        let mut cursor = Cursor::stored(planner.index, family, text)?;
        if cursor.is_some() {
            planner.patterns.add_token(family, text, part);
        }
        // `$` is another form of USD.
        if planner.index.document_frequency(Family::Form, text)? > 0 {
            planner.patterns.add_token(Family::Form, text, part);
            let lists = [family, Family::Form].map(|it| postings::read(planner.index, it, text));
            let [own, form] = lists;
            cursor = Some(Cursor::listed(postings::union(vec![own?, form?])));
        }
        return Ok(cursor);
    }
    let phrase = Phrase::of(units.iter().filter_map(|it| it.exact.first()).map(String::as_str));
    let postings = phrase::find(planner.index, &phrase)?;
    if postings.is_empty() {
        return Ok(None);
    }
    planner.patterns.add_sequence(phrase.into_sequence(part));
    Ok(Some(Cursor::listed(postings)))
}
