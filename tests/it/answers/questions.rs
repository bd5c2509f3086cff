//! Judged questions to the sample articles, and the whole ranking of each as a golden file: a
//! change of ranking is a change of these files. `UPDATE_EXPECT=1 cargo test questions` renews it.

use std::fmt::Write as _;

use expect_test::expect_file;
use passages::hit::Results;
use serde::Deserialize;

use crate::program::library::Library;

#[derive(Deserialize)]
struct Questions {
    question: Vec<Question>,
}

#[derive(Deserialize)]
struct Question {
    query: String,
    answer: String,
    kind: String,
    #[serde(default = "first")]
    rank: usize,
}

fn first() -> usize {
    1
}

fn questions() -> Vec<Question> {
    let all: Questions = toml::from_str(include_str!("../../questions.toml")).unwrap();
    all.question
}

/// The rank of the passage that answers, from 1; 0 when it is not among the hits.
fn rank(results: &Results, answer: &str) -> usize {
    // The sample articles hold no-break spaces.
    let holds = |text: &str| on_one_line(text).contains(answer);
    results.hits.iter().position(|it| holds(&it.text)).map_or(0, |it| it + 1)
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_question_finds_its_passage_where_it_is_expected() {
    let library = Library::of_seeds();
    let mut wrong = String::new();
    for it in questions() {
        let found = rank(&library.ask(&it.query), &it.answer);
        if found != it.rank {
            writeln!(wrong, "{}: rank {found}, expected {}", it.query, it.rank).unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn the_questions_are_of_all_kinds() {
    let all = questions();
    let count = |kind: &str| all.iter().filter(|it| it.kind == kind).count();
    assert!(all.len() >= 40 && count("topical") >= 10);
    assert!(count("en") >= 10 && count("zh") >= 8 && count("mixed") >= 5);
}

#[test]
fn rankings_are_as_in_the_golden_file() {
    let library = Library::of_seeds();
    let mut golden = String::new();
    for it in questions() {
        let results = library.ask(&it.query);
        writeln!(golden, "? {}", it.query).unwrap();
        let (total, complete) = (results.total, results.total_complete);
        let rank = rank(&results, &it.answer);
        writeln!(golden, "  {total} hits, {complete} complete, answer at {rank}").unwrap();
        for remark in &results.remarks {
            writeln!(golden, "  ! {}", remark.text).unwrap();
        }
        for hit in results.hits.iter().take(3) {
            writeln!(golden, "  {} {}@{} {}", hit.rank, hit.article, hit.passage, marked(hit))
                .unwrap();
            if !hit.missing.is_empty() {
                writeln!(golden, "    without {}", hit.missing.join(", ")).unwrap();
            }
        }
    }
    expect_file!["../../golden/questions.txt"].assert_eq(&golden);
}

/// The snippet on one line with its highlights in brackets.
fn marked(hit: &passages::hit::Hit) -> String {
    let mut text = String::new();
    let mut at = 0;
    for (start, end) in &hit.highlights {
        text += &hit.snippet[at..*start];
        text += "[";
        text += &hit.snippet[*start..*end];
        text += "]";
        at = *end;
    }
    text += &hit.snippet[at..];
    on_one_line(&text)
}
