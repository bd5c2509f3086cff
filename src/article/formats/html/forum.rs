//! Finds the posts of a forum page, by the markup of common forum software.

use dom_query::{Document, NodeRef, Selection};

use super::block::{Block, blocks};
use super::day;
use crate::date::Day;
use crate::text::one_line;

/// One post of a thread.
#[derive(Debug, Default)]
pub(super) struct Post {
    pub(super) author: Option<String>,
    pub(super) date: Option<Day>,
    pub(super) blocks: Vec<Block>,
}

/// The selectors of a forum software for the parts of a post.
pub(super) struct Software {
    /// The whole post.
    pub(super) post: &'static str,
    /// The text, within the post.
    pub(super) text: &'static str,
    pub(super) author: &'static str,
    /// Elements whose `datetime`, `title` or text is the date.
    pub(super) date: &'static str,
}

const SOFTWARE: &[Software] = &[
    // XenForo 2
    Software {
        post: "article.message--post",
        text: ".message-body .bbWrapper",
        author: ".message-name .username, .message-name",
        date: "header.message-attribution time, .message-attribution-main time, time",
    },
    // XenForo 1
    Software {
        post: "ol.messageList > li.message",
        text: ".messageText",
        author: ".messageUserInfo .username, .userText .username",
        date: ".messageMeta .DateTime, .privateControls .DateTime, .DateTime",
    },
    // Discourse, as saved by a browser and as given to crawlers
    Software {
        post: "div.topic-post article, div.topic-body.crawler-post",
        text: ".cooked, .post[itemprop=text], .post",
        author: ".names .username a, .creator [itemprop=name], .names a",
        date: ".post-date [data-time], time.post-time, time, .relative-date",
    },
    // Invision Community
    Software {
        post: "article.ipsComment, article.ipsEntry",
        text: "[data-role=commentContent]",
        author: ".cAuthorPane_author, .ipsComment_author, .ipsEntry__author",
        date: "time",
    },
    // vBulletin 5
    Software {
        post: "li.b-post",
        text: ".js-post__content-text, [itemprop=text]",
        author: ".b-userinfo .author, [itemprop=name]",
        date: "time",
    },
    // vBulletin 4
    Software {
        post: "li.postbitlegacy, li.postbit, li.postcontainer",
        text: ".postcontent, blockquote.postcontent",
        author: ".username",
        date: ".postdate .date, .postdate",
    },
    // vBulletin 3
    Software {
        post: "table[id^=post]",
        text: "div[id^=post_message_]",
        author: ".bigusername",
        date: "td.thead, .thead",
    },
    // phpBB 3
    Software {
        post: "div.post",
        text: ".postbody .content, .postbody div.content",
        author: ".author .username, .author .username-coloured, .author strong, .postprofile a.username",
        date: ".author time, p.author, .author",
    },
    // MyBB
    Software {
        post: "div.post, table.post",
        text: ".post_body",
        author: ".author_information .largetext, .author_information a",
        date: ".post_date",
    },
    // Simple Machines
    Software {
        post: "div.post_wrapper",
        text: ".post .inner, .inner",
        author: ".poster h4 a, .poster h4",
        date: ".keyinfo .smalltext, .postinfo time, .postinfo",
    },
    // Discuz!
    Software {
        post: "div[id^=post_]",
        text: "td.t_f, td[id^=postmessage_]",
        author: ".authi a.xw1, .authi a",
        date: "em[id^=authorposton]",
    },
    // Baidu Tieba
    Software {
        post: "div.l_post",
        text: ".d_post_content",
        author: ".d_name a, .p_author_name",
        date: ".post-tail-wrap, .tail-info",
    },
    // Vanilla
    Software {
        post: "li.ItemComment, div.ItemDiscussion",
        text: ".Message, .userContent",
        author: ".Author a.Username, .Username",
        date: "time",
    },
    // Reddit, the old pages
    Software {
        post: "div.thing.comment, div.thing.self",
        text: ".usertext-body .md",
        author: "a.author",
        date: "time",
    },
    // Any software that marks posts by schema.org
    Software {
        post: "[itemtype$=DiscussionForumPosting]",
        text: "[itemprop=text], [itemprop=articleBody]",
        author: "[itemprop=author] [itemprop=name], [itemprop=author]",
        date: "time, [itemprop=datePublished], [itemprop=dateCreated]",
    },
];

/// At least this percentage of a forum page is posts. Where it is less, the matching markup belongs
/// to comments under a story.
const SHARE: usize = 25;

/// The posts of a forum page, in order; none where the page is no forum's. `all` are the page's
/// lines.
pub(super) fn posts(document: &Document, all: &[Block]) -> Vec<Post> {
    let weight = |it: &[Block]| it.iter().map(|it| it.text.len()).sum::<usize>();
    for software in SOFTWARE {
        let found = document.select(software.post);
        let posts: Vec<Post> = found.nodes().iter().filter_map(|it| post(it, software)).collect();
        let posted: usize = posts.iter().map(|it| weight(&it.blocks)).sum();
        if !posts.is_empty() && posted * 100 >= weight(all) * SHARE {
            return posts;
        }
    }
    Vec::new()
}

/// Reads one post; `None` where it holds no text.
pub(super) fn post(node: &NodeRef, software: &Software) -> Option<Post> {
    // The first text belongs to the post; later ones belong to replies within it.
    let text = Selection::from(*node).select(software.text).nodes().first().copied()?;
    post_of_lines(node, software, blocks(&text))
}

/// Reads author and date of a post whose lines are known; `None` where there are no lines.
pub(super) fn post_of_lines(
    node: &NodeRef,
    software: &Software,
    lines: Vec<Block>,
) -> Option<Post> {
    let whole = Selection::from(*node);
    // A selector of the name itself comes before that of its box.
    let names = software.author.split(',').map(|it| whole.select(it.trim()));
    let author = names.filter_map(|it| it.nodes().first().map(|it| one_line(&it.text()))).next();
    let date = whole.select(software.date).nodes().iter().find_map(day::of_element);
    let date = date.or_else(|| blocks(node).iter().take(12).find_map(|it| day::of_line(&it.text)));
    let author = author.or_else(|| node.attr("data-author").map(|it| one_line(&it)));
    let is_name = |it: &String| !it.is_empty() && it.len() <= 80;
    (!lines.is_empty()).then(|| Post { author: author.filter(is_name), date, blocks: lines })
}
