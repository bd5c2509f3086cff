//! Base forms of English words, so that `invaded` finds the dictionary's `invade`.

use super::irregular;

/// The possible base forms of a word, likelier first, without the word itself; none for most words.
///
/// Only regular endings are covered, and it is not checked that a form exists: the caller looks
/// each one up.
#[must_use]
pub fn lemmas(word: &str) -> Vec<String> {
    let mut forms: Vec<String> = Vec::new();
    let mut add = |form: String| {
        if form.len() > 2 && form != word && !forms.contains(&form) {
            forms.push(form);
        }
    };
    if let Some(base) = irregular::base(word) {
        // Including short ones: `won`, `led`.
        return vec![base.to_owned()];
    }
    if !word.bytes().all(|it| it.is_ascii_lowercase()) || word.len() < 4 {
        return forms;
    }
    if let Some(stem) = word.strip_suffix("ies").or_else(|| word.strip_suffix("ied")) {
        add(format!("{stem}y"));
    }
    for ending in ["ing", "ed"] {
        let Some(stem) = word.strip_suffix(ending).filter(|it| it.len() > 2) else { continue };
        let mut last = stem.chars().rev();
        let is_double = last.next() == last.next() && !stem.ends_with(['s', 'l', 'z']);
        if is_double {
            add(stem.chars().take(stem.len() - 1).collect());
        }
        add(stem.to_owned());
        add(format!("{stem}e"));
        if stem.ends_with("ll") {
            add(stem.chars().take(stem.len() - 1).collect());
        }
    }
    let takes_es = |it: &&str| ["s", "x", "z", "ch", "sh", "o"].iter().any(|end| it.ends_with(end));
    if let Some(stem) = word.strip_suffix("es").filter(takes_es) {
        add(stem.to_owned());
    }
    if !word.ends_with("ss") && !word.ends_with("us") {
        word.strip_suffix('s').into_iter().for_each(|it| add(it.to_owned()));
    }
    compared(word).into_iter().for_each(add);
    forms
}

/// The possible base forms of comparisons and adverbs: `largest`, `busier`, `heavily`. `tower` and
/// `family` give forms that no dictionary contains.
fn compared(word: &str) -> Vec<String> {
    for ending in ["iest", "ier", "ily"] {
        if let Some(stem) = word.strip_suffix(ending) {
            return vec![format!("{stem}y")];
        }
    }
    for ending in ["est", "er"] {
        let Some(stem) = word.strip_suffix(ending).filter(|it| it.len() > 2) else { continue };
        let mut last = stem.chars().rev();
        let is_double = last.next() == last.next();
        let single = is_double.then(|| stem.chars().take(stem.len() - 1).collect());
        return single.into_iter().chain([stem.to_owned(), format!("{stem}e")]).collect();
    }
    word.strip_suffix("ly").map(str::to_owned).into_iter().collect()
}
