//! Merges the runs of the batches with the postings of the previous generation.
//!
//! Each source numbers its passages from 0. A table gives the new number of each passage, or says
//! that it is deleted. New numbers rise with old ones, so lists are merged by passage as they are
//! read, and updating an index gives exactly the same bytes as rebuilding it.
//!
//! A stem is not written where the word written the same has the same postings, as for two thirds
//! of the stems: a look-up of the stem takes the word's (`read/postings_reader.rs`). This is
//! decided by what the postings hold in the new generation, never by how they came about.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::io::Write;

use anyhow::Result;
use tantivy::TERMINATED;
use tantivy::postings::TermInfo;
use tantivy::termdict::{TermDictionary, TermStreamer};

use super::field_norms::FieldNorms;
use super::postings_writer::PostingsWriter;
use super::sorted_run::{RunCursor, RunKind, RunList, WordList};
use crate::analysis::{Family, is_own_stem};
use crate::index::read::{Generation, Postings};
use crate::index::segment::stored;

/// The new number of a passage that is deleted.
pub(crate) const DELETED: u32 = u32::MAX;

/// The new number of each passage of a source, or [`DELETED`]; rising.
type NewNumbers<'a> = &'a [u32];

/// The sources of a family's postings.
pub(crate) struct PostingSources<'a> {
    /// The runs of the batches.
    pub(crate) runs: Vec<((&'a [u8], RunKind<'a>), NewNumbers<'a>)>,
    pub(crate) previous: Option<PreviousPostings<'a>>,
    /// The lengths of the passages of the new generation.
    pub(crate) norms: &'a FieldNorms,
}

/// The postings of the previous generation.
#[derive(Clone, Copy)]
pub(crate) struct PreviousPostings<'a> {
    pub(crate) index: &'a Generation,
    pub(crate) map: NewNumbers<'a>,
}

impl<'a> PreviousPostings<'a> {
    /// The postings at a place of a family's file.
    fn list(
        &self,
        family: Family,
        place: &TermInfo,
        has_positions: bool,
    ) -> Result<RenumberedList<'a>> {
        let list = self.index.postings_reader().at(family, place, has_positions)?;
        let old = Box::new(PreviousList { list, has_positions, is_begun: false });
        Ok(RenumberedList::new(SourceEntries::Previous(old), self.map))
    }
}

/// Merges and writes the postings of a family; `seen` is called with each term that is written.
///
/// # Errors
/// When a file cannot be written, or the previous generation cannot be read.
pub(super) fn merge_family<O: Write>(
    out: &mut PostingsWriter<'_, O>,
    sources: &PostingSources<'_>,
    family: Family,
    seen: &mut dyn FnMut(&[u8]),
) -> Result<()> {
    let runs = sources.runs.iter();
    let runs = runs.filter_map(|((bytes, run), map)| Some((RunCursor::first(bytes, *run)?, *map)));
    let mut runs: Vec<(RunCursor<'_>, NewNumbers<'_>)> = runs.collect();
    let mut heads: BinaryHeap<MergeHead<'_>> =
        (0..).zip(&runs).map(|(at, (it, _))| Reverse((it.prefix, it.term, at))).collect();
    let mut previous =
        sources.previous.map(|it| PreviousTerms::first(it, family)).transpose()?.flatten();
    let is_of_stems = family == Family::Stem;
    let words = sources.previous.filter(|_| is_of_stems).map(PreviousWords::new).transpose()?;
    let has_positions = stored(family).has_positions();
    let mut writer = MergedTermWriter { out, lists: Vec::new(), steps: Vec::new(), has_positions };
    let mut word_lists = Vec::new();
    loop {
        let run = heads.peek().map(|it| it.0.1);
        let old = previous.as_ref().map(|it| it.stream.key());
        let Some(term) = run.into_iter().chain(old).min() else { return Ok(()) };
        let is_old = old == Some(term);
        if run == Some(term) {
            take_lists((&mut heads, &mut runs), &mut writer.lists, &mut word_lists);
        }
        if is_old {
            writer.lists.extend(previous.as_ref().map(PreviousTerms::list).transpose()?);
        }
        if is_of_stems {
            if let Some(words) = &words {
                words.add(term, is_old, &mut writer.lists, &mut word_lists)?;
            }
            if writer.lists.iter().zip(&word_lists).all(|(list, word_list)| list.is_as(word_list)) {
                writer.lists.clear();
            }
        }
        word_lists.clear();
        writer.write(term, seen)?;
        if is_old {
            previous = previous.and_then(PreviousTerms::advanced);
        }
    }
}

