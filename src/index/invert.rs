//! Tokens of passages become postings: gathered flat, sorted by counting, written as a run.
//!
//! tantivy's own writer spends most of a build in a hash table of growing lists; here a token
//! costs one look-up and two or three pushes, and each term's list is laid out once.

use super::run::RunWriter;
use super::schema::FAMILIES;
use super::terms::Terms;
use crate::analysis::{Family, Tokens};

/// Postings of one part of the passages, by family.
#[derive(Debug, Default)]
pub(super) struct Inverter {
    families: [Gathered; FAMILIES.len()],
}

/// The tokens of one family, in the order in which they came.
#[derive(Debug, Default)]
struct Gathered {
    terms: Terms,
    numbers: Vec<u32>,
    passages: Vec<u32>,
    /// Empty where the family has no positions.
    positions: Vec<u32>,
}

impl Inverter {
    /// Adds the tokens of a text of `passage`, their positions moved right by `shift`.
    ///
    /// Passages come in rising order, and the texts of one passage in rising order of position.
    pub(super) fn add(&mut self, passage: u32, tokens: &Tokens, shift: u32) {
        for token in tokens.all() {
            let gathered = &mut self.families[token.family as usize];
            let number = gathered.terms.number(tokens.text(token));
            gathered.numbers.push(number);
            gathered.passages.push(passage);
            if token.family == Family::Exact {
                gathered.positions.push(token.position.saturating_add(shift));
            }
        }
    }

    /// The run of each family, in the order of [`FAMILIES`].
    pub(super) fn into_runs(self) -> [Vec<u8>; FAMILIES.len()] {
        self.families.map(|it| it.into_run())
    }
}

impl Gathered {
    /// Sorts by term, keeping the order of passages and positions, and writes the lists.
    fn into_run(self) -> Vec<u8> {
        let mut starts = vec![0; self.terms.len() + 1];
        for number in &self.numbers {
            starts[*number as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut passages = vec![0; self.numbers.len()];
        let mut positions = vec![0; self.positions.len()];
        for (at, number) in self.numbers.iter().enumerate() {
            let place = &mut next[*number as usize];
            passages[*place] = self.passages[at];
            if let Some(position) = self.positions.get(at) {
                positions[*place] = *position;
            }
            *place += 1;
        }
        let mut run = RunWriter::default();
        for number in self.terms.sorted() {
            let list = starts[number as usize]..starts[number as usize + 1];
            let of_term = positions.get(list.clone()).unwrap_or_default();
            run.push(self.terms.get(number), &passages[list], of_term);
        }
        run.finish()
    }
}
