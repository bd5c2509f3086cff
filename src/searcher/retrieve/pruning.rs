//! Top-k retrieval without looking at every match. Passages are skipped in these places:
//!
//! 1. here: nothing but passages that match everything is looked at while these fill the top k,
//!    since they stand a tier above all others;
//! 2. [`super::conjunction`]: of passages that match everything only those of the rarest required
//!    term are looked at, and windows whose upper bounds stay below the threshold are left out;
//! 3. [`super::maxscore`], `essential`: scorers that together cannot lift a passage over the
//!    threshold do not find passages in that window;
//! 4. [`super::maxscore`], `add_pending`: passages whose upper bound stays below the threshold
//!    are dropped before they are looked up in any list;
//! 5. [`super::candidate_scorer`]: a single passage is given up as soon as what is left cannot lift
//!    it over the threshold;
//! 6. [`super::top_k`]: the threshold itself, which rises with every passage that is kept.

use anyhow::Result;

use super::conjunction::{RequiredTerm, conjunction};
use super::maxscore::MaxScore;
use super::pool::Pool;
use super::score_window::ScoreWindow;
use super::scorer::TermScorer;
use super::scorer_set::ScorerSet;
use super::top_k::TopK;
use super::upper_bound::UpperBounds;
use crate::index::Generation;
use crate::searcher::plan::{Plan, Tier};

/// With more passages than these that match everything, MaxScore finds them faster than a
/// conjunction does.
const MANY_COMPLETE: f64 = 30.0;

/// Where the only required term has more than this share of all postings, a conjunction saves
/// nothing.
const RARE_SHARE: u64 = 4;

/// Collects every passage that can be among the top k.
pub(super) fn prune(
    index: &Generation,
    plan: &Plan,
    scorers: &[TermScorer],
    buffers: &Pool<ScoreWindow>,
    top_k: &mut TopK<'_, '_>,
) -> Result<()> {
    let set = ScorerSet { index, plan, scorers, upper_bounds: UpperBounds::new(index, scorers) };
    let for_complete = plan.condition.required_for_complete(&plan.terms);
    let to_match = plan.condition.required_to_match(&plan.terms);
    if to_match.is_empty()
        && (is_one_frequent_term(scorers, &for_complete) || are_often_together(&set, &for_complete))
    {
        return MaxScore::new(&set, None).run(buffers, top_k);
    }
    conjunction(&set, &for_complete, Tier::Exact, top_k)?;
    // Where nothing was searched by another name, all complete passages are in the exact tier.
    if scorers.iter().any(TermScorer::matches_expanded) {
        conjunction(&set, &for_complete, Tier::Expanded, top_k)?;
    }
    if to_match.is_empty() {
        MaxScore::new(&set, Some(Tier::Partial)).run(buffers, top_k)
    } else if to_match != for_complete {
        conjunction(&set, &to_match, Tier::Partial, top_k)
    } else {
        Ok(())
    }
}

/// Whether a complete passage needs nothing, or one thing that is no rarer than the rest.
fn is_one_frequent_term(scorers: &[TermScorer], for_complete: &[Vec<u32>]) -> bool {
    match for_complete {
        [] => true,
        [only] => {
            let matching = scorers.iter().filter(|it| it.can_match_alone());
            let all: u64 = matching.map(TermScorer::passages).sum();
            RequiredTerm::new(scorers, only, false).passages() * RARE_SHARE > all
        }
        _ => false,
    }
}

/// Whether so many passages likely match everything that MaxScore is faster than a conjunction. The
/// number is estimated as if the terms were spread independently.
fn are_often_together(set: &ScorerSet<'_>, for_complete: &[Vec<u32>]) -> bool {
    let all = set.index.manifest().statistics.passages;
    let share = |it: &Vec<u32>| {
        RequiredTerm::new(set.scorers, it, false).passages() as f64 / f64::from(all.max(1))
    };
    for_complete.iter().map(share).product::<f64>() * f64::from(all) > MANY_COMPLETE
}
