//! Misspelt words are corrected to words of the index.

use passages::analysis::Family;
use passages::query::{corrections, distance, slips};
use proptest::prelude::*;

use crate::program::library::Library;

const WORDS: &[(&str, u64)] = &[
    ("initiative", 40),
    ("intiative", 1),
    ("initiatives", 3),
    ("train", 90),
    ("brain", 200),
    ("trains", 20),
    ("moscow", 70),
    ("sanctions", 50),
    ("road", 80),
];

#[track_caller]
fn check(typed: &str, count: u64, expected: &[&str]) {
    let found = corrections(typed, count, WORDS.iter().copied(), 3);
    let words: Vec<&str> = found.iter().map(|it| it.word.as_str()).collect();
    assert_eq!(words, expected, "{found:?}");
}

#[test]
fn one_slip_is_corrected() {
    check("moscwo", 0, &["moscow"]);
    check("mosocw", 0, &["moscow"]);
    check("sanctoins", 0, &["sanctions"]);
    check("sancttions", 0, &["sanctions"]);
    check("initative", 0, &["initiative", "intiative", "initiatives"]);
}

#[test]
fn the_first_letter_is_seldom_wrong() {
    check("trainn", 0, &["train", "trains"]);
    check("krain", 0, &["brain", "train"]);
}

#[test]
fn a_misprint_in_one_page_does_not_hide_the_word() {
    check("intiative", 1, &["initiative"]);
    check("train", 90, &[]);
    check("trains", 20, &[]);
}

#[test]
fn short_words_are_left_alone() {
    check("roa", 0, &[]);
    check("raod", 0, &["road"]);
    assert_eq!((slips(3), slips(4), slips(8)), (0, 1, 2));
}

/// The plain definition, by recursion.
fn slow(a: &[char], b: &[char]) -> usize {
    match (a, b) {
        ([], rest) | (rest, []) => rest.len(),
        ([x, a1 @ ..], [y, b1 @ ..]) => {
            let mut best = slow(a1, b1) + usize::from(x != y);
            best = best.min(slow(a1, b) + 1).min(slow(a, b1) + 1);
            if let ([x1, x2, a2 @ ..], [y1, y2, b2 @ ..]) = (a, b)
                && x1 == y2
                && x2 == y1
            {
                best = best.min(slow(a2, b2) + 1);
            }
            best
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn the_distance_is_the_fewest_slips(a in "[ab普]{0,6}", b in "[ab普]{0,6}", most in 0usize..7) {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let plain = slow(&a, &b);
        prop_assert_eq!(distance(&a, &b, most), (plain <= most).then_some(plain));
    }
}

#[test]
fn the_terms_near_a_word_are_those_that_a_look_at_all_of_them_finds() {
    let library = Library::of_seeds();
    let index = library.searcher.index();
    let mut terms = Vec::new();
    let mut stream = index.terms(Family::Exact).unwrap().stream().unwrap();
    while stream.advance() {
        terms.push(str::from_utf8(stream.key()).unwrap().to_owned());
    }
    assert!(terms.len() > 1_000, "{}", terms.len());
    let typed =
        ["intiative", "sacntions", "moscwo", "tra", "x", "", "alliancs", "中", "cafe\u{301}"];
    let own = terms.iter().step_by(97).map(String::as_str);
    for typed in typed.into_iter().chain(own) {
        let letters: Vec<char> = typed.chars().collect();
        for slips in 0..=2 {
            let is_near = |it: &&String| {
                let other: Vec<char> = it.chars().collect();
                (it.is_ascii() || !typed.is_ascii()) && distance(&letters, &other, slips).is_some()
            };
            let expected: Vec<&String> = terms.iter().filter(is_near).collect();
            let found = index.fuzzy_terms(Family::Exact, typed, slips).unwrap();
            assert_eq!(found.iter().collect::<Vec<_>>(), expected, "`{typed}`, {slips}");
        }
    }
}
