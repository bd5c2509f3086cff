//! How many passages match, without scoring them: sets of passages as bits, a window at a time.

use std::collections::HashSet;

use tantivy::TERMINATED;

use super::match_window::{MATCH_WINDOW_LEN, start_of};
use super::scorer::TermScorer;
use crate::index::Generation;
use crate::searcher::plan::{Bool, Plan, TermBits, has};
use crate::searcher::postings::Cursor;

/// A single list is counted in steps of so many passages, and stops when there are enough.
const LEN_PER_CHECK: u32 = 4 * MATCH_WINDOW_LEN as u32;

/// What is to be counted.
#[derive(Clone, Copy)]
pub(super) struct CountOptions {
    /// Whether copies count once.
    pub(super) folds: bool,
    /// Counting stops beyond so many.
    pub(super) most: u64,
}

/// How many passages match.
#[derive(Debug, Default)]
pub(super) struct Totals {
    /// Families that match (without folding: passages).
    pub(super) all: u64,
    /// Those of them that hold every term.
    pub(super) complete: u64,
    /// Families of which more than one passage matches.
    pub(super) repeated: HashSet<u32>,
}

/// A bit for each passage of a window.
#[derive(Clone)]
struct WindowBits([u64; MATCH_WINDOW_LEN / 64]);

impl Bool for WindowBits {
    fn all(is: bool) -> Self {
        Self([if is { u64::MAX } else { 0 }; MATCH_WINDOW_LEN / 64])
    }

    fn and(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own &= other);
    }

    fn or(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own |= other);
    }

    fn and_not(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own &= !other);
    }
}

/// Lists that set the same bits, and their passages of the window.
struct ListGroup {
    any_form: TermBits,
    cursors: Vec<Cursor>,
    row: WindowBits,
}

/// A set of small numbers that grows with the largest.
#[derive(Clone, Default)]
pub(super) struct BitSet(Vec<u64>);

impl BitSet {
    /// With room for the numbers below one.
    pub(super) fn below(end: u32) -> Self {
        Self(vec![0; (end as usize / 64 + MATCH_WINDOW_LEN / 64).next_power_of_two()])
    }

    /// Adds a number; returns whether it is new.
    #[inline]
    pub(super) fn add(&mut self, number: u32) -> bool {
        let at = (number / 64) as usize;
        if at >= self.0.len() {
            self.0.resize((at + 1).next_power_of_two(), 0);
        }
        let Some(word) = self.0.get_mut(at) else { return true };
        let bit = 1 << (number % 64);
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }
}

/// The passages that matched so far, and their families.
#[derive(Clone, Default)]
struct Seen {
    /// A bit for each passage as far as windows were added.
    passages: Vec<u64>,
    /// Families of which a copy matched, but not the first passage, whose number is the family's.
    by_copies: HashSet<u32>,
}

impl Seen {
    /// With room for the passages below one.
    fn below(end: u32) -> Self {
        let passages = Vec::with_capacity(end as usize / 64 + MATCH_WINDOW_LEN / 64);
        Self { passages, by_copies: HashSet::new() }
    }

    /// Adds the passages of the next window; `copies` are the bits of those that are copies of
    /// earlier passages. Returns how many families are new, and gives the others to `old`.
    fn add_new(
        &mut self,
        start: u32,
        row: &WindowBits,
        (index, copies): (&Generation, &[[u8; 8]]),
        mut old: impl FnMut(u32),
    ) -> u64 {
        let Self { passages, by_copies } = self;
        passages.resize(start as usize / 64, 0);
        passages.extend_from_slice(&row.0);
        // Nearly all passages are the first of their family, and these are new.
        let mut new = row.0.iter().map(|it| u64::from(it.count_ones())).sum();
        for (word, (bits, copies)) in (0..).zip(row.0.iter().zip(copies)) {
            let mut rest = bits & u64::from_le_bytes(*copies);
            while rest != 0 {
                let passage = start + word * 64 + rest.trailing_zeros();
                rest &= rest - 1;
                let family = index.family(passage);
                let firsts = passages.get(family as usize / 64).copied().unwrap_or(0);
                if firsts >> (family % 64) & 1 == 1 || !by_copies.insert(family) {
                    new -= 1;
                    old(family);
                }
            }
        }
        new
    }
}

/// Counts the passages that match the plan.
pub(super) fn count(
    index: &Generation,
    plan: &Plan,
    scorers: &[TermScorer],
    options: CountOptions,
) -> Totals {
    let mut groups = groups(scorers);
    let mut any_term = AnyTermCount::new(plan, &groups);
    if let (Some(any_term), [ListGroup { cursors, .. }]) = (&any_term, groups.as_mut_slice())
        && any_term.is_all()
        && let [only] = cursors.as_mut_slice()
    {
        return count_one(index, only, options);
    }
    let mut seen = Seen::below(index.manifest().statistics.passages);
    // Nothing as long as all matches were complete.
    let mut seen_complete = None;
    let (mut matching, mut complete) = (WindowBits::all(false), WindowBits::all(false));
    let mut totals = Totals::default();
    while let Some(start) = next_window(&groups) {
        for group in &mut groups {
            group.row.0.fill(0);
            for cursor in &mut group.cursors {
                cursor
                    .walk_passages(start + MATCH_WINDOW_LEN as u32, |it| group.row.add(it - start));
            }
        }
        match &mut any_term {
            Some(any_term) => any_term.rows(&groups, &mut matching, &mut complete),
            None => {
                let holds = |bit| {
                    let mut row = WindowBits::all(false);
                    join(groups.iter().filter(|it| has(it.any_form.bits(), bit)), &mut row);
                    row
                };
                matching = plan.condition.matches(&plan.terms, &holds);
                complete = plan.condition.complete(&plan.terms, &holds);
                complete.and(&matching);
            }
        }
        if seen_complete.is_none() && complete.0 != matching.0 {
            seen_complete = Some(seen.clone());
        }
        let bits = if options.folds { index.copy_bits(start, MATCH_WINDOW_LEN / 64) } else { &[] };
        totals.all += seen.add_new(start, &matching, (index, bits), |it| {
            totals.repeated.insert(it);
        });
        totals.complete = match &mut seen_complete {
            Some(seen) => totals.complete + seen.add_new(start, &complete, (index, bits), |_| ()),
            None => totals.all,
        };
        if totals.all > options.most {
            break;
        }
    }
    totals
}

