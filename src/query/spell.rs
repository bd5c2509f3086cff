//! Corrections of a misspelt word among the words of an index.

/// A word of the index that is near a typed one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The word.
    pub word: String,
    /// How many letters were added, left out, changed, or swapped with their neighbour.
    pub distance: usize,
    /// The number of passages that contain it.
    pub count: u64,
}

/// How many spelling errors are forgiven in a word with this many letters.
#[must_use]
pub fn slips(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// The words nearest to a typed one, best first: fewer errors, then the same first letter, then
/// more passages, then alphabetical order.
///
/// `words` gives folded words of the index with the number of passages that contain them; `typed`
/// is folded too. Words farther away than [`slips`] allows and the typed word itself are left out.
/// If the typed word stands in the index (in `count` passages), only words in at least twenty times
/// as many passages are returned, because it may be the misprint of one page.
pub fn corrections<'a>(
    typed: &str,
    count: u64,
    words: impl Iterator<Item = (&'a str, u64)>,
    most: usize,
) -> Vec<Correction> {
    let typed_letters: Vec<char> = typed.chars().collect();
    let slips = slips(typed_letters.len());
    let first = typed_letters.first().copied();
    let mut found: Vec<Correction> = Vec::new();
    let mut letters = Vec::new();
    for (word, passages) in words {
        letters.clear();
        letters.extend(word.chars());
        let is_near = letters.len().abs_diff(typed_letters.len()) <= slips;
        if slips == 0 || !is_near || word == typed || passages < count.saturating_mul(20).max(1) {
            continue;
        }
        if let Some(distance) = distance(&typed_letters, &letters, slips) {
            found.push(Correction { word: word.to_owned(), distance, count: passages });
        }
    }
    found.sort_by(|a, b| {
        let key = |it: &Correction| {
            (it.distance, it.word.chars().next() != first, std::cmp::Reverse(it.count))
        };
        key(a).cmp(&key(b)).then_with(|| a.word.cmp(&b.word))
    });
    found.truncate(most);
    found
}

/// The optimal string alignment distance of two words, if it is at most `most`.
///
/// Damerau, "A technique for computer detection and correction of spelling errors" (1964): an error
/// is a letter added, left out or changed, or two neighbours swapped.
#[must_use]
pub fn distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let get = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX / 2);
    for (i, left) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, right) in b.iter().enumerate() {
            let changed = get(&last, j) + usize::from(left != right);
            let mut best = changed.min(get(&last, j + 1) + 1).min(get(&row, j) + 1);
            let is_swapped =
                i > 0 && j > 0 && a.get(i - 1) == Some(right) && b.get(j - 1) == Some(left);
            if is_swapped {
                best = best.min(get(&before_last, j - 1) + 1);
            }
            row.push(best);
        }
        if row.iter().min().is_none_or(|it| *it > most) {
            return None;
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|it| *it <= most)
}
