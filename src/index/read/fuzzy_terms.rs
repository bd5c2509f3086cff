//! Finds the terms within some edits of a misspelt word, by a search of the term dictionary that
//! turns back as soon as no term can be near enough.

use tantivy_fst::raw::Transition;

use super::term_lookup::TermLookup;

/// The terms within `edits` of `typed`, in order of their bytes: letters added, left out or
/// changed, or two neighbours swapped (optimal string alignment distance). For a word in ASCII only
/// terms in ASCII are given. Nothing where the dictionary is damaged.
pub(super) fn terms_within(
    terms: &TermLookup,
    typed: &[char],
    edits: usize,
) -> Option<Vec<String>> {
    if edits == 1
        && let Some(typed) = in_ascii(typed)
    {
        return within_one(terms, &typed);
    }
    let mut search = FuzzySearch {
        terms,
        typed,
        edits,
        is_ascii: typed.iter().all(char::is_ascii),
        table: (0..=typed.len()).collect(),
        letters: Vec::new(),
        term: Vec::new(),
        found: Vec::new(),
    };
    search.node(terms.root()?, 0)?;
    Some(search.found)
}

/// The bytes of a word in ASCII.
fn in_ascii(typed: &[char]) -> Option<Vec<u8>> {
    typed.iter().map(|it| u8::try_from(*it).ok().filter(u8::is_ascii)).collect()
}

/// The terms within one edit of a word in ASCII. Before and behind the edit everything is as typed,
/// so apart from the edit there is only one path to follow.
fn within_one(terms: &TermLookup, typed: &[u8]) -> Option<Vec<String>> {
    let mut found = Vec::new();
    let mut address = terms.root()?;
    for depth in 0..=typed.len() {
        let (before, rest) = typed.split_at(depth);
        let node = terms.node(address)?;
        let mut add = |from: usize, edit: &[u8], rest: &[u8]| -> Option<()> {
            if leads_to_term(terms, from, rest)? {
                found.extend(String::from_utf8([before, edit, rest].concat()));
            }
            Some(())
        };
        if let [_, later @ ..] = rest {
            add(address, &[], later)?;
        }
        for one in node.transitions().filter(|it| it.inp.is_ascii()) {
            add(one.addr, &[one.inp], rest)?;
            if let [first, later @ ..] = rest {
                add(one.addr, &[one.inp], later)?;
                if let [second, last @ ..] = later
                    && *second == one.inp
                    && let Some(at) = terms.node(one.addr)?.find_input(*first)
                {
                    let swapped = terms.node(one.addr)?.transition(at);
                    add(swapped.addr, &[*second, *first], last)?;
                }
            }
        }
        let next = rest.first().and_then(|it| node.find_input(*it));
        let Some(next) = next else { break };
        address = node.transition(next).addr;
    }
    found.sort_unstable();
    found.dedup();
    Some(found)
}

/// Whether some bytes lead from a node to a final node.
fn leads_to_term(terms: &TermLookup, from: usize, bytes: &[u8]) -> Option<bool> {
    let mut node = terms.node(from)?;
    for byte in bytes {
        let Some(at) = node.find_input(*byte) else { return Some(false) };
        node = terms.node(node.transition(at).addr)?;
    }
    Some(node.is_final())
}

/// A small set of ASCII letters.
#[derive(Default)]
struct NextLetters {
    letters: [u8; 8],
    count: usize,
}

impl NextLetters {
    fn add(&mut self, letter: Option<&char>) {
        let Some(letter) = letter.and_then(|it| u8::try_from(*it).ok()) else { return };
        let is_known = self.letters.iter().take(self.count).any(|it| *it == letter);
        if let Some(slot) = self.letters.get_mut(self.count).filter(|_| !is_known) {
            *slot = letter;
            self.count += 1;
        }
    }

    fn is_full(&self) -> bool {
        self.count == self.letters.len()
    }

    fn sorted(&mut self) -> &[u8] {
        let letters = self.letters.get_mut(..self.count).unwrap_or_default();
        letters.sort_unstable();
        letters
    }
}

struct FuzzySearch<'a> {
    terms: &'a TermLookup,
    typed: &'a [char],
    edits: usize,
    /// Whether only ASCII is tried. A word in ASCII is no misspelling of Chinese, and thousands of
    /// Han characters would be tried in the place of each letter.
    is_ascii: bool,
    /// The table of edit distances: a row for each letter on the path, and one before them.
    table: Vec<usize>,
    /// The letters and the bytes on the path to the node.
    letters: Vec<char>,
    term: Vec<u8>,
    found: Vec<String>,
}

