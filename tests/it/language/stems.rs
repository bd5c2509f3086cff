//! Stems of English words that can be told from the word alone.

use passages::analysis::{DerivedStems, is_own_stem};

fn stem(word: &str) -> String {
    DerivedStems::default().of(word).unwrap().to_owned()
}

#[test]
fn spellings_share_a_stem() {
    for (one, other) in [
        ("organisation", "organization"),
        ("organised", "organize"),
        ("labour", "labor"),
        ("neighbouring", "neighboring"),
        ("kilometre", "kilometers"),
        ("centre", "center"),
        ("theatres", "theater"),
        ("km", "kilometre"),
        ("analysed", "analyze"),
        ("dialogue", "dialog"),
        ("programmes", "program"),
        ("defence", "defense"),
        ("trains", "train"),
        ("sanctioned", "sanctions"),
        ("won", "wins"),
        ("built", "building"),
        ("women", "woman"),
        ("spokesmen", "spokesman"),
        ("schoolchildren", "schoolchild"),
        ("hypotheses", "hypothesis"),
        ("feet", "foot"),
    ] {
        assert_eq!(stem(one), stem(other), "{one} {other}");
    }
}

#[test]
fn different_words_keep_different_stems() {
    for (one, other) in [
        ("news", "new"),
        ("us", "u"),
        ("expertise", "expert"),
        ("scoured", "scored"),
        ("founded", "found"),
        ("specimen", "speciman"),
    ] {
        assert_ne!(stem(one), stem(other), "{one} {other}");
    }
}

#[test]
fn regular_stems_are_told_from_the_word() {
    let mut stems = DerivedStems::default();
    let (long, mut told) = ("a".repeat(255), |it| stems.of(it).map(str::to_owned));
    for (word, stem) in [
        ("trains", Some("train")),
        ("train", Some("train")),
        ("covid19", Some("covid19")),
        ("2015", Some("2015")),
        ("1.50", Some("1.5")),
        ("cent", None),
        ("min", None),
        ("US", None),
        ("at&t", None),
        ("naïve", None),
        ("火", None),
        ("", None),
        (&long, None),
    ] {
        assert_eq!(told(word).as_deref(), stem, "{word}");
    }
    assert!(is_own_stem("train") && !is_own_stem("trains") && !is_own_stem("US"));
}
