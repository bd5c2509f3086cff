//! What single characters mean in a query: quotes, operators and their full-width forms, and the
//! punctuation around words.

/// A kind of quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quote {
    /// `"`, `＂`, `“`, `”`, `„`, `‟`. Any of them closes any other, because people mix them and some
    /// languages use them in reverse.
    Double,
    /// `「` to `」`.
    Corner,
    /// `『` to `』`.
    White,
}

impl Quote {
    pub(super) const ALL: [Self; 3] = [Self::Double, Self::Corner, Self::White];

    /// The kind of quotes that this character opens.
    pub(super) fn opened_by(c: char) -> Option<Self> {
        match c {
            '「' => Some(Self::Corner),
            '『' => Some(Self::White),
            _ => Self::Double.is_closed_by(c).then_some(Self::Double),
        }
    }

    pub(super) fn is_closed_by(self, c: char) -> bool {
        match self {
            Self::Double => matches!(c, '"' | '＂' | '“' | '”' | '„' | '‟'),
            Self::Corner => c == '」',
            Self::White => c == '』',
        }
    }

    /// The opening and the closing mark with which a query is written out.
    pub(super) fn marks(self) -> (char, char) {
        match self {
            Self::Double => ('"', '"'),
            Self::Corner => ('「', '」'),
            Self::White => ('『', '』'),
        }
    }
}

/// Whether the character opens or closes a phrase.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '「' | '」' | '『' | '』') || Quote::Double.is_closed_by(c)
}

/// The ASCII character with the same meaning in a query.
pub(super) fn twin(c: char) -> char {
    match c {
        '（' => '(',
        '）' => ')',
        '－' => '-',
        '＋' => '+',
        '：' => ':',
        '＊' => '*',
        '～' => '~',
        _ => c,
    }
}

/// Whether the character is no part of a word when it stands at its start or end: brackets,
/// sentence marks, dashes, and operators without an operand.
pub(super) fn is_loose(c: char) -> bool {
    const ASCII: &str = "[]{}<>,;:!?'`_|/\\*~^=-";
    const OTHER: &str = "¡¿‘’´·•…‥–—―−‐‑、，。；！？：【】〔〕〖〗〈〉［］｛｝＊～＝＿｜／＜＞＇－";
    if c.is_ascii() { ASCII.contains(c) } else { OTHER.contains(c) }
}

/// Whether the character ends a word even without a blank. No name contains such a character.
pub(super) fn ends_word(c: char) -> bool {
    c.is_whitespace() || is_quote(c) || "，。、；！？…".contains(c)
}

/// Whether the text contains anything that can be searched, not only punctuation.
pub(super) fn has_content(text: &str) -> bool {
    text.contains(is_content)
}

/// Whether the character can be searched: a letter, a digit, or a sign other than punctuation.
pub(super) fn is_content(c: char) -> bool {
    let is_general_punctuation = ('\u{2000}'..='\u{206f}').contains(&c);
    let is_cjk_punctuation = ('\u{3000}'..='\u{303f}').contains(&c);
    let is_mark = c.is_ascii() || c.is_whitespace() || c.is_control() || is_quote(c) || is_loose(c);
    c.is_alphanumeric()
        || !(is_mark || twin(c).is_ascii() || is_general_punctuation || is_cjk_punctuation)
}

/// Whether the character is a Han character, of any plane.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}
