//! The forms of an answer, on made-up results.

use expect_test::{Expect, expect};

use passages::article::{DateSource, Lang};
use passages::date::Day;
use passages::hit::{Copy, Hit, Results};
use passages::query::{Remark, RemarkKind};
use passages::rank::{Explanation, TermPart};
use passages::show::{self, Look};
use passages::text::Span;

fn story() -> Hit {
    let text = "A freight train, the X8044,\nset off from Wuhan to Moscow with 41 cars. It will \
                take 12 days to reach the Russian capital.";
    let snippet = text.split_inclusive("cars.").next().unwrap();
    let mark = |it: &str| snippet.find(it).map(|at| (at, at + it.len())).unwrap();
    Hit {
        rank: 1,
        score: 12.5,
        article: "news/a.txt#2".to_owned(),
        passage: 4,
        path: "news/a.txt".to_owned(),
        line: 41,
        title: Some("Train to Moscow *leaves* Wuhan".to_owned()),
        author: Some("Xinhua".to_owned()),
        date: Day::parse("2015-10-24"),
        date_source: Some(DateSource::Byline),
        url: None,
        lang: Lang::En,
        text: text.to_owned(),
        snippet: snippet.to_owned(),
        highlights: vec![mark("train"), mark("Wuhan"), mark("Moscow")],
        title_highlights: vec![(0, 5), (9, 15)],
        missing: Vec::new(),
        copies: vec![Copy {
            article: "news/b.txt#1".to_owned(),
            passage: 1,
            path: "news/b.txt".to_owned(),
            line: 3,
            date: Day::parse("2015-10"),
        }],
        topics: vec!["freight-routes".to_owned()],
        why: None,
    }
}

fn record() -> Hit {
    Hit {
        rank: 2,
        score: 3.25,
        article: "id 7".to_owned(),
        passage: 1,
        path: "more/c.jsonl".to_owned(),
        line: 7,
        title: None,
        author: None,
        date: None,
        date_source: None,
        url: Some("https://example.org/7".to_owned()),
        lang: Lang::Mixed,
        text: "一带一路\u{1b}[2J倡议 and #1".to_owned(),
        snippet: "一带一路\u{1b}[2J倡议 and #1".to_owned(),
        highlights: vec![(0, 12)],
        title_highlights: Vec::new(),
        missing: vec!["Wuhan".to_owned(), "train".to_owned()],
        copies: Vec::new(),
        topics: Vec::new(),
        why: None,
    }
}

fn results() -> Results {
    Results {
        query: "Wuhan Moscow 12:30".to_owned(),
        understood: "wuhan moscow 12:30".to_owned(),
        took_us: Some(812),
        total: 2,
        total_is_exact: true,
        total_complete: 1,
        hits: vec![story(), record()],
        remarks: vec![Remark {
            kind: RemarkKind::Literal,
            text: "`12:30` was searched as text".to_owned(),
            span: Some(Span::new(13, 18)),
        }],
        suggestion: None,
    }
}

#[track_caller]
fn check(actual: &str, expected: &Expect) {
    // A first line at the margin keeps the indentation of the others from being cut.
    expected.assert_eq(&format!("shown:\n{actual}"));
}

