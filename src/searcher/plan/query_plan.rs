//! The plan of a query on one index, as plain data: what each posting list is looked up by, what it
//! adds to the score, and when a passage matches. It holds no cursor, so it can be kept, printed,
//! or run on another index.

use super::condition::{Condition, PlannedTerm};
use super::term_bits::{WORD_BITS, has};
use crate::hit::Matcher;
use crate::query::Remark;
use crate::rank::{Bm25, Pair};
use crate::searcher::postings::Lookup;

/// A query planned against one index.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// The terms in the order typed.
    pub(crate) terms: Vec<PlannedTerm>,
    /// When a passage matches, over `terms`.
    pub(crate) condition: Condition,
    /// What is looked up, in the order of the terms.
    pub(crate) scoring_terms: Vec<ScoringTerm>,
    /// For parts that a dictionary translates: the part's bit, and the bit that a translation sets.
    /// A translation keeps a term from being `missing`, but never lifts a passage to a higher tier.
    pub(crate) translations: Vec<(u32, u32)>,
    /// The weight of each part, by [`Occurrence::term`](crate::rank::Occurrence::term).
    pub(crate) parts: Vec<MatchPart>,
    /// How many bits are used.
    pub(crate) bits: u32,
    /// By what matches are found in a text, for highlights and proximity.
    pub(crate) patterns: Matcher,
    /// The typed words and the document frequency of each, in its most frequent form.
    pub(crate) words: Vec<(String, u32)>,
    /// The neighbouring parts whose proximity counts.
    pub(crate) pairs: Vec<Pair>,
    /// What was searched besides what was typed.
    pub(crate) remarks: Vec<Remark>,
    /// What a tier adds to the score: more than terms, proximity and title can give together.
    pub(crate) tier_score: f32,
}

/// The smallest thing that a passage holds or does not: a word, a short Han run, a piece of a long
/// one, a phrase.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MatchPart {
    /// The bit of passages that hold it.
    pub(crate) bit: u32,
    /// Its idf; 0 for what does not score.
    pub(crate) weight: f32,
}

/// A term that is looked up. However many ways it is written, it has one document frequency, and
/// its occurrences saturate together.
#[derive(Clone, Debug)]
pub(crate) struct ScoringTerm {
    /// What `--explain` calls it.
    pub(crate) label: String,
    /// Its idf times its share; 0 for what only decides whether a passage matches.
    pub(crate) weight: f32,
    /// The mean length of the passages that hold its script.
    pub(crate) mean_length: f32,
    /// In how many passages it occurs.
    pub(crate) document_frequency: u32,
    /// Its posting lists.
    pub(crate) postings: Vec<TermPostings>,
}

/// One posting list of a scoring term.
#[derive(Clone, Debug)]
pub(crate) struct TermPostings {
    /// What it is looked up by.
    pub(crate) lookup: Lookup,
    /// What one occurrence counts.
    pub(crate) weight: f32,
    /// The bits that it sets as what was typed.
    pub(crate) exact: Vec<u32>,
    /// The bits that it sets as another name of what was typed.
    pub(crate) expanded: Vec<u32>,
    /// Whether all its passages are also in the last list of the term, which sets the same bits: a
    /// word's own form beside its stem.
    pub(crate) is_within: bool,
}

impl Plan {
    /// How many 64-bit words the bits of a passage take.
    pub(crate) fn bit_words(&self) -> usize {
        self.bits.div_ceil(WORD_BITS).max(1) as usize
    }

    /// Sets the tier score from the most that the terms can give.
    pub(crate) fn set_tier_score(&mut self) {
        let terms: f32 = self.scoring_terms.iter().map(|it| it.weight).sum();
        let ceiling = terms * Bm25::default().ceiling() + self.bonus();
        self.tier_score = (ceiling + 1.0).ceil();
    }

    /// The most that proximity and title can add to the score of the terms.
    pub(crate) fn bonus(&self) -> f32 {
        let pairs: f32 = self.pairs.iter().map(|it| it.weight).sum();
        let parts: f32 = self.parts.iter().map(|it| it.weight).sum();
        pairs + parts * crate::searcher::weights::TITLE
    }

    /// The most that title and proximity can add to a passage with these bits. Where any part of a
    /// term matched, its other parts may stand in the text too, though no bit says so.
    pub(crate) fn bonus_of(&self, bits: &[u64]) -> (f32, f32) {
        let may_occur = |part: &MatchPart| {
            let mut owners = self.terms.iter().filter(|it| it.parts.contains(&part.bit));
            owners.any(|it| has(bits, it.any_part))
        };
        let any_part: Vec<bool> = self.parts.iter().map(may_occur).collect();
        let is = |part: u32| any_part.get(part as usize).copied().unwrap_or(true);
        let parts = self.parts.iter().zip(&any_part).filter(|(_, it)| **it);
        let title: f32 = parts.map(|(it, _)| it.weight).sum();
        let pairs = self.pairs.iter().filter(|it| is(it.first) && is(it.second));
        (title * crate::searcher::weights::TITLE, pairs.map(|it| it.weight).sum())
    }
}

/// A plan holds no cursor: it can be cloned, and sent to another thread.
const _: fn() = || {
    fn is_plain<T: Clone + Send + Sync + 'static>() {}
    is_plain::<Plan>();
};
