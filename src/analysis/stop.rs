//! Words that weigh nothing unless they are all there is.

/// Sorted.
const WORDS: &[&str] = &[
    "a", "about", "after", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be",
    "been", "but", "by", "can", "could", "did", "do", "does", "for", "from", "had", "has", "have",
    "he", "her", "him", "his", "how", "i", "if", "in", "into", "is", "it", "its", "may", "me",
    "more", "my", "no", "not", "of", "on", "or", "our", "she", "should", "so", "some", "such",
    "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those",
    "to", "us", "was", "we", "were", "what", "when", "where", "which", "who", "whom", "why",
    "will", "with", "would", "you", "your",
];

/// Whether a word of the exact family is an English function word.
#[must_use]
pub fn is_stop_word(exact: &str) -> bool {
    WORDS.binary_search(&exact).is_ok()
}

/// Whether a folded Han character only serves grammar.
#[must_use]
pub fn is_function_han(c: char) -> bool {
    "的了是在和与及或而也就都被把将之其等着过这那".contains(c)
}

/// Function words that are something else in capitals: the country, information technology, the
/// World Health Organization, before noon, the Islamic State. Sorted.
const ACRONYMS: &[&str] = &["AM", "IS", "IT", "US", "WHO"];

/// Whether a word as written is an acronym whose small letters are a function word; `am` after a
/// number is one however it is written.
pub(super) fn is_acronym(written: &str, is_after_number: bool) -> bool {
    (written.len() <= 3 && ACRONYMS.contains(&written))
        || (is_after_number && written.eq_ignore_ascii_case("am"))
}

/// The capitals of a function word that may also be meant as an acronym.
pub(super) fn acronym_of(exact: &str) -> Option<&'static str> {
    ACRONYMS.iter().find(|it| it.eq_ignore_ascii_case(exact)).copied()
}
