//! What is said beside the hits.

use expect_test::{Expect, expect};

use passages::hit::Results;
use passages::query::{Remark, RemarkKind};
use passages::show::{Look, notes};
use passages::text::Span;

#[track_caller]
fn check(results: &Results, expected: &Expect) {
    expected.assert_eq(&notes(results, &Look::plain()));
}

fn remark(text: &str, span: Option<Span>) -> Remark {
    Remark { kind: RemarkKind::Literal, text: text.to_owned(), span }
}

#[test]
fn a_caret_stands_under_what_a_remark_concerns_in_columns() {
    let remarks = vec![remark("`12:30` was searched as text", Some(Span::new(7, 12)))];
    let query = "中国 12:30 train".to_owned();
    let results = Results { query, remarks, total: 3, total_complete: 1, ..Results::default() };
    let expected = expect![[r#"
        note: `12:30` was searched as text
              中国 12:30 train
                   ^^^^^
        more than 3 hits, at least 1 with every term
    "#]];
    check(&results, &expected);
}

#[test]
fn nothing_found_is_said() {
    let suggestion = Some("sanctions".to_owned());
    let query = "sanktions".to_owned();
    let results = Results { query, suggestion, took_us: Some(1_234), ..Results::default() };
    let expected = expect![[r"
        did you mean: sanctions
        no hits for sanktions (1.2 ms)
    "]];
    check(&results, &expected);
}
