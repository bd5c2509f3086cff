//! From a raw text to articles: the seeds, and texts of their kind.

use std::fs;
use std::path::{Path, PathBuf};

use passages::article::{Article, DateSource, Lang, LineCounts, LineKey, RepeatedLines, read};
use passages::passage::{Size, cut};
use passages::source::{Content, Format, RawText, Record};

#[derive(serde::Deserialize)]
struct Cleaning {
    name: String,
    title: Option<String>,
    date: Option<String>,
    dropped: Vec<u32>,
    text: String,
}

#[derive(serde::Deserialize)]
struct Thread {
    name: String,
    text: String,
    posts: Vec<Post>,
}

#[derive(serde::Deserialize)]
struct Post {
    title: String,
    date: Option<String>,
    author: Option<String>,
    starts: String,
    quoted: Option<String>,
}

#[derive(serde::Deserialize)]
struct Cases<T> {
    case: Vec<T>,
}

#[test]
fn furniture_goes_and_text_stays() {
    let cases: Cases<Cleaning> = table("cleaning.toml");
    assert!(cases.case.len() >= 9);
    for case in cases.case {
        let articles = page(&case.text);
        let [article] = articles.as_slice() else { panic!("{}: {articles:#?}", case.name) };
        check_cleaning(&case, article);
    }
}

fn check_cleaning(case: &Cleaning, article: &Article) {
    let name = &case.name;
    assert_eq!(article.title, case.title, "{name}");
    assert_eq!(article.date.map(|it| it.to_string()), case.date, "{name}");
    let dropped: Vec<u32> = article.dropped.iter().map(|it| it.line).collect();
    assert_eq!(dropped, case.dropped, "{name}: {:#?}", article.dropped);
    let lines = case.text.lines().zip(1..).filter(|(line, _)| !line.is_empty());
    for (line, number) in lines {
        // A copy of the headline may go: the headline itself stays.
        let is_title = article.title.as_deref() == Some(line);
        let is_kept = article.body.contains(line) || is_title && !dropped.contains(&number);
        assert_ne!(is_kept, case.dropped.contains(&number), "{name}: {line}");
    }
}

#[test]
fn threads_become_their_posts() {
    let cases: Cases<Thread> = table("threads.toml");
    assert!(cases.case.len() >= 4);
    for case in cases.case {
        let articles = page(&case.text);
        assert_eq!(articles.len(), case.posts.len(), "{}: {articles:#?}", case.name);
        for (article, post) in articles.iter().zip(&case.posts) {
            let name = &case.name;
            assert_eq!(article.title.as_ref(), Some(&post.title), "{name}");
            assert_eq!(article.date.map(|it| it.to_string()), post.date, "{name}");
            assert_eq!(article.author, post.author, "{name}");
            assert!(article.body.starts_with(&post.starts), "{name}: {}", article.body);
            let quoted = article.quotes.first().map(|it| it.of(&article.body).to_owned());
            assert_eq!(quoted, post.quoted, "{name}");
        }
    }
}

#[test]
fn the_page_seed_is_one_story_without_its_buttons() {
    let articles = seed("000_87255eae259ba933.txt");
    let [article] = articles.as_slice() else { panic!("{articles:#?}") };
    let title = "Trump’s Trade War & Potential More Sanctions are Pushing China Closer To Russia";
    assert_eq!(article.title.as_deref(), Some(title));
    assert_eq!(article.date.map(|it| it.to_string()).as_deref(), Some("2018-09-12"));
    assert_eq!(article.date_source, Some(DateSource::Byline));
    let dropped: Vec<u32> = article.dropped.iter().map(|it| it.line).collect();
    assert_eq!(dropped, [3, 5, 6, 47, 49, 51, 52, 54, 57, 59, 62]);
}

