//! The day a page was published: what its metadata, its elements and its address say, the surest
//! first.

use dom_query::{Document, NodeRef};

use super::forum;
use super::metadata::Metas;
use crate::article::DateSource;
use crate::date::{self, Day};

/// Names of `<meta>` elements that hold the day of publication, the most trustworthy first.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "datepublished",
    "og:article:published_time",
    "article.published",
    "og:published_time",
    "published_time",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "published-date",
    "publication_date",
    "publication-date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
    "date.issued",
    "article_date_original",
    "originalpublicationdate",
    "datecreated",
    "created",
    "rnews:datepublished",
    "article:published",
    "date",
    "issued",
    "release_date",
    "timestamp",
    "bt:pubdate",
    "ptime",
    "pdate",
    "weibo: article:create_at",
];

/// Names that hold a day of change: better than nothing.
const CHANGED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "lastmod",
    "revised",
    "modified",
];

/// The day of publication and where it was found.
pub(super) fn published(
    document: &Document,
    metas: &Metas,
    url: Option<&str>,
) -> Option<(Day, DateSource)> {
    let linked = linked_data(document);
    let stated = linked.iter().find_map(|it| it.published).or_else(|| of_metas(metas, PUBLISHED));
    let metadata = |it| (it, DateSource::Metadata);
    stated
        .map(metadata)
        .or_else(|| marked(document).map(metadata))
        .or_else(|| url.and_then(date::in_address).map(|it| (it, DateSource::Url)))
        .or_else(|| shown(document).map(|it| (it, DateSource::Byline)))
        .or_else(|| linked.iter().find_map(|it| it.changed).map(metadata))
        .or_else(|| of_metas(metas, CHANGED).map(metadata))
}

fn of_metas(metas: &Metas, names: &[&str]) -> Option<Day> {
    let contents = names.iter().flat_map(|name| metas.all(name));
    contents.filter_map(date::read).map(|it| it.day).find(|it| it.is_exact())
}

/// One block of linked data (JSON-LD).
#[derive(Debug, Default)]
pub(super) struct Linked {
    pub(super) published: Option<Day>,
    pub(super) changed: Option<Day>,
    pub(super) author: Option<String>,
}

/// Every block of linked data. Keys are looked for in the text: many of these blocks are broken,
/// and their order and nesting differ from site to site.
pub(super) fn linked_data(document: &Document) -> Vec<Linked> {
    let scripts = document.select("script[type=\"application/ld+json\"]");
    let texts = scripts.nodes().iter().map(NodeRef::text);
    let read = |text: &str| {
        let day =
            |key| value(text, key).and_then(date::read).map(|it| it.day).filter(|it| it.is_exact());
        let published = day("\"datePublished\"")
            .or_else(|| day("\"dateCreated\""))
            .or_else(|| day("\"uploadDate\""));
        Linked { published, changed: day("\"dateModified\""), author: linked_author(text) }
    };
    texts.map(|it| read(&it)).collect()
}

/// The text behind a key.
fn value<'a>(json: &'a str, key: &str) -> Option<&'a str> {
    let after = json.split_once(key)?.1.trim_start().strip_prefix(':')?.trim_start();
    let value = after.strip_prefix('[').map_or(after, str::trim_start).strip_prefix('"')?;
    value.split('"').next()
}

/// `"author":{"@type":"Person","name":"…"}`, a list of these, or a text.
fn linked_author(json: &str) -> Option<String> {
    let after = json.split_once("\"author\"")?.1.trim_start().strip_prefix(':')?;
    let after = after.trim_start().trim_start_matches(['[', ' ', '\n', '\t', '\r']);
    let name = if after.starts_with('{') {
        value(after.split('}').next()?, "\"name\"")?
    } else {
        after.strip_prefix('"')?.split('"').next()?
    };
    (!name.contains('\\')).then(|| super::metadata::folded(name)).filter(|it| !it.is_empty())
}

/// Elements that are marked as the day of publication, then any `<time>`.
fn marked(document: &Document) -> Option<Day> {
    let places = [
        "[itemprop=datePublished], [itemprop~=datePublished], [property=datePublished], time[pubdate]",
        "time.entry-date.published, time.published, time.entry-date, abbr.published, .dt-published",
        "article time[datetime], header time[datetime]",
        "time[datetime]",
    ];
    places.iter().find_map(|it| {
        let found = document.select(it);
        found.nodes().iter().filter_map(forum::day).find(|it| it.is_exact())
    })
}

/// Elements whose class says that they show a day, then the text around the headline.
fn shown(document: &Document) -> Option<Day> {
    let places = [
        ".entry-date, .post-date, .article-date, .published, .pubdate, .publish-date, .date-published, .posted-on, .dateline, .news-date, .timestamp, .date, .datum, .article__date",
        "[class*=publish], [class*=byline], [class*=date], [class*=Date], [id*=date], [class*=meta], [class*=time], [class*=info]",
    ];
    places.iter().find_map(|it| {
        let found = document.select(it);
        let texts = found.nodes().iter().take(40).map(|it| it.text());
        let short = texts.filter(|it| it.len() <= 400);
        short.filter_map(|it| date::find(&it)).map(|it| it.day).find(|it| it.is_exact())
    })
}
