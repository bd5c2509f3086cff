//! What a passage proves of what was asked: bits, and the test over them.

use super::term_bits::has;
use crate::query::Occur;
use std::ops::Range;

/// A typed term.
#[derive(Clone, Debug)]
pub(crate) struct Term {
    /// As typed; what `missing` lists.
    pub(crate) text: String,
    /// Set when a passage holds anything of it.
    pub(crate) touched: u32,
    /// Set part by part; the passage holds the term when all are.
    pub(crate) parts: Range<u32>,
    /// Whether it only keeps passages out.
    pub(crate) is_negative: bool,
}

/// When a passage answers. Light words (stop words beside others) do not appear.
#[derive(Clone, Debug)]
pub(crate) enum Test {
    /// A number in the plan's terms.
    Term(usize),
    All(Vec<(Occur, Test)>),
    Any(Vec<Test>),
}

/// How much of what was asked a passage (or an article) holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Completeness {
    /// Some terms are missing.
    Partial,
    /// All terms, some of them only by another name.
    Expanded,
    /// All terms as typed.
    Typed,
}

impl Completeness {
    /// How many tiers a hit stands above a partial one.
    pub(crate) fn tiers(self) -> u8 {
        match self {
            Self::Partial => 0,
            Self::Expanded => 1,
            Self::Typed => 2,
        }
    }
}

/// Truth about one passage, or about many side by side.
pub(crate) trait Truth: Clone {
    /// The same for all.
    fn every(is: bool) -> Self;
    /// Keeps what the other has too.
    fn and(&mut self, other: &Self);
    /// Adds what the other has.
    fn or(&mut self, other: &Self);
    /// Keeps what the other has not.
    fn but(&mut self, other: &Self);
}

impl Truth for bool {
    fn every(is: bool) -> Self {
        is
    }

    fn and(&mut self, other: &Self) {
        *self &= *other;
    }

    fn or(&mut self, other: &Self) {
        *self |= *other;
    }

    fn but(&mut self, other: &Self) {
        *self &= !*other;
    }
}

impl Term {
    /// Whether all its parts are held.
    fn held<T: Truth>(&self, has: &impl Fn(u32) -> T) -> T {
        let mut all = T::every(!self.parts.is_empty());
        self.parts.clone().for_each(|it| all.and(&has(it)));
        all
    }
}

impl Test {
    /// Whether everything asked is held; `has` tells whether a bit is.
    pub(crate) fn complete<T: Truth>(&self, terms: &[Term], has: &impl Fn(u32) -> T) -> T {
        match self {
            Self::Term(at) => terms.get(*at).map_or(T::every(false), |it| it.held(has)),
            Self::All(tests) => {
                let mut all = T::every(true);
                for (occur, test) in tests {
                    let own = test.complete(terms, has);
                    if *occur == Occur::Not { all.but(&own) } else { all.and(&own) }
                }
                all
            }
            Self::Any(tests) => {
                let mut any = T::every(false);
                tests.iter().for_each(|it| any.or(&it.complete(terms, has)));
                any
            }
        }
    }

    /// Whether the passage may answer: something is touched, all that must be is held, nothing
    /// that must not.
    pub(crate) fn admitted<T: Truth>(&self, terms: &[Term], has: &impl Fn(u32) -> T) -> T {
        match self {
            Self::Term(at) => terms.get(*at).map_or(T::every(false), |it| has(it.touched)),
            Self::All(tests) => {
                let asks = tests.iter().any(|(occur, _)| *occur != Occur::Not);
                let mut admitted = T::every(!asks);
                for (_, test) in tests.iter().filter(|(occur, _)| *occur != Occur::Not) {
                    admitted.or(&test.admitted(terms, has));
                }
                for (occur, test) in tests {
                    match occur {
                        Occur::Should => {}
                        Occur::Must => admitted.and(&test.complete(terms, has)),
                        Occur::Not => admitted.but(&test.complete(terms, has)),
                    }
                }
                admitted
            }
            Self::Any(tests) => {
                let mut any = T::every(false);
                tests.iter().for_each(|it| any.or(&it.admitted(terms, has)));
                any
            }
        }
    }

