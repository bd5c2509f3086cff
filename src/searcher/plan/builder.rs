//! Collects the terms, parts and scoring terms of a plan, and gives out the bits that stand for
//! them.

use anyhow::Result;

use super::condition::{Condition, PlannedTerm};
use super::query_plan::{MatchPart, Plan, ScoringTerm, TermPostings};
use crate::analysis::{Family, QueryToken};
use crate::hit::Matcher;
use crate::index::{Generation, ScriptStatistics};
use crate::query::{Region, Remark};
use crate::rank::{Pair, idf};
use crate::searcher::options::Options;
use crate::searcher::postings::{Cursor, Lookup, OpenPostings};
use crate::text::Span;

/// A plan in the making.
pub(super) struct PlanBuilder<'a> {
    pub(super) index: &'a Generation,
    pub(super) is_exact: bool,
    pub(super) terms: Vec<PlannedTerm>,
    pub(super) scoring_terms: Vec<ScoringTerm>,
    /// The open cursors of each scoring term.
    opened: Vec<Vec<Cursor>>,
    pub(super) parts: Vec<MatchPart>,
    /// The parts that are typed words, each with the number of its scoring term.
    words: Vec<(u32, usize)>,
    /// As in [`Plan::words`].
    frequencies: Vec<(String, u32)>,
    bits: u32,
    pub(super) patterns: Matcher,
    pairs: Vec<Pair>,
    pub(super) remarks: Vec<Remark>,
    /// The text of each part that is a piece of a Han run, by number.
    pub(super) pieces: Vec<(u32, String)>,
    /// As in [`Plan::translations`].
    pub(super) translations: Vec<(u32, u32)>,
    /// The parts of the query that have a trusted name in the other language already.
    pub(super) translated: Vec<Span>,
}

/// A list of a scoring term that was opened for its document frequency: what goes into the plan,
/// and the cursor, which does not.
pub(super) struct OpenTermPostings {
    pub(super) postings: TermPostings,
    cursor: Cursor,
}

impl OpenTermPostings {
    /// A list of what was typed: it sets `exact` bits.
    pub(super) fn exact(list: OpenPostings, weight: f32, exact: Vec<u32>) -> Self {
        Self::new(list, weight, (exact, Vec::new()))
    }

    /// A list of another name of it: it sets `expanded` bits.
    pub(super) fn expanded(list: OpenPostings, weight: f32, expanded: Vec<u32>) -> Self {
        Self::new(list, weight, (Vec::new(), expanded))
    }

    fn new(list: OpenPostings, weight: f32, (exact, expanded): (Vec<u32>, Vec<u32>)) -> Self {
        let OpenPostings { lookup, cursor } = list;
        let postings = TermPostings { lookup, weight, exact, expanded, is_within: false };
        Self { postings, cursor }
    }
}

/// The cursors that planning opened to learn document frequencies: one for each list of each
/// scoring term, in the plan's order. They are kept beside the plan, so that retrieval need not
/// open the lists again; without them it opens what the plan names.
pub(crate) struct OpenCursors(pub(crate) Vec<Vec<Cursor>>);

/// What is known of the term that is being planned.
pub(super) struct TermContext {
    /// The bit that any match of the term sets.
    pub(super) any_part: u32,
    pub(super) is_negative: bool,
    pub(super) is_required: bool,
    pub(super) region: Region,
}

impl TermContext {
    /// For terms that nobody typed.
    pub(super) fn added() -> Self {
        Self { any_part: 0, is_negative: false, is_required: false, region: Region::Anywhere }
    }
}

impl<'a> PlanBuilder<'a> {
    pub(super) fn new(index: &'a Generation, options: &Options) -> Self {
        Self {
            index,
            is_exact: options.is_exact,
            terms: Vec::new(),
            scoring_terms: Vec::new(),
            opened: Vec::new(),
            parts: Vec::new(),
            words: Vec::new(),
            frequencies: Vec::new(),
            bits: 0,
            patterns: Matcher::default(),
            pairs: Vec::new(),
            remarks: Vec::new(),
            pieces: Vec::new(),
            translations: Vec::new(),
            translated: Vec::new(),
        }
    }

    /// A new bit.
    pub(super) fn bit(&mut self) -> u32 {
        self.bits += 1;
        self.bits - 1
    }

    /// A new part of the current term: its number, by which patterns name it, and its bit.
    pub(super) fn part(&mut self, weight: f32) -> (u32, u32) {
        let bit = self.bit();
        self.parts.push(MatchPart { bit, weight });
        (u32::try_from(self.parts.len() - 1).unwrap_or(u32::MAX), bit)
    }

    /// Statistics of the passages that hold Han characters, or of those that hold letters.
    pub(super) fn side(&self, is_han: bool) -> ScriptStatistics {
        let statistics = &self.index.manifest().statistics;
        if is_han { statistics.han } else { statistics.words }
    }

