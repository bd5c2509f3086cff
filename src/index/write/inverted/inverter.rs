//! Inverts the tokens of passages: they are collected in flat vectors, sorted by counting, and
//! written as sorted runs.
//!
//! tantivy's own writer spends most of a build in a hash table of growing lists. Here a token costs
//! one look-up and two pushes, and each term's list is laid out once. A term of two three-byte
//! characters, as nearly all Chinese bigrams and words are, is itself a number: it is sorted with
//! its passage and never looked up.
//!
//! Only stems that depend on the context come as tokens. The other stems are derived from the
//! words, once for all occurrences of each; so are the pairs of frequent words
//! (`format/frequent_pairs.rs`).

use super::sorted_run::{RunWriter, StemRelation, TokenPosition};
use super::term_ids::TermIds;
use crate::analysis::{DerivedStems, Tokens};
use crate::index::format::{FREQUENT_WORDS, exact_tokens_of, pair_number, pair_numbers, pair_term};
use crate::index::segment::FAMILIES;

/// The tokens of a batch, by family.
#[derive(Debug, Default)]
pub(crate) struct Inverter {
    exact: WithPositions,
    /// The other families in their order.
    others: [WithPassages; FAMILIES.len() - 1],
}

impl Inverter {
    /// Adds the tokens of a text of `passage`; their positions are moved right by `shift`.
    ///
    /// Passages must come in rising order, and the texts of a passage in rising order of position.
    pub(crate) fn add(&mut self, passage: u32, tokens: &Tokens, shift: u32) {
        for token in tokens.all() {
            let term = tokens.bytes(token);
            match (token.family as usize).checked_sub(1) {
                Some(other) => self.others[other].add(term, passage),
                None => {
                    let position = token.position.saturating_add(shift);
                    self.exact.add(term, TokenPosition { passage, position });
                }
            }
        }
    }

    /// The run of each family, in the order of [`FAMILIES`].
    pub(crate) fn into_runs(self, stems: &mut DerivedStems) -> [Vec<u8>; FAMILIES.len()] {
        let [stem, form, bigram, word] = self.others;
        // Sorted by bytes, all English words come before all Han characters.
        let bigram = bigram.into_run(self.exact.pairs());
        let (exact, words) = self.exact.into_run();
        let stem = stem.into_run_of_stems(&words, stems);
        let [form, word] = [form, word].map(|it| it.into_run(RunWriter::default()));
        [exact, stem, form, bigram, word]
    }
}

/// The tokens of a family without positions, in the order in which they came.
#[derive(Debug, Default)]
struct WithPassages {
    /// Two characters as a number, then the passage.
    pairs: Vec<u64>,
    terms: TermIds,
    numbers: Vec<u32>,
    passages: Vec<u32>,
}

impl WithPassages {
    #[inline]
    fn add(&mut self, term: &[u8], passage: u32) {
        if let Some(pair) = han_pair(term) {
            return self.pairs.push(u64::from(pair) << 32 | u64::from(passage));
        }
        self.numbers.push(self.terms.number(term));
        self.passages.push(passage);
    }

    /// Appends the postings, sorted by term, to a run.
    fn into_run(self, mut run: RunWriter) -> Vec<u8> {
        let pairs = sorted_by_pair(self.pairs);
        let sorted = self.terms.sorted();
        let (order, passages) = listed(&sorted, &self.numbers, &self.passages);
        let mut pairs = pairs.chunk_by(|a, b| a >> 32 == b >> 32).peekable();
        for (number, list) in order {
            let term = self.terms.get(number);
            while let Some(list) = pairs.next_if(|it| term_of(it)[..] < *term) {
                run.push(&term_of(list), passages_of(list));
            }
            run.push(term, passages[list].iter().copied());
        }
        pairs.for_each(|list| run.push(&term_of(list), passages_of(list)));
        run.finish()
    }

