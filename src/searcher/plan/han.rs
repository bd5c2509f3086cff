//! Han runs of a query: bigrams, words and characters score; the run or its pieces decide whether a
//! passage holds it.

use std::ops::Range;

use anyhow::Result;

use super::builder::{OpenTermPostings, PlanBuilder, TermContext};
use super::term_types::ScriptRun;
use crate::analysis::{self, Family, QueryToken};
use crate::rank::idf;
use crate::searcher::postings::{OpenPostings, Phrase};
use crate::searcher::weights;

/// Adds one run of Han characters.
///
/// A run of up to [`weights::NAME_CHARACTERS`] is a name, and a passage holds it only as a whole. A
/// longer run is cut into words, and a passage holds it when each of them stands somewhere in it;
/// that they stand side by side adds to the score as proximity.
pub(super) fn add(
    builder: &mut PlanBuilder<'_>,
    tokens: &[QueryToken],
    context: &TermContext,
) -> Result<()> {
    let run = ScriptRun::text(tokens);
    let characters: Vec<&str> = characters(&run).collect();
    if characters.len() == 1 {
        return character(builder, &run, context);
    }
    let words = words(builder, &run);
    let first = builder.scoring_terms.len();
    for pair in characters.windows(2) {
        let bigram = pair.concat();
        if !bigram.chars().all(analysis::is_function_han) {
            add_scoring(builder, Family::Bigram, &bigram, weights::BIGRAM, context)?;
        }
    }
    let bigrams = first..builder.scoring_terms.len();
    for word in words.iter().filter(|it| it.chars().count() > 1) {
        add_scoring(builder, Family::Word, word, weights::WORD, context)?;
    }
    if weights::CHARACTER > 0.0 {
        for one in characters.iter().filter(|it| !it.chars().all(analysis::is_function_han)) {
            // A character alone does not make a passage match: 中 stands in half of all passages.
            let nothing = Vec::new();
            add_scoring_with(builder, Family::Exact, one, weights::CHARACTER, nothing, context)?;
        }
    }
    let pieces = if characters.len() <= weights::NAME_CHARACTERS {
        vec![run.clone()]
    } else {
        pieces(&words, &run)
    };
    for piece in pieces {
        add_piece(builder, &piece, &bigrams, context)?;
    }
    Ok(())
}

fn characters(run: &str) -> impl Iterator<Item = &str> {
    let ends = run.char_indices().map(|(at, it)| (at, at + it.len_utf8()));
    ends.filter_map(|(start, end)| run.get(start..end))
}

/// Cuts a run by the words that the index holds.
fn words(builder: &PlanBuilder<'_>, run: &str) -> Vec<String> {
    let index = builder.index;
    let cut = analysis::segment_han(run, &|word| index.word_frequency(word), index.word_total());
    cut.into_iter().map(|it| it.of(run).to_owned()).collect()
}

/// The pieces of a long run that a passage must hold: its words, without function words.
/// Neighbouring single characters are one piece, since the index holds no word there.
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

/// A single character: it scores, and decides whether a passage matches.
fn character(builder: &mut PlanBuilder<'_>, character: &str, context: &TermContext) -> Result<()> {
    let list = OpenPostings::of_phrase(builder.index, &Phrase::of(std::iter::once(character)))?;
    let (part, _) = builder.part_of_list(character.to_owned(), 1.0, true, list, context);
    builder.patterns.add_token(Family::Exact, character, part);
    builder.pieces.push((part, character.to_owned()));
    Ok(())
}

/// Adds a scoring term that makes a passage match, but is no part of the typed term.
pub(super) fn add_scoring(
    builder: &mut PlanBuilder<'_>,
    family: Family,
    text: &str,
    share: f32,
    context: &TermContext,
) -> Result<()> {
    add_scoring_with(builder, family, text, share, vec![context.any_part], context)
}

/// Adds a scoring term that sets the bits `exact`.
fn add_scoring_with(
    builder: &mut PlanBuilder<'_>,
    family: Family,
    text: &str,
    share: f32,
    exact: Vec<u32>,
    context: &TermContext,
) -> Result<()> {
    let Some(list) = OpenPostings::of_term(builder.index, family, text)? else { return Ok(()) };
    let side = builder.side(true);
    let frequency = list.document_frequency();
    let idf = idf(frequency, side.passages) / weights::HAN_PIVOT;
    let weight = share * weights::HAN_PIVOT * idf.powf(weights::HAN_RARITY);
    let list = OpenTermPostings::exact(list, 1.0, exact);
    builder.scoring_term(text.to_owned(), weight, side, frequency, vec![list], context);
    Ok(())
}

/// Adds a part for a piece of a run. It has no score of its own: the bigrams of the piece, at these
/// numbers, have scored already.
fn add_piece(
    builder: &mut PlanBuilder<'_>,
    piece: &str,
    bigrams: &Range<usize>,
    context: &TermContext,
) -> Result<()> {
    let phrase = Phrase::of(characters(piece));
    let mut known = builder.scoring_terms.get(bigrams.clone()).unwrap_or_default().iter();
    let frequency = known.find(|it| it.label == piece).map(|it| it.document_frequency);
    let part = match frequency {
        // For two characters the list of the bigram is that of the piece.
        Some(frequency) => {
            let idf = idf(frequency, builder.side(true).passages);
            let (part, bit) = builder.part(idf);
            let mut own =
                builder.scoring_terms.get_mut(bigrams.clone()).unwrap_or_default().iter_mut();
            let own = own.find(|it| it.label == piece).into_iter();
            own.flat_map(|it| &mut it.postings).for_each(|it| it.exact.push(bit));
            part
        }
        None => {
            let list = OpenPostings::of_phrase(builder.index, &phrase)?;
            builder.part_of_list(piece.to_owned(), 0.0, true, list, context).0
        }
    };
    builder.patterns.add_phrase(phrase.into_sequence(part));
    builder.pieces.push((part, piece.to_owned()));
    Ok(())
}
