//! Splits a run without blanks into words and numbers, and says which of them are joined by a
//! hyphen, a slash or a dot.
//!
//! The boundaries are those of UAX #29, with exceptions for what a reader sees as one word:
//! U.S.-led, 1.4bn, C++. The text is folded except for case, so nearly all of it is ASCII.

use unicode_normalization::char::is_combining_mark;

/// The most parts of a compound.
const MOST_PARTS: usize = 8;
/// The longest side of `&` in a name of the kind of AT&T.
const LONGEST_BESIDE_AND: usize = 3;

/// Units that are written without a blank after a number; sorted.
const UNITS: &[&str] = &[
    "am", "bcm", "bln", "bn", "bpd", "cm", "ft", "gb", "ghz", "gw", "gwh", "ha", "hr", "hrs", "hz",
    "k", "kg", "kgs", "khz", "km", "kmh", "kms", "kph", "kw", "kwh", "lb", "lbs", "m", "mb", "mhz",
    "min", "mins", "ml", "mln", "mm", "mn", "mph", "mt", "mw", "mwh", "nm", "oz", "pm", "sec",
    "tb", "teu", "tn", "trln", "trn", "twh", "yr", "yrs",
];
/// Currencies that are written without a blank before a number; sorted.
const CURRENCIES: &[&str] =
    &["aud", "cad", "chf", "cny", "eur", "gbp", "hkd", "inr", "jpy", "krw", "rmb", "rub", "usd"];

/// What a part is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters and digits, perhaps with apostrophes.
    #[default]
    Word,
    /// Letters with dots between them: U.S.A.
    Acronym,
    /// A name with signs: AT&T, C++.
    Signed,
    /// Digits, perhaps grouped, perhaps with a decimal point.
    Number,
    /// A unit that stuck to a number.
    Unit,
    /// A percent sign after a number.
    Percent,
}

/// A part of a run.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Part {
    pub(crate) kind: Kind,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The sign before it; 0 for none.
    pub(crate) joint: u8,
    /// Currency before a number: the first byte of its sign's text, see [`Part::start`].
    pub(crate) currency: Option<char>,
}

/// Parts that are joined without blanks.
#[derive(Debug, Default)]
pub(crate) struct Compound {
    parts: [Part; MOST_PARTS],
    len: usize,
    /// Where the next compound may begin.
    pub(crate) next: usize,
    /// Whether there were more parts than fit: then it has no joined form.
    pub(crate) is_cut: bool,
}

impl Compound {
    pub(crate) fn parts(&self) -> &[Part] {
        self.parts.get(..self.len).unwrap_or_default()
    }

    fn push(&mut self, part: Part) {
        if let Some(slot) = self.parts.get_mut(self.len) {
            *slot = part;
            self.len += 1;
        }
        self.next = part.end;
    }

    fn is_full(&self) -> bool {
        // A number may bring a unit and a percent sign with it.
        self.len + 3 > MOST_PARTS
    }
}

/// Where the letters end of a text that is nothing but one word with at most a capital in front
/// and perhaps punctuation after it.
pub(crate) fn only_word(text: &str) -> Option<usize> {
    let (first, rest) = text.as_bytes().split_first()?;
    let small = rest.iter().take_while(|it| it.is_ascii_lowercase()).count();
    // A single letter may begin an acronym.
    let is_alone = first.is_ascii_alphabetic() && small > 0;
    (is_alone && rest.get(small..)?.iter().all(|it| closes_word(*it))).then_some(small + 1)
}

/// Whether a sign after a word only ends it.
pub(crate) fn closes_word(byte: u8) -> bool {
    matches!(byte, b',' | b'.' | b';' | b':' | b'!' | b'?' | b')' | b'"')
}

/// Reads the first compound at or after a place.
pub(crate) fn compound(text: &str, from: usize) -> Option<Compound> {
    let lexer = Lexer { text, bytes: text.as_bytes() };
    let mut at = from;
    let mut currency = None;
    loop {
        let byte = lexer.byte(at)?;
        if lexer.starts_word(at) || lexer.starts_fraction(at) {
            break;
        }
        let width = lexer.char_at(at).map_or(1, char::len_utf8);
        currency = match (byte, lexer.char_at(at)) {
            (_, Some(sign @ ('$' | '€' | '£' | '¥' | '₽' | '₹'))) => Some((sign, at)),
            _ => None,
        };
        at += width;
    }
    let mut found = Compound { next: at, ..Compound::default() };
    lexer.part(at, 0, currency, &mut found);
    while let Some(joint) = lexer.byte(found.next) {
        let after = found.next + 1;
        if !matches!(joint, b'-' | b'/' | b'.' | b'_' | b'@') || !lexer.starts_word(after) {
            break;
        }
        if found.is_full() {
            found.is_cut = true;
            break;
        }
        lexer.part(after, joint, None, &mut found);
    }
    Some(found)
}

