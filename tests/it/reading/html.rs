//! HTML pages become articles: main content, metadata, forum posts, lines.

use passages::article::{Article, DateSource, RepeatedLines, read};
use passages::source::{Chapter, Content, Format, RawText};

const STORY: &str = r#"<!DOCTYPE html>
<html lang="en"><head><title>Ferry Line to Turkmenbashi Reopens - The Caspian Post</title>
<meta property="og:title" content="Ferry Line to Turkmenbashi Reopens">
<link rel="canonical" href="https://caspianpost.example/news/ferry">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",
"author":[{"@type":"Person","name":"Aylin Mamedova"}],"datePublished":"2019-04-11T08:00:00+04:00"}</script>
</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<article><h1>Ferry Line to Turkmenbashi Reopens</h1>
<p>The ferry between Baku and Turkmenbashi sailed again on Thursday after a break of
two months, carrying forty trucks and nineteen rail cars across the Caspian Sea, the port said.</p>
<p>Customs officers on both shores had argued over seals &amp; papers since February. “It was never about
money,” said the harbour master, who asked that drivers be patient, and who expects three crossings a week.</p>
<p>Pin It</p>
<p>Traders hope that the line will shorten the way to Almaty by four days, and that the price for a
container will fall below that of the route through Russia, which has grown dearer in every year since 2014.</p>
</article>
<footer><p>© 2019 The Caspian Post. All rights reserved.</p></footer></body></html>"#;

#[test]
fn a_page_is_its_main_content_with_its_own_word_on_itself() {
    let articles = html(STORY);
    let [article] = articles.as_slice() else { panic!("{articles:#?}") };
    assert_eq!(article.title.as_deref(), Some("Ferry Line to Turkmenbashi Reopens"));
    assert_eq!(article.author.as_deref(), Some("Aylin Mamedova"));
    assert_eq!(article.url.as_deref(), Some("https://caspianpost.example/news/ferry"));
    assert_eq!(article.date.map(|it| it.to_string()).as_deref(), Some("2019-04-11"));
    assert_eq!(article.date_source, Some(DateSource::Metadata));
    assert!(article.body.starts_with("The ferry between Baku"), "{}", article.body);
    assert!(article.body.ends_with("since 2014."), "{}", article.body);
    let lines: Vec<u32> = article.lines.iter().map(|it| it.line).collect();
    assert_eq!(lines, [10, 12, 15]);
    let rules: Vec<&str> = article.dropped.iter().map(|it| it.rule.name()).collect();
    assert!(rules.contains(&"share-row") && rules.contains(&"outside-main"), "{rules:?}");
    assert!(!article.body.contains("Pin It"));
}

#[track_caller]
fn check_forum(page: &str, expected: &[(&str, Option<&str>, &str)]) {
    let articles = html(page);
    let found: Vec<(&str, Option<String>, &str)> = articles.iter().map(of_post).collect();
    let expected: Vec<_> = expected
        .iter()
        .map(|(author, date, text)| (*author, date.map(str::to_owned), *text))
        .collect();
    assert_eq!(found, expected);
}

fn of_post(article: &Article) -> (&str, Option<String>, &str) {
    let date = article.date.map(|it| it.to_string());
    (article.author.as_deref().unwrap_or_default(), date, &article.body)
}

#[test]
fn xenforo_posts_stay_apart_and_quotes_are_marked() {
    let page = r#"<title>Arctic convoys | Port Forum</title><h1 class="p-title-value">Arctic convoys</h1>
<article class="message message--post" data-author="iceman"><div class="message-name"><a class="username">iceman</a></div>
<header class="message-attribution"><time datetime="2019-06-01T10:00:00+0300">Jun 1, 2019</time></header>
<div class="message-body"><div class="bbWrapper">Two convoys left Murmansk.<br>A third waits.</div></div><a>Reply</a></article>
<article class="message message--post" data-author="lena"><div class="message-name"><a class="username">lena</a></div>
<header class="message-attribution"><time datetime="2019-06-02T10:00:00+0300">Jun 2, 2019</time></header>
<div class="message-body"><div class="bbWrapper"><blockquote class="bbCodeBlock--quote"><div>Two convoys left Murmansk.</div></blockquote>
Not two but three.</div></div></article>"#;
    check_forum(
        page,
        &[
            ("iceman", Some("2019-06-01"), "Two convoys left Murmansk.\nA third waits."),
            ("lena", Some("2019-06-02"), "Two convoys left Murmansk.\n\nNot two but three."),
        ],
    );
    let articles = html(page);
    assert_eq!(articles[0].title.as_deref(), Some("Arctic convoys"));
    assert_eq!(articles[1].quotes[0].of(&articles[1].body), "Two convoys left Murmansk.");
    assert_eq!(articles[1].lines[0].line, 7);
}