/// Takes the postings of the least term out of the runs that hold it, and advances these runs.
fn take_lists<'a>(
    (heads, runs): (&mut BinaryHeap<MergeHead<'a>>, &mut [(RunCursor<'a>, NewNumbers<'a>)]),
    lists: &mut Vec<RenumberedList<'a>>,
    word_lists: &mut Vec<WordList<RenumberedList<'a>>>,
) {
    let Some(Reverse((prefix, term, _))) = heads.peek().copied() else { return };
    while let Some(mut head) = heads.peek_mut()
        && (head.0.0, head.0.1) == (prefix, term)
    {
        let at = head.0.2;
        let (run, map) = &mut runs[at];
        let list = |it| RenumberedList::new(SourceEntries::Run(it), map);
        lists.push(list(run.list()));
        word_lists.push(run.word_list().map(list));
        match run.next() {
            Some(next) => {
                *head = Reverse((next.prefix, next.term, at));
                *run = next;
            }
            None => drop(PeekMut::pop(head)),
        }
    }
}

/// A run at one of its terms: the term's prefix, the term, and which run; the first term on top.
type MergeHead<'a> = Reverse<(u64, &'a [u8], usize)>;

/// The previous generation at one of its terms.
struct PreviousTerms<'a> {
    previous: PreviousPostings<'a>,
    stream: TermStreamer<'a>,
    family: Family,
}

impl<'a> PreviousTerms<'a> {
    fn first(previous: PreviousPostings<'a>, family: Family) -> Result<Option<Self>> {
        let stream = previous.index.terms(family)?.stream()?;
        Ok(Self { previous, stream, family }.advanced())
    }

    /// Advances to the next term, if there is one.
    fn advanced(mut self) -> Option<Self> {
        self.stream.advance().then_some(self)
    }

    fn list(&self) -> Result<RenumberedList<'a>> {
        let has_positions = stored(self.family).has_positions();
        self.previous.list(self.family, self.stream.value(), has_positions)
    }
}

/// The words of the previous generation, to find the stems that it does not write.
struct PreviousWords<'a> {
    previous: PreviousPostings<'a>,
    terms: &'a TermDictionary,
    /// Whether any of its passages is deleted.
    has_gone: bool,
}

impl<'a> PreviousWords<'a> {
    fn new(previous: PreviousPostings<'a>) -> Result<Self> {
        let terms = previous.index.terms(Family::Exact)?;
        Ok(Self { previous, terms, has_gone: previous.map.contains(&DELETED) })
    }

    /// Adds the postings of the word written as a stem: for comparison where the generation holds
    /// the stem, and as the postings of both where it does not.
    fn add(
        &self,
        stem: &[u8],
        is_held: bool,
        lists: &mut Vec<RenumberedList<'a>>,
        word_lists: &mut Vec<WordList<RenumberedList<'a>>>,
    ) -> Result<()> {
        // If they differed and nothing was deleted, they still do.
        let is_word = (!is_held || self.has_gone) && str::from_utf8(stem).is_ok_and(is_own_stem);
        let word = if is_word { self.terms.get(stem)? } else { None };
        let list = |it| self.previous.list(Family::Exact, &it, false);
        let word = word.map(list).transpose()?;
        match word {
            Some(word) if is_held => word_lists.push(WordList::Other(word)),
            Some(word) => {
                lists.push(word);
                word_lists.push(WordList::Same);
            }
            None if is_held => word_lists.push(WordList::None),
            None => {}
        }
        Ok(())
    }
}

/// Writes the terms of a family.
struct MergedTermWriter<'o, 'l, 'a, O: Write> {
    out: &'o mut PostingsWriter<'l, O>,
    /// The postings of the current term, by source.
    lists: Vec<RenumberedList<'a>>,
    /// The gaps between the positions of one passage.
    steps: Vec<u32>,
    has_positions: bool,
}

