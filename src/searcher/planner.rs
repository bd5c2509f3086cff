//! Draws up the plan: every term of the draft against the index's own terms.

use super::draft::{Draft, Group, Shape, draft};
use super::expand;
use super::phrase::{self, Phrase};
use super::plan::{Part, Plan, Source, Term, Test, Unit};
use super::postings::{self, Cursor, Posting};
use super::weights;
use super::{Options, han, kin, translate};
use crate::analysis::{self, Family, QueryToken as Asked};
use crate::hit::Patterns;
use crate::index::{Index, Side};
use crate::query::{Filters, Near, Occur, Query, Region, Remark, RemarkKind};
use crate::rank::{Pair, inverse_frequency};
use crate::text::Span;
use anyhow::Result;

/// Plans a query.
pub(super) fn plan(index: &Index, query: &Query, options: &Options) -> Result<Plan> {
    let (drafts, mut test) = draft(&query.clauses);
    let numbers = drop_light(&drafts, &mut test);
    let mut planner = Planner::new(index, options);
    let carrying: Vec<&Draft> =
        drafts.iter().zip(&numbers).filter(|(_, it)| it.is_some()).map(|(it, _)| it).collect();
    for draft in &carrying {
        planner.term(draft)?;
    }
    if options.expands && !options.is_exact {
        let typed: Vec<_> = drafts.iter().zip(numbers).collect();
        expand::expand(&mut planner, &typed)?;
        translate::translate(&mut planner, &typed)?;
    }
    planner.pairs(&carrying);
    if let Some(kin) = options.more_like {
        kin::add(&mut planner, kin)?;
    }
    let Planner { terms, units, parts, bits, patterns, pairs, remarks, translations, .. } = planner;
    let (words, tier) = (planner.typed, 0.0);
    let mut plan = Plan {
        terms,
        test,
        units,
        parts,
        bits,
        patterns,
        words,
        pairs,
        remarks,
        translations,
        tier,
    };
    plan.set_tier();
    // Only punctuation leaves neither terms nor filters: it asks for nothing, not for everything.
    let asks = plan.is_open() && options.more_like.is_none();
    if asks && query.filters != Filters::default() {
        plan.look_everywhere(index.manifest().statistics.passages);
    }
    Ok(plan)
}

/// The numbers of the terms: light ones have none where others carry the query. The test is
/// renumbered so.
fn drop_light(drafts: &[Draft], test: &mut Test) -> Vec<Option<usize>> {
    let is_light = |it: &Draft| it.is_light() && it.occur == Occur::Should;
    let carries = |it: &Draft| it.occur != Occur::Not && !it.is_light();
    let drops = drafts.iter().any(carries);
    let mut kept = 0;
    let mut number = |it: &Draft| {
        let number = (!drops || !is_light(it)).then_some(kept);
        kept += usize::from(number.is_some());
        number
    };
    let numbers: Vec<Option<usize>> = drafts.iter().map(&mut number).collect();
    renumber(test, &numbers);
    numbers
}

/// Renumbers the terms of a test; what has no number goes. Returns whether anything is left.
fn renumber(test: &mut Test, numbers: &[Option<usize>]) -> bool {
    match test {
        Test::Term(number) => match numbers.get(*number).copied().flatten() {
            Some(new) => {
                *number = new;
                true
            }
            None => false,
        },
        Test::All(tests) => {
            tests.retain_mut(|(_, it)| renumber(it, numbers));
            !tests.is_empty()
        }
        Test::Any(tests) => {
            tests.retain_mut(|it| renumber(it, numbers));
            !tests.is_empty()
        }
    }
}