#[test]
fn phpbb_posts_stay_apart() {
    let page = r#"<title>Gauges</title>
<div class="post"><div class="postbody"><p class="author">by <strong><a class="username">rail</a></strong> » Mon Oct 26, 2015 3:14 pm</p>
<div class="content">Why is the gauge different at Khorgos?</div></div></div>
<div class="post"><div class="postbody"><p class="author">by <strong><a class="username">bogie</a></strong> » Tue Oct 27, 2015 9:02 am</p>
<div class="content">Because the tsar wished it.</div></div></div>"#;
    check_forum(
        page,
        &[
            ("rail", Some("2015-10-26"), "Why is the gauge different at Khorgos?"),
            ("bogie", Some("2015-10-27"), "Because the tsar wished it."),
        ],
    );
}

#[test]
fn discuz_posts_stay_apart() {
    let page = r#"<title>中欧班列</title>
<div id="post_101"><div class="authi"><a class="xw1">长江</a><em id="authorposton101">发表于 2015-10-26 15:20</em></div>
<table><tr><td class="t_f" id="postmessage_101">班列开到莫斯科了。</td></tr></table></div>
<div id="post_102"><div class="authi"><a class="xw1">楼主</a><em id="authorposton102">发表于 2015-10-27 08:00</em></div>
<table><tr><td class="t_f" id="postmessage_102">要走十二天。</td></tr></table></div>"#;
    check_forum(
        page,
        &[
            ("长江", Some("2015-10-26"), "班列开到莫斯科了。"),
            ("楼主", Some("2015-10-27"), "要走十二天。"),
        ],
    );
}

#[test]
fn a_page_nested_out_of_all_reason_is_read_as_text() {
    let page = format!("{}<p>The last line of all.</p>", "<div>".repeat(100_000));
    let articles = html(&page);
    assert_eq!(articles[0].body, "The last line of all.");
}

#[test]
fn a_small_page_without_any_story_is_kept() {
    let articles = html("<p>Short note.</p>");
    assert_eq!(articles[0].body, "Short note.");
    assert!(html("<html><body></body></html>").is_empty());
}

#[test]
fn a_chapter_is_kept_whole_under_its_name_and_its_books() {
    let chapter = |html: &str, name: Option<&str>| {
        let content = Content::Chapter(Chapter {
            html: html.to_owned(),
            name: name.map(str::to_owned),
            book: Some("Iron and Silk".to_owned()),
            author: Some("Chen Li".to_owned()),
            date: Some("2016-02-29".to_owned()),
        });
        let raw =
            RawText { path: "a.epub/1.xhtml".to_owned(), format: Format::Epub, line: 1, content };
        read(&raw, 1, &RepeatedLines::none())
    };
    let html = "<html><head><title>x</title></head><body>\n<h2>The Iron Road</h2>\n<p>It began in Baku.</p>\n<p>Share this</p></body>";
    let [article] = <[Article; 1]>::try_from(chapter(html, Some("The Iron Road"))).unwrap();
    assert_eq!(article.title.as_deref(), Some("Iron and Silk: The Iron Road"));
    assert_eq!(article.author.as_deref(), Some("Chen Li"));
    assert_eq!(article.date.map(|it| it.to_string()).as_deref(), Some("2016-02-29"));
    assert_eq!(article.body, "It began in Baku.\n\nShare this");
    assert_eq!(article.lines[0].line, 3);
    let named_by_itself = chapter(html, None);
    assert_eq!(named_by_itself[0].title, article.title);
    assert_eq!(chapter("<p>Text.</p>", None)[0].title.as_deref(), Some("Iron and Silk"));
    assert!(chapter("<img src='cover.jpg'>", Some("Cover")).is_empty());
}

fn html(page: &str) -> Vec<Article> {
    let raw = RawText {
        path: "page.html".to_owned(),
        format: Format::Html,
        line: 1,
        content: Content::Text(page.to_owned()),
    };
    read(&raw, 1, &RepeatedLines::none())
}
