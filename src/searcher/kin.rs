//! More like a passage: its own most telling terms, searched as one weighted question.
//!
//! After the relevance model of Lavrenko and Croft (2001) in its simplest form: the terms of the
//! passage by how often they stand in it and how seldom elsewhere, in both scripts. No such term is
//! demanded and none is `missing`: they only say how near a passage is.

use std::collections::HashMap;

use anyhow::Result;

use super::filter::Filter;
use super::phrase::Phrase;
use super::plan::Source;
use super::planner::{Current, Planner};
use super::postings::Cursor;
use super::weights;
use crate::analysis::{self, Analyzer, Family, Tokens};
use crate::index::Index;
use crate::query::{Region, Remark, RemarkKind};
use crate::rank::inverse_frequency;
use crate::text::is_han;

/// Of a long article so many passages speak for it.
const PASSAGES: u32 = 20;

/// What more is wanted of: an article, or one passage of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kin {
    /// The article's number in the index.
    pub article: u32,
    /// The passage's number in the article, from 1; nothing for all of them.
    pub passage: Option<u32>,
}

impl Kin {
    /// The numbers of its passages in the index.
    fn passages(self, index: &Index) -> Result<Vec<u32>> {
        let article = index.article(self.article)?;
        Ok(match self.passage {
            Some(ordinal) => vec![(article.first_passage + ordinal).saturating_sub(1)],
            None => (article.first_passage..article.first_passage + article.passages).collect(),
        })
    }
}

/// A term of the passage.
struct Telling {
    text: String,
    is_han: bool,
    /// In how many passages it stands.
    frequency: u32,
    weight: f32,
}

/// Leaves out what more is wanted of, and its copies.
pub(super) fn exclude(index: &Index, kin: Kin, filter: &mut Filter) -> Result<()> {
    for passage in kin.passages(index)? {
        filter.exclude(index.family(passage));
    }
    Ok(())
}

/// Adds the telling terms of a passage to the plan.
pub(super) fn add(planner: &mut Planner<'_>, kin: Kin) -> Result<()> {
    let terms = telling(planner, kin)?;
    let said: Vec<&str> = terms.iter().map(|it| it.text.as_str()).collect();
    let id = planner.index.article(kin.article)?.id;
    let place = kin.passage.map(|it| format!("@{it}")).unwrap_or_default();
    let text = format!("like {id}{place}: {}", said.join(", "));
    planner.remarks.push(Remark { kind: RemarkKind::MoreLike, text, span: None });
    let best = terms.first().map_or(1.0, |it| it.weight);
    for term in terms {
        let family = if term.is_han { Family::Word } else { Family::Stem };
        let Some(cursor) = Cursor::stored(planner.index, family, &term.text)? else { continue };
        let side = planner.side(term.is_han);
        let idf = inverse_frequency(term.frequency, side.passages);
        let weight = idf * term.weight / best;
        let (part, bit) = planner.part(weight);
        if term.is_han {
            let characters = term.text.split_inclusive(|_: char| true);
            planner.patterns.add_sequence(Phrase::of(characters).into_sequence(part));
        } else {
            planner.patterns.add_token(Family::Stem, &term.text, part);
        }
        let source = Source::expanded(cursor, 1.0, vec![bit]);
        let current = Current {
            touched: 0,
            is_negative: false,
            is_required: false,
            region: Region::Anywhere,
        };
        planner.unit(term.text, weight, side, term.frequency, vec![source], &current);
    }
    Ok(())
}

/// The most telling terms of a passage, best first.
fn telling(planner: &Planner<'_>, kin: Kin) -> Result<Vec<Telling>> {
    let index = planner.index;
    let mut counts: HashMap<(bool, String), u32> = HashMap::new();
    let (analyzer, mut tokens) = (Analyzer::for_query(), Tokens::default());
    for passage in kin.passages(index)?.into_iter().take(PASSAGES as usize) {
        analyzer.tokens(index.text(passage)?, &mut tokens);
        for (is_han, text) in words(index, &tokens) {
            *counts.entry((is_han, text)).or_default() += 1;
        }
    }
    let mut found = Vec::new();
    for ((is_han, text), count) in counts {
        let family = if is_han { Family::Word } else { Family::Stem };
        let frequency = index.document_frequency(family, &text)?;
        // What stands nowhere else leads nowhere.
        if frequency < 2 {
            continue;
        }
        let idf = inverse_frequency(frequency, planner.side(is_han).passages);
        #[expect(clippy::cast_precision_loss, reason = "an article holds few million words")]
        let weight = idf * (1.0 + (count as f32).ln());
        found.push(Telling { text, is_han, frequency, weight });
    }
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.text.cmp(&b.text)));
    found.truncate(weights::KIN_TERMS);
    Ok(found)
}

/// The stems of the words of a text and its Han words of several characters; function words and
/// numbers left out.
fn words(index: &Index, tokens: &Tokens) -> Vec<(bool, String)> {
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
