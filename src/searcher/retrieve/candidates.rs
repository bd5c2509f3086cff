//! What retrieval gives: the best candidates in order, and how many passages match.

use std::cell::{Cell, OnceCell};
use std::cmp::Ordering;
use std::collections::HashSet;

use anyhow::Result;

use crate::index::Generation;
use crate::searcher::options::Options;
use crate::searcher::plan::{TermBits, Tier};

/// Passages with the same key take one place in the answer: the family, or without folding the
/// passage itself.
#[inline]
pub(crate) fn fold_key(index: &Generation, options: &Options, passage: u32) -> u32 {
    if options.fold_copies { index.family(passage) } else { passage }
}

/// A passage that may become a hit; by article, the best passage of its article.
#[derive(Clone, Debug)]
pub(crate) struct Candidate<'a> {
    pub(crate) passage: u32,
    /// The sum of its tier's score and of its terms' scores.
    pub(crate) score: f32,
    pub(crate) tier: Tier,
    /// The bits of what is held in any form: by the passage or, by article, by all passages of the
    /// article that match.
    pub(crate) any_form: TermBits,
    /// For answers by date: the tier, then the last day that its date can mean.
    pub(super) time: (Tier, u32),
    /// The article's id, once it was read: ties are decided by it.
    pub(super) id: OnceCell<&'a str>,
}

impl<'a> Candidate<'a> {
    /// The better one comes first. Ids are read only where all else is equal.
    pub(super) fn order(&self, other: &Self, ids: &Ids<'a>) -> Ordering {
        let by_time = other.time.cmp(&self.time);
        let by_score = other.score.total_cmp(&self.score);
        by_time.then(by_score).then_with(|| self.order_of_ties(other, ids))
    }

    /// By article id, then by passage.
    pub(crate) fn order_of_ties(&self, other: &Self, ids: &Ids<'a>) -> Ordering {
        let by_id = self.id(ids).cmp(other.id(ids));
        by_id.then(self.passage.cmp(&other.passage))
    }

    fn id(&self, ids: &Ids<'a>) -> &'a str {
        self.id.get_or_init(|| ids.of(self.passage))
    }
}

/// Reads ids of articles where comparisons need them, and remembers the first failure.
pub(crate) struct Ids<'a> {
    index: &'a Generation,
    failure: Cell<Option<anyhow::Error>>,
}

impl<'a> Ids<'a> {
    pub(super) fn new(index: &'a Generation) -> Self {
        Self { index, failure: Cell::new(None) }
    }

    fn of(&self, passage: u32) -> &'a str {
        let article = self.index.article(self.index.article_of(passage));
        article.map_or_else(
            |it| {
                self.failure.set(Some(it));
                ""
            },
            |it| it.id,
        )
    }

    /// Whether all that was compared could be read.
    pub(crate) fn checked(&self) -> Result<()> {
        self.failure.take().map_or(Ok(()), Err)
    }
}

/// The best candidates, best first, and how many there were.
pub(crate) struct Retrieved<'a> {
    pub(crate) candidates: Vec<Candidate<'a>>,
    /// How many families match (without folding: passages; by article: articles).
    pub(crate) total: u64,
    /// Whether all matches were counted.
    pub(crate) is_exact: bool,
    /// How many of these hold every term.
    pub(crate) complete: u64,
    /// Whether there are more matches than candidates.
    pub(crate) is_cut: bool,
    /// Families of which more than one passage matches, as far as matches were counted.
    pub(super) repeated: HashSet<u32>,
    /// Reads ids to decide ties.
    pub(crate) ids: Ids<'a>,
}

impl Retrieved<'_> {
    /// How many places in the answer the candidates take.
    pub(crate) fn places(&self, index: &Generation, options: &Options) -> usize {
        let keys = self.candidates.iter().map(|it| fold_key(index, options, it.passage));
        let mut keys: Vec<u32> = keys.collect();
        keys.sort_unstable();
        keys.dedup();
        keys.len()
    }

    /// Whether a family may have other passages that are to be named as copies.
    pub(crate) fn is_repeated(&self, family: u32) -> bool {
        !self.is_exact || self.repeated.contains(&family)
    }
}