#[test]
fn text_in_a_pipe_is_plain_and_fits_80_columns() {
    check(
        &show::text(&results(), &[], &Look::plain()),
        &expect![[r#"
            shown:
             1. *Train* to *Moscow* *leaves* Wuhan
                2015-10-24  news/a.txt:41  #2@4  by Xinhua
                A freight *train*, the X8044, set off from *Wuhan* to *Moscow* with 41
                cars. …
                also: news/b.txt:3 (2015-10)

             2. more/c.jsonl:7  id 7@1  mixed
                *一带一路*[2J倡议 and #1
                without: Wuhan, train
        "#]],
    );
}

#[test]
fn a_title_that_alone_matches_is_shown_as_far_as_it_does() {
    let title = "What the ministers of eleven countries said of freight when they met, and what \
                 they did not say of tariffs";
    let mark = title.find("tariffs").map(|at| (at, at + 7)).unwrap();
    let hit = Hit {
        title: Some(title.to_owned()),
        title_highlights: vec![mark],
        highlights: Vec::new(),
        copies: Vec::new(),
        ..story()
    };
    let both = Hit { highlights: story().highlights, ..hit.clone() };
    let shown = |hit: Hit| {
        let results = Results { hits: vec![hit], ..results() };
        show::text(&results, &[], &Look::plain())
    };
    check(
        &shown(hit),
        &expect![[r#"
            shown:
             1. What the ministers of eleven countries said of freight when they met, and
                what they did not say of *tariffs*
                2015-10-24  news/a.txt:41  #2@4  by Xinhua
                A freight train, the X8044, set off from Wuhan to Moscow with 41 cars. …
        "#]],
    );
    // Where the snippet has marks of its own, the title keeps to its line.
    assert!(shown(both).lines().next().unwrap().ends_with('…'));
}

#[test]
fn text_on_a_terminal_has_colour_links_and_no_escape_of_a_document() {
    let link = |path: &str| Some(format!("file:///home/{path}"));
    let look = Look { columns: 60, has_colour: true, link: Some(&link) };
    let shown = show::text(&results(), &[], &look);
    assert!(!shown.contains("\u{1b}[2J"), "{shown}");
    check(
        &shown.replace('\u{1b}', "␛"),
        &expect![[r#"
            shown:
            ␛[2m 1. ␛[0m␛[1;4;31mTrain␛[0m␛[1m to ␛[0m␛[1;4;31mMoscow␛[0m␛[1m *leaves* Wuhan␛[0m
                2015-10-24  ␛]8;;file:///home/news/a.txt␛\␛[2mnews/a.txt:41␛[0m␛]8;;␛\␛[2m  #2@4␛[0m␛[2m  by Xinhua␛[0m
                A freight ␛[1;31mtrain␛[0m, the X8044, set off from ␛[1;31mWuhan␛[0m to ␛[1;31mMoscow␛[0m
                with 41 cars. …
                ␛[2malso: news/b.txt:3 (2015-10)␛[0m

            ␛[2m 2. ␛[0m␛]8;;file:///home/more/c.jsonl␛\␛[2mmore/c.jsonl:7␛[0m␛]8;;␛\␛[2m  id 7@1␛[0m␛[2m  mixed␛[0m
                ␛[1;31m一带一路␛[0m[2J倡议 and #1
                ␛[33mwithout: Wuhan, train␛[0m
        "#]],
    );
}

#[test]
fn the_parts_of_a_score_are_a_sum() {
    let term =
        |term: &str, score| TermPart { term: term.to_owned(), score, frequency: 1.0, passages: 3 };
    let why = Explanation {
        complete: 8.0,
        terms: vec![term("wuhan", 2.0), term("moscow", 1.5)],
        proximity: 0.75,
        title: 0.25,
    };
    let hits = vec![Hit { why: Some(why), ..story() }];
    let shown = show::text(&Results { hits, ..results() }, &[], &Look::plain());
    let sum = shown.lines().skip_while(|it| !it.contains("score")).collect::<Vec<_>>().join("\n");
    check(
        &sum,
        &expect![[r#"
            shown:
                score 12.500 = complete 8.000 + wuhan 2.000 (in 3 passages) + moscow 1.500
                (in 3 passages) + proximity 0.750 + title 0.250"#]],
    );
}

#[test]
fn json_has_the_keys_of_the_contract_in_their_order() {
    check(
        &show::json(&results()),
        &expect![[r#"
            shown:
            {"schema":1,"query":"Wuhan Moscow 12:30","understood":"wuhan moscow 12:30","took_us":812,"total":2,"total_complete":1,"hits":[{"rank":1,"score":12.5,"article":"news/a.txt#2","passage":4,"path":"news/a.txt","line":41,"title":"Train to Moscow *leaves* Wuhan","author":"Xinhua","date":"2015-10-24","url":null,"lang":"en","text":"A freight train, the X8044,\nset off from Wuhan to Moscow with 41 cars. It will take 12 days to reach the Russian capital.","snippet":"A freight train, the X8044,\nset off from Wuhan to Moscow with 41 cars.","highlights":[[10,15],[41,46],[50,56]],"missing":[],"copies":[{"article":"news/b.txt#1","path":"news/b.txt","line":3,"date":"2015-10","passage":1}],"topics":["freight-routes"],"date_source":"byline","title_highlights":[[0,5],[9,15]]},{"rank":2,"score":3.25,"article":"id 7","passage":1,"path":"more/c.jsonl","line":7,"title":null,"author":null,"date":null,"url":"https://example.org/7","lang":"mixed","text":"一带一路\u001b[2J倡议 and #1","snippet":"一带一路\u001b[2J倡议 and #1","highlights":[[0,12]],"missing":["Wuhan","train"],"copies":[],"topics":[],"date_source":null,"title_highlights":[]}],"remarks":[{"kind":"literal","text":"`12:30` was searched as text","span":[13,18]}],"suggestion":null}"#]],
    );
}

#[test]
fn json_says_when_a_total_is_not_exact() {
    let many = Results { total: 10_000, total_is_exact: false, hits: Vec::new(), ..results() };
    let shown = show::json_with_id("q1", &many);
    assert!(shown.starts_with(r#"{"schema":1,"id":"q1","query":"#), "{shown}");
    assert!(shown.contains(r#""total":10000,"total_is_exact":false,"#), "{shown}");
    assert!(shown.contains(r#""hits":[],"#), "{shown}");
}

#[test]
fn an_error_is_an_object() {
    let shown = show::error(None, "no_index", "no index in `index`", None);
    let expected = r#"{"error":{"kind":"no_index","message":"no index in `index`","hint":null}}"#;
    assert_eq!(shown, expected);
}

#[test]
fn trec_lines_have_six_fields_whatever_the_id() {
    check(
        &show::trec("q 1", &results(), false),
        &expect![[r#"
            shown:
            q%201 Q0 news/a.txt#2 1 12.5 passages
            q%201 Q0 id%207 2 3.25 passages
        "#]],
    );
    check(
        &show::trec("1", &results(), true),
        &expect![[r#"
            shown:
            1 Q0 news/a.txt#2@4 1 12.5 passages
            1 Q0 id%207@1 2 3.25 passages
        "#]],
    );
}

#[test]
fn markdown_quotes_the_snippet_and_escapes_the_rest() {
    check(
        &show::markdown(&results()),
        &expect![[r#"
            shown:
            1. **Train to Moscow \*leaves\* Wuhan**, 2015-10-24, `news/a.txt:41`

               > A freight **train**, the X8044, set off from **Wuhan** to **Moscow** with 41 cars.

            2. `more/c.jsonl:7`
               (without Wuhan, train)

               > **一带一路**\[2J倡议 and \#1
        "#]],
    );
}

#[test]
fn an_id_stays_one_field() {
    let check = |article: &str, expected: &str| {
        let hit = Hit { article: article.to_owned(), ..record() };
        assert_eq!(show::trec_id(&hit, false), expected);
    };
    check("seeds/a.txt#1", "seeds/a.txt#1");
    check("100%", "100%");
    check("my file\u{3000}5%.txt", "my%20file%E3%80%805%25.txt");
    check("", "-");
}

/// A hit as Markdown: its place, and its snippet.
fn in_markdown(hit: Hit) -> (String, String) {
    let hit = Hit { rank: 1, missing: Vec::new(), ..hit };
    let shown = show::markdown(&Results { hits: vec![hit], ..Results::default() });
    let (place, snippet) = shown.trim_end().split_once("\n\n   > ").unwrap();
    (place.strip_prefix("1. ").unwrap().to_owned(), snippet.to_owned())
}

#[track_caller]
fn check_quoted(snippet: &str, highlights: &[(usize, usize)], expected: &str) {
    let (snippet, highlights) = (snippet.to_owned(), highlights.to_owned());
    assert_eq!(in_markdown(Hit { snippet, highlights, ..record() }).1, expected);
}

#[test]
fn marked_words_are_bold_and_the_rest_is_text() {
    check_quoted("a Wuhan\n train", &[(2, 7)], "a **Wuhan** train");
    check_quoted("see [x](y) *z* <b>", &[], r"see \[x\](y) \*z\* \<b\>");
    check_quoted("一带一路是", &[(0, 12)], "**一带一路**是");
}

#[test]
fn the_start_of_a_snippet_opens_no_list() {
    check_quoted("1. one", &[], r"1\. one");
    check_quoted("- one", &[], r"\- one");
    check_quoted("2015 was", &[], "2015 was");
}

#[test]
fn backquotes_in_a_path_stay_inside() {
    let place = |path: &str| in_markdown(Hit { path: path.to_owned(), line: 1, ..record() }).0;
    assert_eq!(place("a.txt"), "`a.txt:1`");
    assert_eq!(place("a`b"), "`` a`b:1 ``");
}

#[test]
fn paths_come_once_each() {
    let mut results = results();
    results.hits.push(Hit { rank: 3, ..story() });
    assert_eq!(show::paths(&results), "news/a.txt\nmore/c.jsonl\n");
}
