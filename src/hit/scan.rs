//! Where a text holds what a query asks for: its analysed tokens against the plan's patterns.

use crate::analysis::{Analyzer, Family, Prefilter, Token, Tokens};
use crate::rank::Occurrence;

/// How many families of tokens there are.
const FAMILIES: usize = Family::Word as usize + 1;

/// What is looked for in the tokens of one text.
#[derive(Clone, Debug, Default)]
pub struct Patterns {
    /// In order of [`key`] and text: there are few.
    tokens: Vec<Known>,
    prefixes: Vec<(String, u32)>,
    sequences: Vec<Sequence>,
    /// The beginnings of all of these.
    sought: Prefilter,
}

/// A text that is looked for as a token.
#[derive(Clone, Debug)]
struct Known {
    key: u64,
    text: String,
    singles: Vec<Single>,
}

/// A token that speaks for a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Single {
    family: Family,
    term: u32,
}

/// Tokens of [`Family::Exact`] side by side, or near each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sequence {
    /// For each place: the texts that fit, and the distance from the first place.
    pub elements: Vec<(Vec<String>, u32)>,
    /// With a number: in any order, with at most so many other words between them in all.
    pub others: Option<u32>,
    /// The term it speaks for.
    pub term: u32,
}

impl Sequence {
    /// How far apart its first and its last token may stand, in positions.
    fn reach(&self) -> u32 {
        let last = self.elements.iter().map(|it| it.1).max().unwrap_or(0);
        let count = u32::try_from(self.elements.len()).unwrap_or(u32::MAX);
        self.others.map_or(last, |it| it.saturating_add(count)).saturating_add(1)
    }
}

impl Patterns {
    /// Looks for a token of a family.
    pub fn add_token(&mut self, family: Family, text: &str, term: u32) {
        self.sought.add(family, text);
        let single = Single { family, term };
        let key = key(text);
        let at = self.place(key, text).unwrap_or_else(|at| {
            self.tokens.insert(at, Known { key, text: text.to_owned(), singles: Vec::new() });
            at
        });
        if let Some(known) = self.tokens.get_mut(at)
            && !known.singles.contains(&single)
        {
            known.singles.push(single);
        }
    }

    /// Where a text stands among the tokens, or would stand.
    fn place(&self, key: u64, text: &str) -> Result<usize, usize> {
        self.tokens.binary_search_by(|it| it.key.cmp(&key).then_with(|| it.text.as_str().cmp(text)))
    }

    /// Looks for words that begin so.
    pub fn add_prefix(&mut self, text: &str, term: u32) {
        self.sought.add_prefix(text);
        self.prefixes.push((text.to_owned(), term));
    }

    /// Looks for a phrase.
    pub fn add_sequence(&mut self, sequence: Sequence) {
        if !sequence.elements.is_empty() && !self.sequences.contains(&sequence) {
            let texts = sequence.elements.iter().flat_map(|(texts, _)| texts);
            texts.for_each(|it| self.sought.add(Family::Exact, it));
            self.sequences.push(sequence);
        }
    }

    /// Every place where a text matches, without making what cannot; `tokens` is memory to use.
    ///
    /// As [`Patterns::scan`] finds them, but for positions that differ by more than `reach`.
    #[must_use]
    pub fn find(
        &self,
        text: &str,
        reach: u32,
        analyzer: &Analyzer,
        tokens: &mut Tokens,
    ) -> Vec<Occurrence> {
        let longest = self.sequences.iter().map(Sequence::reach).max().unwrap_or(0);
        analyzer.tokens_within(text, &self.sought, reach.max(longest), tokens);
        self.scan(tokens)
    }

