//! Computes the topics of each passage from the postings just written.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;
use tantivy::TERMINATED;

use crate::analysis::{Analyzer, Family, Tokens};
use crate::index::file_names::TOPICS;
use crate::index::read::{PhrasePositions, PhraseScorer, PostingsReader};
use crate::index::trust::ChecksummedFiles;
use crate::lexicon::Lexicon;
use crate::text::is_han;

/// Writes the topic bits of all passages.
pub(super) fn write_topics(
    output: &ChecksummedFiles,
    folder: &Path,
    passages: u32,
    lexicon: &Lexicon,
) -> Result<()> {
    let names: Vec<&str> = lexicon.topics.iter().map(|it| it.name.as_str()).collect();
    let width = names.len().div_ceil(8);
    let mut bits = vec![0_u8; width * passages as usize];
    if !bits.is_empty() {
        let reader = PostingsReader::written(folder, passages)?;
        for (name, topics) in names_of(lexicon, &names) {
            each(&reader, &name, &mut |passage| {
                let own = bits.get_mut(passage as usize * width..).unwrap_or_default();
                for topic in &topics {
                    own.get_mut(topic / 8).into_iter().for_each(|it| *it |= 1 << (topic % 8));
                }
            })?;
        }
    }
    output.fill(TOPICS, |out| out.write_all(&bits))?;
    Ok(())
}

/// The names of all concepts with topics: their exact tokens, and the numbers of the topics.
fn names_of(lexicon: &Lexicon, topics: &[&str]) -> Vec<(Vec<String>, Vec<usize>)> {
    let (analyzer, mut tokens) = (Analyzer::for_query(), Tokens::default());
    let number = |name: &String| topics.iter().position(|it| it == name);
    let mut names = Vec::new();
    for entry in lexicon.entries.iter().filter(|it| !it.topics.is_empty()) {
        let numbers: Vec<usize> = entry.topics.iter().filter_map(number).collect();
        let own: BTreeSet<&String> = entry.names.iter().collect();
        for name in own {
            analyzer.tokens(name, &mut tokens);
            let exact = tokens.family(Family::Exact).map(|it| tokens.text(it).to_owned());
            names.push((exact.collect(), numbers.clone()));
        }
    }
    names
}

/// Calls `give` with each passage that holds these exact tokens as a phrase.
fn each(reader: &PostingsReader, tokens: &[String], give: &mut dyn FnMut(u32)) -> Result<()> {
    if let [only] = tokens {
        let list = reader.postings(Family::Exact, only, false)?;
        list.into_iter().for_each(|mut it| it.walk_passages(TERMINATED, &mut *give));
        return Ok(());
    }
    let mut filters = Vec::new();
    for pair in tokens.windows(2).map(<[String]>::concat) {
        if pair.chars().count() == 2 && pair.chars().all(is_han) {
            let Some(list) = reader.postings(Family::Bigram, &pair, false)? else { return Ok(()) };
            filters.push(list);
        }
    }
    if tokens.len() == 2 && !filters.is_empty() {
        filters.iter_mut().for_each(|it| it.walk_passages(TERMINATED, &mut *give));
        return Ok(());
    }
    let mut places = Vec::new();
    for (offset, token) in (0..).zip(tokens) {
        let Some(list) = reader.postings(Family::Exact, token, true)? else { return Ok(()) };
        places.push(PhrasePositions::new(vec![list], offset));
    }
    let mut together = PhraseScorer::new(filters, places);
    let mut from = 0;
    while let Some(passage) = together.next(from) {
        if together.side_by_side(u32::MAX) > 0 {
            give(passage);
        }
        from = passage + 1;
    }
    Ok(())
}
