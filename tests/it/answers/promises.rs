//! What holds for every query: nothing contiguous is lost, quotes mean what they say, order does
//! not depend on the limit, and English articles do not disturb Chinese answers.

use passages::query::RemarkKind;
use passages::searcher::{GroupBy, Options};
use passages::text::{fold, is_han};
use proptest::prelude::*;

use crate::program::library::Library;

const CHINESE: &[(&str, &str, &str)] = &[
    (
        "z1",
        "中欧班列",
        "从武汉开往莫斯科的货运列车于周六首发。全程九千七百公里，历时十二天，比海运快一半。",
    ),
    (
        "z2",
        "普京访华",
        "俄罗斯总统弗拉基米尔·普京抵达北京，与习近平主席会晤，双方讨论一带一路与欧亚经济联盟对接。",
    ),
    (
        "z3",
        "繁體報道",
        "中國與俄羅斯的貿易額持續增長，絲綢之路經濟帶帶來新的機遇。人民幣結算後來居上。",
    ),
    ("z4", "能源", "中国农业发展银行为天然气管道提供贷款，输气量将在五年内翻一番。"),
    (
        "z5",
        "Mixed news",
        "The journal 中国军事科学 says that 5G网络 and 高铁 matter to 中俄关系 more than ever.",
    ),
];

/// The maximal Han runs of a text, folded, white space within them dropped.
fn runs(text: &str) -> Vec<Vec<char>> {
    let folded = fold(text).text;
    let parts = folded.split(|c: char| !is_han(c) && !c.is_whitespace() && c != '·' && c != '-');
    parts
        .map(|it| it.chars().filter(|c| is_han(*c)).collect())
        .filter(|it: &Vec<_>| !it.is_empty())
        .collect()
}

/// Numbers of the passages (title and text) that hold the folded Han characters side by side.
fn scanned(library: &Library, wanted: &[char]) -> Vec<String> {
    let index = library.searcher.index();
    let holds =
        |text: &str| runs(text).iter().any(|run| run.windows(wanted.len()).any(|it| it == wanted));
    let mut found = Vec::new();
    for passage in 0..index.manifest().statistics.passages {
        let record = index.passage(passage).unwrap();
        let article = index.article(record.article).unwrap();
        let is_searched = record.title_positions > 0;
        let in_title = is_searched && article.title.is_some_and(&holds);
        if holds(index.text(passage).unwrap()) || in_title {
            found.push(format!("{}@{}", article.id, article.ordinal_of(passage)));
        }
    }
    found.sort();
    found
}

fn quoted(library: &Library, query: &str) -> Vec<String> {
    let options = Options { limit: 10_000, fold_copies: false, ..Options::default() };
    let hits = library.ask_with(&format!("\"{query}\""), &options).hits;
    let complete = hits.into_iter().filter(|it| it.missing.is_empty());
    let mut found: Vec<String> =
        complete.map(|it| format!("{}@{}", it.article, it.passage)).collect();
    found.sort();
    found
}

/// Checks every Han substring of up to eight characters at a step; returns how many.
fn check_substrings(library: &Library, step: usize) -> usize {
    let mut tried = 0;
    for text in library.texts() {
        for run in runs(&text) {
            for length in 1..=run.len().min(8) {
                for wanted in run.windows(length).step_by(step) {
                    let query: String = wanted.iter().collect();
                    let expected = scanned(library, wanted);
                    assert!(!expected.is_empty(), "{query}");
                    assert_eq!(quoted(library, &query), expected, "quoted {query}");
                    let plain = library.ask(&query);
                    let first =
                        plain.hits.first().unwrap_or_else(|| panic!("{query} finds nothing"));
                    assert!(first.missing.is_empty(), "{query} misses {:?}", first.missing);
                    tried += 1;
                }
            }
        }
    }
    tried
}

#[test]
fn every_han_substring_finds_its_passage_and_quoted_hits_equal_a_scan() {
    let tried = check_substrings(&Library::of_seeds(), 2)
        + check_substrings(&Library::of_records(CHINESE), 1);
    println!("{tried} tried, 0 failed");
    assert!(tried >= 800, "{tried}");
}

#[test]
fn two_function_characters_are_found_where_they_belong_to_other_words() {
    let library = Library::of_records(&[
        ("a", "", "他的成就是大家的骄傲。"),
        ("b", "", "这就是答案。"),
        ("c", "", "没有别的话。"),
    ]);
    for query in ["就是", "\"就是\""] {
        let results = library.ask(query);
        assert_eq!((results.total, results.total_complete), (2, 2), "{query}");
        assert!(results.hits.iter().all(|it| it.missing.is_empty()), "{query}");
    }
}

#[test]
fn traditional_text_is_found_by_simplified_and_the_reverse() {
    let library = Library::of_records(CHINESE);
    assert_eq!(library.ids("丝绸之路经济带").first().unwrap(), "z3");
    assert_eq!(library.ids("後來居上").first().unwrap(), "z3");
    assert_eq!(library.ids("中國農業發展銀行").first().unwrap(), "z4");
}