/// A plan in the making.
pub(super) struct Planner<'a> {
    pub(super) index: &'a Index,
    pub(super) is_exact: bool,
    pub(super) terms: Vec<Term>,
    pub(super) units: Vec<Unit>,
    pub(super) parts: Vec<Part>,
    /// The parts that are typed words, each with the number of its unit.
    words: Vec<(u32, usize)>,
    /// As in [`Plan::words`].
    typed: Vec<(String, u32)>,
    bits: u32,
    pub(super) patterns: Patterns,
    pairs: Vec<Pair>,
    pub(super) remarks: Vec<Remark>,
    /// The text of each part that is a piece of a Han run, by number.
    pub(super) pieces: Vec<(u32, String)>,
    /// As in [`Plan::translations`].
    pub(super) translations: Vec<(u32, u32)>,
    /// What of the query is found in the other language already.
    pub(super) translated: Vec<Span>,
}

/// The term that is being planned.
pub(super) struct Current {
    pub(super) touched: u32,
    pub(super) is_negative: bool,
    pub(super) is_required: bool,
    pub(super) region: Region,
}

impl<'a> Planner<'a> {
    fn new(index: &'a Index, options: &Options) -> Self {
        Self {
            index,
            is_exact: options.is_exact,
            terms: Vec::new(),
            units: Vec::new(),
            parts: Vec::new(),
            words: Vec::new(),
            typed: Vec::new(),
            bits: 0,
            patterns: Patterns::default(),
            pairs: Vec::new(),
            remarks: Vec::new(),
            pieces: Vec::new(),
            translations: Vec::new(),
            translated: Vec::new(),
        }
    }

    pub(super) fn bit(&mut self) -> u32 {
        self.bits += 1;
        self.bits - 1
    }

    /// A new part of the current term; its number is that of the patterns.
    pub(super) fn part(&mut self, weight: f32) -> (u32, u32) {
        let bit = self.bit();
        self.parts.push(Part { bit, weight });
        (u32::try_from(self.parts.len() - 1).unwrap_or(u32::MAX), bit)
    }

    /// The passages that hold letters, or those that hold Han.
    pub(super) fn side(&self, is_han: bool) -> Side {
        let statistics = &self.index.manifest().statistics;
        if is_han { statistics.han } else { statistics.words }
    }

    fn term(&mut self, draft: &Draft) -> Result<()> {
        let touched = self.bit();
        let current = Current {
            touched,
            is_negative: draft.occur == Occur::Not,
            is_required: draft.occur == Occur::Must,
            region: draft.region,
        };
        match &draft.shape {
            Shape::Groups(groups) => {
                let frequency = self.groups(groups, &current)?;
                self.typed.extend(frequency.map(|it| (draft.text.clone(), it)));
            }
            Shape::Phrase(units, near) => self.phrase(draft, units, *near, &current)?,
            Shape::Prefix(beginning) => self.prefix(beginning, &current)?,
        }
        self.terms.push(Term {
            text: draft.text.clone(),
            touched,
            parts: touched + 1..self.bits,
            is_negative: current.is_negative,
        });
        Ok(())
    }

    /// Gives in how many passages the most frequent form stands, where it is only a word.
    fn groups(&mut self, groups: &[Group], current: &Current) -> Result<Option<u32>> {
        let mut frequency = None;
        for group in groups {
            match group {
                Group::Word(unit) if current.region == Region::Title => {
                    let asked = std::slice::from_ref(unit);
                    self.placed(asked, Near::Contiguous, current)?;
                }
                Group::Word(unit) => frequency = Some(self.typed_word(unit, current)?),
                Group::Han(run) if current.region == Region::Title => {
                    self.placed(run, Near::Contiguous, current)?;
                }
                Group::Han(run) => han::run(self, run, current)?,
            }
        }
        Ok(frequency.filter(|_| groups.len() == 1))
    }

