//! Tells the language of a text by its share of Han characters.

use super::types::Lang;
use crate::text::is_han;

/// A text needs this many Han characters to count as Chinese at all. One alone may be a slip or a
/// sign; two make a word.
const FEW_HAN: usize = 2;

/// A Chinese text may have Latin words for names, up to this share of the letters. A Han character
/// counts as three Latin letters here, because it says about as much.
const LATIN_IN_CHINESE: f32 = 0.25;

impl Lang {
    /// Tells the language of a text by its letters; a text without letters is `En`.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self::of_parts(&[text])
    }

    /// Tells the language of several texts together, such as a title and a body.
    #[must_use]
    pub fn of_parts(parts: &[&str]) -> Self {
        let (mut han, mut other) = (0_usize, 0_usize);
        for part in parts {
            for it in part.chars().filter(|it| !it.is_ascii()) {
                han += usize::from(is_han(it));
                other += usize::from(!is_han(it) && it.is_alphabetic());
            }
        }
        if han > 0 {
            let bytes = parts.iter().flat_map(|it| it.bytes());
            other += bytes.filter(u8::is_ascii_alphabetic).count();
        }
        Self::of_counts(han, other)
    }

    #[expect(clippy::cast_precision_loss, reason = "a share needs no more than 24 bits")]
    fn of_counts(han: usize, other: usize) -> Self {
        if han < FEW_HAN && other > 0 || han == 0 {
            return Self::En;
        }
        let (han, other) = (han as f32 * 3.0, other as f32);
        if han / (han + other) > 1.0 - LATIN_IN_CHINESE { Self::Zh } else { Self::Mixed }
    }
}
