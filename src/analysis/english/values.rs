//! What a number is worth together with the word after it: $1.4bn = $1.4 billion = 1,400 million.

use crate::text::Span;

use super::derived_stems::is_context_dependent;

/// Longer numbers are names, not amounts.
const MOST_DIGITS: usize = 18;

/// A number that was just read and may have a magnitude after it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PendingNumber {
    pub(crate) position: u32,
    pub(crate) span: Span,
    pub(crate) is_money: bool,
    /// Its digits without the point.
    digits: u64,
    decimals: u32,
}

impl PendingNumber {
    /// From folded digits with at most one point.
    pub(crate) fn new(text: &str, position: u32, span: Span, is_money: bool) -> Option<Self> {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        if whole.len() + part.len() > MOST_DIGITS {
            return None;
        }
        let digits = whole.bytes().chain(part.bytes()).try_fold(0_u64, |sum, it| {
            it.is_ascii_digit().then(|| sum * 10 + u64::from(it - b'0'))
        })?;
        let decimals = u32::try_from(part.len()).ok()?;
        Some(Self { position, span, is_money, digits, decimals })
    }

    /// The same number with position and span relative to the beginning of its run.
    pub(crate) fn moved_back(self, position: u32, start: usize) -> Self {
        let span = Span::new(self.span.start() - start, self.span.end() - start);
        Self { position: self.position - position, span, ..self }
    }

    /// The inverse of [`PendingNumber::moved_back`].
    pub(crate) fn moved(self, position: u32, start: usize) -> Self {
        Self { position: self.position + position, span: self.span.shifted(start), ..self }
    }

    /// `=1400000000` for 1.4 and 9.
    pub(crate) fn value(&self, power: u32) -> String {
        let mut digits = self.digits.to_string();
        if power >= self.decimals {
            digits.extend(std::iter::repeat_n('0', (power - self.decimals) as usize));
            return format!("={digits}");
        }
        let decimals = (self.decimals - power) as usize;
        let digits = format!("{digits:0>width$}", width = decimals + 1);
        let (whole, part) = digits.split_at(digits.len() - decimals);
        let part = part.trim_end_matches('0');
        if part.is_empty() { format!("={whole}") } else { format!("={whole}.{part}") }
    }
}

/// The power of ten that a word stands for; single letters are one after an amount of money only.
pub(crate) fn magnitude(word: &str, is_money: bool) -> Option<u32> {
    match word {
        "hundred" => Some(2),
        "thousand" => Some(3),
        "million" | "millions" | "mln" | "mn" => Some(6),
        "billion" | "billions" | "bln" | "bn" => Some(9),
        "trillion" | "trillions" | "trln" | "trn" | "tn" => Some(12),
        "k" if is_money => Some(3),
        "m" if is_money => Some(6),
        "b" if is_money => Some(9),
        _ => None,
    }
}

/// Whether a number before a word of small letters may change what the word means, or the word the
/// number.
pub(crate) fn follows_number(word: &str) -> bool {
    is_context_dependent(word) || word == "am" || magnitude(word, true).is_some()
}

/// The exact form of a number: without what groups it, 0.5 for .5.
pub(crate) fn digits(written: &str) -> String {
    let mut digits: String = written.chars().filter(|it| *it != ',').collect();
    if digits.starts_with('.') {
        digits.insert(0, '0');
    }
    digits
}

/// Whether a sign before a number makes it an amount of money.
pub(crate) fn is_currency_sign(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '¥' | '₽' | '₹')
}

/// Whether a text is a name that a sign of currency gives a number.
pub(crate) fn is_currency(name: &str) -> bool {
    ['$', '€', '£', '¥', '₽', '₹'].into_iter().any(|it| names_of_currency(it).contains(&name))
}

pub(crate) fn names_of_currency(sign: char) -> &'static [&'static str] {
    match sign {
        '$' => &["dollar", "usd"],
        '€' => &["euro", "eur"],
        '£' => &["pound", "gbp"],
        '¥' => &["yuan", "cny", "yen", "jpy"],
        '₽' => &["rubl", "rub"],
        '₹' => &["rupe", "inr"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, power: u32, expected: &str) {
        let number = PendingNumber::new(text, 0, Span::default(), false).unwrap();
        assert_eq!(number.value(power), expected);
    }

    #[test]
    fn equal_amounts_have_equal_values() {
        check("1.4", 9, "=1400000000");
        check("1400", 6, "=1400000000");
        check("0.5", 12, "=500000000000");
        check("1.2345", 2, "=123.45");
        check("1.50", 0, "=1.5");
        check("0.0012", 2, "=0.12");
    }
}