#[test]
fn the_thread_seed_is_eleven_posts_with_their_own_dates() {
    let articles = seed("002_cc791eedeb84ab99.txt");
    let thread = "The Great Game Changer: Belt and Road Intiative (BRI; OBOR)";
    let expected = [
        (thread, None, 5),
        (thread, None, 9),
        (thread, None, 14),
        (thread, None, 19),
        (thread, None, 24),
        ("China Opens Cargo Train Service from Central City to Russia", None, 29),
        (thread, None, 47),
        (
            "Russia and China: Beware the Budding Eurasian Colossus? | The National Interest",
            None,
            52,
        ),
        ("Russia and China: The Dawning of a New Monetary System?", Some("2015-10-25"), 70),
        (
            "CHINA ASCENDANT: $46 BILLION SPENT ON ‘NEW SILK ROAD’ IN CENTRAL ASIA",
            Some("2015-10-23"),
            141,
        ),
        ("Trade, trains and e-commerce link China with Russia", Some("2015-10-27"), 164),
    ];
    let found: Vec<_> = articles.iter().map(summary).collect();
    let expected: Vec<_> = expected
        .iter()
        .map(|(title, date, line)| ((*title).to_owned(), date.map(str::to_owned), *line))
        .collect();
    assert_eq!(found, expected);
    assert_eq!(articles[7].author.as_deref(), Some("Lyle J. Goldstein"));
    assert_eq!(articles[7].lang, Lang::Mixed);
    let quoting: Vec<usize> = (1..=11).filter(|it| !articles[it - 1].quotes.is_empty()).collect();
    assert_eq!(quoting, [3, 4]);
    let dropped: Vec<u32> = articles.iter().flat_map(|it| &it.dropped).map(|it| it.line).collect();
    let furniture = [
        1, 8, 13, 18, 23, 26, 44, 46, 49, 68, 72, 131, 133, 136, 139, 159, 161, 206, 208, 209, 210,
    ];
    assert_eq!(dropped, furniture);
}

fn summary(article: &Article) -> (String, Option<String>, u32) {
    let title = article.title.clone().unwrap_or_default();
    (title, article.date.map(|it| it.to_string()), article.lines[0].line)
}

#[test]
fn every_line_of_the_seeds_is_kept_or_accounted_for() {
    for name in ["000_87255eae259ba933.txt", "002_cc791eedeb84ab99.txt"] {
        let text = fs::read_to_string(root().join("seeds").join(name)).unwrap();
        let articles = seed(name);
        for (line, number) in text.lines().zip(1_u32..) {
            let line = line.trim();
            let is_title = |it: &Article| it.title.as_deref() == Some(line);
            let is_body = |it: &Article| it.body.contains(line);
            let is_dropped = |it: &Article| it.dropped.iter().any(|it| it.line == number);
            let is_known = articles.iter().any(|it| is_title(it) || is_body(it) || is_dropped(it));
            assert!(is_known, "{name}:{number}: {line}");
        }
    }
}

