//! Finds where a text matches a query: compares its tokens with the words and phrases of a plan.

use crate::analysis::{Analyzer, Family, Prefilter, Token, Tokens};
use crate::rank::Occurrence;

/// The number of token families.
const FAMILIES: usize = Family::Word as usize + 1;

/// The words, prefixes and phrases to be found in a text.
#[derive(Clone, Debug, Default)]
pub struct Matcher {
    /// Sorted by [`key`] and text. There are few, so a sorted list is faster than a map.
    tokens: Vec<WantedToken>,
    prefixes: Vec<(String, u32)>,
    phrases: Vec<PhrasePattern>,
    /// A prefilter over the first letters of all of these.
    prefilter: Prefilter,
}

/// The text of a token, and the terms that it matches.
#[derive(Clone, Debug)]
struct WantedToken {
    key: u64,
    text: String,
    terms: Vec<TermOfFamily>,
}

/// A term that a token matches in one family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct TermOfFamily {
    family: Family,
    term: u32,
}

/// A phrase: tokens of [`Family::Exact`] side by side, or near each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhrasePattern {
    /// For each place of the phrase: the texts that fit, and the distance from the first place in
    /// positions.
    pub elements: Vec<(Vec<String>, u32)>,
    /// `None` for a contiguous phrase. A number allows any order, with at most this many other
    /// words between all of its words together.
    pub others: Option<u32>,
    /// The number of the term that it matches.
    pub term: u32,
}

impl PhrasePattern {
    /// The greatest distance between the phrase's first and last token, in positions.
    fn reach(&self) -> u32 {
        let last = self.elements.iter().map(|it| it.1).max().unwrap_or(0);
        let count = u32::try_from(self.elements.len()).unwrap_or(u32::MAX);
        self.others.map_or(last, |it| it.saturating_add(count)).saturating_add(1)
    }
}

impl Matcher {
    /// Adds a token of a family; it matches `term`.
    pub fn add_token(&mut self, family: Family, text: &str, term: u32) {
        self.prefilter.add(family, text);
        let one = TermOfFamily { family, term };
        let key = key(text);
        let at = self.place(key, text).unwrap_or_else(|at| {
            self.tokens.insert(at, WantedToken { key, text: text.to_owned(), terms: Vec::new() });
            at
        });
        if let Some(known) = self.tokens.get_mut(at)
            && !known.terms.contains(&one)
        {
            known.terms.push(one);
        }
    }

    /// The index of a text among the tokens, or the index at which to insert it.
    fn place(&self, key: u64, text: &str) -> Result<usize, usize> {
        self.tokens.binary_search_by(|it| it.key.cmp(&key).then_with(|| it.text.as_str().cmp(text)))
    }

    /// Adds a prefix; words that start with it match `term`.
    pub fn add_prefix(&mut self, text: &str, term: u32) {
        self.prefilter.add_prefix(text);
        self.prefixes.push((text.to_owned(), term));
    }

    /// Adds a phrase. An empty one is ignored.
    pub fn add_phrase(&mut self, phrase: PhrasePattern) {
        if !phrase.elements.is_empty() && !self.phrases.contains(&phrase) {
            let texts = phrase.elements.iter().flat_map(|(texts, _)| texts);
            texts.for_each(|it| self.prefilter.add(Family::Exact, it));
            self.phrases.push(phrase);
        }
    }

    /// Finds all occurrences in a text. Tokens that cannot match are never made; `tokens` is memory
    /// to be reused.
    ///
    /// The result is that of [`Matcher::scan`], except that positions more than `reach` apart may
    /// differ.
    #[must_use]
    pub fn find(
        &self,
        text: &str,
        reach: u32,
        analyzer: &Analyzer,
        tokens: &mut Tokens,
    ) -> Vec<Occurrence> {
        let longest = self.phrases.iter().map(PhrasePattern::reach).max().unwrap_or(0);
        analyzer.tokens_within(text, &self.prefilter, reach.max(longest), tokens);
        self.scan(tokens)
    }

    /// Finds all occurrences among tokens, in order of position, each place once for each term.
    #[must_use]
    pub fn scan(&self, tokens: &Tokens) -> Vec<Occurrence> {
        let mut found = Vec::with_capacity(tokens.all().len());
        // The last token of each family with the result of its look-up, because equal tokens often
        // follow each other.
        let mut last: [Option<(&Token, Option<&WantedToken>)>; FAMILIES] = [None; FAMILIES];
        for token in tokens.all() {
            let text = tokens.text(token);
            let place = &mut last[token.family as usize];
            let known = match place {
                Some((last, known)) if token.shares_text(last) => *known,
                _ => self.place(key(text), text).ok().and_then(|it| self.tokens.get(it)),
            };
            *place = Some((token, known));
            let terms = known.map_or(&[][..], |it| &it.terms);
            for one in terms.iter().filter(|it| it.family == token.family) {
                found.push(occurrence(token, token, one.term));
            }
            if token.family == Family::Exact {
                for (prefix, term) in &self.prefixes {
                    if text.starts_with(prefix.as_str()) {
                        found.push(occurrence(token, token, *term));
                    }
                }
            }
        }
        for phrase in &self.phrases {
            match phrase.others {
                None => contiguous(tokens, phrase, &mut found),
                Some(others) => nearby(tokens, phrase, others, &mut found),
            }
        }
        let order = |it: &Occurrence| (it.position, it.term, std::cmp::Reverse(it.positions));
        // Without phrases most are in order already.
        if !found.is_sorted_by_key(order) {
            found.sort_by_key(order);
        }
        found.dedup_by_key(|it| (it.position, it.term, it.span));
        found
    }
}

/// The first eight bytes of a text as a number, filled up with zeros; numbers compare as the texts
/// do.
#[inline]
fn key(text: &str) -> u64 {
    let mut first = [0; 8];
    first.iter_mut().zip(text.bytes()).for_each(|(it, byte)| *it = byte);
    u64::from_be_bytes(first)
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

fn contiguous(tokens: &Tokens, phrase: &PhrasePattern, found: &mut Vec<Occurrence>) {
    let Some(((first, _), rest)) = phrase.elements.split_first() else { return };
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
            found.push(occurrence(token, last, phrase.term));
        }
    }
}

/// The exact token at a position. Tokens are sorted by position, with one exact token for each.
fn exact_at(all: &[Token], position: u32) -> Option<&Token> {
    let near = all.iter().take_while(|it| it.position <= position);
    near.filter(|it| it.position == position).find(|it| it.family == Family::Exact)
}

/// Finds the words of every window that holds all elements, each word as an occurrence of its own.
fn nearby(tokens: &Tokens, phrase: &PhrasePattern, others: u32, found: &mut Vec<Occurrence>) {
    let exact: Vec<&Token> = tokens.family(Family::Exact).collect();
    let count = u32::try_from(phrase.elements.len()).unwrap_or(u32::MAX);
    let widest = others.saturating_add(count);
    for (start, token) in exact.iter().enumerate() {
        let mut taken: Vec<Option<&Token>> = vec![None; phrase.elements.len()];
        let inside = exact.iter().skip(start);
        for word in inside.take_while(|it| it.position - token.position < widest) {
            let mut slots = taken.iter_mut().zip(&phrase.elements);
            let free = slots.find(|(slot, (texts, _))| slot.is_none() && fits(tokens, word, texts));
            if let Some((slot, _)) = free {
                *slot = Some(word);
            }
        }
        if taken.iter().all(Option::is_some) && taken.contains(&Some(token)) {
            let words = taken.into_iter().flatten();
            found.extend(words.map(|it| occurrence(it, it, phrase.term)));
        }
    }
}