    /// Writes the postings of the stems: those that came as tokens, and those derived from the
    /// words.
    fn into_run_of_stems(mut self, words: &WordRun, stems: &mut DerivedStems) -> Vec<u8> {
        let (mut of_words, mut numbers) = (Vec::new(), Vec::new());
        for (at, word) in (0..).zip(&words.order) {
            let word = str::from_utf8(words.terms.get(word.0)).unwrap_or_default();
            if let Some(stem) = stems.of(word) {
                numbers.push(self.terms.number(stem.as_bytes()));
                of_words.push(at);
            }
        }
        let sorted = self.terms.sorted();
        let (order, own) = listed(&sorted, &self.numbers, &self.passages);
        let (order_of_words, of_words) = listed(&sorted, &numbers, &of_words);
        let pairs = sorted_by_pair(self.pairs);
        let mut pairs = pairs.chunk_by(|a, b| a >> 32 == b >> 32).peekable();
        let (mut run, mut all) = (RunWriter::default(), Vec::new());
        let push_pair = |run: &mut RunWriter, list: &[u64]| {
            let passages: Vec<u32> = passages_of(list).collect();
            run.push_stem(&term_of(list), StemRelation::NoWord, &passages);
        };
        for ((number, own_list), (_, words_list)) in order.into_iter().zip(order_of_words) {
            let term = self.terms.get(number);
            while let Some(list) = pairs.next_if(|it| term_of(it)[..] < *term) {
                push_pair(&mut run, list);
            }
            let relation = words.of_stem(term, &of_words[words_list], &own[own_list], &mut all);
            run.push_stem(term, relation, &all);
        }
        pairs.for_each(|list| push_pair(&mut run, list));
        run.finish()
    }
}

/// The words of a batch, sorted, and where they occur.
struct WordRun {
    terms: TermIds,
    order: Vec<Listed>,
    places: Vec<TokenPosition>,
    /// Where each word's postings stand in the run of words.
    lists: Vec<u32>,
}

impl WordRun {
    /// How the postings of a stem relate to those of its words. Unless they equal those of one
    /// word, the passages are put in `all`.
    fn of_stem(&self, stem: &[u8], words: &[u32], own: &[u32], all: &mut Vec<u32>) -> StemRelation {
        all.clear();
        let is_stem = |it: &&u32| self.terms.get(self.order[**it as usize].0) == stem;
        let list = |it: &u32| self.lists[*it as usize];
        let twin = words.iter().find(is_stem);
        if let ([word], []) = (words, own) {
            return twin.map_or(StemRelation::OtherWord(list(word)), |it| {
                StemRelation::SameList(list(it))
            });
        }
        for word in words {
            let (_, places) = &self.order[*word as usize];
            all.extend(self.places[places.clone()].iter().map(|it| it.passage));
        }
        all.extend(own);
        // These are sorted lists one after the other; the stable sort merges them.
        all.sort();
        twin.map_or(StemRelation::NoWord, |it| StemRelation::OtherList(list(it)))
    }
}

/// The tokens of a family with positions, in the order in which they came.
#[derive(Debug, Default)]
struct WithPositions {
    terms: TermIds,
    /// For a three-byte character the number of its term plus one, or 0. Chinese text is little
    /// else, and this is faster than the hash table.
    characters: Vec<u32>,
    numbers: Vec<u32>,
    places: Vec<TokenPosition>,
}

impl WithPositions {
    #[inline]
    fn add(&mut self, term: &[u8], place: TokenPosition) {
        let number = match term {
            [a, b, c] if *a >= 0xe0 => self.character([*a, *b, *c]),
            _ => self.terms.number(term),
        };
        self.numbers.push(number);
        self.places.push(place);
    }

    #[inline]
    fn character(&mut self, term: [u8; 3]) -> u32 {
        if self.characters.is_empty() {
            self.characters = vec![0; 1 << 16];
        }
        let known = &mut self.characters[usize::from(code(term))];
        if *known == 0 {
            *known = self.terms.number(&term) + 1;
        }
        *known - 1
    }

    /// The postings of pairs of frequent words. There is one token at a position and they come in
    /// order, so the two of a pair come one after the other.
    fn pairs(&self) -> RunWriter {
        let mut kinds = vec![0_u8; self.terms.len()];
        for (kind, word) in (1..).zip(FREQUENT_WORDS) {
            for number in exact_tokens_of(word).filter_map(|it| self.terms.find(it.as_bytes())) {
                kinds[number as usize] = kind;
            }
        }
        let (mut numbers, mut passages) = (Vec::new(), Vec::new());
        let (mut kind_before, mut before) = (0, TokenPosition::default());
        for (number, place) in self.numbers.iter().zip(&self.places) {
            let kind = kinds[*number as usize];
            if let Some(pair) = pair_number(kind_before, kind)
                && before.passage == place.passage
                && place.position.checked_sub(before.position) == Some(1)
            {
                numbers.push(pair);
                passages.push(place.passage);
            }
            (kind_before, before) = (kind, *place);
        }
        let (order, passages) = listed(&pair_numbers(), &numbers, &passages);
        let mut run = RunWriter::default();
        for (number, list) in order.into_iter().filter(|it| !it.1.is_empty()) {
            run.push(pair_term(number).as_bytes(), passages[list].iter().copied());
        }
        run
    }

