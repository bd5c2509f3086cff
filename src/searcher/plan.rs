//! What a query means on one index: which postings are walked, what each adds to the score, and
//! when a passage counts as holding a term.

use std::ops::Range;

use super::evidence::{self, Evidence};
use super::postings::{Cursor, Posting};
use crate::hit::Matcher;
use crate::query::{Occur, Remark};
use crate::rank::{Bm25, Pair};

/// A query planned against one index.
pub(super) struct Plan {
    /// The terms in the order typed.
    pub(super) terms: Vec<Term>,
    /// What must hold of a passage, over `terms`.
    pub(super) test: Test,
    /// What scores or proves, in the order of the terms.
    pub(super) units: Vec<Unit>,
    /// For parts that a dictionary translates: the part's bit, and the bit that a translation sets.
    /// It speaks for the term and lifts no tier: below every direct match.
    pub(super) translations: Vec<(u32, u32)>,
    /// The weight of each part, by [`Occurrence::term`](crate::rank::Occurrence::term).
    pub(super) parts: Vec<Part>,
    /// How many bits a passage's evidence takes.
    pub(super) bits: u32,
    /// What highlights and proximity look for.
    pub(super) patterns: Matcher,
    /// The typed words that are searched as such, and in how many passages each stands in any form.
    pub(super) words: Vec<(String, u32)>,
    /// The neighbouring parts whose proximity counts.
    pub(super) pairs: Vec<Pair>,
    /// What was done besides what was typed.
    pub(super) remarks: Vec<Remark>,
    /// What completeness is worth: more than terms, proximity and title can give together.
    pub(super) tier: f32,
}

/// A typed term.
#[derive(Clone, Debug)]
pub(super) struct Term {
    /// As typed; what `missing` lists.
    pub(super) text: String,
    /// Set when a passage holds anything of it.
    pub(super) touched: u32,
    /// Set part by part; the passage holds the term when all are.
    pub(super) parts: Range<u32>,
    /// Whether it only keeps passages out.
    pub(super) is_negative: bool,
}

/// The smallest thing that a passage holds or does not: a word, a short Han run, a piece of a long
/// one, a phrase.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    /// The bit that says so.
    pub(super) bit: u32,
    /// How telling it is: its idf, 0 for what does not score.
    pub(super) weight: f32,
}

/// When a passage answers. Light words (stop words beside others) do not appear.
#[derive(Clone, Debug)]
pub(super) enum Test {
    /// A number in [`Plan::terms`].
    Term(usize),
    All(Vec<(Occur, Test)>),
    Any(Vec<Test>),
}

/// One blended term: however it is written, it has one document frequency and one saturation.
pub(super) struct Unit {
    /// What `--explain` calls it.
    pub(super) label: String,
    /// Its idf times its share; 0 for what only proves.
    pub(super) weight: f32,
    /// The mean length of the passages that hold its script.
    pub(super) mean_length: f32,
    /// In how many passages it stands.
    pub(super) document_frequency: u32,
    /// Its postings.
    pub(super) sources: Vec<Source>,
}

/// One posting list of a unit.
pub(super) struct Source {
    pub(super) cursor: Cursor,
    /// What one occurrence counts.
    pub(super) weight: f32,
    /// The bits that it sets by itself.
    pub(super) typed: Vec<u32>,
    /// The bits that it sets as another name of what was typed.
    pub(super) expanded: Vec<u32>,
    /// Whether all its passages are among those of the unit's last source, which sets the same
    /// bits: a word's own form beside its stem.
    pub(super) is_within: bool,
}

impl Source {
    /// What stands there as typed.
    pub(super) fn typed(cursor: Cursor, weight: f32, typed: Vec<u32>) -> Self {
        Self { cursor, weight, typed, expanded: Vec::new(), is_within: false }
    }