impl FuzzySearch<'_> {
    /// Visits a node; the rows of the letters up to byte `whole` of the term are in the table.
    fn node(&mut self, address: usize, whole: usize) -> Option<()> {
        let node = self.terms.node(address)?;
        let is_whole = whole == self.term.len();
        if node.is_final() && is_whole && self.table.last().is_some_and(|it| *it <= self.edits) {
            self.found.extend(String::from_utf8(self.term.clone()));
        }
        let is_ascii = self.is_ascii;
        let mut likely = NextLetters::default();
        if self.wants(&mut likely) {
            let at = likely.sorted().iter().filter_map(|it| node.find_input(*it));
            return at.map(|it| node.transition(it)).try_for_each(|it| self.follow(it, whole));
        }
        let mut all = node.transitions().filter(|it| !is_ascii || it.inp.is_ascii());
        all.try_for_each(|it| self.follow(it, whole))
    }

    /// Follows one more byte.
    fn follow(&mut self, transition: Transition, whole: usize) -> Option<()> {
        self.term.push(transition.inp);
        match self.letter(whole) {
            Some(letter) => {
                if self.push_row(letter) {
                    self.node(transition.addr, self.term.len())?;
                }
                self.letters.pop();
                self.table.truncate((self.letters.len() + 1) * (self.typed.len() + 1));
            }
            None => self.node(transition.addr, whole)?,
        }
        self.term.pop();
        Some(())
    }

    /// Collects the letters that may come next where no edit is left. Returns false where any
    /// letter may come.
    fn wants(&self, letters: &mut NextLetters) -> bool {
        let width = self.typed.len() + 1;
        let last = self.table.len().saturating_sub(width);
        let rows = (self.table.get(last..), last.checked_sub(width));
        let (true, (Some(row), before)) = (self.is_ascii, rows) else { return false };
        let depth = self.letters.len();
        let terms_within = depth.saturating_sub(self.edits)..=depth + self.edits;
        for (place, edits) in
            row.iter().enumerate().take(terms_within.end() + 1).skip(*terms_within.start())
        {
            if *edits < self.edits {
                return false;
            }
            if *edits == self.edits {
                letters.add(self.typed.get(place));
            }
            // The second of two swapped neighbours came first.
            let earlier = place.checked_sub(1);
            if let (Some(before), Some(earlier)) = (before, earlier)
                && self.letters.last() == self.typed.get(place)
                && self.table.get(before + earlier).is_some_and(|it| *it < self.edits)
            {
                letters.add(self.typed.get(earlier));
            }
        }
        !letters.is_full()
    }

    /// The letter that begins at a byte, once all its bytes are there.
    fn letter(&self, from: usize) -> Option<char> {
        match self.term.get(from..)? {
            [one] if one.is_ascii() => Some(char::from(*one)),
            bytes => str::from_utf8(bytes).ok()?.chars().next(),
        }
    }

    /// Adds the row of one more letter; returns whether a term that begins so can be near enough.
    fn push_row(&mut self, letter: char) -> bool {
        const FAR: usize = usize::MAX / 2;
        let width = self.typed.len() + 1;
        let last = self.table.len().saturating_sub(width);
        let before = last.checked_sub(width);
        let previous = self.letters.last().copied();
        self.letters.push(letter);
        let depth = self.letters.len();
        let at = |table: &[usize], at: usize| table.get(at).copied().unwrap_or(FAR);
        let mut least = depth;
        let own = self.table.len();
        self.table.push(depth);
        self.table.resize(own + width, FAR);
        // Farther from the diagonal the distance is too large.
        let first = depth.saturating_sub(1 + self.edits);
        let terms_within = self.typed.iter().enumerate().take(depth + self.edits).skip(first);
        for (place, wanted) in terms_within {
            let changed = at(&self.table, last + place) + usize::from(*wanted != letter);
            let left_out = at(&self.table, last + place + 1) + 1;
            let mut best = changed.min(left_out).min(at(&self.table, own + place) + 1);
            if let (Some(before), Some(earlier)) = (before, place.checked_sub(1))
                && self.typed.get(earlier) == Some(&letter)
                && previous == Some(*wanted)
            {
                best = best.min(at(&self.table, before + earlier) + 1);
            }
            least = least.min(best);
            if let Some(it) = self.table.get_mut(own + place + 1) {
                *it = best;
            }
        }
        least <= self.edits
    }
}
