//! How Chinese names are read: pinyin without tones, so that `yidai yilu` leads to 一带一路.

use pinyin::{ToPinyin, ToPinyinMulti};

use crate::text::is_han;

/// The most characters of a name that is read; longer ones are sentences.
const MOST_CHARS: usize = 12;
/// The most readings of a name: characters with several multiply.
const MOST_READINGS: usize = 16;
/// Fewer letters than this are any syllable.
const LEAST_LETTERS: usize = 4;

/// The readings of a Chinese name as [`letters`] gives them, the usual one first.
///
/// Empty for a name that is not all Han (middle dots aside), has one character, or one that is
/// not in the tables. `ü` gives both `v` and `u`, as people type either.
#[must_use]
pub fn readings(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().filter(|c| *c != '·').collect();
    if !(2..=MOST_CHARS).contains(&chars.len()) || !chars.iter().all(|c| is_han(*c)) {
        return Vec::new();
    }
    let mut readings = vec![String::new()];
    for c in chars {
        let syllables = syllables(c);
        let longer = |it: &String| {
            let start = it.clone();
            syllables.iter().map(move |syllable| format!("{start}{syllable}")).collect::<Vec<_>>()
        };
        readings = readings.iter().flat_map(longer).take(MOST_READINGS).collect();
    }
    readings
}

/// What was typed as the letters of pinyin: `Xí Jìnpíng`, `xi2 jin4 ping2` and `Xi'an` lose their
/// tones, blanks, apostrophes and capitals. Nothing for what cannot be pinyin, or is shorter than
/// two syllables usually are.
#[must_use]
pub fn letters(typed: &str) -> Option<String> {
    let mut letters = String::with_capacity(typed.len());
    for c in typed.chars().flat_map(char::to_lowercase) {
        match c {
            'a'..='z' => letters.push(c),
            'ā' | 'á' | 'ǎ' | 'à' => letters.push('a'),
            'ē' | 'é' | 'ě' | 'è' => letters.push('e'),
            'ī' | 'í' | 'ǐ' | 'ì' => letters.push('i'),
            'ō' | 'ó' | 'ǒ' | 'ò' => letters.push('o'),
            'ū' | 'ú' | 'ǔ' | 'ù' => letters.push('u'),
            'ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => letters.push('v'),
            '1'..='5' if !letters.is_empty() => {}
            ' ' | '\'' | '’' | '-' => {}
            _ => return None,
        }
    }
    (letters.len() >= LEAST_LETTERS).then_some(letters)
}

/// The syllables of a character, the usual one first, without tones.
fn syllables(c: char) -> Vec<String> {
    let mut syllables: Vec<String> = Vec::new();
    let mut add = |plain: &str| {
        for it in [plain.replace('ü', "v"), plain.replace('ü', "u")] {
            if !syllables.contains(&it) {
                syllables.push(it);
            }
        }
    };
    if let Some(usual) = c.to_pinyin() {
        add(usual.plain());
    }
    for other in c.to_pinyin_multi().into_iter().flatten() {
        add(other.plain());
    }
    syllables
}
