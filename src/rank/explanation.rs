//! The parts of a score, as `--explain` shows them.

use serde::Serialize;

/// The named parts of a score; they add up to it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Explanation {
    /// What a complete hit has above an incomplete one; 0 for an incomplete hit.
    pub complete: f64,
    /// What each term gives, in the order typed.
    pub terms: Vec<TermPart>,
    /// What the proximity of the terms to each other gives.
    pub proximity: f64,
    /// What terms in the title give.
    pub title: f64,
}

impl Explanation {
    /// The sum of all parts.
    #[must_use]
    pub fn score(&self) -> f64 {
        let terms: f64 = self.terms.iter().map(|it| it.score).sum();
        self.complete + terms + self.proximity + self.title
    }
}

/// One term's part of a score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TermPart {
    /// As typed, or what it was expanded to.
    pub term: String,
    /// What it adds.
    pub score: f64,
    /// How often the passage holds it; a stem or another name counts less than 1.
    pub frequency: f64,
    /// In how many passages it stands.
    pub passages: u64,
}
