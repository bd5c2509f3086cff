//! The readings of Chinese names: pinyin without tones, so that `yidai yilu` leads to 一带一路.

use pinyin::{ToPinyin, ToPinyinMulti};

use crate::text::is_han;

/// The most characters of a name with readings. Longer ones are sentences.
const MOST_CHARS: usize = 12;
/// The most readings of a name. Characters with several readings multiply them.
const MOST_READINGS: usize = 16;
/// Fewer letters may be any syllable.
const LEAST_LETTERS: usize = 4;

/// The readings of a Chinese name in the form of [`letters`], the usual one first.
///
/// None for a name that is not all Han (middle dots are allowed), that has one character only, or
/// that has a character without a known reading. `ü` gives both `v` and `u`, because people type
/// either.
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

/// The typed text as letters of pinyin: `Xí Jìnpíng`, `xi2 jin4 ping2` and `Xi'an` lose their
/// tones, blanks, apostrophes and capitals. `None` for text that cannot be pinyin or is shorter
/// than two syllables usually are.
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
