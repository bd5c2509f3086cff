//! What a page says about itself: title, author, address, date.

use dom_query::{Document, NodeRef};

use super::block::Block;
use super::metas::Metas;
use super::published::{self, Shown};
use crate::article::types::DateSource;
use crate::date::Day;
use crate::text::one_line;

/// The metadata of a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Metadata {
    pub(super) title: Option<String>,
    pub(super) author: Option<String>,
    pub(super) url: Option<String>,
    pub(super) date: Option<(Day, DateSource)>,
}

impl Metadata {
    /// Reads the metadata of a page that still has all its elements. `html` is its source, `blocks`
    /// are its lines.
    pub(super) fn of(document: &Document, html: &str, blocks: &[Block]) -> Self {
        let metas = Metas::of(document);
        let url = url(document, &metas, html);
        let title = title(document, &metas);
        let headline = title.as_ref().and_then(|title| {
            blocks.iter().position(|it| {
                it.text == *title || title.starts_with(&it.text) && it.text.len() > 12
            })
        });
        let date =
            published::published(document, &metas, url.as_deref(), &Shown { blocks, headline });
        Self { author: author(document, &metas), title, url, date }
    }
}

/// The headline: the `<h1>` that the title for sharing or the window's title contains, else one of
/// these titles.
fn title(document: &Document, metas: &Metas) -> Option<String> {
    let stated = metas.first(&["og:title", "twitter:title", "dc.title", "citation_title"]);
    let heads = document.select("h1");
    let heads: Vec<String> = heads.nodes().iter().map(|it| one_line(&it.text())).collect();
    let mut heads = heads.into_iter().filter(|it| !it.is_empty());
    let window =
        document.select("head > title, title").nodes().first().map(|it| one_line(&it.text()));
    let window = window.filter(|it| !it.is_empty());
    // `<title>` and `og:title` often end with the site's name. The `<h1>` that they contain is the
    // headline without it.
    let stated = stated.map(str::to_owned).or(window);
    let head = heads.find(|it| {
        stated.as_ref().is_none_or(|stated| stated.contains(it.as_str()) && it.chars().count() >= 4)
    });
    head.or(stated).map(|it| it.chars().take(400).collect())
}

/// The author: named in the metadata, or else marked in the page.
fn author(document: &Document, metas: &Metas) -> Option<String> {
    let names = [
        "author",
        "article:author",
        "dc.creator",
        "dcterms.creator",
        "citation_author",
        "parsely-author",
        "sailthru.author",
        "byl",
    ];
    let stated = metas.first(&names).map(str::to_owned);
    let linked = published::linked_data(document).into_iter().find_map(|it| it.author);
    let marked = || {
        let places = "[itemprop=author] [itemprop=name], [itemprop=author], [rel=author], .byline .author, .author-name, .byline-name";
        document.select(places).nodes().first().map(|it| one_line(&it.text()))
    };
    let is_name = |it: &String| {
        !it.is_empty() && it.chars().count() <= 80 && !it.contains("://") && !it.starts_with('@')
    };
    let name =
        linked.filter(is_name).or(stated.filter(is_name)).or_else(|| marked().filter(is_name))?;
    let bare = name.strip_prefix("By ").or(name.strip_prefix("by ")).unwrap_or(&name);
    Some(bare.trim().to_owned())
}

/// The address: as the page gives it, or else as the browser noted it when it saved the page.
fn url(document: &Document, metas: &Metas, html: &str) -> Option<String> {
    let link = document.select("link[rel=canonical]");
    let link =
        link.nodes().first().and_then(|it: &NodeRef| it.attr("href")).map(|it| it.to_string());
    let stated = link.or_else(|| metas.first(&["og:url", "twitter:url"]).map(str::to_owned));
    let is_address = |it: &String| it.starts_with("http://") || it.starts_with("https://");
    stated.filter(is_address).or_else(|| saved_from(html)).map(|it| it.trim().to_owned())
}

/// The address in `<!-- saved from url=(0042)https://… -->`, or in the note of a page saved as a
/// single file.
fn saved_from(html: &str) -> Option<String> {
    let mut end = html.len().min(2000);
    while !html.is_char_boundary(end) {
        end -= 1;
    }
    let head = html.get(..end)?;
    let after = head.split_once("saved from url=").or_else(|| head.split_once("\n url: "))?.1;
    let after = if after.starts_with('(') { after.split_once(')')?.1 } else { after };
    let url = after.split_whitespace().next()?;
    url.starts_with("http").then(|| url.to_owned())
}
