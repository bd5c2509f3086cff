//! What a query must find, however the text writes it: `tests/cases/language.toml`.

use passages::searcher::Options;
use serde::Deserialize;

use crate::program::library::Library;

#[derive(Deserialize)]
struct Table {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    query: String,
    text: String,
    r#match: bool,
}

#[test]
fn what_is_asked_is_found_however_it_is_written() {
    let table: Table = toml::from_str(include_str!("../../cases/language.toml")).unwrap();
    let ids: Vec<String> = (0..table.case.len()).map(|it| format!("case {it}")).collect();
    let records: Vec<_> =
        ids.iter().zip(&table.case).map(|(id, it)| (id.as_str(), "", it.text.as_str())).collect();
    let library = Library::of_records(&records);
    let options = Options { limit: 1_000, fold_copies: false, ..Options::default() };
    let mut wrong = Vec::new();
    for (id, case) in ids.iter().zip(&table.case) {
        let results = library.ask_with(&case.query, &options);
        let hit = results.hits.iter().find(|it| it.article == *id);
        if hit.is_some_and(|it| it.missing.is_empty()) != case.r#match {
            let missing = hit.map(|it| it.missing.clone());
            wrong.push(format!("{} | {} | missing {missing:?}", case.query, case.text));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