    /// What stands there by another name.
    pub(super) fn expanded(cursor: Cursor, weight: f32, expanded: Vec<u32>) -> Self {
        Self { cursor, weight, typed: Vec::new(), expanded, is_within: false }
    }
}

/// The evidence that one source gives, and its postings: what the collector walks.
#[derive(Clone)]
pub(super) struct Walk {
    pub(super) cursor: Cursor,
    pub(super) weight: f32,
    /// As in [`Source::is_within`].
    pub(super) is_within: bool,
    /// The bits that it sets as typed, and in any form.
    pub(super) typed: Evidence,
    pub(super) held: Evidence,
}

impl Walk {
    /// For evidence of so many words.
    pub(super) fn new(source: Source, words: usize) -> Self {
        let typed = Evidence::with(words, source.typed.iter().copied());
        let held = Evidence::with(words, source.typed.iter().chain(&source.expanded).copied());
        let Source { cursor, weight, is_within, .. } = source;
        Self { cursor, weight, is_within, typed, held }
    }

    /// Adds its bits to what a passage holds as typed, and in any form.
    #[inline]
    pub(super) fn tell(&self, typed: &mut [u64], held: &mut [u64]) {
        evidence::merge(typed, self.typed.bits());
        evidence::merge(held, self.held.bits());
    }

    /// Whether it sets any of some bits: as typed, or in any form.
    pub(super) fn sets(&self, bits: &[u32], as_typed: bool) -> bool {
        let own = if as_typed { &self.typed } else { &self.held };
        bits.iter().any(|it| evidence::has(own.bits(), *it))
    }
}

impl Plan {
    /// How many words a passage's evidence takes.
    pub(super) fn evidence_words(&self) -> usize {
        self.bits.div_ceil(evidence::WORD_BITS).max(1) as usize
    }

    /// Sets the tier by what the units can give.
    pub(super) fn set_tier(&mut self) {
        let terms: f32 = self.units.iter().map(|it| it.weight).sum();
        let ceiling = terms * Bm25::default().ceiling() + self.bonus();
        self.tier = (ceiling + 1.0).ceil();
    }

    /// Walks all passages, for a query that only filters.
    pub(super) fn look_everywhere(&mut self, passages: u32) {
        let postings = (0..passages).map(|passage| Posting { passage, frequency: 1 }).collect();
        let cursor = Cursor::listed(postings);
        let source = Source::typed(cursor, 0.0, Vec::new());
        self.units.push(Unit {
            label: String::new(),
            weight: 0.0,
            mean_length: 0.0,
            document_frequency: passages,
            sources: vec![source],
        });
    }

    /// The most that proximity and title can add to what the terms give.
    pub(super) fn bonus(&self) -> f32 {
        let pairs: f32 = self.pairs.iter().map(|it| it.weight).sum();
        let parts: f32 = self.parts.iter().map(|it| it.weight).sum();
        pairs + parts * super::weights::TITLE
    }

    /// The most that title and proximity can add to a passage with these bits. A term that is touched
    /// may have parts in the text that no bit speaks for.
    pub(super) fn bonus_of(&self, bits: &[u64]) -> (f32, f32) {
        let is_touched = |part: &Part| {
            let mut owners = self.terms.iter().filter(|it| it.parts.contains(&part.bit));
            owners.any(|it| evidence::has(bits, it.touched))
        };
        let touched: Vec<bool> = self.parts.iter().map(is_touched).collect();
        let is = |part: u32| touched.get(part as usize).copied().unwrap_or(true);
        let parts = self.parts.iter().zip(&touched).filter(|(_, it)| **it);
        let title: f32 = parts.map(|(it, _)| it.weight).sum();
        let pairs = self.pairs.iter().filter(|it| is(it.first) && is(it.second));
        (title * super::weights::TITLE, pairs.map(|it| it.weight).sum())
    }

    /// Whether nothing at all is looked for, only filtered.
    pub(super) fn is_open(&self) -> bool {
        self.terms.iter().all(|it| it.is_negative)
    }
}
