//! Written dates, in the forms people use.

use std::collections::BTreeMap;
use std::fs;

use passages::date::{find, read};

#[derive(serde::Deserialize)]
struct Table {
    forms: BTreeMap<String, String>,
}

#[test]
fn written_dates_are_read() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/dates.toml");
    let table: Table = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    assert!(table.forms.len() >= 35);
    let mut wrong = Vec::new();
    for (text, expected) in table.forms {
        let found = find(&text).map(|it| it.day.to_string()).unwrap_or_default();
        if found != expected {
            wrong.push(format!("{text}: found `{found}`, expected `{expected}`"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn an_ambiguous_day_keeps_both_readings() {
    let found = find("05-06-2015").unwrap();
    assert_eq!(found.day.to_string(), "2015");
    let readings = found.readings.unwrap().map(|it| it.to_string());
    assert_eq!(readings, ["2015-06-05", "2015-05-06"]);
}

#[test]
fn the_span_is_the_date_without_what_is_glued_to_it() {
    let text = "Posted 23 Oct 20152 by admin";
    assert_eq!(find(text).unwrap().span.of(text), "23 Oct 2015");
    let text = "新华社北京２０１８年９月１２日电";
    assert_eq!(find(text).unwrap().span.of(text), "２０１８年９月１２日");
}

#[test]
fn a_field_may_be_a_year_or_digits_alone() {
    let day = |text: &str| read(text).map(|it| it.day.to_string());
    assert_eq!(day("2015").as_deref(), Some("2015"));
    assert_eq!(day(" 2015-10 ").as_deref(), Some("2015-10"));
    assert_eq!(day("20151025T101500Z").as_deref(), Some("2015-10-25"));
    assert_eq!(day("20159925"), None);
    assert_eq!(day("soon"), None);
}

#[test]
fn no_text_makes_it_fail() {
    for text in [
        "年",
        "月1日",
        "1-",
        "2015年",
        "2015-",
        "99999999999999999999",
        "é12-",
        "Oct",
        "一年",
        "12 Oct 20",
    ] {
        assert!(find(text).is_none(), "{text}");
    }
}
