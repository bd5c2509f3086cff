//! Which passages hold a phrase: words side by side, or near each other.
//!
//! Han phrases, and those with two frequent words side by side, are looked up by their bigrams
//! first; positions are read only where all bigrams occur: on half a million passages that is the
//! difference between 15 and 800 microseconds.

use anyhow::Result;

use super::cursor::{Cursor, Posting};
use crate::analysis::Family;
use crate::hit::PhrasePattern;
use crate::index::{Generation, PhrasePositions, PhraseScorer, frequent_pair};
use crate::query::{Near, Region};
use crate::text;

/// One place of a phrase: the exact tokens that fit there, and how far it is from the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Element {
    pub(crate) alternatives: Vec<String>,
    pub(crate) offset: u32,
}

/// A phrase and where it must stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub(crate) elements: Vec<Element>,
    pub(crate) near: Near,
    pub(crate) region: Region,
}

impl Phrase {
    /// Side by side, anywhere; the texts are exact tokens at consecutive positions.
    pub(crate) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let element = |(at, it): (usize, &str)| Element {
            alternatives: vec![it.to_owned()],
            offset: u32::try_from(at).unwrap_or(u32::MAX),
        };
        let elements = texts.enumerate().map(element).collect();
        Self { elements, near: Near::Contiguous, region: Region::Anywhere }
    }

    /// The pattern by which highlights find this phrase, for a part.
    pub(crate) fn into_sequence(self, part: u32) -> PhrasePattern {
        let others = match self.near {
            Near::Contiguous => None,
            Near::Within(others) => Some(others),
        };
        let elements = self.elements.into_iter().map(|it| (it.alternatives, it.offset));
        PhrasePattern { elements: elements.collect(), others, term: part }
    }

    /// The only token of this phrase, if it has one.
    fn only(&self) -> Option<&str> {
        match self.elements.as_slice() {
            [Element { alternatives, .. }] if self.region == Region::Anywhere => {
                alternatives.first().filter(|_| alternatives.len() == 1).map(String::as_str)
            }
            _ => None,
        }
    }

    /// The bigram that is the whole phrase, if it is two Han characters or two frequent words.
    fn bigram(&self) -> Option<String> {
        let plain = self.near == Near::Contiguous && self.region == Region::Anywhere;
        let bigrams = self.bigrams();
        (plain && self.elements.len() == 2 && bigrams.len() == 1).then(|| bigrams.concat())
    }

    /// The bigrams that every match holds.
    fn bigrams(&self) -> Vec<String> {
        if self.near != Near::Contiguous {
            return Vec::new();
        }
        let pairs = self.elements.windows(2);
        let together = pairs.filter_map(|pair| match pair {
            [one, other] if one.offset + 1 == other.offset => one.bigram(other),
            _ => None,
        });
        together.collect()
    }
}

impl Element {
    /// The bigram that it makes with the next element, if the index has such bigrams.
    fn bigram(&self, next: &Self) -> Option<String> {
        match [self, next].map(|it| it.alternatives.as_slice()) {
            [[one], [other]] if [one, other].iter().all(|it| it.chars().all(text::is_han)) => {
                Some([one.as_str(), other].concat())
            }
            [one, other] => frequent_pair(one, other),
        }
    }
}

/// A cursor over the passages that hold a phrase: where the phrase is one term of the index, over
/// that term's list.
pub(crate) fn cursor_of(index: &Generation, phrase: &Phrase) -> Result<Cursor> {
    let stored = match (phrase.bigram(), phrase.only()) {
        (Some(bigram), _) => Cursor::stored(index, Family::Bigram, &bigram)?,
        (None, Some(only)) => Cursor::stored(index, Family::Exact, only)?,
        (None, None) => Some(Cursor::listed(find(index, phrase)?)),
    };
    Ok(stored.unwrap_or_else(|| Cursor::listed(Vec::new())))
}

