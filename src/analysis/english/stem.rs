//! Stems: what is common to the inflected forms of an English word, in whichever spelling.

use std::borrow::Cow;

use frostem::{Algorithm, Stemmer};

use crate::lexicon::irregular;

/// A stem of so many letters has three that all its words begin with; a shorter one has two.
pub(crate) const LONG_STEM: usize = 5;
/// Words whose `-is-` is no ending, by what stands before it (-wise is none either).
const NO_IZE: &str = "\
    adv advert appra bru chast chem circumc compr comprom conc counterpo cru dem desp dev \
    disgu enterpr exc exerc expert franch improv inc mala merchand parad porpo pra prec prem \
    prom rev superv surm surpr telev torto treat turquo upra";
/// Words whose `-our` is no ending, by what stands before it.
const NO_OR: &str = "am cont det dev downp fl gl outp param sc troubad vel";
/// Abbreviations and British spellings without a rule, with the word whose stem they share.
const SAME: &[(&str, &str)] = &[
    ("aluminium", "aluminum"),
    ("bln", "billion"),
    ("bn", "billion"),
    ("cheque", "check"),
    ("defence", "defense"),
    ("grey", "gray"),
    ("kg", "kilogram"),
    ("kgs", "kilogram"),
    ("km", "kilometer"),
    ("kms", "kilometer"),
    ("licence", "license"),
    ("mln", "million"),
    ("offence", "offense"),
    ("pct", "percent"),
    ("pretence", "pretense"),
    ("programme", "program"),
    ("programmes", "programs"),
    ("trln", "trillion"),
    ("trn", "trillion"),
    ("tyre", "tire"),
    ("tyres", "tires"),
];
/// Words whose `-men` is no plural.
const NO_MEN: &str = "\
    abdomen acumen albumen bitumen catechumen cyclamen dolmen foramen hymen lumen omen ramen \
    regimen rumen semen specimen stamen turkmen";
/// Abbreviations that mean a unit only after a number; sorted.
pub(crate) const AFTER_NUMBER: &[(&str, &str)] = &[
    ("cm", "centimeter"),
    ("ft", "foot"),
    ("ha", "hectare"),
    ("hr", "hour"),
    ("hrs", "hour"),
    ("lb", "pound"),
    ("lbs", "pound"),
    ("min", "minute"),
    ("mins", "minute"),
    ("mm", "millimeter"),
    ("mn", "million"),
    ("mt", "tonne"),
    ("oz", "ounce"),
    ("sec", "second"),
    ("tn", "trillion"),
    ("yr", "year"),
    ("yrs", "year"),
];

/// Words that have their stem from a list, each with the word that has the same one.
const LISTED: [&[(&str, &str)]; 4] = [SAME, ODD, AFTER_NUMBER, irregular()];
/// What single letters mean beside a number, and words whose ending Snowball knows by heart.
const ODD: &[(&str, &str)] = &[
    ("b", "billion"),
    ("cent", "percent"),
    ("dying", "die"),
    ("lying", "lie"),
    ("m", "million"),
    ("tying", "tie"),
];
const LISTED_COUNT: usize = SAME.len() + ODD.len() + AFTER_NUMBER.len() + irregular().len();
/// Where each stands in the lists, in order of the first letters of the word with the same stem:
/// to stem all of them takes longer than to plan a query.
static BY_SAME: [(u64, u16); LISTED_COUNT] = by_same();

const fn by_same() -> [(u64, u16); LISTED_COUNT] {
    let mut all = [(0, 0); LISTED_COUNT];
    let (mut count, mut list) = (0, 0);
    while list < LISTED.len() {
        let mut at = 0;
        while at < LISTED[list].len() {
            let one = (first_letters(LISTED[list][at].1.as_bytes(), 0), count as u16);
            let mut to = count;
            while to > 0 && all[to - 1].0 > one.0 {
                all[to] = all[to - 1];
                to -= 1;
            }
            all[to] = one;
            (count, at) = (count + 1, at + 1);
        }
        list += 1;
    }
    all
}

/// The first eight bytes of a word, the first one highest; where it has fewer, others follow.
const fn first_letters(word: &[u8], others: u8) -> u64 {
    let (mut letters, mut at) = (0, 0);
    while at < 8 {
        letters = letters << 8 | if at < word.len() { word[at] } else { others } as u64;
        at += 1;
    }
    letters
}

fn listed(mut at: usize) -> Option<&'static (&'static str, &'static str)> {
    LISTED.iter().find_map(|list| {
        let found = list.get(at);
        at = at.wrapping_sub(list.len());
        found
    })
}