/// Counts the passages of a list of which all match and are complete.
fn count_one(index: &Generation, list: &mut Cursor, options: CountOptions) -> Totals {
    let mut totals = Totals::default();
    let mut seen = BitSet::below(index.manifest().statistics.passages);
    while totals.all <= options.most && list.passage() < TERMINATED {
        let first = start_of(list.passage());
        let bits =
            if options.folds { index.copy_bits(first, LEN_PER_CHECK as usize / 64) } else { &[] };
        list.walk_passages(first.saturating_add(LEN_PER_CHECK), |passage| {
            let place = passage - first;
            let word = bits.get((place / 64) as usize).map_or(0, |it| u64::from_le_bytes(*it));
            let is_copy = word >> (place % 64) & 1 == 1;
            let place = if is_copy { index.family(passage) } else { passage };
            if seen.add(place) {
                totals.all += 1;
            } else {
                totals.repeated.insert(place);
            }
        });
    }
    totals.complete = totals.all;
    totals
}

/// Sets `row` to the passages of any of some groups.
fn join<'g>(mut groups: impl Iterator<Item = &'g ListGroup>, row: &mut WindowBits) {
    match groups.next() {
        Some(first) => row.0.copy_from_slice(&first.row.0),
        None => row.0.fill(0),
    }
    groups.for_each(|it| row.or(&it.row));
}

/// For a plain list of terms of which any may match, as most queries are: which groups decide.
struct AnyTermCount {
    /// The groups that make a passage match.
    matching_groups: Vec<usize>,
    /// For each part of each term the groups whose passages hold it.
    parts: Vec<Vec<usize>>,
    /// Reused for the union of several groups.
    row: WindowBits,
}

impl AnyTermCount {
    /// Nothing where a term is required or excluded, or where terms are nested.
    fn new(plan: &Plan, groups: &[ListGroup]) -> Option<Self> {
        let terms = plan.condition.any_of_terms(&plan.terms)?;
        let own = |bits: &[u32]| {
            let holds =
                |it: &(usize, &ListGroup)| bits.iter().any(|bit| has(it.1.any_form.bits(), *bit));
            groups.iter().enumerate().filter(holds).map(|it| it.0).collect()
        };
        let any_part: Vec<u32> = terms.iter().map(|it| it.any_part).collect();
        let parts = terms.iter().flat_map(|it| it.parts.clone()).map(|it| own(&[it])).collect();
        Some(Self { matching_groups: own(&any_part), parts, row: WindowBits::all(false) })
    }

    /// Whether every passage of any group matches and is complete.
    fn is_all(&self) -> bool {
        !self.matching_groups.is_empty() && self.parts.iter().all(|it| !it.is_empty())
    }

    /// Sets the passages that match, and those of them that are complete.
    fn rows(&mut self, groups: &[ListGroup], matching: &mut WindowBits, complete: &mut WindowBits) {
        let of = |own: &[usize], row: &mut WindowBits| {
            join(own.iter().filter_map(|it| groups.get(*it)), row);
        };
        of(&self.matching_groups, matching);
        complete.0.copy_from_slice(&matching.0);
        for part in &self.parts {
            match part.as_slice() {
                [only] => groups.get(*only).into_iter().for_each(|it| complete.and(&it.row)),
                several => {
                    of(several, &mut self.row);
                    complete.and(&self.row);
                }
            }
        }
    }
}

impl WindowBits {
    #[inline]
    fn add(&mut self, place: u32) {
        if let Some(word) = self.0.get_mut((place / 64) as usize) {
            *word |= 1 << (place % 64);
        }
    }
}

/// The lists that may match a passage, grouped by the bits that they set.
fn groups(scorers: &[TermScorer]) -> Vec<ListGroup> {
    let mut groups: Vec<ListGroup> = Vec::new();
    let lists = scorers.iter().filter(|it| it.can_match_alone()).flat_map(|it| &it.lists);
    for list in lists.filter(|it| !it.is_within) {
        match groups.iter_mut().find(|it| it.any_form == list.any_form) {
            Some(group) => group.cursors.push(list.cursor.clone()),
            None => {
                let (any_form, cursors) = (list.any_form.clone(), vec![list.cursor.clone()]);
                groups.push(ListGroup { any_form, cursors, row: WindowBits::all(false) });
            }
        }
    }
    groups
}

fn next_window(groups: &[ListGroup]) -> Option<u32> {
    let cursors = groups.iter().flat_map(|it| &it.cursors);
    let next = cursors.map(Cursor::passage).min()?;
    (next < TERMINATED).then(|| start_of(next))
}
