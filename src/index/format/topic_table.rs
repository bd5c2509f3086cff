//! Which topics a passage touches: a few bits for each, worked out once when a generation is
//! written, from its own postings.
//!
//! A passage touches a topic when it, or its title, holds a name of any of the topic's concepts.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;
use tantivy::TERMINATED;

use crate::analysis::{Analyzer, Family, Tokens};
use crate::index::file_names::TOPICS;
use crate::index::read::Lists;
use crate::index::read::{Place, Together};
use crate::index::trust::Guard;
use crate::index::trust::Ledger;
use crate::lexicon::Lexicon;
use crate::text::is_han;

/// The bits of each passage, topic by topic in the lexicon's order.
#[derive(Debug)]
pub(crate) struct TopicTable {
    bytes: Guard,
    /// Bytes a passage.
    width: usize,
}

impl TopicTable {
    /// Takes the bits of `passages` passages; nothing where the length does not fit.
    pub(crate) fn open(bytes: Guard, passages: u32) -> Option<Self> {
        let passages = passages as usize;
        let width = bytes.len().checked_div(passages).unwrap_or(0);
        (bytes.len() == width * passages).then_some(Self { bytes, width })
    }

    /// Whether a passage touches the topic of a number; never where there is no such number.
    #[inline]
    pub(crate) fn touches(&self, passage: u32, topic: usize) -> bool {
        self.bits(passage).get(topic / 8).is_some_and(|it| it >> (topic % 8) & 1 == 1)
    }

    /// How many passages touch the topic of a number.
    pub(crate) fn count(&self, topic: usize) -> u64 {
        let all = self.bytes.get(0..self.bytes.len()).unwrap_or_default();
        let own = all.iter().skip(topic / 8).step_by(self.width.max(1));
        own.map(|it| u64::from(it >> (topic % 8) & 1)).sum()
    }

    /// The numbers of the topics that a passage touches, rising.
    pub(crate) fn of(&self, passage: u32) -> impl Iterator<Item = usize> {
        let bytes = self.bits(passage).iter().enumerate();
        bytes.flat_map(|(at, byte)| {
            (0..8).filter(move |it| byte >> it & 1 == 1).map(move |it| at * 8 + it)
        })
    }

    fn bits(&self, passage: u32) -> &[u8] {
        let start = passage as usize * self.width;
        self.bytes.get(start..start + self.width).unwrap_or_default()
    }
}

/// Writes the bits of all passages of a generation whose postings are written.
pub(crate) fn write(
    ledger: &Ledger,
    folder: &Path,
    passages: u32,
    lexicon: &Lexicon,
) -> Result<()> {
    let names: Vec<&str> = lexicon.topics.iter().map(|it| it.name.as_str()).collect();
    let width = names.len().div_ceil(8);
    let mut bits = vec![0_u8; width * passages as usize];
    if !bits.is_empty() {
        let lists = Lists::written(folder, passages)?;
        for (name, topics) in names_of(lexicon, &names) {
            each(&lists, &name, &mut |passage| {
                let own = bits.get_mut(passage as usize * width..).unwrap_or_default();
                for topic in &topics {
                    own.get_mut(topic / 8).into_iter().for_each(|it| *it |= 1 << (topic % 8));
                }
            })?;
        }
    }
    ledger.fill(TOPICS, |out| out.write_all(&bits))?;
    Ok(())
}

/// The names of all concepts that have topics, as exact tokens, with the numbers of these.
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

/// Gives each passage that holds these exact tokens side by side.
fn each(lists: &Lists, tokens: &[String], give: &mut dyn FnMut(u32)) -> Result<()> {
    if let [only] = tokens {
        let list = lists.list(Family::Exact, only, false)?;
        list.into_iter().for_each(|mut it| it.walk_passages(TERMINATED, &mut *give));
        return Ok(());
    }
    let mut filters = Vec::new();
    for pair in tokens.windows(2).map(<[String]>::concat) {
        if pair.chars().count() == 2 && pair.chars().all(is_han) {
            let Some(list) = lists.list(Family::Bigram, &pair, false)? else { return Ok(()) };
            filters.push(list);
        }
    }
    if tokens.len() == 2 && !filters.is_empty() {
        filters.iter_mut().for_each(|it| it.walk_passages(TERMINATED, &mut *give));
        return Ok(());
    }
    let mut places = Vec::new();
    for (offset, token) in (0..).zip(tokens) {
        let Some(list) = lists.list(Family::Exact, token, true)? else { return Ok(()) };
        places.push(Place::new(vec![list], offset));
    }
    let mut together = Together::new(filters, places);
    let mut from = 0;
    while let Some(passage) = together.next(from) {
        if together.side_by_side(u32::MAX) > 0 {
            give(passage);
        }
        from = passage + 1;
    }
    Ok(())
}
