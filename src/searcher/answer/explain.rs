//! The parts of a score, for `--explain`.

use anyhow::Result;

use crate::index::Generation;
use crate::rank::{Bm25, Explanation, TermPart};
use crate::searcher::plan::Plan;
use crate::searcher::retrieve::Candidate;

/// What title and proximity add to the score of the terms.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bonus {
    pub(super) proximity: f32,
    pub(super) title: f32,
}

impl Bonus {
    pub(super) fn sum(self) -> f32 {
        self.proximity + self.title
    }
}

/// The parts of one candidate's score; they add up to `score`.
///
/// The cursors of the search have moved on by now, so the lists are opened again by what the plan
/// says that they are looked up by: an explanation may take its time.
pub(super) fn why(
    index: &Generation,
    plan: &Plan,
    candidate: &Candidate<'_>,
    bonus: &Bonus,
    score: f64,
) -> Result<Explanation> {
    let complete = f64::from(candidate.tier.level()) * f64::from(plan.tier_score);
    let title = f64::from(bonus.title);
    let proximity = f64::from(bonus.proximity);
    let mut why = Explanation { complete, terms: Vec::new(), proximity, title };
    let rule = Bm25::default();
    let length = f32::from(index.length(candidate.passage));
    for term in plan.scoring_terms.iter().filter(|it| it.weight > 0.0) {
        let mut frequency = 0.0;
        for list in &term.postings {
            let mut cursor = list.lookup.open(index)?;
            #[expect(clippy::cast_precision_loss, reason = "a passage holds few thousand words")]
            let count = cursor.frequency_in(candidate.passage) as f32;
            frequency += list.weight * count;
        }
        if frequency > 0.0 {
            let norm = rule.norm(length, term.mean_length);
            why.terms.push(TermPart {
                term: term.label.clone(),
                score: f64::from(term.weight * rule.saturate(frequency, norm)),
                frequency: f64::from(frequency),
                passages: u64::from(term.document_frequency),
            });
        }
    }
    // The score was summed in single precision, in another order: the rounding goes to the largest.
    let rest = score - why.score();
    debug_assert!(rest.abs() <= score.abs() * 1e-5, "the lists of the plan give another score");
    if let Some(largest) = why.terms.iter_mut().max_by(|a, b| a.score.total_cmp(&b.score)) {
        largest.score += rest;
    }
    Ok(why)
}
