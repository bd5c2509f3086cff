//! Which topics a passage touches, against a reading of every passage word by word.

use std::collections::BTreeSet;

use passages::analysis::{Analyzer, Family, Tokens};
use passages::lexicon::curated;
use passages::query::parse;
use passages::searcher::Options;

use crate::program::library::Library;

const RECORDS: [(&str, &str, &str); 7] = [
    (
        "both",
        "Freight and money",
        "Sanctions on oil slowed the China-Europe freight train in 2022.",
    ),
    ("title", "The Belt and Road Initiative", "Nothing of it stands in the text itself."),
    ("apart", "Words apart", "A belt was lost on the road; and who sanctioned that?"),
    ("han", "", "俄罗斯总统普京谈到制裁和中欧班列。"),
    ("within", "", "他们在一带一路沿线建设铁路。"),
    ("capitals", "", "They asked us who is at the border."),
    ("none", "", "Rain fell in the night, and in the morning the garden was wet."),
];

/// The exact tokens of a text with their positions.
fn exact(text: &str) -> Vec<(u32, String)> {
    let mut tokens = Tokens::default();
    Analyzer::for_query().tokens(text, &mut tokens);
    tokens.family(Family::Exact).map(|it| (it.position, tokens.text(it).to_owned())).collect()
}

/// The topics of the concepts of which a name stands in one of the texts.
fn read_off(texts: [&str; 2]) -> Vec<String> {
    let texts = texts.map(exact);
    let holds = |name: &String| {
        let name = exact(name);
        texts.iter().any(|text| {
            text.windows(name.len().max(1)).any(|part| {
                let start = part[0].0;
                part.iter()
                    .zip(&name)
                    .all(|(one, other)| one.1 == other.1 && one.0 - start == other.0)
            })
        })
    };
    let lexicon = curated().unwrap();
    let topical = lexicon.entries.iter().filter(|it| it.names.iter().any(holds));
    let topics: BTreeSet<String> = topical.flat_map(|it| it.topics.clone()).collect();
    topics.into_iter().collect()
}

fn check(library: &Library) -> usize {
    let index = library.searcher.index();
    let topics = index.lexicon().topics();
    let mut touched = vec![0; topics.len()];
    let mut all = 0;
    for passage in 0..index.manifest().statistics.passages {
        let own: Vec<usize> = index.topics_of(passage).collect();
        own.iter().for_each(|it| touched[*it] += 1);
        let mut names: Vec<String> = own.iter().map(|it| topics[*it].name.clone()).collect();
        names.sort_unstable();
        let record = index.passage(passage).unwrap();
        let article = index.article(record.article).unwrap();
        let title = article.title.filter(|_| record.title_positions > 0).unwrap_or_default();
        assert_eq!(names, read_off([title, index.text(passage).unwrap()]), "{}", article.id);
        all += names.len();
    }
    for (number, topic) in topics.iter().enumerate() {
        assert_eq!(index.topic_count(number), touched[number], "{}", topic.name);
        let options = Options { fold_copies: false, limit: 100, ..Options::default() };
        let query = parse(&format!("topic:{}", topic.name));
        let found = library.searcher.search(&query, &options).unwrap();
        assert_eq!(found.total, touched[number], "{}", topic.name);
        assert!(found.hits.iter().all(|it| it.topics.contains(&topic.name)), "{}", topic.name);
    }
    all
}

#[test]
fn a_passage_touches_the_topics_whose_names_it_holds() {
    let library = Library::of_records(&RECORDS);
    check(&library);
    let topics = |id: &str| {
        let index = library.searcher.index();
        let article = index.article(index.article_number(id).unwrap()).unwrap();
        index.topics_of(article.first_passage).count()
    };
    for (id, holds) in [("both", true), ("title", true), ("han", true), ("within", true)] {
        assert_eq!(topics(id) > 0, holds, "{id}");
    }
    assert_eq!([topics("capitals"), topics("none")], [0, 0]);
}

#[test]
fn topics_of_the_seeds_are_as_read_off() {
    assert!(check(&Library::of_seeds()) > 100);
}
