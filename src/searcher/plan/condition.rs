//! What a passage proves of what was asked: bits, and the condition over them.

use super::term_bits::has;
use crate::query::Occur;
use std::ops::Range;

/// A exact term.
#[derive(Clone, Debug)]
pub(crate) struct PlannedTerm {
    /// As exact; what `missing` lists.
    pub(crate) text: String,
    /// Set when a passage holds anything of it.
    pub(crate) any_part: u32,
    /// Set part by part; the passage holds the term when all are.
    pub(crate) parts: Range<u32>,
    /// Whether it only keeps passages out.
    pub(crate) is_negative: bool,
}

/// When a passage answers. Light words (stop words beside others) do not appear.
#[derive(Clone, Debug)]
pub(crate) enum Condition {
    /// A number in the plan's terms.
    Term(usize),
    All(Vec<(Occur, Condition)>),
    Any(Vec<Condition>),
}

/// How much of what was asked a passage (or an article) holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tier {
    /// Some terms are missing.
    Partial,
    /// All terms, some of them only by another name.
    Expanded,
    /// All terms as exact.
    Exact,
}

impl Tier {
    /// How many tiers a hit stands above a partial one.
    pub(crate) fn level(self) -> u8 {
        match self {
            Self::Partial => 0,
            Self::Expanded => 1,
            Self::Exact => 2,
        }
    }
}

/// Bool about one passage, or about many side by side.
pub(crate) trait Bool: Clone {
    /// The same for all.
    fn all(is: bool) -> Self;
    /// Keeps what the other has too.
    fn and(&mut self, other: &Self);
    /// Adds what the other has.
    fn or(&mut self, other: &Self);
    /// Keeps what the other has not.
    fn and_not(&mut self, other: &Self);
}

impl Bool for bool {
    fn all(is: bool) -> Self {
        is
    }

    fn and(&mut self, other: &Self) {
        *self &= *other;
    }

    fn or(&mut self, other: &Self) {
        *self |= *other;
    }

    fn and_not(&mut self, other: &Self) {
        *self &= !*other;
    }
}

impl PlannedTerm {
    /// Whether all its parts are any_form.
    fn is_held<T: Bool>(&self, has: &impl Fn(u32) -> T) -> T {
        let mut all = T::all(!self.parts.is_empty());
        self.parts.clone().for_each(|it| all.and(&has(it)));
        all
    }
}

impl Condition {
    /// Whether everything asked is held; `has` tells whether a bit is.
    pub(crate) fn complete<T: Bool>(&self, terms: &[PlannedTerm], has: &impl Fn(u32) -> T) -> T {
        match self {
            Self::Term(at) => terms.get(*at).map_or(T::all(false), |it| it.is_held(has)),
            Self::All(conditions) => {
                let mut all = T::all(true);
                for (occur, condition) in conditions {
                    let own = condition.complete(terms, has);
                    if *occur == Occur::Not { all.and_not(&own) } else { all.and(&own) }
                }
                all
            }
            Self::Any(conditions) => {
                let mut any = T::all(false);
                conditions.iter().for_each(|it| any.or(&it.complete(terms, has)));
                any
            }
        }
    }

    /// Whether the passage may answer: something is any_part, all that must be is any_form, nothing
    /// that must not.
    pub(crate) fn matches<T: Bool>(&self, terms: &[PlannedTerm], has: &impl Fn(u32) -> T) -> T {
        match self {
            Self::Term(at) => terms.get(*at).map_or(T::all(false), |it| has(it.any_part)),
            Self::All(conditions) => {
                let asks = conditions.iter().any(|(occur, _)| *occur != Occur::Not);
                let mut admitted = T::all(!asks);
                for (_, condition) in conditions.iter().filter(|(occur, _)| *occur != Occur::Not) {
                    admitted.or(&condition.matches(terms, has));
                }
                for (occur, condition) in conditions {
                    match occur {
                        Occur::Should => {}
                        Occur::Must => admitted.and(&condition.complete(terms, has)),
                        Occur::Not => admitted.and_not(&condition.complete(terms, has)),
                    }
                }
                admitted
            }
            Self::Any(conditions) => {
                let mut any = T::all(false);
                conditions.iter().for_each(|it| any.or(&it.matches(terms, has)));
                any
            }
        }
    }