#[test]
fn english_articles_do_not_reorder_chinese_answers() {
    let queries = ["普京", "中俄关系", "经济", "丝绸之路经济带 贸易", "天然气管道贷款"];
    let alone = Library::of_records(CHINESE);
    let english: Vec<(String, String)> = (0..2_000)
        .map(|at| {
            (format!("e{at}"), format!("Freight number {at} left the port of call {at} today."))
        })
        .collect();
    let mut records = CHINESE.to_vec();
    records.extend(english.iter().map(|(id, text)| (id.as_str(), "", text.as_str())));
    let among = Library::of_records(&records);
    for query in queries {
        assert_eq!(alone.ids(query), among.ids(query), "{query}");
        let score = |library: &Library| library.ask(query).hits.first().map(|it| it.score);
        let (one, other) = (score(&alone).unwrap(), score(&among).unwrap());
        assert!((one - other).abs() < 1e-3, "{query}: {one} alone, {other} among English");
    }
}

#[test]
fn a_short_answer_is_the_beginning_of_a_long_one_and_scores_never_rise() {
    let library = Library::of_seeds();
    for query in [
        "China Russia trade",
        "sanctions",
        "the of",
        "普京 trade",
        "\"Belt and Road\" Russia",
        "Russia OR 俄",
    ] {
        for by in [GroupBy::Passage, GroupBy::Article] {
            let ask = |limit: usize, offset: usize| {
                let options = Options { limit, offset, by, ..Options::default() };
                let hits = library.ask_with(query, &options).hits;
                hits.into_iter()
                    .map(|it| (it.rank, it.article, it.passage, it.score))
                    .collect::<Vec<_>>()
            };
            let long = ask(100, 0);
            assert!(long.windows(2).all(|it| it[0].3 >= it[1].3), "{query}");
            for limit in [1, 3, 10] {
                assert_eq!(ask(limit, 0), long[..limit.min(long.len())], "{query}");
            }
            assert_eq!(ask(5, 2), long[2.min(long.len())..7.min(long.len())], "{query}");
        }
    }
}

#[test]
fn the_parts_of_an_explained_score_add_up_to_it() {
    let library = Library::of_seeds();
    for query in [
        "Wuhan Moscow train",
        "OBOR",
        "军事政治联盟",
        "\"economic corridor\" Mongolia",
        "sanction*",
    ] {
        let options = Options { explains: true, ..Options::default() };
        let results = library.ask_with(query, &options);
        assert!(!results.hits.is_empty(), "{query}");
        for hit in results.hits {
            let why = hit.why.unwrap();
            assert!((why.score() - hit.score).abs() < 1e-6, "{query}");
            assert!(
                why.terms.iter().all(|it| it.score > 0.0 && it.passages > 0),
                "{query}: {why:?}"
            );
        }
    }
}

#[test]
fn complete_hits_come_first_and_the_others_say_what_they_miss() {
    let library = Library::of_seeds();
    let hits = library.ask("Wuhan Moscow train").hits;
    let is_complete: Vec<bool> = hits.iter().map(|it| it.missing.is_empty()).collect();
    assert!(is_complete[0] && !is_complete[9]);
    assert!(is_complete.is_sorted_by(|one, other| one >= other));
    for hit in hits {
        let text = format!("{} {}", hit.title.unwrap_or_default(), hit.text).to_lowercase();
        for word in ["Wuhan", "Moscow", "train"] {
            let is_missing = hit.missing.contains(&word.to_owned());
            assert_eq!(is_missing, !text.contains(&word.to_lowercase()), "{word} in {text}");
        }
    }
}

#[test]
fn what_must_and_must_not_stand_there_never_relaxes() {
    let library = Library::of_seeds();
    let texts = |query: &str| {
        let options = Options { limit: 1000, ..Options::default() };
        let hits = library.ask_with(query, &options).hits;
        hits.into_iter()
            .map(|it| format!("{} {}", it.title.unwrap_or_default(), it.text).to_lowercase())
            .collect::<Vec<_>>()
    };
    let with = texts("trade +Mongolia");
    assert!(!with.is_empty() && with.iter().all(|it| it.contains("mongolia")));
    let without = texts("Russia -China");
    assert!(without.iter().all(|it| !it.contains("china ") && !it.contains("china.")));
    assert!(texts("Russia +zzzz").is_empty());
}

