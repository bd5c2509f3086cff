//! Words of letters.

use anyhow::Result;

use super::builder::{OpenTermPostings, PlanBuilder, TermContext};
use crate::analysis::{self, Family, Unit};
use crate::rank::inverse_frequency;
use crate::searcher::postings::{OpenPostings, Phrase};
use crate::searcher::weights;

/// One word: its exact forms, its stem and its other forms blended. Gives in how many passages
/// the most frequent of them stands.
pub(super) fn add(
    builder: &mut PlanBuilder<'_>,
    asked: &Unit,
    context: &TermContext,
) -> Result<u32> {
    let exact = asked.exact.iter().map(|it| (Family::Exact, it, analysis::has_one_stem(it)));
    let forms = asked.forms.iter().map(|it| (Family::Form, it, false));
    let stem = asked.stem.as_deref().filter(|_| !builder.is_exact);
    let mut sources = Vec::new();
    let (mut exact_frequency, mut most) = (0, 0);
    for (family, text, has_one_stem) in exact.chain(forms) {
        if let Some(list) = OpenPostings::of_term(builder.index, family, text)? {
            exact_frequency += list.document_frequency();
            most = most.max(list.document_frequency());
            sources.push((list, 1.0, has_one_stem));
        }
    }
    let apart = Phrase::of(asked.pieces.iter().map(String::as_str));
    if !apart.elements.is_empty() {
        let list = OpenPostings::of_phrase(builder.index, &apart)?;
        if list.document_frequency() > 0 {
            exact_frequency += list.document_frequency();
            sources.push((list, 1.0, false));
        }
    }
    let (mut frequency, mut is_stemmed) = (exact_frequency, false);
    if let Some(stem) = stem
        && let Some(list) = OpenPostings::of_term(builder.index, Family::Stem, stem)?
    {
        frequency = frequency.max(list.document_frequency());
        most = most.max(list.document_frequency());
        // A stem that stands in no more passages than the word itself adds nothing; several
        // forms may stand in the same passages.
        if sources.len() > 1 || list.document_frequency() > exact_frequency {
            for source in &mut sources {
                source.1 = weights::EXACT;
            }
            sources.push((list, 1.0 - weights::EXACT, false));
            is_stemmed = true;
        }
    }
    let side = builder.side(false);
    let idf = inverse_frequency(frequency, side.passages);
    let (part, bit) = builder.part(idf);
    builder.word_patterns(asked, stem, part);
    builder.patterns.add_sequence(apart.into_sequence(part));
    let bits = vec![context.any_part, bit];
    let sources = sources.into_iter().map(|(list, weight, has_one_stem)| {
        let mut one = OpenTermPostings::exact(list, weight, bits.clone());
        one.postings.is_within = is_stemmed && has_one_stem;
        one
    });
    let label = asked.exact.first().cloned().unwrap_or_default();
    let sources = sources.collect();
    builder.note_word(part);
    builder.scoring_term(label, idf, side, frequency, sources, context);
    Ok(most)
}