/// Words of this stem that may begin with other letters. All others keep the first two, and the
/// first three of a stem of five: the rules of Snowball English and of American spelling begin
/// later in a word.
pub(crate) fn irregular_words(wanted: &str) -> impl Iterator<Item = &'static str> {
    // Those whose stem may be it are few.
    let beginning = wanted.get(..wanted.len().saturating_sub(1)).unwrap_or(wanted);
    let [least, most] = [0, u8::MAX].map(|it| first_letters(beginning.as_bytes(), it));
    let from = BY_SAME.partition_point(|it| it.0 < least);
    let near = BY_SAME.iter().skip(from).take_while(move |it| it.0 <= most);
    let odd = near.filter_map(|it| listed(usize::from(it.1)));
    let odd = odd.filter(move |(_, same)| same.starts_with(beginning));
    odd.filter(move |(_, same)| *stem(same) == *wanted).map(|(word, _)| *word)
}

/// How many letters of a stem all its words begin with but for [`irregular_words`].
///
/// Snowball English changes the last two letters of what it keeps at most (`nobl` of nobility), as
/// does -men; the spellings -our, -ise, -dgement and -re may be followed by an ending that stays.
pub(crate) fn common_letters(stem: &str) -> usize {
    let respelled = |at: usize| match stem.as_bytes().get(at..)? {
        [b'g', b'm', ..] | [b'i', b'z', ..] | [b'o', b'r', ..] | [b't', b'e', b'r', ..] => {
            Some(at + 1)
        }
        [b'i', b'b', b'e', b'r', ..] => Some(at + 2),
        _ => None,
    };
    let least = if stem.len() < LONG_STEM { 2 } else { 3 };
    // What begins later changes nothing.
    let unchanged = stem.len().saturating_sub(2);
    let ends = (0..unchanged).filter_map(respelled);
    ends.chain([unchanged]).min().unwrap_or(0).max(least)
}

/// The word that an abbreviation after a number stands for.
pub(crate) fn after_number(word: &str) -> &str {
    find(AFTER_NUMBER, word).unwrap_or(word)
}

/// The stem of a folded word: Snowball English of its base form if it is irregular (`won`, `women`,
/// `hypotheses`), after the spelling was made American.
pub(super) fn stem(word: &str) -> Cow<'_, str> {
    let is_word = word.bytes().any(|it| it.is_ascii_lowercase());
    if !is_word || !word.is_ascii() {
        return Cow::Borrowed(word);
    }
    let base = listed_base(word).map(Cow::Borrowed).or_else(|| singular(word));
    let base = base.unwrap_or_else(|| american(word));
    if ends_as_its_stem(&base) {
        return base;
    }
    let stemmer = Stemmer::new(Algorithm::English);
    Cow::Owned(stemmer.stem(&base).into_owned())
}

/// Whether a word of small letters and digits is surely its own stem: no rule is about words that
/// end as it does.
pub(crate) fn is_its_own(word: &str) -> bool {
    ends_as_its_stem(word) && listed_base(word).is_none()
}

/// Whether Snowball English leaves a word as it is because of how it ends: all that it takes away
/// or changes ends otherwise.
fn ends_as_its_stem(word: &str) -> bool {
    let is_safe = |last: &u8| b"0123456789abfhjkopquvwxz".contains(last);
    word.len() < 3 || word.as_bytes().last().is_some_and(is_safe)
}

/// The word that a listed one shares its stem with.
fn listed_base(word: &str) -> Option<&'static str> {
    find(irregular(), word).or_else(|| find(SAME, word))
}

/// `businessman` for `businessmen`, `grandchild` for `grandchildren`.
fn singular(word: &str) -> Option<Cow<'_, str>> {
    if word.ends_with("children") {
        return word.strip_suffix("ren").map(Cow::Borrowed);
    }
    let before = word.strip_suffix("men").filter(|it| it.len() > 1 && !is_among(NO_MEN, word))?;
    Some(Cow::Owned(format!("{before}man")))
}

/// The American spelling, by rule: organise, labour, centre, analyse, dialogue, judgement.
fn american(word: &str) -> Cow<'_, str> {
    // Most words hold none of what the rules look for.
    let (mut is, mut ou, mut re, mut other) = (false, false, false, false);
    for pair in word.as_bytes().windows(2) {
        match pair {
            b"is" => is = true,
            b"ou" => ou = true,
            b"re" => re = true,
            b"ue" | b"ys" | b"dg" => other = true,
            _ => {}
        }
    }
    let respelled = (is.then(|| ize(word)).flatten())
        .or_else(|| ou.then(|| or(word))?)
        .or_else(|| re.then(|| ter(word))?)
        .or_else(|| other.then(|| without_silent_letters(word))?);
    respelled.map_or(Cow::Borrowed(word), Cow::Owned)
}

