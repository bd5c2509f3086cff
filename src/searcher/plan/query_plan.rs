//! What a query means on one index, as plain data: what each list is looked up by, what it adds to
//! the score, and when a passage counts as holding a term. No list is open in it.

use super::condition::{Condition, PlannedTerm};
use super::term_bits::{WORD_BITS, has};
use crate::hit::Patterns;
use crate::query::Remark;
use crate::rank::{Pair, Saturation};
use crate::searcher::postings::Lookup;

/// A query planned against one index.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// The terms in the order typed.
    pub(crate) terms: Vec<PlannedTerm>,
    /// What must hold of a passage, over `terms`.
    pub(crate) condition: Condition,
    /// What scores or proves, in the order of the terms.
    pub(crate) scoring_terms: Vec<ScoringTerm>,
    /// For parts that a dictionary translates: the part's bit, and the bit that a translation sets.
    /// It speaks for the term and lifts no tier: below every direct match.
    pub(crate) translations: Vec<(u32, u32)>,
    /// The weight of each part, by [`Occurrence::term`](crate::rank::Occurrence::term).
    pub(crate) parts: Vec<MatchPart>,
    /// How many bits a passage's evidence takes.
    pub(crate) bits: u32,
    /// What highlights and nearness look for.
    pub(crate) patterns: Patterns,
    /// The typed words that are searched as such, and in how many passages each stands in any form.
    pub(crate) words: Vec<(String, u32)>,
    /// The neighbouring parts whose nearness counts.
    pub(crate) pairs: Vec<Pair>,
    /// What was done besides what was typed.
    pub(crate) remarks: Vec<Remark>,
    /// What completeness is worth: more than terms, nearness and title can give together.
    pub(crate) tier_score: f32,
}

/// The smallest thing that a passage holds or does not: a word, a short Han run, a piece of a long
/// one, a phrase.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MatchPart {
    /// The bit that says so.
    pub(crate) bit: u32,
    /// How telling it is: its idf, 0 for what does not score.
    pub(crate) weight: f32,
}

/// One blended term: however it is written, it has one document frequency and one saturation.
#[derive(Clone, Debug)]
pub(crate) struct ScoringTerm {
    /// What `--explain` calls it.
    pub(crate) label: String,
    /// Its idf times its share; 0 for what only proves.
    pub(crate) weight: f32,
    /// The mean length of the passages that hold its script.
    pub(crate) mean_length: f32,
    /// In how many passages it stands.
    pub(crate) document_frequency: u32,
    /// Its postings.
    pub(crate) postings: Vec<TermPostings>,
}

/// One posting list of a unit.
#[derive(Clone, Debug)]
pub(crate) struct TermPostings {
    /// What it is looked up by.
    pub(crate) lookup: Lookup,
    /// What one occurrence counts.
    pub(crate) weight: f32,
    /// The bits that it sets by itself.
    pub(crate) exact: Vec<u32>,
    /// The bits that it sets as another name of what was typed.
    pub(crate) expanded: Vec<u32>,
    /// Whether all its passages are among those of the unit's last source, which sets the same
    /// bits: a word's own form beside its stem.
    pub(crate) is_within: bool,
}

impl Plan {
    /// How many words a passage's evidence takes.
    pub(crate) fn bit_words(&self) -> usize {
        self.bits.div_ceil(WORD_BITS).max(1) as usize
    }

    /// Sets the tier by what the units can give.
    pub(crate) fn set_tier_score(&mut self) {
        let terms: f32 = self.scoring_terms.iter().map(|it| it.weight).sum();
        let ceiling = terms * Saturation::default().ceiling() + self.bonus();
        self.tier_score = (ceiling + 1.0).ceil();
    }

    /// The most that nearness and title can add to what the terms give.
    pub(crate) fn bonus(&self) -> f32 {
        let pairs: f32 = self.pairs.iter().map(|it| it.weight).sum();
        let parts: f32 = self.parts.iter().map(|it| it.weight).sum();
        pairs + parts * crate::searcher::weights::TITLE
    }

    /// The most that title and nearness can add to a passage with these bits. A term that is any_part
    /// may have parts in the text that no bit speaks for.
    pub(crate) fn bonus_of(&self, bits: &[u64]) -> (f32, f32) {
        let is_touched = |part: &MatchPart| {
            let mut owners = self.terms.iter().filter(|it| it.parts.contains(&part.bit));
            owners.any(|it| has(bits, it.any_part))
        };
        let any_part: Vec<bool> = self.parts.iter().map(is_touched).collect();
        let is = |part: u32| any_part.get(part as usize).copied().unwrap_or(true);
        let parts = self.parts.iter().zip(&any_part).filter(|(_, it)| **it);
        let title: f32 = parts.map(|(it, _)| it.weight).sum();
        let pairs = self.pairs.iter().filter(|it| is(it.first) && is(it.second));
        (title * crate::searcher::weights::TITLE, pairs.map(|it| it.weight).sum())
    }
}