    /// One word: its exact forms, its stem and its other forms blended. Gives in how many passages
    /// the most frequent of them stands.
    fn typed_word(&mut self, asked: &Asked, current: &Current) -> Result<u32> {
        let exact = asked.exact.iter().map(|it| (Family::Exact, it, analysis::has_one_stem(it)));
        let forms = asked.forms.iter().map(|it| (Family::Form, it, false));
        let stem = asked.stem.as_deref().filter(|_| !self.is_exact);
        let mut sources = Vec::new();
        let (mut exact_frequency, mut most) = (0, 0);
        for (family, text, has_one_stem) in exact.chain(forms) {
            if let Some(cursor) = Cursor::stored(self.index, family, text)? {
                exact_frequency += cursor.document_frequency();
                most = most.max(cursor.document_frequency());
                sources.push((cursor, 1.0, has_one_stem));
            }
        }
        let apart = Phrase::of(asked.pieces.iter().map(String::as_str));
        let found = phrase::find(self.index, &apart)?;
        if !found.is_empty() {
            exact_frequency += u32::try_from(found.len()).unwrap_or(u32::MAX);
            sources.push((Cursor::listed(found), 1.0, false));
        }
        let (mut frequency, mut is_stemmed) = (exact_frequency, false);
        if let Some(stem) = stem
            && let Some(cursor) = Cursor::stored(self.index, Family::Stem, stem)?
        {
            frequency = frequency.max(cursor.document_frequency());
            most = most.max(cursor.document_frequency());
            // A stem that stands in no more passages than the word itself adds nothing; several
            // forms may stand in the same passages.
            if sources.len() > 1 || cursor.document_frequency() > exact_frequency {
                for source in &mut sources {
                    source.1 = weights::EXACT;
                }
                sources.push((cursor, 1.0 - weights::EXACT, false));
                is_stemmed = true;
            }
        }
        let side = self.side(false);
        let idf = inverse_frequency(frequency, side.passages);
        let (part, bit) = self.part(idf);
        self.word_patterns(asked, stem, part);
        self.patterns.add_sequence(apart.into_sequence(part));
        let typed = vec![current.touched, bit];
        let sources = sources.into_iter().map(|(cursor, weight, has_one_stem)| Source {
            is_within: is_stemmed && has_one_stem,
            ..Source::typed(cursor, weight, typed.clone())
        });
        let label = asked.exact.first().cloned().unwrap_or_default();
        let sources = sources.collect();
        self.words.push((part, self.units.len()));
        self.unit(label, idf, side, frequency, sources, current);
        Ok(most)
    }

    /// What a typed word weighs, and in how many passages it stands; by the number of its part.
    pub(super) fn word(&self, part: u32) -> Option<(f32, u32)> {
        let at = self.words.iter().find(|it| it.0 == part)?.1;
        self.units.get(at).map(|it| (it.weight, it.document_frequency))
    }

    /// Weighs typed words less, by the numbers of their parts.
    pub(super) fn lighten(&mut self, parts: &[u32], share: f32) {
        for part in parts {
            if let Some(it) = self.parts.get_mut(*part as usize) {
                it.weight *= share;
            }
            let unit = self.words.iter().find(|it| it.0 == *part).map(|it| it.1);
            if let Some(it) = unit.and_then(|at| self.units.get_mut(at)) {
                it.weight *= share;
            }
        }
    }

    pub(super) fn word_patterns(&mut self, asked: &Asked, stem: Option<&str>, part: u32) {
        for exact in &asked.exact {
            self.patterns.add_token(Family::Exact, exact, part);
        }
        for form in &asked.forms {
            self.patterns.add_token(Family::Form, form, part);
        }
        if let Some(stem) = stem {
            self.patterns.add_token(Family::Stem, stem, part);
        }
    }

    /// Adds a unit; what only keeps passages out never scores.
    pub(super) fn unit(
        &mut self,
        label: String,
        weight: f32,
        side: Side,
        document_frequency: u32,
        sources: Vec<Source>,
        current: &Current,
    ) {
        let weight = if current.is_negative { 0.0 } else { weight };
        let mean_length = side.mean_length;
        self.units.push(Unit { label, weight, mean_length, document_frequency, sources });
    }

