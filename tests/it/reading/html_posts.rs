//! Posts of forums and comments under stories, one small page for each software's markup.

use passages::article::{Article, RepeatedLines, read};
use passages::source::{Content, Format, RawText};

/// Author, day and text of a post.
type Post = (&'static str, &'static str, &'static str);

const STORY: &str = "<h1>Ferry Line to Turkmenbashi Reopens</h1>
<p>The ferry between Baku and Turkmenbashi sailed again on Thursday after a break of two months, carrying forty trucks and nineteen rail cars across the Caspian Sea, the port said in the evening.</p>
<p>Customs officers on both shores had argued over seals and papers since February, and the drivers slept in their cabs, waiting for a word from either side that never came.</p>
<p>Traders hope that the line will shorten the way to Almaty by four days, and that the price for a container will fall below that of the route through the north, which has grown dearer.</p>";

/// The page is the story and, after it, these comments, none of them listed as dropped.
#[track_caller]
fn check_comments(markup: &str, expected: &[Post]) {
    let page = format!(
        "<html><head><title>Ferry Line to Turkmenbashi Reopens</title></head><body>
<div class=\"main\"><article>{STORY}</article></div>\n{markup}</body></html>"
    );
    let articles = html(&page);
    let (story, comments) = articles.split_first().unwrap();
    assert!(story.body.starts_with("The ferry") && story.body.ends_with("grown dearer."));
    assert_eq!(comments.iter().map(of_post).collect::<Vec<_>>(), owned(expected));
    for comment in comments {
        assert_eq!(comment.title, story.title);
        assert!(comment.shares_title);
        let line = page.lines().nth(comment.lines[0].line as usize - 1).unwrap();
        let start: String = comment.body.chars().take(12).collect();
        assert!(line.contains(&start), "line {}: {line}", comment.lines[0].line);
        let mut dropped = articles.iter().flat_map(|it| &it.dropped);
        assert!(
            !dropped.any(|it| comment.body.lines().any(|line| line == it.text)),
            "{}",
            comment.body
        );
    }
}

/// The page is these posts and nothing else.
#[track_caller]
fn check_forum(page: &str, expected: &[Post]) {
    assert_eq!(html(page).iter().map(of_post).collect::<Vec<_>>(), owned(expected));
}

fn of_post(article: &Article) -> (String, String, String) {
    let date = article.date.map(|it| it.to_string()).unwrap_or_default();
    (article.author.clone().unwrap_or_default(), date, article.body.clone())
}

fn owned(posts: &[Post]) -> Vec<(String, String, String)> {
    posts.iter().map(|it| (it.0.to_owned(), it.1.to_owned(), it.2.to_owned())).collect()
}

fn html(page: &str) -> Vec<Article> {
    let content = Content::Text(page.to_owned());
    let raw = RawText { path: "page.html".to_owned(), format: Format::Html, line: 1, content };
    read(&raw, 1, &RepeatedLines::none())
}

#[test]
fn wordpress_comments_answer_each_other() {
    check_comments(
        r##"<div id="comments"><h2>2 Comments</h2><ol class="comment-list">
<li id="comment-7" class="comment even depth-1"><article id="div-comment-7" class="comment-body">
<footer class="comment-meta"><div class="comment-author vcard"><b class="fn">lena</b> <span class="says">says:</span></div>
<div class="comment-metadata"><a href="#"><time datetime="2019-04-12T09:00:00+00:00">April 12, 2019 at 9:00 am</time></a></div></footer>
<div class="comment-content"><p>I waited nine days in Alat.</p>
<p>Nobody told us anything.</p></div><div class="reply"><a>Reply</a></div></article>
<ol class="children"><li id="comment-8" class="comment odd depth-2"><article id="div-comment-8" class="comment-body">
<div class="comment-author"><b class="fn">harbour_master</b></div><time datetime="2019-04-13T10:00:00+00:00"></time>
<div class="comment-content"><p>We knew nothing ourselves.</p></div></article></li></ol></li></ol>
<div id="respond" class="comment-respond"><h3>Leave a Reply</h3><form><p class="comment-notes">Your email address will not be published.</p></form></div></div>"##,
        &[
            ("lena", "2019-04-12", "I waited nine days in Alat.\n\nNobody told us anything."),
            ("harbour_master", "2019-04-13", "We knew nothing ourselves."),
        ],
    );
}

#[test]
fn old_wordpress_comments_have_no_element_around_the_text() {
    check_comments(
        r##"<ol class="commentlist"><li class="alt" id="comment-12"><cite><a href="#">Boris</a></cite> Says:<br>
<small class="commentmetadata"><a href="#">May 3rd, 2009 at 4:12 pm</a></small>
<p>The same was said in 2003.</p></li>
<li id="comment-13"><cite>lena</cite> Says: <small class="commentmetadata"><a href="#">May 4th, 2009 at 8:00 am</a></small>
<p>And in 1997, I was there.</p></li></ol>"##,
        &[
            ("Boris", "2009-05-03", "The same was said in 2003."),
            ("lena", "2009-05-04", "And in 1997, I was there."),
        ],
    );
}

#[test]
fn drupal_comments_are_told_by_their_field() {
    check_comments(
        r#"<div class="comment comment-by-anonymous"><div class="comment-content"><h3><span class="username">Anonymous</span></h3>
<div class="field-name-comment-body"><p>Which seals were these?</p></div></div><div class="submitted">Posted on 2019-04-12</div></div>"#,
        &[("Anonymous", "2019-04-12", "Which seals were these?")],
    );
}

#[test]
fn disqus_comments_as_a_browser_saves_them() {
    check_comments(
        r#"<div id="disqus_thread"><ul id="post-list"><li class="post"><div class="post-content"><span class="post-byline"><span class="author">ZhangW</span></span>
<a class="time-ago" title="Friday, April 12, 2019 10:14 AM">3 years ago</a>
<div class="post-message"><p>轮渡终于恢复了。</p></div><a>Reply</a></div></li></ul></div>"#,
        &[("ZhangW", "2019-04-12", "轮渡终于恢复了。")],
    );
}

#[test]
fn wpdiscuz_comments() {
    check_comments(
        r#"<div class="wc-comment wc-blog-guest"><div class="wc-comment-header"><div class="wc-comment-author">rail</div>
<div class="wc-comment-date" title="12/04/2019 10:00">April 12, 2019</div></div>
<div class="wc-comment-text"><p>Is the rail deck open as well?</p></div></div>"#,
        &[("rail", "2019-04-12", "Is the rail deck open as well?")],
    );
}

#[test]
fn blogger_comments_old_and_new() {
    check_comments(
        r#"<dl id="comments-block"><dt class="comment-author"><a>Ada</a> said...</dt>
<dd class="comment-body"><p>They will close it again in May.</p></dd>
<dd class="comment-footer"><a>April 12, 2019 at 7:45 PM</a></dd></dl>"#,
        &[("Ada", "2019-04-12", "They will close it again in May.")],
    );
    check_comments(
        r#"<div id="comments"><ol><li class="comment" id="c1"><div class="comment-block"><div class="comment-header"><cite class="user"><a>Ada</a></cite>
<span class="datetime secondary-text"><a>April 12, 2019 at 7:45 PM</a></span></div>
<p class="comment-content">They will close it again in May.</p></div></li></ol></div>"#,
        &[("Ada", "2019-04-12", "They will close it again in May.")],
    );
}

#[test]
fn comments_of_chinese_portals_and_of_schema_org() {
    check_comments(
        r#"<div class="comment-list"><div class="comment-item"><span class="user-name">里海渔夫</span><span class="time">2019-04-12 08:30</span>
<p class="comment-text">每周三班还是太少。</p></div></div>"#,
        &[("里海渔夫", "2019-04-12", "每周三班还是太少。")],
    );
    check_comments(
        r#"<section><div itemscope itemtype="https://schema.org/Comment"><span itemprop="author">Tarik</span>
<time datetime="2019-04-12">12 Apr</time>
<div itemprop="text">The fare has doubled.</div></div></section>"#,
        &[("Tarik", "2019-04-12", "The fare has doubled.")],
    );
}

#[test]
fn forms_and_boxes_named_after_comments_are_none() {
    check_comments(
        r#"<div class="comment comment-policy"><p>Comments are moderated and appear after a day.</p></div>
<div id="comment-form"><p>You can also subscribe without commenting.</p></div>
<ul class="widget_recent_comments"><li class="recentcomments"><span class="comment-author-link">lena</span> on Ferries</li></ul>"#,
        &[],
    );
}

#[test]
fn a_story_inside_an_element_named_after_comments_is_the_story() {
    let page = format!("<div class=\"comment\" id=\"comment-wrap\"><cite>x</cite>{STORY}</div>");
    let articles = html(&page);
    assert_eq!(articles.len(), 1);
    assert!(articles[0].body.contains("The ferry between Baku"));
}

#[test]
fn discourse_posts_for_crawlers() {
    check_forum(
        r#"<div class="topic-body crawler-post"><div class="crawler-post-meta"><span class="creator"><a><span itemprop="name">iceman</span></a></span>
<time datetime="2019-06-01T10:00:00Z" class="post-time">June 1, 2019</time></div><div class="post" itemprop="text"><p>Two convoys left Murmansk.</p></div></div>
<div class="topic-body crawler-post"><div class="crawler-post-meta"><span class="creator"><a><span itemprop="name">lena</span></a></span>
<time datetime="2019-06-02T10:00:00Z" class="post-time">June 2, 2019</time></div><div class="post" itemprop="text"><p>Not two but three.</p></div></div>"#,
        &[
            ("iceman", "2019-06-01", "Two convoys left Murmansk."),
            ("lena", "2019-06-02", "Not two but three."),
        ],
    );
}

#[test]
fn vbulletin_posts_of_three_versions() {
    check_forum(
        r#"<table id="post11"><tr><td class="thead">06-21-2019, 10:00 AM</td></tr><tr><td><a class="bigusername">iceman</a></td>
<td><div id="post_message_11">Two convoys left Murmansk.</div></td></tr></table>
<table id="post12"><tr><td class="thead">06-22-2019, 11:00 AM</td></tr><tr><td><a class="bigusername">lena</a></td>
<td><div id="post_message_12">Not two but three.</div></td></tr></table>"#,
        &[
            ("iceman", "2019-06-21", "Two convoys left Murmansk."),
            ("lena", "2019-06-22", "Not two but three."),
        ],
    );
    check_forum(
        r#"<ol><li class="postbitlegacy" id="post_21"><span class="postdate"><span class="date">21 June 2019, 10:00</span></span><a class="username"><strong>iceman</strong></a>
<div class="content"><blockquote class="postcontent restore">Two convoys left Murmansk.</blockquote></div></li></ol>"#,
        &[("iceman", "2019-06-21", "Two convoys left Murmansk.")],
    );
    check_forum(
        r#"<ul><li class="b-post"><div class="b-userinfo"><a class="author">iceman</a></div><time datetime="2019-06-21T10:00:00">21-06</time>
<div class="js-post__content-text">Two convoys left Murmansk.</div></li></ul>"#,
        &[("iceman", "2019-06-21", "Two convoys left Murmansk.")],
    );
}

#[test]
fn simple_machines_mybb_and_old_xenforo_posts() {
    check_forum(
        r#"<div class="post_wrapper"><div class="poster"><h4><a>iceman</a></h4></div><div class="keyinfo"><div class="smalltext">« on: June 21, 2019, 10:00:00 AM »</div></div>
<div class="post"><div class="inner">Two convoys left Murmansk.</div></div></div>"#,
        &[("iceman", "2019-06-21", "Two convoys left Murmansk.")],
    );
    check_forum(
        r#"<div class="post classic"><div class="author_information"><span class="largetext"><a>iceman</a></span></div><span class="post_date">2019-06-21, 10:00 AM</span>
<div class="post_body">Two convoys left Murmansk.</div></div>"#,
        &[("iceman", "2019-06-21", "Two convoys left Murmansk.")],
    );
    check_forum(
        r#"<ol class="messageList"><li class="message" data-author="iceman"><div class="messageUserInfo"><a class="username">iceman</a></div>
<article><blockquote class="messageText">Two convoys left Murmansk.</blockquote></article><div class="messageMeta"><span class="DateTime" title="Jun 21, 2019 at 10:00 AM">Jun 21</span></div></li></ol>"#,
        &[("iceman", "2019-06-21", "Two convoys left Murmansk.")],
    );
}
