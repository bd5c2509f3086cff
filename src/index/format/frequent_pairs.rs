//! Pairs of frequent English words that stand next to each other are indexed as terms.
//!
//! `"in the"` by comparing positions costs 4 ms over 175,000 passages; by the postings of the pair
//! it costs what any term costs. The pairs are terms of the bigram family, where a blank tells them
//! from Han bigrams; they have frequencies but no positions.

use crate::analysis::acronym_of;

/// The words, sorted, so that pairs by number are in the order of their terms.
///
/// These function words are in the most passages, of papers and of news. Weighed by how often a
/// pair occurs and how many positions would be read for it, their pairs are 98 % of the cost of all
/// pairs of a hundred function words, and take .2 % of an index. A change of this list changes the
/// index format: a test knows it.
pub(crate) const FREQUENT_WORDS: [&str; 58] = [
    "a", "after", "all", "also", "an", "and", "are", "as", "at", "be", "been", "between", "but",
    "by", "can", "for", "from", "had", "has", "have", "he", "his", "i", "if", "in", "into", "is",
    "it", "its", "more", "no", "not", "of", "on", "or", "other", "than", "that", "the", "their",
    "there", "these", "they", "this", "to", "under", "was", "we", "were", "when", "where", "which",
    "who", "will", "with", "would", "you", "your",
];

/// The term whose postings tell where one of some words is followed by one of some others, in title
/// or body, and how often; nothing where these words have no such term.
///
/// For a word that may also be an acronym (`it`, IT) pass both forms, the word first, as the
/// analysis of queries gives them.
#[must_use]
pub fn frequent_pair(first: &[String], second: &[String]) -> Option<String> {
    let [first, second] = [kept(first)?, kept(second)?];
    Some([first, " ", second].concat())
}

/// The listed word of which these are all forms.
fn kept(forms: &[String]) -> Option<&'static str> {
    let at = FREQUENT_WORDS.binary_search(&forms.first()?.as_str()).ok()?;
    FREQUENT_WORDS.get(at).copied().filter(|it| forms.iter().eq(exact_tokens_of(it)))
}

/// The exact tokens that count as a listed word.
pub(crate) fn exact_tokens_of(word: &'static str) -> impl Iterator<Item = &'static str> {
    std::iter::once(word).chain(acronym_of(word))
}

/// The numbers of all pairs, in the order of their terms.
pub(crate) fn pair_numbers() -> Vec<u32> {
    (0..).take(FREQUENT_WORDS.len() * FREQUENT_WORDS.len()).collect()
}

/// The number of a pair of words, which are numbered from 1; 0 is any other word.
#[inline]
pub(crate) fn pair_number(first: u8, second: u8) -> Option<u32> {
    let (first, second) = (u32::from(first).checked_sub(1)?, u32::from(second).checked_sub(1)?);
    Some(first * FREQUENT_WORDS.len() as u32 + second)
}

/// The term of a pair.
pub(crate) fn pair_term(number: u32) -> String {
    let number = number as usize;
    let word = |at: usize| FREQUENT_WORDS.get(at).copied().unwrap_or_default();
    [word(number / FREQUENT_WORDS.len()), " ", word(number % FREQUENT_WORDS.len())].concat()
}

#[cfg(test)]
mod tests {
    use xxhash_rust::xxh3::xxh3_64;

    use super::*;
    use crate::index::trust::FORMAT;

    #[test]
    fn pairs_are_in_the_order_of_their_terms() {
        assert!(FREQUENT_WORDS.is_sorted());
        let terms: Vec<String> = pair_numbers().into_iter().map(pair_term).collect();
        assert!(terms.is_sorted());
        let forms: Vec<Vec<String>> = FREQUENT_WORDS
            .iter()
            .map(|it| exact_tokens_of(it).map(str::to_owned).collect())
            .collect();
        let pairs =
            forms.iter().flat_map(|first| forms.iter().map(move |it| frequent_pair(first, it)));
        assert!(pairs.eq(terms.into_iter().map(Some)));
    }

    #[test]
    fn other_words_are_another_form_of_the_index() {
        let words: Vec<&str> = FREQUENT_WORDS.into_iter().flat_map(exact_tokens_of).collect();
        assert_eq!((FORMAT, xxh3_64(words.join(" ").as_bytes())), (7, 10_225_995_750_469_280_584));
    }
}
