//! Finds acronyms and their long forms, after Schwartz and Hearst, "A simple algorithm for
//! identifying abbreviation definitions in biomedical text" (2003), with stricter rules: capitals
//! only, and nearly every letter must start a word.

use super::bracket::Bracket;
use super::tally::{Vote, Votes};

/// The acronym and the long form that a bracket defines: `Belt and Road Initiative (BRI)` or `BRI
/// (Belt and Road Initiative)`.
pub(super) fn definition(bracket: &Bracket<'_>) -> Option<(String, String)> {
    let first = bracket.inner.split([',', ';']).next()?.trim();
    let first = first.trim_matches(['“', '”', '"', '\'', '‘', '’']);
    let short = short_form(first);
    // A cheap test: most brackets define nothing, and neither they nor the text before them end
    // like an acronym.
    let may_end = |it: u8| it.is_ascii_uppercase() || it.is_ascii_digit() || b"s&-".contains(&it);
    let may_define = short.is_some() || bracket.before.bytes().next_back().is_some_and(may_end);
    if !may_define || is_table(bracket.before) {
        return None;
    }
    let sentence = last_sentence(bracket.before);
    if let Some(short) = short {
        return long_form(short, sentence).map(|long| (short.to_owned(), long));
    }
    // In `BRI (Belt and Road Initiative)` the long form is the whole content of the brackets.
    let last = sentence.rsplit([' ', '“', '"']).next()?;
    let short = short_form(last)?;
    let long = long_form(short, first)?;
    (long.len() == spaced_len(first)).then(|| (short.to_owned(), long))
}

/// The confirmed long forms of an acronym: at most two, each with a fair share of the contexts.
pub(super) fn settle(votes: &Votes) -> Vec<(String, Vote)> {
    // A form in another case or number is the same form.
    let mut forms: Vec<(String, String, Vote)> = Vec::new();
    for (long, vote) in votes {
        let folded = long.to_lowercase().replace('-', " ");
        let folded = folded.trim_end_matches('s').to_owned();
        match forms.iter_mut().find(|it| it.0 == folded) {
            Some(known) => known.2.merge(vote),
            None => forms.push((folded, long.clone(), vote.clone())),
        }
    }
    let total: usize = forms.iter().map(|it| it.2.contexts()).sum();
    forms.sort_by(|a, b| b.2.contexts().cmp(&a.2.contexts()).then_with(|| a.1.cmp(&b.1)));
    let fair = forms.into_iter().filter(|it| it.2.contexts() * 4 >= total);
    fair.take(2).map(|(_, long, vote)| (long, vote)).collect()
}

/// Whether an acronym in lower case is a common English word.
pub(super) fn is_word(short: &str) -> bool {
    const WORDS: &str = include_str!("../data/short_words.txt");
    WORDS.split_ascii_whitespace().any(|it| it.eq_ignore_ascii_case(short))
}

/// The text as an acronym: 2 to 8 capitals, possibly with digits, `&` or `-`. The `s` of a plural
/// is removed.
fn short_form(text: &str) -> Option<&str> {
    let text = text.strip_suffix('s').unwrap_or(text);
    let capitals = text.bytes().filter(u8::is_ascii_uppercase).count();
    let is_plain = |it: u8| it.is_ascii_uppercase() || it.is_ascii_digit() || b"&-".contains(&it);
    let is_acronym = (2..=8).contains(&capitals)
        && text.len() <= 10
        && text.bytes().all(is_plain)
        && text.starts_with(|c: char| c.is_ascii_uppercase());
    // Roman numerals are numbers.
    let is_number = text.bytes().all(|it| b"IVX".contains(&it));
    (is_acronym && !is_number).then_some(text)
}

