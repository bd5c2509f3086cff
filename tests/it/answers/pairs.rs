//! The lists of pairs of frequent words: told by the positions of both, by counting.

use std::collections::BTreeMap;

use passages::analysis::{Family, query_tokens};
use passages::hit::Results;
use passages::index::{Generation, PhrasePositions, PhraseScorer, frequent_pair};
use proptest::prelude::*;
use tantivy::TERMINATED;

use crate::program::library::Library;

/// What texts are made of: words of the table, some of them also acronyms, others, and no words.
const WORDS: [&str; 23] = [
    "the",
    "of",
    "in",
    "The",
    "THE",
    "that",
    "it",
    "IT",
    "It",
    "is",
    "IS",
    "who",
    "WHO",
    "a",
    "A",
    "i",
    "its",
    "it's",
    "U.S.",
    "theory",
    "of-the",
    "中国",
    "rare of the theory",
];

const BETWEEN: [&str; 12] =
    [" ", " ", " ", " ", ", ", ". ", "\n", "\n\n", "-", " – ", "'", " (the) "];

fn text(words: usize) -> impl Strategy<Value = String> {
    let word = (prop::sample::select(&WORDS), prop::sample::select(&BETWEEN));
    let words = prop::collection::vec(word, 0..words);
    words.prop_map(|it| it.into_iter().flat_map(|(word, between)| [word, between]).collect())
}

/// The exact tokens that a typed word asks for.
fn forms(word: &str) -> Vec<String> {
    query_tokens(word).into_iter().next().unwrap().exact
}

/// Passages and frequencies of a pair, as they stand in its list.
fn listed(index: &Generation, pair: &str) -> Vec<(u32, u32)> {
    let mut all = Vec::new();
    if let Some(mut list) = index.postings(Family::Bigram, pair).unwrap() {
        list.walk(TERMINATED, |passage, frequency| all.push((passage, frequency)));
    }
    all
}

/// All places of some exact tokens.
fn places(index: &Generation, forms: &[String]) -> Vec<(u32, u32)> {
    let mut all = Vec::new();
    for form in forms {
        let Some(mut list) = index.postings_with_positions(Family::Exact, form).unwrap() else {
            continue;
        };
        while list.passage() < TERMINATED {
            let (passage, mut positions) = (list.passage(), Vec::new());
            list.append_positions(&mut positions);
            all.extend(positions.into_iter().map(|it| (passage, it)));
            list.advance();
        }
    }
    all.sort_unstable();
    all
}

/// The same by the positions.
fn counted(index: &Generation, first: &[String], second: &[String]) -> Vec<(u32, u32)> {
    let followers = places(index, second);
    let mut all = BTreeMap::new();
    for (passage, position) in places(index, first) {
        if followers.binary_search(&(passage, position + 1)).is_ok() {
            *all.entry(passage).or_default() += 1;
        }
    }
    all.into_iter().collect()
}

/// The same of three words, by the positions, and by the walk that a phrase takes.
fn both(index: &Generation, words: [&[String]; 3]) -> [Vec<(u32, u32)>; 2] {
    let [first, second, third] = words.map(|it| places(index, it));
    let mut counted = BTreeMap::new();
    for (passage, position) in first {
        let follows = |places: &[(u32, u32)], at| places.binary_search(&(passage, at)).is_ok();
        if follows(&second, position + 1) && follows(&third, position + 2) {
            *counted.entry(passage).or_default() += 1;
        }
    }
    let mut places = Vec::new();
    for (offset, forms) in (0..).zip(words) {
        let lists =
            forms.iter().filter_map(|it| index.postings_with_positions(Family::Exact, it).unwrap());
        let lists: Vec<_> = lists.collect();
        if lists.is_empty() {
            return [counted.into_iter().collect(), Vec::new()];
        }
        places.push(PhrasePositions::new(lists, offset));
    }
    let term = words.windows(2).find_map(|it| frequent_pair(it[0], it[1]));
    let filter = term.map(|it| index.postings(Family::Bigram, &it).unwrap());
    let filters = match filter {
        Some(Some(list)) => vec![list],
        Some(None) => return [counted.into_iter().collect(), Vec::new()],
        None => Vec::new(),
    };
    let mut together = PhraseScorer::new(filters, places);
    let (mut walked, mut from) = (Vec::new(), 0);
    while let Some(passage) = together.next(from) {
        let frequency = u32::try_from(together.side_by_side(u32::MAX)).unwrap();
        walked.extend((frequency > 0).then_some((passage, frequency)));
        from = passage + 1;
    }
    [counted.into_iter().collect(), walked]
}