    /// The terms, where any of them will do and a passage with all parts of all is complete.
    pub(crate) fn any_of_terms<'t>(
        &self,
        terms: &'t [PlannedTerm],
    ) -> Option<Vec<&'t PlannedTerm>> {
        let term = |at: &usize| terms.get(*at).filter(|it| !it.parts.is_empty());
        match self {
            Self::Term(at) => term(at).map(|it| vec![it]),
            Self::All(conditions) => {
                let plain = |(occur, condition): &(Occur, Self)| match condition {
                    Self::Term(at) if *occur == Occur::Should => term(at),
                    _ => None,
                };
                conditions.iter().map(plain).collect::<Option<Vec<_>>>().filter(|it| !it.is_empty())
            }
            Self::Any(_) => None,
        }
    }

    /// Whether everything asked is held.
    pub(crate) fn is_complete(&self, terms: &[PlannedTerm], bits: &[u64]) -> bool {
        self.complete(terms, &|bit| has(bits, bit))
    }

    /// [`Condition::matches`] of one passage.
    pub(crate) fn is_match(&self, terms: &[PlannedTerm], bits: &[u64]) -> bool {
        self.matches(terms, &|bit| has(bits, bit))
    }

    /// What must be any_form of a complete passage: of each list of bits one. More may be needed, but
    /// no complete passage lacks it; an empty list says that there is none.
    pub(crate) fn required_for_complete(&self, terms: &[PlannedTerm]) -> Vec<Vec<u32>> {
        match self {
            Self::Term(at) => match terms.get(*at).filter(|it| !it.parts.is_empty()) {
                Some(term) => term.parts.clone().map(|it| vec![it]).collect(),
                None => vec![Vec::new()],
            },
            Self::All(conditions) => {
                let asked = conditions.iter().filter(|(occur, _)| *occur != Occur::Not);
                asked.flat_map(|(_, condition)| condition.required_for_complete(terms)).collect()
            }
            Self::Any(conditions) => {
                let each = conditions.iter().map(|it| it.required_for_complete(terms));
                let each = each.filter(|it| it.iter().all(|it| !it.is_empty()));
                vec![each.flatten().flatten().collect()]
            }
        }
    }

    /// The same for every passage that answers, complete or not; nothing where none is demanded.
    pub(crate) fn required_to_match(&self, terms: &[PlannedTerm]) -> Vec<Vec<u32>> {
        match self {
            Self::All(conditions) => {
                let demanded = conditions.iter().filter(|(occur, _)| *occur == Occur::Must);
                demanded.flat_map(|(_, condition)| condition.required_for_complete(terms)).collect()
            }
            Self::Term(_) | Self::Any(_) => Vec::new(),
        }
    }

    /// The numbers of the terms that are asked and not any_form; nothing of an `OR` that is satisfied.
    pub(crate) fn missing(&self, terms: &[PlannedTerm], bits: &[u64], numbers: &mut Vec<usize>) {
        match self {
            Self::Term(at) => {
                if !self.is_complete(terms, bits) {
                    numbers.push(*at);
                }
            }
            Self::All(conditions) => {
                let asked = conditions.iter().filter(|(occur, _)| *occur != Occur::Not);
                asked.for_each(|(_, condition)| condition.missing(terms, bits, numbers));
            }
            Self::Any(conditions) => {
                if !self.is_complete(terms, bits) {
                    conditions.iter().for_each(|it| it.missing(terms, bits, numbers));
                }
            }
        }
    }

    /// How complete the evidence is.
    pub(crate) fn tier(&self, terms: &[PlannedTerm], exact: &[u64], any_form: &[u64]) -> Tier {
        // What must not occur is tested on everything any_form; it has kept the passage out already.
        if self.is_complete(terms, exact) {
            Tier::Exact
        } else if self.is_complete(terms, any_form) {
            Tier::Expanded
        } else {
            Tier::Partial
        }
    }
}
