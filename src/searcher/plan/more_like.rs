//! More like a passage: its own most characteristic terms, searched as one weighted question.
//!
//! After the relevance model of Lavrenko and Croft (2001) in its simplest form: terms weigh the
//! more the oftener they occur in the passage and the fewer passages hold them, in both scripts.
//! None of them is required and none is `missing`: they only say how similar a passage is.

use std::collections::HashMap;

use anyhow::Result;

use super::builder::{OpenTermPostings, PlanBuilder, TermContext};
use crate::analysis::{self, Analyzer, Family, Tokens};
use crate::index::Generation;
use crate::query::{Remark, RemarkKind};
use crate::rank::idf;
use crate::searcher::options::MoreLike;
use crate::searcher::postings::{OpenPostings, Phrase};
use crate::searcher::weights;
use crate::text::is_han;

/// Only the first passages of a long article are read.
const PASSAGES: u32 = 20;

/// The numbers of the passages that others are to be like.
pub(crate) fn passages_of(index: &Generation, given: MoreLike) -> Result<Vec<u32>> {
    let article = index.article(given.article)?;
    Ok(match given.passage {
        Some(ordinal) => vec![(article.first_passage + ordinal).saturating_sub(1)],
        None => (article.first_passage..article.first_passage + article.passages).collect(),
    })
}

/// A term of the passage.
struct KeyTerm {
    text: String,
    is_han: bool,
    /// Its document frequency.
    frequency: u32,
    weight: f32,
}

/// Adds the characteristic terms of a passage to the plan.
pub(crate) fn add(builder: &mut PlanBuilder<'_>, given: MoreLike) -> Result<()> {
    let terms = key_terms(builder, given)?;
    let said: Vec<&str> = terms.iter().map(|it| it.text.as_str()).collect();
    let id = builder.index.article(given.article)?.id;
    let place = given.passage.map(|it| format!("@{it}")).unwrap_or_default();
    let text = format!("like {id}{place}: {}", said.join(", "));
    builder.remarks.push(Remark { kind: RemarkKind::MoreLike, text, span: None });
    let best = terms.first().map_or(1.0, |it| it.weight);
    for term in terms {
        let family = if term.is_han { Family::Word } else { Family::Stem };
        let Some(list) = OpenPostings::of_term(builder.index, family, &term.text)? else {
            continue;
        };
        let side = builder.side(term.is_han);
        let idf = idf(term.frequency, side.passages);
        let weight = idf * term.weight / best;
        let (part, bit) = builder.part(weight);
        if term.is_han {
            let characters = term.text.split_inclusive(|_: char| true);
            builder.patterns.add_phrase(Phrase::of(characters).into_sequence(part));
        } else {
            builder.patterns.add_token(Family::Stem, &term.text, part);
        }
        let list = OpenTermPostings::expanded(list, 1.0, vec![bit]);
        let context = TermContext::added();
        builder.scoring_term(term.text, weight, side, term.frequency, vec![list], &context);
    }
    Ok(())
}

/// The most characteristic terms of a passage, best first.
fn key_terms(builder: &PlanBuilder<'_>, given: MoreLike) -> Result<Vec<KeyTerm>> {
    let index = builder.index;
    let mut counts: HashMap<(bool, String), u32> = HashMap::new();
    let (analyzer, mut tokens) = (Analyzer::for_query(), Tokens::default());
    for passage in passages_of(index, given)?.into_iter().take(PASSAGES as usize) {
        analyzer.tokens(index.text(passage)?, &mut tokens);
        for (is_han, text) in words(index, &tokens) {
            *counts.entry((is_han, text)).or_default() += 1;
        }
    }
    let mut found = Vec::new();
    for ((is_han, text), count) in counts {
        let family = if is_han { Family::Word } else { Family::Stem };
        let frequency = index.document_frequency(family, &text)?;
        // A term of no other passage finds nothing.
        if frequency < 2 {
            continue;
        }
        let idf = idf(frequency, builder.side(is_han).passages);
        #[expect(clippy::cast_precision_loss, reason = "an article holds few million words")]
        let weight = idf * (1.0 + (count as f32).ln());
        found.push(KeyTerm { text, is_han, frequency, weight });
    }
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.text.cmp(&b.text)));
    found.truncate(weights::MORE_LIKE_TERMS);
    Ok(found)
}

/// The stems of the words of a text and its Han words of several characters; function words and
/// numbers left out.
fn words(index: &Generation, tokens: &Tokens) -> Vec<(bool, String)> {
    let mut words = Vec::new();
    let mut run = String::new();
    let mut last = 0;
    let mut exact = "";
    let end_run = |run: &mut String, words: &mut Vec<(bool, String)>| {
        let cut = analysis::segment_han(run, &|it| index.word_frequency(it), index.word_total());
        let own = cut.into_iter().map(|it| it.of(run).to_owned());
        let tells = |it: &String| it.chars().count() > 1 && !analysis::is_function_han_word(it);
        words.extend(own.filter(tells).map(|it| (true, it)));
        run.clear();
    };
    for token in tokens.all() {
        let text = tokens.text(token);
        match token.family {
            Family::Exact if text.chars().all(is_han) => {
                if token.position != last + 1 {
                    end_run(&mut run, &mut words);
                }
                last = token.position;
                run.push_str(text);
            }
            Family::Exact => exact = text,
            Family::Stem => {
                let is_word = text.len() > 1 && text.starts_with(char::is_alphabetic);
                if is_word && !analysis::is_stop_word(exact) {
                    words.push((false, text.to_owned()));
                }
            }
            _ => {}
        }
    }
    end_run(&mut run, &mut words);
    words
}
