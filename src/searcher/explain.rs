//! The parts of a score, for `--explain`.

use anyhow::Result;

use super::Options;
use super::gather::Candidate;
use super::planner::plan;
use crate::index::Index;
use crate::query::Query;
use crate::rank::{Bm25, Explanation, TermPart};

/// What the look into the text added.
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
/// The plan's postings have been walked by now, so they are opened anew: an explanation may cost.
pub(super) fn why(
    index: &Index,
    query: &Query,
    options: &Options,
    candidate: &Candidate<'_>,
    bonus: &Bonus,
    score: f64,
) -> Result<Explanation> {
    let mut plan = plan(index, query, options)?;
    let complete = f64::from(candidate.completeness.tiers()) * f64::from(plan.tier);
    let title = f64::from(bonus.title);
    let proximity = f64::from(bonus.proximity);
    let mut why = Explanation { complete, terms: Vec::new(), proximity, title };
    let rule = Bm25::default();
    let length = f32::from(index.length(candidate.passage));
    for unit in plan.units.iter_mut().filter(|it| it.weight > 0.0) {
        let mut frequency = 0.0;
        for source in &mut unit.sources {
            #[expect(clippy::cast_precision_loss, reason = "a passage holds few thousand words")]
            let count = source.cursor.frequency_in(candidate.passage) as f32;
            frequency += source.weight * count;
        }
        if frequency > 0.0 {
            let norm = rule.norm(length, unit.mean_length);
            why.terms.push(TermPart {
                term: unit.label.clone(),
                score: f64::from(unit.weight * rule.saturate(frequency, norm)),
                frequency: f64::from(frequency),
                passages: u64::from(unit.document_frequency),
            });
        }
    }
    // The score was summed in single precision, in another order: the rounding goes to the largest.
    let rest = score - why.score();
    if let Some(largest) = why.terms.iter_mut().max_by(|a, b| a.score.total_cmp(&b.score)) {
        largest.score += rest;
    }
    Ok(why)
}