struct Lexer<'a> {
    text: &'a str,
    bytes: &'a [u8],
}

impl Lexer<'_> {
    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    fn char_at(&self, at: usize) -> Option<char> {
        match self.byte(at) {
            Some(it) if it < 0x80 => Some(char::from(it)),
            _ => self.text.get(at..)?.chars().next(),
        }
    }

    fn starts_word(&self, at: usize) -> bool {
        match self.byte(at) {
            Some(it) if it < 0x80 => it.is_ascii_alphanumeric(),
            Some(_) => self.char_at(at).is_some_and(char::is_alphanumeric),
            None => false,
        }
    }

    fn is_letter(&self, at: usize) -> bool {
        match self.byte(at) {
            Some(it) if it < 0x80 => it.is_ascii_alphabetic(),
            Some(_) => self.char_at(at).is_some_and(char::is_alphabetic),
            None => false,
        }
    }

    fn is_digit(&self, at: usize) -> bool {
        self.byte(at).is_some_and(|it| it.is_ascii_digit())
    }

    /// `.5`: the caller knows that no digit stands before. `1..5` is a range and holds no fraction.
    fn starts_fraction(&self, at: usize) -> bool {
        self.byte(at) == Some(b'.') && self.is_digit(at + 1) && !self.is_dotted(at) && {
            let end = self.digits(at + 1);
            !self.starts_word(end) && self.byte(end) != Some(b'.') || self.is_letter(end)
        }
    }

    /// Reads what starts at `at`: one part, or a number with its unit.
    fn part(&self, at: usize, joint: u8, sign: Option<(char, usize)>, found: &mut Compound) {
        let part = |kind, start, end| Part { kind, start, end, joint, currency: None };
        if self.is_digit(at) || self.byte(at) == Some(b'.') {
            let mut number = part(Kind::Number, at, self.number_end(at));
            if let Some((sign, start)) = sign {
                (number.currency, number.start) = (Some(sign), start);
            }
            return self.number(number, found);
        }
        let letters = self.ascii_letters(at);
        // Nearly all words are letters alone: nothing below could make more of them.
        let is_plain = match self.byte(letters) {
            None | Some(b',' | b';' | b':' | b'!' | b'?' | b')' | b'"' | b'-' | b'/') => true,
            Some(b'.') => letters > at + 1,
            _ => false,
        };
        if is_plain && letters > at {
            found.push(part(Kind::Word, at, letters));
            return;
        }
        if let Some(end) = self.acronym_end(at) {
            found.push(part(Kind::Acronym, at, end));
        } else if let Some(end) = self.signed_end(at) {
            found.push(part(Kind::Signed, at, end));
        } else {
            return self.word_or_money(part(Kind::Word, at, self.word_end(at)), found);
        }
        self.skip_possessive(found);
    }

    /// Pushes a word, or what it is before a number: US$ is no word, RMB is one.
    fn word_or_money(&self, word: Part, found: &mut Compound) {
        let Some(start) = self.after_currency(word.start, word.end) else {
            return found.push(word);
        };
        let end = self.number_end(start);
        let kind = Kind::Number;
        if self.byte(word.end) == Some(b'$') {
            return self.number(Part { kind, end, currency: Some('$'), ..word }, found);
        }
        found.push(Part { end: start, ..word });
        self.number(Part { kind, start, end, ..Part::default() }, found);
    }

    /// Pushes a number and the unit or percent sign that sticks to it; a word that only begins
    /// with digits (5G, 1st, 4x4) stays whole.
    fn number(&self, number: Part, found: &mut Compound) {
        let end = number.end;
        let suffix = self.word_end(end);
        if suffix > end && self.starts_word(end) {
            let text = self.text.get(end..suffix).unwrap_or_default();
            let is_plain = (number.start..end).all(|it| self.is_digit(it));
            if is_unit(text) || (number.currency.is_some() && text.len() == 1) {
                found.push(number);
                found.push(Part { kind: Kind::Unit, start: end, end: suffix, ..Part::default() });
            } else if is_plain {
                found.push(Part { kind: Kind::Word, end: suffix, ..number });
            } else {
                found.push(number);
                found.push(Part { kind: Kind::Word, start: end, end: suffix, ..Part::default() });
            }
            return;
        }
        found.push(number);
        if self.byte(end) == Some(b'%') {
            let kind = Kind::Percent;
            found.push(Part { kind, start: end, end: end + 1, ..Part::default() });
        }
        self.skip_possessive(found);
    }

    /// The end of 9,779, 1.28 or 2015; dots between more than two groups are no decimal points.
    fn number_end(&self, at: usize) -> usize {
        let mut end = self.digits(at);
        // 1.2.3 is a version, 27.10.2015 a date: none of it is a decimal.
        if self.is_dotted(at) {
            return end;
        }
        if end - at <= 3 && end > at {
            while self.byte(end) == Some(b',') && self.digits(end + 1) == end + 4 {
                end += 4;
            }
        }
        if self.byte(end) == Some(b'.') && self.is_digit(end + 1) {
            let decimals = self.digits(end + 1);
            if !(self.byte(decimals) == Some(b'.') && self.is_digit(decimals + 1)) {
                return decimals;
            }
        }
        end
    }

    /// Whether a digit and a dot stand before a place.
    fn is_dotted(&self, at: usize) -> bool {
        at > 1 && self.byte(at - 1) == Some(b'.') && self.is_digit(at - 2)
    }

    fn digits(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        at + rest.iter().take_while(|it| it.is_ascii_digit()).count()
    }

    fn word_end(&self, at: usize) -> usize {
        let mut end = at;
        while let Some(byte) = self.byte(end) {
            if byte.is_ascii_alphanumeric() {
                end += 1;
            } else if byte == b'\'' {
                let is_inner = end > at && !self.is_digit(end - 1) && self.is_letter(end + 1);
                if !is_inner {
                    break;
                }
                end += 1;
            } else if byte < 0x80 {
                break;
            } else {
                let Some(c) = self.char_at(end) else { break };
                if !c.is_alphanumeric() && !is_combining_mark(c) {
                    break;
                }
                end += c.len_utf8();
            }
        }
        end
    }

    /// The end of U.S., U.S, U.S.A., e.g.: single letters with dots between them.
    fn acronym_end(&self, at: usize) -> Option<usize> {
        let is_single = |at: usize| {
            self.byte(at).is_some_and(|it| it.is_ascii_alphabetic())
                && !self.starts_word(at + 1)
                && self.byte(at + 1) != Some(b'&')
        };
        if !is_single(at) {
            return None;
        }
        let mut end = at + 1;
        while self.byte(end) == Some(b'.') && is_single(end + 1) {
            end += 2;
        }
        if end == at + 1 {
            return None;
        }
        if self.byte(end) == Some(b'.') && !self.starts_word(end + 1) {
            end += 1;
        }
        Some(end)
    }

    /// The end of AT&T, C++ or C#.
    fn signed_end(&self, at: usize) -> Option<usize> {
        let end = self.ascii_letters(at);
        if end == at {
            return None;
        }
        if self.byte(end) == Some(b'&') {
            let other = self.ascii_letters(end + 1);
            let lengths = [end - at, other - end - 1];
            let is_name = lengths.iter().all(|it| (1..=LONGEST_BESIDE_AND).contains(it));
            return (is_name && !self.starts_word(other)).then_some(other);
        }
        if self.byte(end) == Some(b'+') && self.byte(end + 1) == Some(b'+') {
            return Some(end + 2);
        }
        let is_sharp = end == at + 1 && self.byte(end) == Some(b'#') && !self.starts_word(end + 1);
        is_sharp.then_some(end + 1)
    }

    fn ascii_letters(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        at + rest.iter().take_while(|it| it.is_ascii_alphabetic()).count()
    }

    /// US$1.28, RMB100: where the number starts.
    fn after_currency(&self, at: usize, end: usize) -> Option<usize> {
        let letters = self.ascii_letters(at);
        if self.byte(letters) == Some(b'$') && letters == end && letters - at <= 3 {
            let is_number = self.is_digit(end + 1) || self.starts_fraction(end + 1);
            return is_number.then_some(end + 1);
        }
        let is_code = self.is_digit(letters)
            && self.bytes.get(letters..end)?.iter().all(|it| it.is_ascii_digit())
            && is_listed(CURRENCIES, self.text.get(at..letters)?);
        is_code.then_some(letters)
    }

    fn skip_possessive(&self, found: &mut Compound) {
        let at = found.next;
        let is_possessive = self.byte(at) == Some(b'\'')
            && matches!(self.byte(at + 1), Some(b's' | b'S'))
            && !self.starts_word(at + 2);
        if is_possessive {
            found.next = at + 2;
        }
    }
}

/// Whether letters that stick to a number are its unit.
pub(crate) fn is_unit(text: &str) -> bool {
    is_listed(UNITS, text)
}

/// Whether a word stands in a sorted list, whatever its case.
fn is_listed(list: &[&str], word: &str) -> bool {
    list.binary_search_by(|it| it.bytes().cmp(word.bytes().map(|it| it.to_ascii_lowercase())))
        .is_ok()
}
