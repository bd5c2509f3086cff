//! An index as its callers see it: built, opened, brought up to date.

use std::fs;
use std::path::Path;

use passages::analysis::Family;
use passages::index::{Index, Kind, Report, Request, Root, build};
use tantivy::schema::IndexRecordOption;

/// Builds `dir/index` from the files below `dir/notes`.
#[track_caller]
fn built(dir: &Path) -> Report {
    let root = Root { path: "notes".to_owned(), base: dir.to_str().unwrap().to_owned() };
    build(&request(dir, vec![root]), &|_| ()).unwrap()
}

fn request(dir: &Path, roots: Vec<Root>) -> Request {
    Request { dir: dir.join("index"), roots, keeps_roots: false, rebuilds: false, now_s: 5 }
}

fn write(dir: &Path, name: &str, text: &str) {
    let path = dir.join("notes").join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn what_is_built_is_found_when_opened() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "a.txt", "Trains run from Wuhan to Moscow.\n");
    write(
        dir.path(),
        "b.jsonl",
        "{\"id\":\"b1\",\"title\":\"Bahn\",\"text\":\"武汉到莫斯科的列车\"}\n",
    );
    let report = built(dir.path());
    assert_eq!((report.files_added, report.articles, report.has_changed), (2, 2, true));
    let index = Index::open(&dir.path().join("index")).unwrap();
    assert_eq!(index.manifest().statistics.passages, 2);
    assert_eq!(index.manifest().statistics.han.passages, 1);
    assert_eq!(index.document_frequency(Family::Exact, "wuhan").unwrap(), 1);
    assert_eq!(index.document_frequency(Family::Bigram, "武汉").unwrap(), 1);
    assert_eq!(index.document_frequency(Family::Exact, "paris").unwrap(), 0);
    let number = index.article_number("b1").unwrap();
    let article = index.article(number).unwrap();
    assert_eq!((article.title, article.path), (Some("Bahn"), "notes/b.jsonl"));
    assert_eq!(index.text(article.first_passage).unwrap(), "武汉到莫斯科的列车");
    assert_eq!(index.word_frequency("汉到"), None);
}

#[test]
fn body_follows_the_title_after_one_empty_position() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "b.jsonl", "{\"id\":\"x\",\"title\":\"one two\",\"text\":\"three two\"}\n");
    built(dir.path());
    let index = Index::open(&dir.path().join("index")).unwrap();
    assert_eq!(index.passage(0).unwrap().title_positions, 2);
    let option = IndexRecordOption::WithFreqsAndPositions;
    let mut postings = index.postings(Family::Exact, "two", option).unwrap().unwrap();
    let mut positions = Vec::new();
    tantivy::postings::Postings::positions(&mut postings, &mut positions);
    assert_eq!(positions, [1, 4]);
}

#[test]
fn nothing_there_is_no_index() {
    let dir = tempfile::tempdir().unwrap();
    let problem = Index::open(&dir.path().join("index")).unwrap_err();
    assert_eq!(problem.kind, Kind::NoIndex);
    assert!(problem.hint.is_some());
}
