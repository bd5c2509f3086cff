//! The lexicon: what was compiled is found, and damage never panics.

use passages::lexicon::{Compiled, Entry, Kind, Topic, compile, curated};
use proptest::prelude::*;

/// A stand-in for the analysis: lower-cased words joined by blanks.
fn key(name: &str) -> Vec<String> {
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    vec![words.join(" ")]
}

fn names(compiled: &Compiled<Vec<u8>>, key: &str) -> Vec<String> {
    compiled.senses(key).into_iter().flat_map(|it| it.names).collect()
}

fn bytes_of_curated() -> Vec<u8> {
    let lexicon = curated().unwrap();
    compile(&lexicon.entries, &lexicon.topics, &key)
}

#[test]
fn every_name_of_belt_and_road_leads_to_its_other_names() {
    let compiled = Compiled::new(bytes_of_curated());
    for name in ["bri", "obor", "belt and road", "one belt one road", "一带一路"] {
        let senses = compiled.senses(name);
        assert_eq!(senses.len(), 1, "{name}");
        let sense = &senses[0];
        assert_eq!(sense.kind, Kind::Curated);
        assert!(sense.topics.contains(&"belt-and-road".to_owned()));
        assert!(!key(&sense.names[0]).contains(&name.to_owned()));
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
    let compiled = Compiled::new(compile(&[entry], &[], &key));
    let sense = &compiled.senses("who")[0];
    assert!(sense.is_capitals_only);
    assert_eq!(sense.names, ["World Health Organization", "世卫组织"]);
    assert_eq!(names(&compiled, "世卫组织"), ["World Health Organization"]);
}

#[test]
fn the_most_trusted_sense_comes_first() {
    let entry = |kind, other: &str| Entry::new(kind, vec!["EEF".into(), other.into()]);
    let entries = [entry(Kind::Gloss, "c"), entry(Kind::Own, "a"), entry(Kind::Curated, "b")];
    let compiled = Compiled::new(compile(&entries, &[], &key));
    assert_eq!(names(&compiled, "eef"), ["a", "b", "c"]);
}

#[test]
fn entries_come_back_as_they_went_in() {
    let lexicon = curated().unwrap();
    let compiled = Compiled::new(bytes_of_curated());
    let back: Vec<Entry> = compiled.entries().collect();
    assert_eq!(back, lexicon.entries);
    assert_eq!(compiled.topics(), lexicon.topics);
    assert_eq!(compiled.counts()[Kind::Curated as usize], lexicon.entries.len());
    assert!(compiled.longest_key_tokens() >= 4);
}

#[test]
fn nothing_is_found_in_nothing() {
    assert!(Compiled::new(Vec::new()).senses("bri").is_empty());
    assert!(Compiled::new(compile(&[], &[], &key)).senses("bri").is_empty());
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
        let compiled = Compiled::new(compile(&entries, &topics, &key));
        for entry in &entries {
            for name in &entry.names {
                for other in entry.names.iter().filter(|it| key(it) != key(name)) {
                    let found = names(&compiled, &key(name)[0]);
                    prop_assert!(found.contains(other), "{name} -> {other}: {found:?}");
                }
            }
        }
        prop_assert!(compiled.senses("zz").is_empty());
    }

    #[test]
    fn damage_never_panics(at in 0usize..20_000, to: u8, cut in 0usize..20_000) {
        let mut bytes = bytes_of_curated();
        let len = bytes.len();
        bytes[at % len] = to;
        bytes.truncate(if cut % 3 == 0 { cut % len } else { len });
        let compiled = Compiled::new(bytes);
        for key in ["bri", "belt and road", "一带一路", "sanctions", "nothing here"] {
            let _senses = compiled.senses(key);
        }
        prop_assert!(compiled.entries().count() <= len);
        prop_assert!(compiled.topics().len() <= len);
    }
}