#[test]
fn another_name_is_announced_and_stands_below_what_was_typed() {
    let library = Library::of_records(&[
        ("a", "", "The Belt and Road Initiative reaches the port."),
        ("b", "", "一带一路 reaches the port."),
        ("c", "", "OBOR reaches the port."),
    ]);
    let results = library.ask("OBOR");
    let ids: Vec<&str> = results.hits.iter().map(|it| it.article.as_str()).collect();
    assert_eq!(ids.first(), Some(&"c"));
    assert_eq!(ids.len(), 3);
    assert!(results.remarks.iter().any(|it| it.kind == RemarkKind::Expanded));
    assert_eq!(library.ids("\"OBOR\""), ["c"]);
    let exact = Options { is_exact: true, ..Options::default() };
    assert_eq!(library.ask_with("OBOR", &exact).total, 1);
}

#[test]
fn a_quoted_phrase_that_stands_nowhere_is_searched_by_its_words_and_listed() {
    let library = Library::of_seeds();
    let results = library.ask("\"Moscow Wuhan train\"");
    assert!(results.total > 0 && results.total_complete == 0);
    assert!(results.hits.iter().all(|it| it.missing == ["Moscow Wuhan train"]));
    assert!(!results.remarks.is_empty());
}

#[test]
fn nothing_found_is_never_silent() {
    let library = Library::of_seeds();
    let said = |query: &str, kind: RemarkKind| {
        let results = library.ask(query);
        assert!(results.total > 0, "{query} finds nothing");
        assert!(results.remarks.iter().any(|it| it.kind == kind), "{query}: {:?}", results.remarks);
        assert!(results.hits.iter().all(|it| !it.missing.is_empty()), "{query} misses nothing");
        results.suggestion.unwrap()
    };
    assert_eq!(said("sanktions", RemarkKind::Corrected), "sanctions");
    assert_eq!(said("Karakoram", RemarkKind::Corrected), "Karakorum");
    assert_eq!(said("yidai yilu", RemarkKind::Pinyin), "一带一路");
    assert_eq!(said("\"一带一路\"", RemarkKind::Fewer), "一带一路");
    assert_eq!(library.ask("qqqqqqqq").total, 0);
}

#[test]
fn a_word_that_is_nowhere_is_read_otherwise_where_the_others_are_found() {
    let library = Library::of_seeds();
    let results = library.ask("sanktions Moscow Tushnio");
    assert_eq!(results.suggestion.as_deref(), Some("sanctions Moscow Tushino"));
    assert!(results.hits.iter().all(|it| it.missing.contains(&"sanktions".to_owned())));
    assert!(results.hits.iter().all(|it| !it.missing.contains(&"sanctions".to_owned())));
    let results = library.ask("yidai yilu Pakistan");
    assert_eq!(results.suggestion.as_deref(), Some("一带一路 Pakistan"));
    // A word that has another name, or is only excluded, is not misspelt.
    for query in ["Putin 普丁", "China -sanktions", "\"sanktions\" China"] {
        let results = library.ask(query);
        assert!(!results.remarks.iter().any(|it| it.kind == RemarkKind::Corrected), "{query}");
    }
    let exact = Options { is_exact: true, ..Options::default() };
    assert_eq!(library.ask_with("sanktions China", &exact).suggestion, None);
}

#[test]
fn a_misprint_does_not_hide_the_word() {
    let library = Library::of_records(&[
        ("a", "", "The Belt and Road Intiative was announced."),
        ("b", "", "The initiative brings trains."),
        ("c", "", "Every initiative has its critics."),
    ]);
    let results = library.ask("Intiative");
    assert_eq!(results.hits.len(), 1);
    assert_eq!(results.suggestion.as_deref(), Some("Initiative"));
    assert!(results.remarks.iter().any(|it| it.kind == RemarkKind::Corrected));
    assert_eq!(library.ask("critics").suggestion, None);
}

#[test]
fn filters_and_demands_are_never_relaxed_and_it_is_said() {
    let library = Library::of_seeds();
    for (query, suggestion) in [("Putin date:1990", "Putin"), ("+qqqqqqq Moscow", "qqqqqqq Moscow")]
    {
        let results = library.ask(query);
        assert_eq!(results.total, 0, "{query}");
        assert_eq!(results.suggestion.as_deref(), Some(suggestion));
        assert!(results.remarks.iter().any(|it| it.kind == RemarkKind::Fewer), "{query}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn highlights_mark_the_snippet_and_never_change_it(words in prop::collection::vec("(China|Russia|train|俄|关系|trade|\"Belt and Road\"|e-commerce|U\\.S\\.|[a-z]{3})", 1..5)) {
        thread_local!(static SEEDS: Library = Library::of_seeds());
        let query = words.join(" ");
        SEEDS.with(|library| {
            for hit in library.ask(&query).hits {
                assert!(hit.text.contains(&hit.snippet));
                let mut end = 0;
                for (from, to) in &hit.highlights {
                    assert!(end <= *from && from < to && *to <= hit.snippet.len(), "{query}");
                    assert!(hit.snippet.is_char_boundary(*from) && hit.snippet.is_char_boundary(*to));
                    end = *to;
                }
            }
        });
    }
}