impl<O: Write> MergedTermWriter<'_, '_, '_, O> {
    /// Writes a term's postings, merged over the sources; nothing where all passages are deleted.
    fn write(&mut self, term: &[u8], seen: &mut dyn FnMut(&[u8])) -> Result<()> {
        let Self { out, lists, steps, has_positions } = self;
        lists.retain_mut(RenumberedList::advance);
        if lists.is_empty() {
            return Ok(());
        }
        seen(term);
        // Sorted by passage in falling order, so that the next one is the last.
        lists.sort_unstable_by_key(|it| Reverse(it.passage));
        while let Some(mut list) = lists.pop() {
            let limit = lists.last().map_or(DELETED, |it| it.passage);
            let mut goes_on = true;
            while goes_on && list.passage < limit {
                if *has_positions {
                    steps.clear();
                    list.entries.steps(steps);
                }
                out.push(list.passage, list.frequency, steps);
                goes_on = list.advance();
            }
            if goes_on {
                let at = lists.partition_point(|it| it.passage > list.passage);
                lists.insert(at, list);
            }
        }
        out.end(term)?;
        Ok(())
    }
}

/// One source's postings of a term, at a passage that is not deleted.
#[derive(Clone)]
struct RenumberedList<'a> {
    entries: SourceEntries<'a>,
    map: NewNumbers<'a>,
    /// Its number in the new generation.
    passage: u32,
    frequency: u32,
}

#[derive(Clone)]
enum SourceEntries<'a> {
    Run(RunList<'a>),
    Previous(Box<PreviousList>),
}

/// Postings of the previous generation.
#[derive(Clone)]
struct PreviousList {
    list: Postings,
    has_positions: bool,
    is_begun: bool,
}

impl<'a> RenumberedList<'a> {
    /// Before its first passage.
    fn new(entries: SourceEntries<'a>, map: NewNumbers<'a>) -> Self {
        Self { entries, map, passage: 0, frequency: 0 }
    }

    /// Whether the word's postings are the same passages and frequencies; moves neither cursor.
    fn is_as(&self, word_list: &WordList<Self>) -> bool {
        let next = |it: &mut Self| it.advance().then_some((it.passage, it.frequency));
        let mut own = self.clone();
        match word_list {
            WordList::Same => true,
            WordList::None => !own.advance(),
            WordList::Other(word) => {
                let mut word = word.clone();
                loop {
                    match (next(&mut own), next(&mut word)) {
                        (None, None) => return true,
                        (own, word) if own != word => return false,
                        _ => {}
                    }
                }
            }
        }
    }

    /// Advances to the next passage that is not deleted; false at the end.
    #[inline]
    fn advance(&mut self) -> bool {
        while let Some((passage, frequency)) = self.entries.next() {
            let new = self.map.get(passage as usize).copied().unwrap_or(DELETED);
            if new != DELETED {
                (self.passage, self.frequency) = (new, frequency);
                return true;
            }
        }
        false
    }
}

impl SourceEntries<'_> {
    /// The next passage of the source with its frequency.
    #[inline]
    fn next(&mut self) -> Option<(u32, u32)> {
        match self {
            Self::Run(list) => list.next(),
            Self::Previous(list) => list.next(),
        }
    }

    /// Appends the gaps between the positions in the passage, if the family has positions.
    #[inline]
    fn steps(&mut self, steps: &mut Vec<u32>) {
        match self {
            Self::Run(list) => list.steps(steps),
            Self::Previous(list) => list.steps(steps),
        }
    }
}

impl PreviousList {
    fn next(&mut self) -> Option<(u32, u32)> {
        if std::mem::replace(&mut self.is_begun, true) {
            self.list.advance();
        }
        let passage = self.list.passage();
        (passage != TERMINATED).then(|| (passage, self.list.frequency()))
    }

    fn steps(&mut self, steps: &mut Vec<u32>) {
        if !self.has_positions {
            return;
        }
        self.list.append_positions(steps);
        for at in (1..steps.len()).rev() {
            steps[at] = steps[at].saturating_sub(steps[at - 1]);
        }
    }
}
