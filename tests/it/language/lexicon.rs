//! The lexicon: what was compiled is found, and damage never panics.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use passages::analysis::{Analyzer, Family, Tokens};
use passages::lexicon::{Compiled, Entry, Kind, Topic, compile, curated};
use proptest::prelude::*;

/// The tokens of a name, as an index makes them.
fn tokens(name: &str) -> Vec<String> {
    static ANALYZER: LazyLock<Analyzer> = LazyLock::new(Analyzer::for_query);
    let mut tokens = Tokens::default();
    ANALYZER.tokens(name, &mut tokens);
    tokens.family(Family::Exact).map(|it| tokens.text(it).to_owned()).collect()
}

fn key(name: &str) -> String {
    tokens(name).join(" ")
}

fn names(compiled: &Compiled<Vec<u8>>, key: &str) -> Vec<String> {
    compiled.senses(&self::key(key)).into_iter().flat_map(|it| it.names).collect()
}

fn bytes_of_curated() -> Vec<u8> {
    static BYTES: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let lexicon = curated().unwrap();
        compile(&lexicon.entries, &lexicon.topics, &tokens)
    });
    BYTES.clone()
}

#[test]
fn every_name_of_belt_and_road_leads_to_its_other_names() {
    let compiled = Compiled::new(bytes_of_curated());
    for name in ["bri", "obor", "belt and road", "one belt one road", "一带一路"] {
        let senses = compiled.senses(&key(name));
        assert_eq!(senses.len(), 1, "{name}");
        let sense = &senses[0];
        assert_eq!(sense.kind, Kind::Curated);
        assert!(sense.topics.contains(&"belt-and-road".to_owned()));
        assert!(sense.names.iter().all(|it| key(it) != key(name)));
        assert!(sense.names.iter().any(|it| it == "One Belt One Road" || it == "BRI"), "{name}");
        assert!(sense.narrower > 0);
        assert!(sense.names.contains(&"丝绸之路经济带".to_owned()));
    }
    assert!(compiled.senses("bribe").is_empty());
}

#[test]
fn a_narrower_thing_does_not_lead_to_the_broader() {
    let compiled = Compiled::new(bytes_of_curated());
    let names = names(&compiled, "silk road economic belt");
    assert!(names.contains(&"丝绸之路经济带".to_owned()));
    assert!(!names.iter().any(|it| it == "一带一路" || it == "Belt and Road"));
}

#[test]
fn a_name_in_capitals_only_leads_and_is_never_led_to() {
    let mut entry =
        Entry::new(Kind::Own, vec!["World Health Organization".into(), "世卫组织".into()]);
    entry.capitals = vec!["WHO".into()];
    let compiled = Compiled::new(compile(&[entry], &[], &tokens));
    let sense = &compiled.senses(&key("WHO"))[0];
    assert!(sense.is_capitals_only);
    assert_eq!(sense.names, ["World Health Organization", "世卫组织"]);
    assert_eq!(names(&compiled, "世卫组织"), ["World Health Organization"]);
}

#[test]
fn the_most_trusted_sense_comes_first() {
    let entry = |kind, other: &str| Entry::new(kind, vec!["EEF".into(), other.into()]);
    let entries = [entry(Kind::Gloss, "c"), entry(Kind::Own, "a"), entry(Kind::Curated, "b")];
    let compiled = Compiled::new(compile(&entries, &[], &tokens));
    assert_eq!(names(&compiled, "eef"), ["a", "b", "c"]);
}

#[test]
fn entries_come_back_as_they_went_in() {
    let lexicon = curated().unwrap();
    let compiled = Compiled::new(bytes_of_curated());
    let back: Vec<Entry> = compiled.entries().collect();
    assert_eq!(back.len(), lexicon.entries.len());
    for (back, entry) in back.iter().zip(&lexicon.entries) {
        // `One Belt, One Road` is the same name as `One Belt One Road`.
        let mut keys = BTreeSet::new();
        let names = entry.names.iter().filter(|it| keys.insert(key(it))).cloned().collect();
        assert_eq!(*back, Entry { names, ..entry.clone() });
    }
    assert_eq!(compiled.topics(), lexicon.topics);
    assert_eq!(compiled.counts()[Kind::Curated as usize], lexicon.entries.len());
    assert!(compiled.longest_key_tokens() >= 4);
}

#[test]
fn nothing_is_found_in_nothing() {
    assert!(Compiled::new(Vec::new()).senses("bri").is_empty());
    assert!(Compiled::new(compile(&[], &[], &tokens)).senses("bri").is_empty());
    assert_eq!(Compiled::new(Vec::new()).longest_key_tokens(), 0);
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec("[a-c一二]{1,3}( [a-c]{1,2})?", 1..4)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn what_was_compiled_is_found(all in proptest::collection::vec(texts(), 0..40)) {
        let entries: Vec<Entry> =
            all.iter().map(|it| Entry::new(Kind::Gloss, it.clone())).collect();
        let topics = [Topic { name: "t".into(), en: "T".into(), zh: "题".into() }];
        let compiled = Compiled::new(compile(&entries, &topics, &tokens));
        for entry in &entries {
            for name in &entry.names {
                for other in entry.names.iter().filter(|it| key(it) != key(name)) {
                    let found: Vec<String> = names(&compiled, &key(name)).iter().map(|it| key(it)).collect();
                    prop_assert!(found.contains(&key(other)), "{name} -> {other}: {found:?}");
                }
            }
        }
        prop_assert!(compiled.senses("zz").is_empty());
    }

    #[test]
    fn damage_never_panics(at in 0usize..200_000, to: u8, cut in 0usize..200_000) {
        let mut bytes = bytes_of_curated();
        let len = bytes.len();
        bytes[at % len] = to;
        bytes.truncate(if cut % 3 == 0 { cut % len } else { len });
        let compiled = Compiled::new(bytes);
        for key in ["bri", "belt and road", "一带一路", "sanctions", "nothing here"] {
            let _senses = compiled.senses(&self::key(key));
        }
        prop_assert!(compiled.entries().count() <= len);
        prop_assert!(compiled.topics().len() <= len);
    }
}

#[test]
fn a_pronoun_is_no_country() {
    let compiled = Compiled::new(bytes_of_curated());
    let senses = compiled.senses(&key("US"));
    assert!(!senses.is_empty() && senses.iter().all(|it| it.is_capitals_only), "{senses:?}");
    assert!(names(&compiled, "美国").contains(&"U.S.".to_owned()));
}

#[test]
fn plurals_lead_to_the_same() {
    let compiled = Compiled::new(bytes_of_curated());
    for plural in ["freight trains", "pipelines", "embassies", "countermeasures"] {
        assert!(!compiled.senses(&key(plural)).is_empty(), "{plural}");
    }
}
