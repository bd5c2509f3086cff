//! What role a character outside ASCII has in and between words, by its first bytes.
//!
//! Only for characters that are frequent in English and Chinese text; the lexer reads all others,
//! after folding.

/// What a character is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wide {
    /// Separates words and has no meaning of its own.
    Sign,
    /// The same, but a Chinese name may continue after it.
    Bridge,
    /// Folds to `-`.
    Hyphen,
    /// Folds to `'`.
    Apostrophe,
    /// Has a name beside a number.
    Currency,
    /// A letter that folds to letters a to z, nearly always.
    Accented,
    /// An accent by itself.
    Mark,
    /// A letter of another script that has its words between blanks.
    Other,
    /// A Han character or a blank: the run ends before it.
    End,
    /// Any other.
    Unsure,
}

/// What the first character of a text is, and its bytes: as [`Wide::Unsure`] perhaps too few.
#[inline]
pub(crate) fn wide(text: &[u8]) -> (Wide, usize) {
    match text {
        [b'-', ..] => (Wide::Hyphen, 1),
        [0x21..=0x7e, ..] => (Wide::Sign, 1),
        [0xe5..=0xe9, ..] | [0xe4, 0xb8..=0xff, ..] => (Wide::End, 3),
        [0xe2, second, third, ..] => (general(*second, *third), 3),
        // 　 is a blank, ・ stands in names; 、。《》「」.
        [0xe3, 0x80, 0x80, ..] => (Wide::End, 3),
        [0xe3, 0x80, 0x81 | 0x82 | 0x8a..=0x8d, ..] => (Wide::Sign, 3),
        [0xe3, 0x83, 0xbb, ..] => (Wide::Bridge, 3),
        // ！（），：；？
        [0xef, 0xbc, 0x81 | 0x88 | 0x89 | 0x8c | 0x9a | 0x9b | 0x9f, ..] => (Wide::Sign, 3),
        [0xc2, second, ..] => (latin_sign(*second), 2),
        // × and ÷; þ has no letters that stand for it.
        [0xc3, 0x97 | 0xb7, ..] => (Wide::Sign, 2),
        [0xc3, 0x9e | 0xbe, ..] => (Wide::Unsure, 2),
        [0xc3..=0xc5, _, ..] => (Wide::Accented, 2),
        [0xe1, 0xb8..=0xbb, _, ..] => (Wide::Accented, 3),
        [0xcc, _, ..] | [0xcd, 0x80..=0xaf, ..] => (Wide::Mark, 2),
        // Α to ώ without the one that is none, Ѐ to ѿ.
        [0xce, 0xa2, ..] => (Wide::Unsure, 2),
        [0xce, 0x91..=0xff, ..]
        | [0xcf, 0x80..=0x8e, ..]
        | [0xd0, _, ..]
        | [0xd1, 0x80..=0xbf, ..] => (Wide::Other, 2),
        _ => (Wide::Unsure, 1),
    }
}

/// The bytes of the sign at a byte that is not ASCII, if what stands on both sides of it can be
/// read by itself.
#[inline]
pub(crate) fn parting_sign(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    match rest {
        [0..=0x7f, ..] => return None,
        // … folds to dots, which may belong to an acronym or a fraction.
        [0xe2, 0x80, 0xa6, ..] => return None,
        // ， folds to a comma, which groups digits.
        [0xef, 0xbc, 0x8c, b'0'..=b'9' | 0x80..=0xe3 | 0xea..=0xff, ..] => return None,
        _ => {}
    }
    let (kind, length) = wide(rest);
    (kind == Wide::Sign).then_some(length)
}

/// Of U+2000 to U+2FFF.
#[inline]
fn general(second: u8, third: u8) -> Wide {
    match (second, third) {
        (0x80, 0x98 | 0x99) => Wide::Apostrophe,
        (0x80, 0x90..=0x93) | (0x88, 0x92) => Wide::Hyphen,
        (0x80, 0x94 | 0xa2 | 0xa7) | (0x88, 0x99) | (0x8b, 0x85) => Wide::Bridge,
        (0x80, 0x9c | 0x9d | 0xa6) => Wide::Sign,
        (0x82, 0xac | 0xb9 | 0xbd) => Wide::Currency,
        // Roman numerals.
        (0x86, 0x80..=0x8b) => Wide::Unsure,
        // Arrows, operators, boxes and shapes.
        (0x86..=0x89 | 0x94..=0x97, _) => Wide::Sign,
        _ => Wide::Unsure,
    }
}

/// Of U+0080 to U+00BF.
#[inline]
fn latin_sign(second: u8) -> Wide {
    match second {
        0xa0 => Wide::End,
        // § © « ® ° ± ¶ »
        0xa7 | 0xa9 | 0xab | 0xae | 0xb0 | 0xb1 | 0xb6 | 0xbb => Wide::Sign,
        0xb7 => Wide::Bridge,
        0xa3 | 0xa5 => Wide::Currency,
        _ => Wide::Unsure,
    }
}
