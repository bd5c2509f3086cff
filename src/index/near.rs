//! The terms near a misspelt word: a walk over the automaton of terms that turns back where no term
//! can be near any more.

use super::terms_guard::TermsGuard;

/// The terms of a dictionary that differ from `typed` by at most `slips` letters (added, left out,
/// changed, or two neighbours swapped: the optimal string alignment distance), in order of their
/// bytes. Nothing where the dictionary is damaged.
pub(super) fn near(terms: &TermsGuard, typed: &[char], slips: usize) -> Option<Vec<String>> {
    let rows = Rows { before: Vec::new(), last: (0..=typed.len()).collect(), previous: None };
    let mut walk = Walk { terms, typed, slips, term: Vec::new(), found: Vec::new() };
    walk.node(terms.root()?, &rows, 0)?;
    Some(walk.found)
}

struct Walk<'a> {
    terms: &'a TermsGuard,
    typed: &'a [char],
    slips: usize,
    /// The bytes on the way to the node.
    term: Vec<u8>,
    found: Vec<String>,
}

/// The last two rows of the table of distances, and the letter of the last.
struct Rows {
    before: Vec<usize>,
    last: Vec<usize>,
    previous: Option<char>,
}

impl Walk<'_> {
    /// Visits a node; the letters up to byte `whole` of the term are in the rows.
    fn node(&mut self, address: usize, rows: &Rows, whole: usize) -> Option<()> {
        let node = self.terms.node(address)?;
        let is_whole = whole == self.term.len();
        if node.is_final() && is_whole && rows.last.last().is_some_and(|it| *it <= self.slips) {
            self.found.extend(String::from_utf8(self.term.clone()));
        }
        for transition in node.transitions() {
            self.term.push(transition.inp);
            match self.letter(whole) {
                Some(letter) => {
                    let next = rows.next(self.typed, letter);
                    if next.last.iter().any(|it| *it <= self.slips) {
                        self.node(transition.addr, &next, self.term.len())?;
                    }
                }
                None => self.node(transition.addr, rows, whole)?,
            }
            self.term.pop();
        }
        Some(())
    }

    /// The letter from a byte on, where all of its bytes are there.
    fn letter(&self, from: usize) -> Option<char> {
        str::from_utf8(self.term.get(from..)?).ok()?.chars().next()
    }
}

impl Rows {
    /// The rows after another letter.
    fn next(&self, typed: &[char], letter: char) -> Self {
        let at = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX / 2);
        let mut row = Vec::with_capacity(typed.len() + 1);
        row.push(at(&self.last, 0) + 1);
        for (place, wanted) in typed.iter().enumerate() {
            let changed = at(&self.last, place) + usize::from(*wanted != letter);
            let mut best = changed.min(at(&self.last, place + 1) + 1).min(at(&row, place) + 1);
            let before = place.checked_sub(1).and_then(|it| Some((it, *typed.get(it)?)));
            if let Some((earlier, wanted_before)) = before
                && wanted_before == letter
                && self.previous == Some(*wanted)
            {
                best = best.min(at(&self.before, earlier) + 1);
            }
            row.push(best);
        }
        Self { before: self.last.clone(), last: row, previous: Some(letter) }
    }
}