fn library(articles: &[(String, String)]) -> Library {
    let ids: Vec<String> = (0..articles.len()).map(|it| it.to_string()).collect();
    let records = ids.iter().zip(articles);
    let records: Vec<(&str, &str, &str)> =
        records.map(|(id, (title, text))| (id.as_str(), title.as_str(), text.as_str())).collect();
    Library::of_records(&records)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]

    #[test]
    fn lists_of_pairs_and_phrases_are_what_positions_tell(
        articles in prop::collection::vec((text(6), text(60)), 1..160),
    ) {
        // A word so rare that those beside it are sought last.
        let mut articles = articles;
        for (_, text) in articles.iter_mut().step_by(16) {
            text.push_str("\nseldom of what, seldom of the seldom is it, of the seldom");
        }
        let library = library(&articles);
        let index = library.searcher.index();
        let mut pairs = 0;
        for first in ["the", "of", "in", "that", "it", "is", "who", "a", "i", "its"].map(forms) {
            for second in ["the", "of", "it", "is", "who", "that"].map(forms) {
                let term = frequent_pair(&first, &second).unwrap();
                let listed = listed(index, &term);
                prop_assert_eq!(&listed, &counted(index, &first, &second), "{}", term);
                pairs += listed.len();
            }
        }
        prop_assert!(pairs > 0 || articles.len() < 10);
        for first in ["the", "of", "theory", "rare", "seldom"].map(forms) {
            for second in ["of", "the", "rare", "seldom"].map(forms) {
                for third in ["the", "is", "theory", "seldom"].map(forms) {
                    let [counted, walked] = both(index, [&first, &second, &third]);
                    prop_assert_eq!(counted, walked, "{:?} {:?} {:?}", first, second, third);
                }
            }
        }
    }
}

#[test]
fn a_pair_is_kept_of_frequent_words_in_all_their_forms_alone() {
    let forms = |texts: &[&str]| texts.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    let pair = |first: &[&str], second: &[&str]| frequent_pair(&forms(first), &forms(second));
    assert_eq!(pair(&["of"], &["the"]).as_deref(), Some("of the"));
    assert_eq!(pair(&["it", "IT"], &["is", "IS"]).as_deref(), Some("it is"));
    assert_eq!(pair(&["it"], &["the"]), None);
    assert_eq!(pair(&["IT"], &["the"]), None);
    assert_eq!(pair(&["IT", "it"], &["the"]), None);
    assert_eq!(pair(&["the", "of"], &["the"]), None);
    assert_eq!(pair(&["the"], &["train"]), None);
    assert_eq!(pair(&["the"], &[]), None);
}

#[test]
fn a_quoted_pair_is_found_where_it_stands_and_nowhere_else() {
    let library = Library::of_records(&[
        ("side", "", "He waited at the station, in the rain."),
        ("often", "", "In the morning, in the evening, IN THE END."),
        ("across", "What they found in", "The rest is told elsewhere."),
        ("apart", "", "They went in.\n\nThe others stayed in their rooms."),
        ("other", "", "It is in a house of the town."),
        ("acronym", "", "Their IT is the best that money buys."),
    ]);
    let found = |query: &str| {
        let Results { mut hits, remarks, .. } = library.ask(query);
        assert!(remarks.is_empty(), "{query}: {remarks:?}");
        hits.sort_by(|a, b| a.article.cmp(&b.article));
        hits.into_iter().map(|it| it.article).collect::<Vec<_>>()
    };
    assert_eq!(library.ids("\"in the\""), ["often", "side"]);
    assert_eq!(found("\"of the\""), ["other"]);
    assert_eq!(found("\"it is\""), ["acronym", "other"]);
    assert_eq!(found("\"IT is\""), ["acronym"]);
    assert_eq!(found("\"is the best\""), ["acronym"]);
    assert_eq!(found("\"in the end\""), ["often"]);
    assert_eq!(found("title:\"found in\""), ["across"]);
}

#[test]
fn a_frequent_third_word_that_stands_elsewhere_alone_is_missed() {
    let mut texts = vec!["Seldom trains stop."];
    texts.extend(["Many trains the."; 9]);
    texts.extend(["Many more the."; 10]);
    let articles: Vec<_> = texts.iter().map(|it| (String::new(), (*it).to_owned())).collect();
    let library = library(&articles);
    let words = ["seldom", "trains", "the"].map(forms);
    let nothing = Vec::new();
    let [counted, walked] = both(library.searcher.index(), [&words[0], &words[1], &words[2]]);
    assert_eq!((&counted, &walked), (&nothing, &nothing));
    for query in ["\"seldom trains the\"", "\"seldom trains the\"~2"] {
        let results = library.ask(query);
        assert!(results.remarks[0].text.contains("no passage holds"), "{query}");
    }
    assert_eq!(library.ids("\"seldom trains stop\"~1"), ["0"]);
}
