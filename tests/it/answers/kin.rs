//! `--more-like`: from a passage to its kin.

use serde_json::Value;

use crate::program::built_program::Folder;

const RECORDS: &str = r#"{"id":"train","text":"A freight train left Wuhan for Moscow along the railway through Kazakhstan, with cars of machinery and textiles."}
{"id":"copy","text":"A freight train left Wuhan for Moscow along the railway through Kazakhstan, with cars of machinery and textiles."}
{"id":"railway","text":"The railway through Kazakhstan carries freight cars; every train brings machinery to Europe."}
{"id":"bank","text":"The bank raised its interest rate, and the ruble fell against the dollar on Friday."}
{"id":"rate","text":"Interest on loans of the bank rose with the rate; the market fell.", "date":"2016-05-01"}
{"id":"tea","text":"Tea from Fujian is drunk in the morning, hot and without sugar."}
{"id":"中欧","text":"中欧班列从武汉出发，经过哈萨克斯坦，运输机械设备和纺织品。"}
{"id":"班列","text":"新的班列也经过哈萨克斯坦，把机械设备运输到欧洲。"}
{"id":"茶","text":"福建的茶叶很有名，早上喝热茶。"}
"#;

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("records.jsonl", RECORDS.as_bytes());
    folder.run(&["index", "records.jsonl"]).ends(0);
    folder
}

fn ids(answer: &Value) -> Vec<&str> {
    answer["hits"].as_array().unwrap().iter().map(|it| it["article"].as_str().unwrap()).collect()
}

#[test]
fn a_passage_leads_to_its_kin_and_not_to_its_copies() {
    let folder = folder();
    let answer = folder.run(&["--more-like", "train", "--json"]).ends(0).json();
    let found = ids(&answer);
    assert_eq!(found.first(), Some(&"railway"));
    assert!(!found.contains(&"train") && !found.contains(&"copy") && !found.contains(&"tea"));
    let remark = &answer["remarks"][0];
    assert_eq!(remark["kind"], "more-like");
    assert!(remark["text"].as_str().unwrap().starts_with("like train: "), "{remark}");
    for hit in answer["hits"].as_array().unwrap() {
        assert_eq!(hit["missing"], serde_json::json!([]));
        assert!(!hit["highlights"].as_array().unwrap().is_empty());
    }
    let by_passage = folder.run(&["--more-like", "train@1", "--json"]).ends(0).json();
    assert_eq!(ids(&by_passage), found);
    let explained = folder.run(&["--more-like=train", "--json", "--explain"]).ends(0).json();
    assert!(explained["hits"][0]["why"].is_object());
}

#[test]
fn chinese_passages_have_kin_too() {
    let folder = folder();
    let answer = folder.run(&["--more-like", "中欧", "--json"]).ends(0).json();
    assert_eq!(ids(&answer).first(), Some(&"班列"));
    assert!(!ids(&answer).contains(&"中欧"));
}

#[test]
fn a_query_and_filters_narrow_the_kin_down() {
    let folder = folder();
    let kin = |more: &[&str]| {
        let all: Vec<&str> =
            ["--more-like", "bank", "--json"].into_iter().chain(more.iter().copied()).collect();
        let answer = folder.run(&all).json();
        ids(&answer).iter().map(|it| (*it).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(kin(&[]), ["rate"]);
    assert_eq!(kin(&["--from", "2016"]), ["rate"]);
    assert!(kin(&["--from", "2017"]).is_empty());
    assert_eq!(kin(&["loans"]), ["rate"]);
    assert_eq!(kin(&["-n", "0"]), Vec::<String>::new());
    // The query is what a hit must hold something of; the kin only says in which order.
    assert_eq!(kin(&["sugar"]), ["tea"]);
}

#[test]
fn an_unknown_article_is_an_error_with_a_hint() {
    let folder = folder();
    for named in ["nowhere", "train@9", "train@0"] {
        let error = folder.run(&["--more-like", named, "--json"]).ends(2).json();
        assert_eq!(error["error"]["kind"], "no_article");
    }
    let error = folder.run(&["--more-like", "nowhere", "--json"]).ends(2).json();
    assert!(error["error"]["hint"].is_string());
}
