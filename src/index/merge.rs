//! Runs, and the postings of the generation before, become one segment.
//!
//! Each source numbers its passages from 0; a map says which number each gets in the new
//! generation, or that it is gone. Maps rise, so lists are merged by passage as they are read,
//! and an updated index has the very bytes of a rebuilt one.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use anyhow::Result;
use tantivy::postings::{FieldSerializer, InvertedIndexSerializer, Postings, SegmentPostings};
use tantivy::termdict::TermStreamer;
use tantivy::{DocSet, InvertedIndexReader, Segment, TERMINATED};

use super::run::{RunList, RunReader};
use super::schema::{FAMILIES, field, stored};
use crate::analysis::Family;

/// Stands in a map for a passage that is gone.
pub(super) const GONE: u32 = u32::MAX;

/// The postings of one family in one source, and what becomes of its passages.
pub(super) struct Source<'a> {
    pub(super) postings: Origin<'a>,
    /// For each passage of the source its number in the new generation, or [`GONE`]; rising.
    pub(super) map: &'a [u32],
}

/// Where postings come from.
pub(super) enum Origin<'a> {
    /// A part of this build.
    Run(RunReader),
    /// The generation before.
    Before(&'a InvertedIndexReader),
}

/// Writes the postings of all families to `segment`; `seen` is told each term that is written.
///
/// # Errors
/// When a file cannot be written, or the generation before cannot be read.
pub(super) fn merge<'a>(
    segment: &Segment,
    sources: impl Fn(Family) -> Vec<Source<'a>>,
    seen: &mut dyn FnMut(Family, &[u8]),
) -> Result<()> {
    let mut serializer = InvertedIndexSerializer::open(segment)?;
    for family in FAMILIES {
        let sources = sources(family);
        // The number of tokens is for scoring by norms, which these fields do not have.
        let mut out = serializer.new_field(field(family), 0, None)?;
        merge_family(&mut out, &sources, family, &mut |term| seen(family, term))?;
        out.close()?;
    }
    serializer.close()?;
    Ok(())
}

fn merge_family(
    out: &mut FieldSerializer<'_>,
    sources: &[Source<'_>],
    family: Family,
    seen: &mut dyn FnMut(&[u8]),
) -> Result<()> {
    let mut heads = BinaryHeap::new();
    for (number, source) in sources.iter().enumerate() {
        let stream = match &source.postings {
            Origin::Run(run) => Stream::Run(run.clone()),
            Origin::Before(reader) => Stream::Before(reader, Box::new(reader.terms().stream()?)),
        };
        heads.extend(Head { number, stream }.advanced());
    }
    let mut at_term = Vec::new();
    while let Some(first) = heads.pop() {
        at_term.push(first);
        while heads.peek().is_some_and(|it| it.stream.term() == at_term[0].stream.term()) {
            at_term.extend(heads.pop());
        }
        write_term(out, sources, family, &at_term, seen)?;
        heads.extend(at_term.drain(..).filter_map(Head::advanced));
    }
    Ok(())
}

/// Writes one term's list, merged over the sources that hold it; nothing where all are gone.
fn write_term(
    out: &mut FieldSerializer<'_>,
    sources: &[Source<'_>],
    family: Family,
    heads: &[Head<'_>],
    seen: &mut dyn FnMut(&[u8]),
) -> Result<()> {
    let mut lists = Vec::with_capacity(heads.len());
    for head in heads {
        let entries = head.stream.entries(family)?;
        let mut list = List {
            entries,
            map: sources[head.number].map,
            passage: 0,
            frequency: 0,
            steps: Vec::new(),
        };
        if list.advance() {
            lists.push(list);
        }
    }
    if lists.is_empty() {
        return Ok(());
    }
    let term = heads[0].stream.term();
    seen(term);
    out.new_term(term, 0, true)?;
    // Sorted by passage from the last to the first: the next to be written is the last.
    lists.sort_unstable_by_key(|it| std::cmp::Reverse(it.passage));
    while let Some(mut list) = lists.pop() {
        let limit = lists.last().map_or(GONE, |it| it.passage);
        let mut goes_on = true;
        while goes_on && list.passage < limit {
            out.write_doc(list.passage, list.frequency, &list.steps);
            goes_on = list.advance();
        }
        if goes_on {
            let at = lists.partition_point(|it| it.passage > list.passage);
            lists.insert(at, list);
        }
    }
    out.close_term()?;
    Ok(())
}

/// A source at one of its terms; the greatest is the one whose term comes first.
struct Head<'a> {
    number: usize,
    stream: Stream<'a>,
}

enum Stream<'a> {
    Run(RunReader),
    Before(&'a InvertedIndexReader, Box<TermStreamer<'a>>),
}

impl Stream<'_> {
    fn term(&self) -> &[u8] {
        match self {
            Self::Run(run) => run.term(),
            Self::Before(_, stream) => stream.key(),
        }
    }

    fn entries(&self, family: Family) -> Result<Entries> {
        Ok(match self {
            Self::Run(run) => Entries::Run(run.list(stored(family).has_positions())),
            Self::Before(reader, stream) => Entries::Before(
                Box::new(reader.read_postings_from_terminfo(stream.value(), stored(family))?),
                stored(family).has_positions(),
            ),
        })
    }
}

impl Head<'_> {
    /// The same source at its next term, if there is one.
    fn advanced(mut self) -> Option<Self> {
        let goes_on = match &mut self.stream {
            Stream::Run(run) => run.advance(),
            Stream::Before(_, stream) => stream.advance(),
        };
        goes_on.then_some(self)
    }
}

impl Ord for Head<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let terms = other.stream.term().cmp(self.stream.term());
        terms.then_with(|| other.number.cmp(&self.number))
    }
}

impl PartialOrd for Head<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Head<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Head<'_> {}

/// One source's list of a term, at a passage that is not gone.
struct List<'a> {
    entries: Entries,
    map: &'a [u32],
    /// Its number in the new generation.
    passage: u32,
    frequency: u32,
    steps: Vec<u32>,
}

enum Entries {
    Run(RunList),
    Before(Box<SegmentPostings>, bool),
}

impl List<'_> {
    /// Goes to the next passage that is not gone; false at the end.
    fn advance(&mut self) -> bool {
        while let Some((passage, frequency)) = self.entries.next(&mut self.steps) {
            let new = self.map.get(passage as usize).copied().unwrap_or(GONE);
            if new != GONE {
                (self.passage, self.frequency) = (new, frequency);
                return true;
            }
        }
        false
    }
}

impl Entries {
    fn next(&mut self, steps: &mut Vec<u32>) -> Option<(u32, u32)> {
        match self {
            Self::Run(list) => list.next(steps),
            Self::Before(postings, has_positions) => {
                let passage = postings.doc();
                if passage == TERMINATED {
                    return None;
                }
                let frequency = postings.term_freq();
                steps.clear();
                if *has_positions {
                    postings.positions(steps);
                    for at in (1..steps.len()).rev() {
                        steps[at] = steps[at].saturating_sub(steps[at - 1]);
                    }
                }
                postings.advance();
                Some((passage, frequency))
            }
        }
    }
}
