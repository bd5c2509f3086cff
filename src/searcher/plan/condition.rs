//! When a passage matches, and in which tier: the condition of a query over the bits of a passage.

use std::ops::Range;

use super::term_bits::has;
use crate::query::Occur;

/// A typed term.
#[derive(Clone, Debug)]
pub(crate) struct PlannedTerm {
    /// As typed; what `missing` lists.
    pub(crate) text: String,
    /// The bit of passages that hold anything of it.
    pub(crate) any_part: u32,
    /// The bits of its parts; a passage with all of them holds the term.
    pub(crate) parts: Range<u32>,
    /// Whether it only keeps passages out.
    pub(crate) is_negative: bool,
}

/// When a passage matches. Stop words beside other words do not appear.
#[derive(Clone, Debug)]
pub(crate) enum Condition {
    /// The number of a term of the plan.
    Term(usize),
    /// Any that are not excluded, and all that are required.
    All(Vec<(Occur, Condition)>),
    /// At least one of these.
    Any(Vec<Condition>),
}

/// How much of the query a passage (or an article) holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tier {
    /// Some terms are missing.
    Partial,
    /// All terms, some of them only by another name.
    Expanded,
    /// All terms as typed.
    Exact,
}

impl Tier {
    /// How many tiers it stands above the partial one.
    pub(crate) fn level(self) -> u8 {
        match self {
            Self::Partial => 0,
            Self::Expanded => 1,
            Self::Exact => 2,
        }
    }
}

/// A truth value of one passage, or one value each of many passages.
pub(crate) trait Bool: Clone {
    /// The same value for all passages.
    fn all(is: bool) -> Self;
    /// True where both are.
    fn and(&mut self, other: &Self);
    /// True where either is.
    fn or(&mut self, other: &Self);
    /// True where this is and the other is not.
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
    /// Whether all its parts are held.
    fn is_held<T: Bool>(&self, has: &impl Fn(u32) -> T) -> T {
        let mut all = T::all(!self.parts.is_empty());
        self.parts.clone().for_each(|it| all.and(&has(it)));
        all
    }
}

impl Condition {
    /// Whether a passage is complete: it holds all that is asked for. `has` gives the value of a
    /// bit.
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

    /// Whether a passage matches: it holds anything of a term, all that is required, and nothing
    /// that is excluded.
    pub(crate) fn matches<T: Bool>(&self, terms: &[PlannedTerm], has: &impl Fn(u32) -> T) -> T {
        match self {
            Self::Term(at) => terms.get(*at).map_or(T::all(false), |it| has(it.any_part)),
            Self::All(conditions) => {
                let asks = conditions.iter().any(|(occur, _)| *occur != Occur::Not);
                let mut matching = T::all(!asks);
                for (_, condition) in conditions.iter().filter(|(occur, _)| *occur != Occur::Not) {
                    matching.or(&condition.matches(terms, has));
                }
                for (occur, condition) in conditions {
                    match occur {
                        Occur::Should => {}
                        Occur::Must => matching.and(&condition.complete(terms, has)),
                        Occur::Not => matching.and_not(&condition.complete(terms, has)),
                    }
                }
                matching
            }
            Self::Any(conditions) => {
                let mut any = T::all(false);
                conditions.iter().for_each(|it| any.or(&it.matches(terms, has)));
                any
            }
        }
    }

    /// The terms, if the condition is a plain list of terms: any of them makes a passage match, and
    /// all parts of all make it complete.
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

    /// [`Condition::complete`] of one passage.
    pub(crate) fn is_complete(&self, terms: &[PlannedTerm], bits: &[u64]) -> bool {
        self.complete(terms, &|bit| has(bits, bit))
    }

    /// [`Condition::matches`] of one passage.
    pub(crate) fn is_match(&self, terms: &[PlannedTerm], bits: &[u64]) -> bool {
        self.matches(terms, &|bit| has(bits, bit))
    }

    /// What every complete passage holds: of each list of bits at least one. This may not be enough
    /// to be complete. An empty list says that no passage can be.
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

    /// The same for every passage that matches, complete or not; nothing where no term is required.
    pub(crate) fn required_to_match(&self, terms: &[PlannedTerm]) -> Vec<Vec<u32>> {
        match self {
            Self::All(conditions) => {
                let required = conditions.iter().filter(|(occur, _)| *occur == Occur::Must);
                required.flat_map(|(_, condition)| condition.required_for_complete(terms)).collect()
            }
            Self::Term(_) | Self::Any(_) => Vec::new(),
        }
    }

    /// The numbers of the terms that a passage does not hold; none of an `OR` that is satisfied.
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

    /// The tier of a passage with these bits: as typed, and in any form.
    pub(crate) fn tier(&self, terms: &[PlannedTerm], exact: &[u64], any_form: &[u64]) -> Tier {
        // Passages that hold an excluded term do not match and never come here.
        if self.is_complete(terms, exact) {
            Tier::Exact
        } else if self.is_complete(terms, any_form) {
            Tier::Expanded
        } else {
            Tier::Partial
        }
    }
}
