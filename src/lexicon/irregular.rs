//! Irregular forms of English words, which no rule of endings covers.

/// A form and its base form on each line, sorted.
const CERTAIN_TEXT: &str = include_str!("data/irregular.txt");
const DOUBTFUL_TEXT: &str = include_str!("data/irregular_doubtful.txt");

/// Forms that hardly ever are another word, with their base forms; sorted.
const CERTAIN: &[(&str, &str)] = &pairs::<{ lines(CERTAIN_TEXT) }>(CERTAIN_TEXT);

/// Forms that are another word as often (the left, the Fed, a rose); sorted.
const DOUBTFUL: &[(&str, &str)] = &pairs::<{ lines(DOUBTFUL_TEXT) }>(DOUBTFUL_TEXT);

/// The number of line ends in a text.
const fn lines(text: &str) -> usize {
    let (mut at, mut count) = (0, 0);
    while at < text.len() {
        count += (text.as_bytes()[at] == b'\n') as usize;
        at += 1;
    }
    count
}

/// Splits each line into its two words while the program is compiled, so that a look-up at run time
/// finds a table. A line of another form does not compile.
const fn pairs<const N: usize>(text: &'static str) -> [(&'static str, &'static str); N] {
    let (mut pairs, mut at, mut rest) = ([("", ""); N], 0, text);
    while at < N {
        let (form, after) = split(rest, b' ');
        let (base, after) = split(after, b'\n');
        (pairs[at], rest) = ((form, base), after);
        at += 1;
    }
    pairs
}

/// The text before the first `mark`, and the text after it.
const fn split(text: &'static str, mark: u8) -> (&'static str, &'static str) {
    let mut at = 0;
    while text.as_bytes()[at] != mark {
        at += 1;
    }
    (text.split_at(at).0, text.split_at(at + 1).1)
}

/// The forms that mean nothing else, each with its base form, in order.
#[must_use]
pub const fn irregular() -> &'static [(&'static str, &'static str)] {
    CERTAIN
}

/// The base form of an irregular form. The form may also be another word.
pub(super) fn base(word: &str) -> Option<&'static str> {
    [CERTAIN, DOUBTFUL].into_iter().find_map(|list| {
        let at = list.binary_search_by_key(&word, |it| it.0).ok()?;
        list.get(at).map(|it| it.1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_sorted_and_in_one_list_alone() {
        let is_in_order = |list: &[(&str, &str)]| list.is_sorted_by(|one, other| one.0 < other.0);
        assert!(is_in_order(CERTAIN) && is_in_order(DOUBTFUL));
        let is_certain = |it: &&str| CERTAIN.iter().any(|(form, _)| form == it);
        assert!(!DOUBTFUL.iter().any(|(form, _)| is_certain(form)));
    }

    #[test]
    fn a_base_form_is_no_form() {
        for (form, of) in CERTAIN {
            assert_eq!(base(of), None, "{form}");
        }
    }
}