#[test]
fn a_mark_leads_from_the_body_back_to_its_line() {
    let text = fs::read_to_string(root().join("seeds/002_cc791eedeb84ab99.txt")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    for article in seed("002_cc791eedeb84ab99.txt") {
        for mark in &article.lines {
            let here = &article.body[mark.offset as usize..];
            let line = lines[mark.line as usize - 1].trim();
            assert!(here.starts_with(line), "{}:{}", article.id, mark.line);
        }
    }
}

#[test]
fn a_quotation_shares_no_passage_with_its_reply() {
    for article in seed("002_cc791eedeb84ab99.txt") {
        for quote in &article.quotes {
            for passage in cut(&article, Size::default()) {
                let is_within = quote.contains(passage.span);
                let is_behind = passage.span.start() >= quote.end();
                assert!(is_within || is_behind, "{}@{}", article.id, passage.ordinal);
            }
        }
    }
}

#[test]
fn a_record_is_one_article_and_its_text_stays_as_it_is() {
    let text = " Share this\n.\nPin It\n\n.\r\nLeave a Reply \n.\n";
    let record = Record {
        id: Some("17".to_owned()),
        title: Some(" A\n title ".to_owned()),
        text: text.to_owned(),
        date: Some("2015-10-24T10:00:00Z".to_owned()),
        url: Some("https://example.org/17".to_owned()),
        author: Some(String::new()),
        lang: None,
    };
    let raw = RawText {
        path: "a.jsonl".to_owned(),
        format: Format::JsonLines,
        line: 9,
        content: Content::Record(record),
    };
    let articles = read(&raw, 4, &RepeatedLines::none());
    let [article] = articles.as_slice() else { panic!("{articles:#?}") };
    assert_eq!(article.body, text);
    assert_eq!(article.id, "17");
    assert_eq!(article.title.as_deref(), Some("A title"));
    assert_eq!(article.author, None);
    assert_eq!(article.date.map(|it| it.to_string()).as_deref(), Some("2015-10-24"));
    assert_eq!(article.date_source, Some(DateSource::Field));
    assert_eq!(cut(article, Size::default())[0].line, 9);
    assert!(article.dropped.is_empty());
}

#[test]
fn a_title_without_a_text_is_an_article_with_one_empty_passage() {
    let record = Record { title: Some("Only a title".to_owned()), ..Record::default() };
    let raw = RawText {
        path: "a.jsonl".to_owned(),
        format: Format::JsonLines,
        line: 1,
        content: Content::Record(record),
    };
    let articles = read(&raw, 3, &RepeatedLines::none());
    assert_eq!(articles[0].id, "a.jsonl#3");
    let passages = cut(&articles[0], Size::default());
    assert!(passages.len() == 1 && passages[0].span.is_empty());
}

#[test]
fn a_text_that_is_all_furniture_is_kept_whole() {
    let articles = page("Home\nPin It\n\nSearch\n");
    assert_eq!(articles[0].body, "Home\nPin It\n\nSearch");
    assert!(page(" \n\t\n").is_empty());
}

#[test]
fn a_line_on_many_pages_is_furniture_and_the_verdict_can_change() {
    let pages: Vec<String> = (1..=6).map(|it| {
        format!("The Daily Wharf brings you the docks\nStory number {it} of the harbour\nShip {it} came in on a grey morning with nothing but ballast and a tired crew of nine men.\n")
    }).collect();
    let candidates: Vec<Vec<LineKey>> =
        pages.iter().map(|it| LineCounts::candidates(&page(it))).collect();
    let mut counts = LineCounts::default();
    candidates[..4].iter().for_each(|it| counts.add(it));
    assert_eq!(counts.verdict(), RepeatedLines::none(), "four pages are a reprint");
    let mut others = LineCounts::default();
    candidates[4..].iter().for_each(|it| others.add(it));
    counts.merge(&others);
    let verdict = counts.verdict();
    assert!(verdict.holds("The Daily Wharf brings you the docks"));
    assert!(verdict.differs_for(&RepeatedLines::none(), &candidates[0]));
    assert!(!verdict.differs_for(&RepeatedLines::none(), &[]));

    let content = Content::Text(pages[0].clone());
    let raw = RawText { path: "page.txt".to_owned(), format: Format::Text, line: 1, content };
    let [article] = <[Article; 1]>::try_from(read(&raw, 1, &verdict)).unwrap();
    assert_eq!(article.title.as_deref(), Some("Story number 1 of the harbour"));
    assert!(article.dropped.iter().any(|it| it.rule.name() == "repeated" && it.line == 1));
    // Read under either verdict a page has the same candidates, so that counts stay true.
    assert_eq!(LineCounts::candidates(&[article]), candidates[0]);

    candidates[..2].iter().for_each(|it| counts.remove(it));
    assert_eq!(counts.verdict(), RepeatedLines::none());
}

#[test]
fn a_heading_that_many_pages_have_stays_over_its_paragraph() {
    let story = |it: u32| {
        [
            format!("Town number {it} votes for a new bridge over the river"),
            format!("The council of town {it} voted on Monday to build a second bridge over the river, the mayor said after a long night of speeches."),
            format!("Work on it should begin in the spring of next year, with {it} million set aside for the piers and the approach roads on both banks."),
            "Background".to_owned(),
            format!("Town {it} has talked of a bridge for thirty years, and twice a plan fell to the cost of moving the old mill and its weir upstream."),
            format!("A ferry carries the carts over in summer, the engineers of town {it} reckon, and in winter nobody crosses at all for weeks."),
            "The Daily Wharf brings you the docks".to_owned(),
        ]
        .join("\n")
    };
    let mut counts = LineCounts::default();
    (1..=6).for_each(|it| counts.add(&LineCounts::candidates(&page(&story(it)))));
    let verdict = counts.verdict();
    assert!(verdict.holds("Background"));
    let raw = |text: String| RawText {
        path: "page.txt".to_owned(),
        format: Format::Text,
        line: 1,
        content: Content::Text(text),
    };
    let [article] = <[Article; 1]>::try_from(read(&raw(story(1)), 1, &verdict)).unwrap();
    assert!(article.body.contains("\nBackground\n"), "{article:#?}");
    let dropped: Vec<(u32, &str)> =
        article.dropped.iter().map(|it| (it.line, it.rule.name())).collect();
    assert_eq!(dropped, [(7, "repeated")]);
    assert_eq!(LineCounts::candidates(&[article]), LineCounts::candidates(&page(&story(1))));
    // Twice on a page it heads nothing.
    let twice = story(1).replace("A ferry carries", "Background\nA ferry carries");
    let [article] = <[Article; 1]>::try_from(read(&raw(twice), 1, &verdict)).unwrap();
    assert!(!article.body.contains("Background"), "{article:#?}");
}

#[test]
fn a_heading_over_another_or_over_a_formula_stays() {
    let story = |it: u32| {
        [
            format!("How much a pier of bridge number {it} bears"),
            format!("The council of town {it} asked two engineers in spring what the old bridge over the river still bears, and they took its plans."),
            "Methods".to_owned(),
            format!("Piers of town {it}"),
            format!("Each of the {it} piers was drilled in three places, and the cores were pressed in the school's own press until they broke apart."),
            "Load of a pier".to_owned(),
            format!("P = {it} q l"),
            format!("Here the load of {it} carts is spread over the whole span, as the engineers have it, and snow counts half of what it weighs."),
            "The Daily Wharf brings you the docks".to_owned(),
            "All the news of the harbour".to_owned(),
            format!("What was found in town {it} holds for bridges of this kind alone, and no one should read it as a word on those made of iron."),
        ]
        .join("\n")
    };
    let mut counts = LineCounts::default();
    (1..=6).for_each(|it| counts.add(&LineCounts::candidates(&page(&story(it)))));
    let content = Content::Text(story(1));
    let raw = RawText { path: "page.txt".to_owned(), format: Format::Text, line: 1, content };
    let [article] = <[Article; 1]>::try_from(read(&raw, 1, &counts.verdict())).unwrap();
    let dropped: Vec<(u32, &str)> =
        article.dropped.iter().map(|it| (it.line, it.rule.name())).collect();
    assert_eq!(dropped, [(9, "repeated"), (10, "repeated")], "{article:#?}");
}

#[test]
fn markdown_is_read_without_its_marks() {
    let text = "---\ntitle: \"The Iron Road\"\nauthor: Chen Li\ndate: 2016-02-29\nlink: https://example.org/iron\ntags: [rail]\n---\n\
        # The Iron Road\n\n![map](map.png)\n\nThe **first** train, run by [the line](https://example.org/line), left [sic] at noon.\n\n\
        ## What came `then`\n\n```\nx = [1](2)\n```\n\n[line]: https://example.org/line\n";
    let [article] = <[Article; 1]>::try_from(file("iron.md", Format::Markdown, text)).unwrap();
    assert_eq!(article.title.as_deref(), Some("The Iron Road"));
    assert_eq!(article.author.as_deref(), Some("Chen Li"));
    assert_eq!(article.date.map(|it| it.to_string()).as_deref(), Some("2016-02-29"));
    assert_eq!(article.date_source, Some(DateSource::Field));
    assert_eq!(article.url.as_deref(), Some("https://example.org/iron"));
    let body =
        "The first train, run by the line, left [sic] at noon.\n\nWhat came then\n\nx = [1](2)";
    assert_eq!(article.body, body);
    let lines: Vec<u32> = article.lines.iter().map(|it| it.line).collect();
    assert_eq!(lines, [12, 14, 17]);
}

#[test]
fn markdown_without_front_matter_has_its_first_headline_as_title() {
    for text in
        ["# Rails\n\nText of it.", "Rails\n=====\n\nText of it.", "---\n# Rails\nText of it."]
    {
        let articles = file("2014-05-06-rails.md", Format::Markdown, text);
        assert_eq!(articles[0].title.as_deref(), Some("Rails"), "{text}");
        assert_eq!(articles[0].body, "Text of it.");
        assert_eq!(articles[0].date.map(|it| it.to_string()).as_deref(), Some("2014-05-06"));
        assert_eq!(articles[0].date_source, Some(DateSource::FileName));
    }
}

/// Reads a text as a file of that content.
fn page(text: &str) -> Vec<Article> {
    file("page.txt", Format::Text, text)
}

fn file(path: &str, format: Format, text: &str) -> Vec<Article> {
    let content = Content::Text(text.to_owned());
    let raw = RawText { path: path.to_owned(), format, line: 1, content };
    read(&raw, 1, &RepeatedLines::none())
}

fn seed(name: &str) -> Vec<Article> {
    page(&fs::read_to_string(root().join("seeds").join(name)).unwrap())
}

fn table<T: serde::de::DeserializeOwned>(name: &str) -> T {
    toml::from_str(&fs::read_to_string(root().join("tests/cases").join(name)).unwrap()).unwrap()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}
