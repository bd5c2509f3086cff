//! Chinese characters: which characters are Han, and which of them count as the same.

use unicode_normalization::UnicodeNormalization;

/// Pairs of a variant and its standard character, one on each line; lines with `#` name their
/// source.
const VARIANTS: &str = include_str!("variants.txt");
/// The code points that [`NEAR`] covers: from `FIRST` up to, but not including, `PAST`.
const FIRST: u32 = 0x3400;
const PAST: u32 = 0xa000;
/// An entry of [`NEAR`] whose pair stands in [`FAR`], because a character of it needs more than 16
/// bits.
const IS_FAR: u16 = u16::MAX;

/// The standard character of each code point in the block; 0 where it is the character itself. The
/// compiler makes the table, so starting costs nothing, and a look-up touches one page.
static NEAR: [u16; (PAST - FIRST) as usize] = near();
/// The other pairs, sorted by variant.
static FAR: [(u32, u32); far_count()] = far();

/// Whether a character is Han: a unified or compatibility ideograph, a radical, or a mark that
/// stands for an ideograph (々, 〇, the Hangzhou numerals).
#[must_use]
#[inline]
pub fn is_han(c: char) -> bool {
    matches!(c,
        '\u{4e00}'..='\u{9fff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{3005}' | '\u{3007}' | '\u{3021}'..='\u{3029}' | '\u{3038}'..='\u{303b}'
        | '\u{2e80}'..='\u{2fd5}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// The standard character for all forms of a Han character: Traditional, regional variant,
/// compatibility form, radical. Any other character is its own standard.
///
/// These classes are for search, not for spelling: 乾, 幹 and 干 are one class, so that text in either
/// script, or badly converted text, is found from the other.
#[must_use]
#[inline]
pub fn simplified(c: char) -> char {
    let code = c as u32;
    match code {
        FIRST..PAST => match NEAR.get((code - FIRST) as usize) {
            None | Some(0) => c,
            Some(&IS_FAR) => in_far(c),
            Some(&it) => char::from_u32(u32::from(it)).unwrap_or(c),
        },
        0x2e80..=0x2fd5 | 0x3038..=0x303b | 0xf900..=0xfaff | 0x2f800..=0x2fa1f => {
            let plain = c.nfkc().next().unwrap_or(c);
            if plain == c { c } else { simplified(plain) }
        }
        0x20000.. => in_far(c),
        _ => c,
    }
}

/// Does the same as [`simplified`] for the code of a character from U+3400 to U+9FFF, where nearly
/// all are. Other codes are returned as they are.
#[must_use]
#[inline]
pub fn simplified_code(code: u32) -> u32 {
    match NEAR.get(code.wrapping_sub(FIRST) as usize) {
        None | Some(0) => code,
        Some(&IS_FAR) => char::from_u32(code).map_or(code, |it| in_far(it) as u32),
        Some(&it) => u32::from(it),
    }
}

fn in_far(c: char) -> char {
    let found = FAR.binary_search_by_key(&(c as u32), |it| it.0).ok();
    found.and_then(|at| FAR.get(at)).and_then(|it| char::from_u32(it.1)).unwrap_or(c)
}

const fn near() -> [u16; (PAST - FIRST) as usize] {
    let mut table = [0; (PAST - FIRST) as usize];
    let mut at = 0;
    while let Some((variant, stands, next)) = pair(at) {
        at = next;
        if variant >= FIRST && variant < PAST {
            let value = if is_far(variant, stands) { IS_FAR } else { stands as u16 };
            table[(variant - FIRST) as usize] = value;
        }
    }
    table
}

const fn far_count() -> usize {
    let (mut count, mut at) = (0, 0);
    while let Some((variant, stands, next)) = pair(at) {
        at = next;
        count += is_far(variant, stands) as usize;
    }
    count
}

const fn far() -> [(u32, u32); far_count()] {
    let mut table = [(0, 0); far_count()];
    let (mut count, mut at) = (0, 0);
    while let Some((variant, stands, next)) = pair(at) {
        at = next;
        if is_far(variant, stands) {
            table[count] = (variant, stands);
            count += 1;
        }
    }
    table
}

const fn is_far(variant: u32, stands: u32) -> bool {
    variant >= PAST || stands >= PAST
}

/// The pair in the line at or after `at`: the variant, its standard character, and the start of the
/// next line.
const fn pair(mut at: usize) -> Option<(u32, u32, usize)> {
    let bytes = VARIANTS.as_bytes();
    while at < bytes.len() && bytes[at] == b'#' {
        while bytes[at] != b'\n' {
            at += 1;
        }
        at += 1;
    }
    if at >= bytes.len() {
        return None;
    }
    let (variant, next) = decode(bytes, at);
    let (stands, next) = decode(bytes, next);
    Some((variant, stands, next + 1))
}

/// Decodes one UTF-8 character of three or four bytes. A test checks the file.
const fn decode(bytes: &[u8], at: usize) -> (u32, usize) {
    let (b, c) = (low_bits(bytes[at + 1]), low_bits(bytes[at + 2]));
    if bytes[at] < 0xf0 {
        (((bytes[at] & 0x0f) as u32) << 12 | b << 6 | c, at + 3)
    } else {
        let d = low_bits(bytes[at + 3]);
        (((bytes[at] & 0x07) as u32) << 18 | b << 12 | c << 6 | d, at + 4)
    }
}

const fn low_bits(byte: u8) -> u32 {
    (byte & 0x3f) as u32
}
