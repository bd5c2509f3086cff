//! Han runs of a query: what scores (bigrams and words) and what proves (the run or its pieces).

use std::ops::Range;

use anyhow::Result;

use super::draft::Group;
use super::phrase::{self, Phrase};
use super::plan::Source;
use super::planner::{Current, Planner};
use super::postings::Cursor;
use super::weights;
use crate::analysis::{self, Family, QueryToken as Asked};
use crate::rank::inverse_frequency;

/// Plans one run of Han characters.
///
/// A run of up to [`weights::NAME_CHARACTERS`] is a name and present only as a whole. A longer one
/// is cut into words, and present when each of them stands somewhere in the passage; that it stands
/// there as a whole is worth nearness.
pub(super) fn run(planner: &mut Planner<'_>, asked: &[Asked], current: &Current) -> Result<()> {
    let run = Group::run(asked);
    let characters: Vec<&str> = characters(&run).collect();
    if characters.len() == 1 {
        return character(planner, &run, current);
    }
    let words = words(planner, &run);
    let first = planner.units.len();
    for pair in characters.windows(2) {
        let bigram = pair.concat();
        if !bigram.chars().all(analysis::is_function_han) {
            score(planner, Family::Bigram, &bigram, weights::BIGRAM, current)?;
        }
    }
    let bigrams = first..planner.units.len();
    for word in words.iter().filter(|it| it.chars().count() > 1) {
        score(planner, Family::Word, word, weights::WORD, current)?;
    }
    if weights::CHARACTER > 0.0 {
        for one in characters.iter().filter(|it| !it.chars().all(analysis::is_function_han)) {
            // By itself a character is no answer: 中 stands in half of all passages.
            let nothing = Vec::new();
            scored(planner, Family::Exact, one, weights::CHARACTER, nothing, current)?;
        }
    }
    let pieces = if characters.len() <= weights::NAME_CHARACTERS {
        vec![run.clone()]
    } else {
        pieces(&words, &run)
    };
    for piece in pieces {
        prove(planner, &piece, &bigrams, current)?;
    }
    Ok(())
}

fn characters(run: &str) -> impl Iterator<Item = &str> {
    let ends = run.char_indices().map(|(at, it)| (at, at + it.len_utf8()));
    ends.filter_map(|(start, end)| run.get(start..end))
}

/// The run cut by the words that the index holds.
fn words(planner: &Planner<'_>, run: &str) -> Vec<String> {
    let index = planner.index;
    let cut = analysis::segment_han(run, &|word| index.word_frequency(word), index.word_total());
    cut.into_iter().map(|it| it.of(run).to_owned()).collect()
}

/// What of a long run must stand in a passage: its words, neighbouring single characters together
/// (the index holds no word there), function words left out.
fn pieces(words: &[String], run: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut is_open = false;
    for word in words {
        if analysis::is_function_han_word(word) {
            is_open = false;
            continue;
        }
        let is_single = word.chars().count() == 1;
        match pieces.last_mut() {
            Some(last) if is_open && is_single => last.push_str(word),
            _ => pieces.push(word.clone()),
        }
        is_open = is_single;
    }
    if pieces.is_empty() { vec![run.to_owned()] } else { pieces }
}

/// One character by itself: it scores and proves.
fn character(planner: &mut Planner<'_>, character: &str, current: &Current) -> Result<()> {
    let cursor = phrase::cursor(planner.index, &Phrase::of(std::iter::once(character)))?;
    let (part, _) = planner.proved(character.to_owned(), 1.0, true, cursor, current);
    planner.patterns.add_token(Family::Exact, character, part);
    planner.pieces.push((part, character.to_owned()));
    Ok(())
}

/// A unit that scores and touches its term, and proves nothing.
pub(super) fn score(
    planner: &mut Planner<'_>,
    family: Family,
    text: &str,
    share: f32,
    current: &Current,
) -> Result<()> {
    scored(planner, family, text, share, vec![current.touched], current)
}

/// A unit that scores and sets `typed`.
fn scored(
    planner: &mut Planner<'_>,
    family: Family,
    text: &str,
    share: f32,
    typed: Vec<u32>,
    current: &Current,
) -> Result<()> {
    let Some(cursor) = Cursor::stored(planner.index, family, text)? else { return Ok(()) };
    let side = planner.side(true);
    let frequency = cursor.document_frequency();
    let idf = inverse_frequency(frequency, side.passages) / weights::HAN_PIVOT;
    let weight = share * weights::HAN_PIVOT * idf.powf(weights::HAN_RARITY);
    let source = Source::typed(cursor, 1.0, typed);
    planner.unit(text.to_owned(), weight, side, frequency, vec![source], current);
    Ok(())
}

/// A part that the whole piece proves; its bigrams, these units, have scored already.
fn prove(
    planner: &mut Planner<'_>,
    piece: &str,
    bigrams: &Range<usize>,
    current: &Current,
) -> Result<()> {
    let phrase = Phrase::of(characters(piece));
    let mut known = planner.units.get(bigrams.clone()).unwrap_or_default().iter();
    let frequency = known.find(|it| it.label == piece).map(|it| it.document_frequency);
    let part = match frequency {
        // Of two characters the bigram is the proof.
        Some(frequency) => {
            let idf = inverse_frequency(frequency, planner.side(true).passages);
            let (part, bit) = planner.part(idf);
            let mut own = planner.units.get_mut(bigrams.clone()).unwrap_or_default().iter_mut();
            let own = own.find(|it| it.label == piece).into_iter();
            own.flat_map(|it| &mut it.sources).for_each(|it| it.typed.push(bit));
            part
        }
        None => {
            let cursor = phrase::cursor(planner.index, &phrase)?;
            planner.proved(piece.to_owned(), 0.0, true, cursor, current).0
        }
    };
    planner.patterns.add_sequence(phrase.into_sequence(part));
    planner.pieces.push((part, piece.to_owned()));
    Ok(())
}