/// The shortest end of a sentence whose words spell the acronym.
fn long_form(short: &str, sentence: &str) -> Option<String> {
    let letters: Vec<u8> =
        short.bytes().filter(u8::is_ascii_alphanumeric).map(|it| it.to_ascii_lowercase()).collect();
    let most = (letters.len() + 5).min(letters.len() * 2);
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let words = words.get(words.len().saturating_sub(most)..)?;
    let start = (0..words.len())
        .rev()
        .find(|at| words.get(*at..).is_some_and(|it| spells(it, &letters)))?;
    let words = words.get(start..)?;
    let long = words.join(" ");
    let long = long.trim_matches(['“', '”', '"', ',']);
    let is_whole = !words.contains(&short) && words.len() > 1 || parts(long).count() > 2;
    let is_plain = |c: char| c.is_alphanumeric() || " -'’&/–,".contains(c);
    let has_lower = long.chars().any(char::is_lowercase);
    (is_whole && has_lower && long.chars().all(is_plain)).then(|| long.to_owned())
}

/// Whether the words spell the letters: each letter starts a part of a word or, once, stands within
/// one. Each word except small ones must give a letter.
fn spells(words: &[&str], letters: &[u8]) -> bool {
    const SMALL: &[&str] =
        &["of", "and", "the", "for", "in", "on", "to", "a", "an", "with", "by", "at", "de", "from"];
    let mut left = letters;
    let mut within = 0;
    for (at, word) in words.iter().enumerate() {
        let mut gave = false;
        let leads = parts(word).next().and_then(|it| it.bytes().next());
        if at == 0 && leads.map(|it| it.to_ascii_lowercase()) != letters.first().copied() {
            return false;
        }
        for part in parts(word) {
            let mut bytes = part.bytes().map(|it| it.to_ascii_lowercase());
            let (Some(first), Some(letter)) = (bytes.next(), left.first()) else { continue };
            if first != *letter {
                continue;
            }
            left = left.get(1..).unwrap_or_default();
            gave = true;
            // In `deoxyribonucleic acid`, letters within a word count, in order, if the next word
            // does not start with them.
            for byte in bytes {
                let next = words.get(at + 1).and_then(|it| it.bytes().next());
                let next = next.map(|it| it.to_ascii_lowercase());
                let is_vowel = b"aeiou".contains(&byte);
                if !is_vowel
                    && left.first() == Some(&byte)
                    && next != Some(byte)
                    && at + 1 < words.len()
                {
                    let rest = words.get(at + 1..).unwrap_or_default();
                    if !initials_spell(rest, left) {
                        left = left.get(1..).unwrap_or_default();
                        within += 1;
                    }
                }
            }
        }
        if !gave && !SMALL.contains(word) {
            return false;
        }
    }
    left.is_empty() && within <= 1 && words.last().is_some_and(|it| !SMALL.contains(it))
}

/// Whether the initials of the words, small ones ignored, are these letters.
fn initials_spell(words: &[&str], letters: &[u8]) -> bool {
    let mut left = letters;
    for part in words.iter().flat_map(|it| parts(it)) {
        let first = part.bytes().next().map(|it| it.to_ascii_lowercase());
        if first.is_some() && first == left.first().copied() {
            left = left.get(1..).unwrap_or_default();
        }
    }
    left.is_empty()
}

/// The parts of a compound word.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    word.split(['-', '–', '/', ' ', '“', '"', '&']).filter(|it| !it.is_empty())
}

fn last_sentence(before: &str) -> &str {
    let bytes = before.as_bytes();
    let ends = |end: &usize| match bytes.get(..*end) {
        Some([.., b'.' | b'?' | b'!' | b';' | b':' | b')' | b']', b' ']) => true,
        // First 。, then ？, ！ and ）.
        Some([.., 0xe3, 0x80, 0x82] | [.., 0xef, 0xbc, 0x9f | 0x81 | 0x89]) => true,
        _ => false,
    };
    let start = (1..=bytes.len()).rev().find(ends);
    before.get(start.unwrap_or(0)..).unwrap_or_default()
}

/// Whether the text is a row of a table or of a list of references, which define nothing.
fn is_table(before: &str) -> bool {
    before.bytes().any(|it| matches!(it, b'|' | b'\t' | b'$' | b'\\' | b'{'))
}

fn spaced_len(text: &str) -> usize {
    text.split_whitespace().map(|it| it.len() + 1).sum::<usize>().saturating_sub(1)
}