/// The passages that hold a phrase and how often, in order of passage.
pub(crate) fn find(index: &Generation, phrase: &Phrase) -> Result<Vec<Posting>> {
    if let Some(bigram) = phrase.bigram() {
        return super::cursor::read(index, Family::Bigram, &bigram);
    }
    let mut filters = Vec::new();
    for bigram in phrase.bigrams() {
        let Some(list) = index.postings(Family::Bigram, &bigram)? else { return Ok(Vec::new()) };
        filters.push(list);
    }
    let mut places = Vec::new();
    for element in &phrase.elements {
        let Some(place) = place(index, element)? else { return Ok(Vec::new()) };
        places.push(place);
    }
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let mut together = PhraseScorer::new(filters, places);
    let mut found = Vec::new();
    let mut passage = 0;
    while let Some(next) = together.next(passage) {
        let titles = match phrase.region {
            Region::Title => Some(u32::from(index.passage(next)?.title_positions)),
            Region::Anywhere => None,
        };
        let frequency = count(&mut together, phrase, titles);
        if frequency > 0 {
            found.push(Posting { passage: next, frequency });
        }
        passage = next + 1;
    }
    Ok(found)
}

/// The postings of one element's alternatives; nothing where no passage holds any.
fn place(index: &Generation, element: &Element) -> Result<Option<PhrasePositions>> {
    let mut alternatives = Vec::new();
    for text in &element.alternatives {
        alternatives.extend(index.postings_with_positions(Family::Exact, text)?);
    }
    Ok((!alternatives.is_empty()).then(|| PhrasePositions::new(alternatives, element.offset)))
}

/// How often the phrase occurs in the current passage; within the title, if its length is given.
fn count(together: &mut PhraseScorer, phrase: &Phrase, title_positions: Option<u32>) -> u32 {
    let end = title_positions.unwrap_or(u32::MAX);
    let found = match phrase.near {
        Near::Contiguous => together.side_by_side(end),
        Near::Within(others) => within(together.read(end), others),
    };
    u32::try_from(found).unwrap_or(u32::MAX)
}

/// How many windows hold one position of each place and at most `others` positions besides. Windows
/// do not overlap. A word that is asked for twice needs two positions.
fn within(places: &[PhrasePositions], others: u32) -> usize {
    let mut all: Vec<(u32, usize)> = Vec::new();
    for (at, place) in places.iter().enumerate() {
        all.extend(place.positions().iter().map(|it| (*it, at)));
    }
    all.sort_unstable();
    let widest = others.saturating_add(u32::try_from(places.len()).unwrap_or(u32::MAX));
    // There must be as many different positions so near each other, whatever their words; for
    // thirty times `the` this decides at once.
    let mut positions: Vec<u32> = all.iter().map(|it| it.0).collect();
    positions.dedup();
    let are_near = |own: &[u32]| matches!(own, [first, .., last] if last - first < widest);
    if places.len() > 1 && !positions.windows(places.len()).any(are_near) {
        return 0;
    }
    let mut found = 0;
    let mut from = 0;
    while from < all.len() {
        match window(&all, from, places.len(), widest) {
            Some(end) => {
                found += 1;
                from = end;
            }
            None => from += 1,
        }
    }
    found
}

/// The end of the window that starts at `from` and has a position of its own for each place.
fn window(all: &[(u32, usize)], from: usize, places: usize, widest: u32) -> Option<usize> {
    let start = all.get(from)?.0;
    let (mut taken, mut left) = (vec![false; places], places);
    let mut last = None;
    for (at, (position, place)) in all.iter().enumerate().skip(from) {
        if position - start >= widest {
            return None;
        }
        // Positions rise, so a position that is taken already was the last one taken.
        let is_free = last != Some(*position);
        if let Some(slot) = taken.get_mut(*place).filter(|it| !**it && is_free) {
            *slot = true;
            last = Some(*position);
            left -= 1;
        }
        if left == 0 {
            return Some(at + 1);
        }
    }
    None
}