    /// The terms, where any of them will do and a passage with all parts of all is complete.
    pub(crate) fn plain<'t>(&self, terms: &'t [Term]) -> Option<Vec<&'t Term>> {
        let term = |at: &usize| terms.get(*at).filter(|it| !it.parts.is_empty());
        match self {
            Self::Term(at) => term(at).map(|it| vec![it]),
            Self::All(tests) => {
                let plain = |(occur, test): &(Occur, Self)| match test {
                    Self::Term(at) if *occur == Occur::Should => term(at),
                    _ => None,
                };
                tests.iter().map(plain).collect::<Option<Vec<_>>>().filter(|it| !it.is_empty())
            }
            Self::Any(_) => None,
        }
    }

    /// Whether everything asked is held.
    pub(crate) fn is_complete(&self, terms: &[Term], bits: &[u64]) -> bool {
        self.complete(terms, &|bit| has(bits, bit))
    }

    /// [`Test::admitted`] of one passage.
    pub(crate) fn admits(&self, terms: &[Term], bits: &[u64]) -> bool {
        self.admitted(terms, &|bit| has(bits, bit))
    }

    /// What must be held of a complete passage: of each list of bits one. More may be needed, but
    /// no complete passage lacks it; an empty list says that there is none.
    pub(crate) fn needs(&self, terms: &[Term]) -> Vec<Vec<u32>> {
        match self {
            Self::Term(at) => match terms.get(*at).filter(|it| !it.parts.is_empty()) {
                Some(term) => term.parts.clone().map(|it| vec![it]).collect(),
                None => vec![Vec::new()],
            },
            Self::All(tests) => {
                let asked = tests.iter().filter(|(occur, _)| *occur != Occur::Not);
                asked.flat_map(|(_, test)| test.needs(terms)).collect()
            }
            Self::Any(tests) => {
                let each = tests.iter().map(|it| it.needs(terms));
                let each = each.filter(|it| it.iter().all(|it| !it.is_empty()));
                vec![each.flatten().flatten().collect()]
            }
        }
    }

    /// The same for every passage that answers, complete or not; nothing where none is demanded.
    pub(crate) fn demands(&self, terms: &[Term]) -> Vec<Vec<u32>> {
        match self {
            Self::All(tests) => {
                let demanded = tests.iter().filter(|(occur, _)| *occur == Occur::Must);
                demanded.flat_map(|(_, test)| test.needs(terms)).collect()
            }
            Self::Term(_) | Self::Any(_) => Vec::new(),
        }
    }

    /// The numbers of the terms that are asked and not held; nothing of an `OR` that is satisfied.
    pub(crate) fn missing(&self, terms: &[Term], bits: &[u64], numbers: &mut Vec<usize>) {
        match self {
            Self::Term(at) => {
                if !self.is_complete(terms, bits) {
                    numbers.push(*at);
                }
            }
            Self::All(tests) => {
                let asked = tests.iter().filter(|(occur, _)| *occur != Occur::Not);
                asked.for_each(|(_, test)| test.missing(terms, bits, numbers));
            }
            Self::Any(tests) => {
                if !self.is_complete(terms, bits) {
                    tests.iter().for_each(|it| it.missing(terms, bits, numbers));
                }
            }
        }
    }

    /// How complete the evidence is.
    pub(crate) fn completeness(&self, terms: &[Term], typed: &[u64], held: &[u64]) -> Completeness {
        // What must not occur is tested on everything held; it has kept the passage out already.
        if self.is_complete(terms, typed) {
            Completeness::Typed
        } else if self.is_complete(terms, held) {
            Completeness::Expanded
        } else {
            Completeness::Partial
        }
    }
}