    /// A new part that a list of passages proves, scored as one term; returns part and passages.
    pub(super) fn proved(
        &mut self,
        label: String,
        share: f32,
        is_han: bool,
        cursor: Cursor,
        current: &Current,
    ) -> (u32, u32) {
        let side = self.side(is_han);
        let frequency = cursor.document_frequency();
        let idf = inverse_frequency(frequency, side.passages);
        let (part, bit) = self.part(idf);
        let typed = vec![current.touched, bit];
        let source = Source::typed(cursor, 1.0, typed);
        self.unit(label, share * idf, side, frequency, vec![source], current);
        (part, frequency)
    }

    /// Every word that begins so, as one term.
    fn prefix(&mut self, beginning: &str, current: &Current) -> Result<()> {
        let mut lists = Vec::new();
        for word in self.words_beginning(beginning)? {
            lists.push(postings::read(self.index, Family::Exact, &word)?);
        }
        let mut postings = postings::union(lists);
        if current.region == Region::Title {
            postings = self.in_titles(postings, beginning)?;
        }
        let (label, cursor) = (format!("{beginning}*"), Cursor::listed(postings));
        let (part, _) = self.proved(label, 1.0, false, cursor, current);
        self.patterns.add_prefix(beginning, part);
        Ok(())
    }

    fn words_beginning(&mut self, beginning: &str) -> Result<Vec<String>> {
        let terms = self.index.terms(Family::Exact)?;
        let mut stream = terms.range().ge(beginning.as_bytes()).into_stream()?;
        let mut words = Vec::new();
        while stream.advance() {
            let Ok(word) = std::str::from_utf8(stream.key()) else { continue };
            if !word.starts_with(beginning) {
                break;
            }
            if words.len() == weights::PREFIX_WORDS {
                let text = format!(
                    "`{beginning}*` has more than {} words; the first are searched",
                    words.len()
                );
                self.remarks.push(Remark { kind: RemarkKind::Ignored, text, span: None });
                break;
            }
            words.push(word.to_owned());
        }
        Ok(words)
    }

    /// Of these passages those whose title holds a word that begins so.
    fn in_titles(&self, postings: Vec<Posting>, beginning: &str) -> Result<Vec<Posting>> {
        let analyzer = crate::analysis::Analyzer::for_query();
        let mut tokens = crate::analysis::Tokens::default();
        let mut kept = Vec::new();
        for posting in postings {
            let record = self.index.passage(posting.passage)?;
            let article = self.index.article(record.article)?;
            analyzer.tokens(article.title.unwrap_or_default(), &mut tokens);
            let mut words = tokens.family(Family::Exact);
            if words.any(|it| tokens.text(it).starts_with(beginning)) {
                kept.push(posting);
            }
        }
        Ok(kept)
    }

    /// Neighbours in the order typed, whatever stands for them.
    fn pairs(&mut self, drafts: &[&Draft]) {
        let counts =
            |term: &Term, draft: &Draft| !term.is_negative && draft.region == Region::Anywhere;
        let typed: Vec<u32> = self
            .terms
            .iter()
            .zip(drafts)
            .filter(|(term, draft)| counts(term, draft))
            .flat_map(|(term, _)| self.numbers(term))
            .collect();
        for pair in typed.windows(2).take(64) {
            let [first, second] = *pair else { continue };
            let weight = |part: u32| self.parts.get(part as usize).map_or(0.0, |it| it.weight);
            let weight = weights::NEAR * weight(first).min(weight(second));
            self.pairs.push(Pair { first, second, weight });
        }
    }

    /// The parts of a term, by number.
    pub(super) fn numbers(&self, term: &Term) -> Vec<u32> {
        let parts = self.parts.iter().enumerate();
        let own = parts.filter(|(_, it)| term.parts.contains(&it.bit));
        own.filter_map(|(at, _)| u32::try_from(at).ok()).collect()
    }
}