fn without_silent_letters(word: &str) -> Option<String> {
    replaced(word, "ogue ogues", 3, "ogue", "og")
        .or_else(|| replaced(word, "lyse lysed lyser lysing", 2, "lys", "lyz"))
        .or_else(|| replaced(word, "dgement dgements", 2, "dgement", "dgment"))
}

fn ize(word: &str) -> Option<String> {
    const ENDINGS: &str = "isation isational isations ise ised iser isers ises isable ising";
    let before = before(word, ENDINGS)?;
    if before.len() < 3 || before.ends_with('w') || is_among(NO_IZE, before) {
        return None;
    }
    Some(format!("{before}iz{}", word.get(before.len() + 2..)?))
}

fn or(word: &str) -> Option<String> {
    const ENDINGS: &str = "\
        our oured ourer ourers ourful ourhood ourhoods ouring ourable ourably ourite ourites \
        ourless ours ourly";
    let before = before(word, ENDINGS)?;
    if before.len() < 2 || is_among(NO_OR, before) {
        return None;
    }
    Some(format!("{before}or{}", word.get(before.len() + 3..)?))
}

fn ter(word: &str) -> Option<String> {
    const ENDINGS: &str = "re red res";
    let before = before(word, ENDINGS)?;
    let is_ending =
        before.len() >= 3 && before != "hat" && (before.ends_with('t') || before.ends_with("ib"));
    if !is_ending {
        return None;
    }
    Some(format!("{before}er{}", word.get(before.len() + 2..)?))
}

fn replaced(word: &str, endings: &str, least: usize, part: &str, with: &str) -> Option<String> {
    let before = before(word, endings)?;
    if before.len() < least {
        return None;
    }
    Some(format!("{before}{with}{}", word.get(before.len() + part.len()..)?))
}

/// What stands before the first of some endings that a word has.
fn before<'a>(word: &'a str, endings: &str) -> Option<&'a str> {
    endings.split(' ').find_map(|it| word.strip_suffix(it))
}

/// Whether a word is among those of a list, which are parted by blanks.
fn is_among(list: &str, word: &str) -> bool {
    list.split(' ').any(|it| it == word)
}

fn find<'a>(list: &[(&str, &'a str)], word: &str) -> Option<&'a str> {
    list.binary_search_by_key(&word, |it| it.0).ok().and_then(|at| list.get(at)).map(|it| it.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_begin_with_what_their_stems_have_in_common() {
        let seeds = concat!(
            include_str!("../../../README.md"),
            include_str!("../../../ARCHITECTURE.md"),
            "nobility stability possibility skies sky happily centre centres metres tyres women \
             salesmen favourite favourable neighbourhood colourless organisational realisable \
             baptised judgement acknowledgements analysing dialogues theatres fibred dying lying \
             generically singly gently early only ugly activities vacancy frequencies relational \
             hopping hoping luxuriating programme kilometres children grandchildren armoured"
        );
        for word in seeds.split(|c: char| !c.is_ascii_alphabetic()).filter(|it| it.len() > 1) {
            let word = word.to_ascii_lowercase();
            let stem = stem(&word);
            let common = stem.get(..common_letters(&stem)).unwrap_or(&stem);
            let is_irregular = irregular_words(&stem).any(|it| it == word);
            assert!(is_irregular || word.starts_with(common), "{word} {stem}");
        }
    }

    /// What [`irregular_words`] looks for first.
    #[test]
    fn a_listed_word_begins_as_its_stem_does_but_for_the_last_letter() {
        for (_, same) in [SAME, AFTER_NUMBER, irregular()].into_iter().flatten() {
            let stem = stem(same);
            assert!(same.starts_with(&stem[..stem.len() - 1]), "{same} {stem}");
            assert!(irregular_words(&stem).count() > 0, "{same} {stem}");
        }
    }

    #[test]
    fn words_that_end_as_their_stems_are_left_as_they_are() {
        let text = include_str!("../../../README.md").to_ascii_lowercase();
        let words = text.split(|c: char| !c.is_ascii_alphanumeric());
        let mut checked = 0;
        for (word, last) in words.flat_map(|it| ('0'..='z').map(move |last| (it, last))) {
            let word = format!("{word}{last}");
            if last.is_ascii_alphanumeric() && ends_as_its_stem(&word) {
                assert_eq!(Stemmer::new(Algorithm::English).stem(&word), word);
                checked += 1;
            }
        }
        assert!(checked > 1000);
        for (word, _) in [SAME, irregular()].into_iter().flatten() {
            assert!(listed_base(word).is_some(), "{word}");
        }
    }

    #[test]
    fn lists_are_sorted() {
        assert!(SAME.is_sorted() && AFTER_NUMBER.is_sorted());
    }
}