    /// Every place where the tokens match, in order of position, each place once a term.
    #[must_use]
    pub fn scan(&self, tokens: &Tokens) -> Vec<Occurrence> {
        let mut found = Vec::with_capacity(tokens.all().len());
        // Of each family the last token, and where its text stands among those that are sought.
        let mut last: [Option<(&Token, Option<&Known>)>; FAMILIES] = [None; FAMILIES];
        for token in tokens.all() {
            let text = tokens.text(token);
            let place = &mut last[token.family as usize];
            let known = match place {
                Some((last, known)) if token.shares_text(last) => *known,
                _ => self.place(key(text), text).ok().and_then(|it| self.tokens.get(it)),
            };
            *place = Some((token, known));
            let singles = known.map_or(&[][..], |it| &it.singles);
            for single in singles.iter().filter(|it| it.family == token.family) {
                found.push(occurrence(token, token, single.term));
            }
            if token.family == Family::Exact {
                for (prefix, term) in &self.prefixes {
                    if text.starts_with(prefix.as_str()) {
                        found.push(occurrence(token, token, *term));
                    }
                }
            }
        }
        for sequence in &self.sequences {
            match sequence.others {
                None => contiguous(tokens, sequence, &mut found),
                Some(others) => nearby(tokens, sequence, others, &mut found),
            }
        }
        let order = |it: &Occurrence| (it.position, it.term, std::cmp::Reverse(it.positions));
        // Without sequences most are in order already.
        if !found.is_sorted_by_key(order) {
            found.sort_by_key(order);
        }
        found.dedup_by_key(|it| (it.position, it.term, it.span));
        found
    }
}

/// The first eight bytes of a text, as a number that orders texts as they do.
#[inline]
fn key(text: &str) -> u64 {
    let bytes = text.as_bytes();
    if let Some(first) = bytes.first_chunk::<8>() {
        return u64::from_be_bytes(*first);
    }
    // A text of fewer bytes ends in zeros; an empty one is nothing but zeros.
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let (first, last) = (u32::from_be_bytes(*first), u32::from_be_bytes(*last));
        return u64::from(first) << 32 | u64::from(last) << (8 * (8 - bytes.len()));
    }
    match *bytes {
        [first, second, third] => u64::from_be_bytes([first, second, third, 0, 0, 0, 0, 0]),
        [first, second] => u64::from_be_bytes([first, second, 0, 0, 0, 0, 0, 0]),
        [only] => u64::from(only) << 56,
        _ => 0,
    }
}

fn occurrence(first: &Token, last: &Token, term: u32) -> Occurrence {
    let more = match first.family {
        Family::Bigram => 2,
        _ => 1,
    };
    Occurrence {
        term,
        span: first.span.cover(last.span),
        position: first.position,
        positions: (last.position - first.position).max(more - 1) + 1,
    }
}

fn fits(tokens: &Tokens, token: &Token, texts: &[String]) -> bool {
    let text = tokens.text(token);
    texts.iter().any(|it| it == text)
}

fn contiguous(tokens: &Tokens, sequence: &Sequence, found: &mut Vec<Occurrence>) {
    let Some(((first, _), rest)) = sequence.elements.split_first() else { return };
    for (at, token) in tokens.all().iter().enumerate() {
        if token.family != Family::Exact || !fits(tokens, token, first) {
            continue;
        }
        let mut last = token;
        let is_whole = rest.iter().all(|(texts, offset)| {
            let next =
                exact_at(tokens.all().get(at..).unwrap_or_default(), token.position + offset);
            next.filter(|it| fits(tokens, it, texts)).inspect(|it| last = *it).is_some()
        });
        if is_whole {
            found.push(occurrence(token, last, sequence.term));
        }
    }
}

/// The exact token at a position; all are in order of position, with one exact token a position.
fn exact_at(all: &[Token], position: u32) -> Option<&Token> {
    let near = all.iter().take_while(|it| it.position <= position);
    near.filter(|it| it.position == position).find(|it| it.family == Family::Exact)
}

/// Marks the words of every window that holds all elements, each word by itself.
fn nearby(tokens: &Tokens, sequence: &Sequence, others: u32, found: &mut Vec<Occurrence>) {
    let exact: Vec<&Token> = tokens.family(Family::Exact).collect();
    let count = u32::try_from(sequence.elements.len()).unwrap_or(u32::MAX);
    let widest = others.saturating_add(count);
    for (start, token) in exact.iter().enumerate() {
        let mut taken: Vec<Option<&Token>> = vec![None; sequence.elements.len()];
        let inside = exact.iter().skip(start);
        for word in inside.take_while(|it| it.position - token.position < widest) {
            let mut slots = taken.iter_mut().zip(&sequence.elements);
            let free = slots.find(|(slot, (texts, _))| slot.is_none() && fits(tokens, word, texts));
            if let Some((slot, _)) = free {
                *slot = Some(word);
            }
        }
        if taken.iter().all(Option::is_some) && taken.contains(&Some(token)) {
            let words = taken.into_iter().flatten();
            found.extend(words.map(|it| occurrence(it, it, sequence.term)));
        }
    }
}