    /// Notes that a part is a typed word, whose scoring term is added next.
    pub(super) fn note_word(&mut self, part: u32) {
        self.words.push((part, self.scoring_terms.len()));
    }

    /// Notes a pair whose proximity counts.
    pub(super) fn note_pair(&mut self, pair: Pair) {
        self.pairs.push(pair);
    }

    /// Notes the document frequency of a typed word.
    pub(super) fn note_frequency(&mut self, text: &str, frequency: u32) {
        self.frequencies.push((text.to_owned(), frequency));
    }

    /// How many bits were given out.
    pub(super) fn bits(&self) -> u32 {
        self.bits
    }

    /// The plan, with its tier score not yet set, and the open cursors.
    pub(super) fn finish(self, condition: Condition) -> (Plan, OpenCursors) {
        let plan = Plan {
            terms: self.terms,
            condition,
            scoring_terms: self.scoring_terms,
            translations: self.translations,
            parts: self.parts,
            bits: self.bits,
            patterns: self.patterns,
            words: self.frequencies,
            pairs: self.pairs,
            remarks: self.remarks,
            tier_score: 0.0,
        };
        (plan, OpenCursors(self.opened))
    }

    /// Weight and document frequency of a typed word, by the number of its part.
    pub(super) fn word(&self, part: u32) -> Option<(f32, u32)> {
        let at = self.words.iter().find(|it| it.0 == part)?.1;
        self.scoring_terms.get(at).map(|it| (it.weight, it.document_frequency))
    }

    /// Lowers the weights of typed words, by the numbers of their parts.
    pub(super) fn lighten(&mut self, parts: &[u32], share: f32) {
        for part in parts {
            if let Some(it) = self.parts.get_mut(*part as usize) {
                it.weight *= share;
            }
            let term = self.words.iter().find(|it| it.0 == *part).map(|it| it.1);
            if let Some(it) = term.and_then(|at| self.scoring_terms.get_mut(at)) {
                it.weight *= share;
            }
        }
    }

    /// Adds the patterns by which a word is found in a text.
    pub(super) fn word_patterns(&mut self, token: &QueryToken, stem: Option<&str>, part: u32) {
        for exact in &token.exact {
            self.patterns.add_token(Family::Exact, exact, part);
        }
        for form in &token.forms {
            self.patterns.add_token(Family::Form, form, part);
        }
        if let Some(stem) = stem {
            self.patterns.add_token(Family::Stem, stem, part);
        }
    }

    /// Adds a scoring term. One that only keeps passages out has no weight.
    pub(super) fn scoring_term(
        &mut self,
        label: String,
        weight: f32,
        side: ScriptStatistics,
        document_frequency: u32,
        postings: Vec<OpenTermPostings>,
        context: &TermContext,
    ) {
        let weight = if context.is_negative { 0.0 } else { weight };
        let mean_length = side.mean_length;
        let (postings, cursors) = postings.into_iter().map(|it| (it.postings, it.cursor)).unzip();
        self.opened.push(cursors);
        self.scoring_terms.push(ScoringTerm {
            label,
            weight,
            mean_length,
            document_frequency,
            postings,
        });
    }

    /// Adds a part that one list proves, and its scoring term; returns the number of the part and
    /// the document frequency.
    pub(super) fn part_of_list(
        &mut self,
        label: String,
        share: f32,
        is_han: bool,
        list: OpenPostings,
        context: &TermContext,
    ) -> (u32, u32) {
        let side = self.side(is_han);
        let frequency = list.document_frequency();
        let idf = idf(frequency, side.passages);
        let (part, bit) = self.part(idf);
        let exact = vec![context.any_part, bit];
        let list = OpenTermPostings::exact(list, 1.0, exact);
        self.scoring_term(label, share * idf, side, frequency, vec![list], context);
        (part, frequency)
    }

    /// The numbers of the parts of a term.
    pub(super) fn numbers(&self, term: &PlannedTerm) -> Vec<u32> {
        let parts = self.parts.iter().enumerate();
        let own = parts.filter(|(_, it)| term.parts.contains(&it.bit));
        own.filter_map(|(at, _)| u32::try_from(at).ok()).collect()
    }

    /// Adds a term that every passage matches, for a query that only filters.
    pub(super) fn every_passage(&mut self) -> Result<()> {
        let lookup = Lookup::EveryPassage;
        let cursor = lookup.open(self.index)?;
        let document_frequency = cursor.document_frequency();
        let list = OpenTermPostings::exact(OpenPostings { lookup, cursor }, 0.0, Vec::new());
        self.scoring_terms.push(ScoringTerm {
            label: String::new(),
            weight: 0.0,
            mean_length: 0.0,
            document_frequency,
            postings: vec![list.postings],
        });
        self.opened.push(vec![list.cursor]);
        Ok(())
    }

    /// Whether no term can match a passage: there is none, or all only keep passages out.
    pub(super) fn is_open(&self) -> bool {
        self.terms.iter().all(|it| it.is_negative)
    }
}
