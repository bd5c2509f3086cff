//! Pairs of frequent English words that stand side by side: each is a term of its own.
//!
//! `"in the"` by the positions of both words costs 4 ms over 175,000 passages; by the list of the
//! pair it costs what any term costs. The pairs stand in the family of bigrams, where a blank keeps
//! them apart from those of Han characters, and have frequencies but no positions.

use crate::analysis::acronym_of;

/// The words: sorted, so that pairs by their numbers are in the order of their terms.
///
/// Those among the function words that stand in most passages, of papers as of news. Weighed by how
/// often a pair stands in a text and how much its positions are to read, the pairs of these words are
/// 98 % of the cost of all pairs of a hundred function words, and .2 % of an index. A change here is
/// one of the form of an index: a test knows the list.
pub(super) const WORDS: [&str; 58] = [
    "a", "after", "all", "also", "an", "and", "are", "as", "at", "be", "been", "between", "but",
    "by", "can", "for", "from", "had", "has", "have", "he", "his", "i", "if", "in", "into", "is",
    "it", "its", "more", "no", "not", "of", "on", "or", "other", "than", "that", "the", "their",
    "there", "these", "they", "this", "to", "under", "was", "we", "were", "when", "where", "which",
    "who", "will", "with", "would", "you", "your",
];

/// The term of the family of bigrams whose list tells where one of some words is followed by one of
/// some others, title and body apart, and how often; nothing where that is not kept.
///
/// Of a word that may also be an acronym (`it`, IT) both are to be asked for, the word first, as
/// [`crate::analysis::query_tokens`] gives them.
#[must_use]
pub fn pair(first: &[String], second: &[String]) -> Option<String> {
    let [first, second] = [kept(first)?, kept(second)?];
    Some([first, " ", second].concat())
}

/// The word of the table of which these are all forms.
fn kept(forms: &[String]) -> Option<&'static str> {
    let at = WORDS.binary_search(&forms.first()?.as_str()).ok()?;
    WORDS.get(at).copied().filter(|it| forms.iter().eq(exact(it)))
}

/// The exact tokens that count as a word of the table.
pub(super) fn exact(word: &'static str) -> impl Iterator<Item = &'static str> {
    std::iter::once(word).chain(acronym_of(word))
}

/// The numbers of all pairs, in the order of their terms.
pub(super) fn numbers() -> Vec<u32> {
    (0..).take(WORDS.len() * WORDS.len()).collect()
}

/// The number of a pair of words by theirs, which count from 1; 0 is any other word.
#[inline]
pub(super) fn number(first: u8, second: u8) -> Option<u32> {
    let (first, second) = (u32::from(first).checked_sub(1)?, u32::from(second).checked_sub(1)?);
    Some(first * WORDS.len() as u32 + second)
}

/// The term of a pair.
pub(super) fn term(number: u32) -> String {
    let number = number as usize;
    let word = |at: usize| WORDS.get(at).copied().unwrap_or_default();
    [word(number / WORDS.len()), " ", word(number % WORDS.len())].concat()
}

#[cfg(test)]
mod tests {
    use xxhash_rust::xxh3::xxh3_64;

    use super::*;
    use crate::index::manifest::FORMAT;

    #[test]
    fn pairs_are_in_the_order_of_their_terms() {
        assert!(WORDS.is_sorted());
        let terms: Vec<String> = numbers().into_iter().map(term).collect();
        assert!(terms.is_sorted());
        let forms: Vec<Vec<String>> =
            WORDS.iter().map(|it| exact(it).map(str::to_owned).collect()).collect();
        let pairs = forms.iter().flat_map(|first| forms.iter().map(move |it| pair(first, it)));
        assert!(pairs.eq(terms.into_iter().map(Some)));
    }

    #[test]
    fn other_words_are_another_form_of_the_index() {
        let words: Vec<&str> = WORDS.into_iter().flat_map(exact).collect();
        assert_eq!((FORMAT, xxh3_64(words.join(" ").as_bytes())), (6, 10_225_995_750_469_280_584));
    }
}
