//! The best passages without looking at all: what cannot be among them is passed over.
//!
//! First come the passages that hold all that was asked: they stand a tier above all others, so
//! that where there are enough of them nothing else is looked at. They are found by the rarest of
//! what they need. The others, or all where many hold everything, are found by one sweep over the
//! lists ([`super::maxscore`]).

use anyhow::Result;

use super::conjunction::{RequiredTerm, together};
use super::maxscore::MaxScore;
use super::pool::Pool;
use super::score_window::ScoreWindow;
use super::scorer::TermScorer;
use super::scorer_set::ScorerSet;
use super::single_list::alone;
use super::top_k::TopK;
use super::upper_bound::UpperBounds;
use crate::index::Index;
use crate::searcher::plan::Plan;
use crate::searcher::plan::Tier;

/// So many passages that hold all are often.
const OFTEN: f64 = 30.0;

/// Where the rarest of what is needed has this share of all, all are walked at once.
const RARE: u64 = 4;

/// Gives the top_k every passage that can be among the best.
pub(crate) fn pruned(
    index: &Index,
    plan: &Plan,
    scorers: &[TermScorer],
    buffers: &Pool<ScoreWindow>,
    top_k: &mut TopK<'_, '_>,
) -> Result<()> {
    let set = ScorerSet { index, plan, scorers, bounds: UpperBounds::new(index, scorers) };
    let (needs, demands) = (
        plan.condition.required_for_complete(&plan.terms),
        plan.condition.required_to_match(&plan.terms),
    );
    let is_one = match needs.as_slice() {
        [] => true,
        [only] => {
            let all = scorers
                .iter()
                .filter(|it| it.can_match_alone())
                .map(TermScorer::passages)
                .sum::<u64>();
            RequiredTerm::new(scorers, only, false).passages() * RARE > all
        }
        _ => false,
    };
    if is_one && demands.is_empty() {
        if alone(index, plan, scorers, top_k)? {
            return Ok(());
        }
        return MaxScore::new(&set, None).run(buffers, top_k);
    }
    if demands.is_empty() && are_often_together(&set, &needs) {
        return MaxScore::new(&set, None).run(buffers, top_k);
    }
    together(&set, &needs, Tier::Exact, top_k)?;
    // Without other names whoever holds all holds it as exact.
    if scorers.iter().any(TermScorer::matches_expanded) {
        together(&set, &needs, Tier::Expanded, top_k)?;
    }
    if demands.is_empty() {
        MaxScore::new(&set, Some(Tier::Partial)).run(buffers, top_k)
    } else if demands != needs {
        together(&set, &demands, Tier::Partial, top_k)
    } else {
        Ok(())
    }
}

/// Whether so many passages hold all of what is needed that to look for them by themselves
/// costs more than to set all lists: so many there would be if each list stood anywhere.
fn are_often_together(set: &ScorerSet<'_>, needs: &[Vec<u32>]) -> bool {
    let all = set.index.manifest().statistics.passages;
    let share = |it: &Vec<u32>| {
        RequiredTerm::new(set.scorers, it, false).passages() as f64 / f64::from(all.max(1))
    };
    needs.iter().map(share).product::<f64>() * f64::from(all) > OFTEN
}
