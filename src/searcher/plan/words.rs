//! A typed word in letters: its exact forms, its other forms and its stem are one scoring term.

use anyhow::Result;

use super::builder::{OpenTermPostings, PlanBuilder, TermContext};
use crate::analysis::{self, Family, QueryToken};
use crate::rank::idf;
use crate::searcher::postings::{OpenPostings, Phrase};
use crate::searcher::weights;

/// Adds a word. Gives the document frequency of its most frequent form.
pub(super) fn add(
    builder: &mut PlanBuilder<'_>,
    token: &QueryToken,
    context: &TermContext,
) -> Result<u32> {
    let exact = token.exact.iter().map(|it| (Family::Exact, it, analysis::has_one_stem(it)));
    let forms = token.forms.iter().map(|it| (Family::Form, it, false));
    let stem = token.stem.as_deref().filter(|_| !builder.is_exact);
    let mut lists = Vec::new();
    let (mut exact_frequency, mut most) = (0, 0);
    for (family, text, has_one_stem) in exact.chain(forms) {
        if let Some(list) = OpenPostings::of_term(builder.index, family, text)? {
            exact_frequency += list.document_frequency();
            most = most.max(list.document_frequency());
            lists.push((list, 1.0, has_one_stem));
        }
    }
    let apart = Phrase::of(token.pieces.iter().map(String::as_str));
    if !apart.elements.is_empty() {
        let list = OpenPostings::of_phrase(builder.index, &apart)?;
        if list.document_frequency() > 0 {
            exact_frequency += list.document_frequency();
            lists.push((list, 1.0, false));
        }
    }
    let (mut frequency, mut is_stemmed) = (exact_frequency, false);
    if let Some(stem) = stem
        && let Some(list) = OpenPostings::of_term(builder.index, Family::Stem, stem)?
    {
        frequency = frequency.max(list.document_frequency());
        most = most.max(list.document_frequency());
        // A stem that occurs in no more passages than the word itself adds nothing. Of several
        // forms the sum says little, since they may occur in the same passages.
        if lists.len() > 1 || list.document_frequency() > exact_frequency {
            for source in &mut lists {
                source.1 = weights::EXACT;
            }
            lists.push((list, 1.0 - weights::EXACT, false));
            is_stemmed = true;
        }
    }
    let side = builder.side(false);
    let idf = idf(frequency, side.passages);
    let (part, bit) = builder.part(idf);
    builder.word_patterns(token, stem, part);
    builder.patterns.add_phrase(apart.into_sequence(part));
    let bits = vec![context.any_part, bit];
    let lists = lists.into_iter().map(|(list, weight, has_one_stem)| {
        let mut one = OpenTermPostings::exact(list, weight, bits.clone());
        one.postings.is_within = is_stemmed && has_one_stem;
        one
    });
    let label = token.exact.first().cloned().unwrap_or_default();
    let lists = lists.collect();
    builder.note_word(part);
    builder.scoring_term(label, idf, side, frequency, lists, context);
    Ok(most)
}
