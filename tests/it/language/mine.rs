//! What a corpus explains itself becomes names; what only looks like it does not.

use passages::lexicon::{Entry, Kind, Miner};
use proptest::prelude::*;

fn mined(texts: &[&str]) -> Vec<Entry> {
    let mut miner = Miner::default();
    for (at, text) in texts.iter().enumerate() {
        miner.read(text, &format!("a.txt:{}", at + 1));
    }
    miner.finish()
}

#[track_caller]
fn check(texts: &[&str], expected: &[(&str, &str)]) {
    let entries = mined(texts);
    let pairs: Vec<(&str, &str)> = entries
        .iter()
        .map(|it| {
            (it.names[0].as_str(), it.names.get(1).unwrap_or_else(|| &it.capitals[0]).as_str())
        })
        .collect();
    assert_eq!(pairs, expected);
}

#[test]
fn a_chinese_name_within_english_is_explained() {
    check(
        &["According to a paper in the journal 中国军事科学 [China Military Science] of that year"],
        &[("中国军事科学", "China Military Science")],
    );
    check(
        &["The report on 能源安全 (energy security) is the first of its kind."],
        &[("能源安全", "energy security")],
    );
}

#[test]
fn a_quoted_name_is_explained_in_either_language() {
    check(&["说的是“坐山观虎斗” [sit on the mountain]"], &[("坐山观虎斗", "sit on the mountain")]);
    check(
        &["the so-called “community of fate” (命运共同体)"],
        &[("命运共同体", "community of fate")],
    );
    check(&["他唱的是《再一首歌》（One More Song）"], &[("再一首歌", "One More Song")]);
}

#[test]
fn of_two_spellings_the_same_is_kept_every_time() {
    let text = |name: &str| format!("The report on 能源安全 ({name}) is the first of its kind.");
    let texts = ["energy security", "Energy Security", "Energy security"].map(text);
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let alone = |it: &&str| mined(&[*it]).len();
    assert_eq!(texts.iter().map(alone).sum::<usize>(), 3);
    // A map of the standard library goes through its keys in another order each time it is made.
    let first = mined(&texts);
    assert!((0..40).all(|_| mined(&texts) == first), "{first:?}");
}

#[test]
fn an_english_name_is_explained_by_its_chinese() {
    check(
        &["the leaders of the two countries met in Beijing on the Belt and Road (一带一路) plan"],
        &[("一带一路", "Belt and Road")],
    );
    check(
        &["a visit to the plant by President Li Wei (李伟) was the first of its kind"],
        &[("李伟", "Li Wei")],
    );
}

#[test]
fn within_chinese_a_name_needs_three_contexts() {
    let texts =
        ["他加入了世界卫生组织（WHO）。", "据世界卫生组织（WHO）说", "是世界卫生组织（WHO）的"];
    check(&texts[..1], &[]);
    check(&texts, &[("世界卫生组织", "WHO")]);
    let texts = ["使用AI（人工智能）的", "而AI（人工智能）是", "见AI（人工智能）。"];
    check(&texts[..2], &[]);
    check(&texts, &[("人工智能", "AI")]);
}

#[test]
fn a_name_that_may_start_with_letters_is_left_alone() {
    check(
        &[
            "测AMP蛋白激酶（AMPK）",
            "见AMP蛋白激酶（AMPK）",
            "用的AMP蛋白激酶（AMPK）",
            "是TNF蛋白激酶（AMPK）",
        ],
        &[],
    );
}

#[test]
fn copies_of_a_story_are_one_context() {
    check(&["使用AI（人工智能）的", "使用AI（人工智能）的"], &[]);
    check(&["据世界卫生组织（WHO）说"; 5], &[]);
}

#[test]
fn remarks_in_brackets_are_no_names() {
    for text in [
        "the meeting in Beijing was held by the two sides in Smith (见图) of that year",
        "如图（Figure 3）所示",
        "他说“是的”（laughs 12）",
        "the price (in US dollars) of the oil that was sold to the state",
        "结果差异显著（P < 0.05）。",
        "详见“公司网站”（www.example.com）",
    ] {
        check(&[text], &[]);
    }
    // Where somebody is from, said of many.
    let from = [
        "有Anna（美国）和",
        "有Bert（美国）和",
        "见Bert（美国）说",
        "有Carl（美国）和",
        "见Carl（美国）说",
    ];
    check(&from, &[]);
}

