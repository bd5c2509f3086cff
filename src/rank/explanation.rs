//! The parts of a score, as `--explain` shows them.

use serde::Serialize;

/// The named parts of a score; they add up to it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Explanation {
    /// What a complete hit gets above all incomplete ones; 0 for an incomplete hit.
    pub complete: f64,
    /// The part of each term, in the order typed.
    pub terms: Vec<TermPart>,
    /// The part that terms near each other add.
    pub proximity: f64,
    /// The part that terms in the title add.
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
    /// The term as typed, or what it was expanded to.
    pub term: String,
    /// What the term adds to the score.
    pub score: f64,
    /// How often the passage contains the term; an occurrence of its stem or of another name counts
    /// less than 1.
    pub frequency: f64,
    /// The number of passages that contain the term.
    pub passages: u64,
}