    /// Writes the postings, sorted by term; returns what stems are derived from.
    fn into_run(self) -> (Vec<u8>, WordRun) {
        let Self { terms, numbers, places, .. } = self;
        let (order, places) = listed(&terms.sorted(), &numbers, &places);
        let mut run = RunWriter::default();
        let mut lists = Vec::with_capacity(order.len());
        for (number, list) in &order {
            lists.push(run.push_with_positions(terms.get(*number), &places[list.clone()]));
        }
        (run.finish(), WordRun { terms, order, places, lists })
    }
}

/// A three-byte character as a number, in the order of characters.
#[inline]
fn code([a, b, c]: [u8; 3]) -> u16 {
    u16::from(a & 0x0f) << 12 | u16::from(b & 0x3f) << 6 | u16::from(c & 0x3f)
}

/// A term of two three-byte characters as a number, in the order of terms.
#[inline]
fn han_pair(term: &[u8]) -> Option<u32> {
    let [a, b, c, d, e, f] = *term.first_chunk()?;
    let is_pair = term.len() == 6 && a & 0xf0 == 0xe0 && d & 0xf0 == 0xe0;
    is_pair.then(|| u32::from(code([a, b, c])) << 16 | u32::from(code([d, e, f])))
}

/// The term of a list of one pair: the inverse of [`han_pair`].
fn term_of(list: &[u64]) -> [u8; 6] {
    let pair = list.first().map_or(0, |it| it >> 32);
    let byte = |shift: u32, sign: u8, mask: u8| sign | (pair >> shift) as u8 & mask;
    [
        byte(28, 0xe0, 0x0f),
        byte(22, 0x80, 0x3f),
        byte(16, 0x80, 0x3f),
        byte(12, 0xe0, 0x0f),
        byte(6, 0x80, 0x3f),
        byte(0, 0x80, 0x3f),
    ]
}

/// The passages of a list of one pair.
fn passages_of(list: &[u64]) -> impl Iterator<Item = u32> {
    list.iter().map(|it| *it as u32)
}

/// Bits that one pass of the radix sort sorts by.
const DIGIT_BITS: u32 = 11;

/// Radix sort by the pair, which keeps the order of the passages.
fn sorted_by_pair(mut pairs: Vec<u64>) -> Vec<u64> {
    let mut sorted = vec![0; pairs.len()];
    for shift in [32, 32 + DIGIT_BITS, 32 + 2 * DIGIT_BITS] {
        let digit = |it: u64| (it >> shift) as usize & ((1 << DIGIT_BITS) - 1);
        let mut next = [0_usize; 1 << DIGIT_BITS];
        for pair in &pairs {
            next[digit(*pair)] += 1;
        }
        let mut start = 0;
        for count in &mut next {
            start += std::mem::replace(count, start);
        }
        for pair in &pairs {
            let place = &mut next[digit(*pair)];
            sorted[*place] = *pair;
            *place += 1;
        }
        std::mem::swap(&mut pairs, &mut sorted);
    }
    pairs
}

/// A term's number, and the range of its items.
type Listed = (u32, std::ops::Range<usize>);

/// Groups items by term: terms in the order of `sorted`, the items of a term in the order in which
/// they came.
fn listed<T: Copy + Default>(
    sorted: &[u32],
    numbers: &[u32],
    items: &[T],
) -> (Vec<Listed>, Vec<T>) {
    let mut next = vec![0; sorted.len()];
    for number in numbers {
        next[*number as usize] += 1;
    }
    let mut start = 0;
    let mut lists = Vec::with_capacity(sorted.len());
    for number in sorted {
        let count = std::mem::replace(&mut next[*number as usize], start);
        lists.push((*number, start..start + count));
        start += count;
    }
    let mut laid_out = vec![T::default(); items.len()];
    for (number, item) in numbers.iter().zip(items) {
        let place = &mut next[*number as usize];
        laid_out[*place] = *item;
        *place += 1;
    }
    (lists, laid_out)
}