#[test]
fn a_part_of_a_name_is_no_name() {
    // The front part is written in three ways, so that the shared ending is no name.
    let cut =
        ["经济合作与发展组织（OECD）", "据经济合作和发展组织（OECD）", "经合及发展组织（OECD）"];
    check(&cut, &[]);
    let generic =
        ["以色列航空工业公司（IAI）", "以色列飞机工业公司（IAI）", "以航天工业公司（IAI）"];
    check(&generic, &[]);
    let joined = ["他与海洋署（NOA）谈", "她和海洋署（NOA）谈", "气象及海洋署（NOA）说"];
    check(&joined, &[]);
    let whole = ["他去了海洋署（NOA）", "她在海洋署（NOA）", "是海洋署（NOA）说"];
    check(&whole, &[("海洋署", "NOA")]);
}

#[test]
fn acronyms_are_defined_in_both_directions() {
    check(&["the Eastern Economic Forum (EEF) was held"], &[("Eastern Economic Forum", "EEF")]);
    check(
        &["The RDIF (Russian Direct Investment Fund) said"],
        &[("Russian Direct Investment Fund", "RDIF")],
    );
    check(
        &["the Shanghai Cooperation Organization (“SCO”; more)"],
        &[("Shanghai Cooperation Organization", "SCO")],
    );
    check(
        &["intercellular adhesion molecules (ICAMs) were"],
        &[("intercellular adhesion molecules", "ICAM")],
    );
}

#[test]
fn what_only_looks_like_an_acronym_is_none() {
    for text in [
        "He met the president. Big Red Icebergs (XYZ)",
        "the first world war (II) began",
        "of the Academy. Arts and Sciences (AAAS)",
        "| Gross | Domestic Product (GDP) |",
        "the Academy of Science (AAS)",
        "on a plane wave (PAW)",
        "Smith agreed (USA)",
    ] {
        check(&[text], &[]);
    }
}

#[test]
fn a_short_acronym_counts_in_capitals_only() {
    let entries = mined(&["the line of sight (LOS) of the information technology (IT) firm"]);
    let of = |name: &str| entries.iter().find(|it| it.names[0] == name).unwrap();
    assert_eq!(of("line of sight").capitals, ["LOS"]);
    assert_eq!(of("line of sight").names, ["line of sight", "LOS"]);
    assert_eq!(of("information technology").names, ["information technology"]);
    assert_eq!(of("information technology").capitals, ["IT"]);
}

#[test]
fn a_small_word_is_no_name() {
    check(&["含“组氨酸”（His）的"], &[]);
}

#[test]
fn an_entry_says_where_it_was_seen() {
    let entries =
        mined(&["nothing", "the Eastern Economic Forum (EEF)", "Eastern Economic Forum (EEF)"]);
    assert_eq!(entries[0].seen, ["a.txt:2", "a.txt:3"]);
    assert_eq!(entries[0].kind, Kind::Acronym);
}

#[test]
fn the_seeds_explain_themselves() {
    let seed = include_str!("../../../seeds/002_cc791eedeb84ab99.txt");
    let entries = mined(&[seed]);
    let has = |a: &str, b: &str| entries.iter().any(|it| it.names == [a, b]);
    assert!(has("中国军事科学", "China Military Science"));
    assert!(has("军事政治联盟", "military-political alliance"));
    assert!(has("专制主义轴心", "authoritarian axis"));
    assert!(has("Shanghai Cooperation Organization", "SCO"));
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    let piece = proptest::sample::select(vec![
        "(",
        ")",
        "（",
        "）",
        "[",
        "]",
        "“",
        "”",
        " ",
        "\n",
        "世界卫生",
        "组织",
        "的",
        "WHO",
        "AI",
        "人工智能",
        "Belt",
        "and",
        "Road",
        "the",
        "of",
        "in",
        "BAR",
        "·",
        "，",
        ",",
        "'",
        "x",
        "3",
    ]);
    let text = proptest::collection::vec(piece, 0..30).prop_map(|it| it.concat());
    proptest::collection::vec(text, 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn the_order_and_the_parts_do_not_matter(texts in texts(), at in 0usize..12) {
        let read = |part: &mut dyn Iterator<Item = (usize, &String)>| {
            let mut miner = Miner::default();
            part.for_each(|(at, text)| miner.read(text, &format!("a:{at}")));
            miner
        };
        let whole = read(&mut texts.iter().enumerate()).finish();
        let backwards = read(&mut texts.iter().enumerate().rev()).finish();
        let mut parts = read(&mut texts.iter().enumerate().skip(at));
        parts.merge(read(&mut texts.iter().enumerate().take(at)));
        prop_assert_eq!(&backwards, &whole);
        prop_assert_eq!(&parts.finish(), &whole);
    }

    #[test]
    fn any_text_can_be_mined(text in "\\PC{0,200}") {
        let _entries = mined(&[&text]);
    }
}
