//! The day of publication of a page, from its address, its metadata and its elements; the most
//! trustworthy source first.

use dom_query::{Document, NodeRef};

use super::block::Block;
use super::day;
use super::metas::Metas;
use crate::article::content;
use crate::article::types::DateSource;
use crate::date::{self, Day};
use crate::text::one_line;

/// Names of `<meta>` elements that hold the day of publication, the most trustworthy first.
const PUBLISHED: &str = include_str!("data/published.txt");

/// Names that hold a date of publication or of the last change.
const DATED: &str = include_str!("data/dated.txt");

/// Names that hold the date of a change, which is better than nothing.
const CHANGED: &str = include_str!("data/changed.txt");

/// Finds the day of publication, and where it was found.
///
/// A date in the address is the most trustworthy: it was set once, in the site's own time zone.
/// Metadata is often in universal time, or that of a later revision.
pub(super) fn published(
    document: &Document,
    metas: &Metas,
    url: Option<&str>,
    page: &Shown,
) -> Option<(Day, DateSource)> {
    let linked = linked_data(document);
    let changed = linked.iter().find_map(|it| it.changed).or_else(|| of_metas(metas, CHANGED));
    let stated = linked.iter().find_map(|it| it.published);
    let stated =
        stated.or_else(|| of_metas(metas, PUBLISHED)).or_else(|| marked(document, OF_STORY));
    let near = page.near_headline();
    let metadata = |it| (it, DateSource::Metadata);
    let byline = |it| (it, DateSource::Byline);
    let local = |it| near.filter(|near| is_next(it, *near)).map_or(metadata(it), byline);
    url.and_then(date::in_address)
        .map(|it| (it, DateSource::Url))
        .or_else(|| stated.map(local))
        .or_else(|| near.map(byline))
        .or_else(|| of_metas(metas, DATED).or_else(|| marked(document, ANY)).map(metadata))
        .or_else(|| shown(document, DAY_OF_STORY).map(byline))
        .or_else(|| page.below_headline().map(byline))
        .or_else(|| shown(document, SOME_DAY).map(byline))
        .or_else(|| page.anywhere().map(byline))
        .or_else(|| changed.map(metadata))
}

/// Whether the page shows the day after the stated one. East of Greenwich the stated day is that of
/// the evening before, in universal time. The opposite case is as often a mistake of the page.
fn is_next(stated: Day, shown: Day) -> bool {
    stated.is_exact() && shown.is_exact() && stated.days_until(shown) == 1
}

/// The lines of a page, and the index of its headline among them.
pub(super) struct Shown<'a> {
    pub(super) blocks: &'a [Block],
    pub(super) headline: Option<usize>,
}

impl Shown<'_> {
    /// The date near the headline, in a line that holds little else.
    fn near_headline(&self) -> Option<Day> {
        let at = self.headline?;
        let below = self.blocks.get(at + 1..)?.iter().take(10);
        let above = self.blocks.get(at.saturating_sub(3)..at)?.iter().rev();
        below.chain(above).find_map(|it| day::of_line(&it.text))
    }

    /// The date of the first line below the headline that holds hardly anything else. Above the
    /// headline many sites show the day of the visit.
    fn below_headline(&self) -> Option<Day> {
        bare_line(self.blocks.get(self.headline?..)?)
    }

    fn anywhere(&self) -> Option<Day> {
        bare_line(self.blocks)
    }
}

/// The date of the first line that holds hardly anything else. A longer line may belong to a
/// picture or a comment.
fn bare_line(blocks: &[Block]) -> Option<Day> {
    let is_bare = |it: &&Block| content::words_beside_date(&it.text).is_some_and(|it| it <= 4);
    blocks.iter().filter(is_bare).map(|it| it.text.as_str()).find_map(day::of_line)
}

fn of_metas(metas: &Metas, names: &str) -> Option<Day> {
    let contents = names.lines().flat_map(|name| metas.all(name));
    contents.filter_map(date::read).map(|it| it.day).find(|it| it.is_exact())
}

/// One block of linked data (JSON-LD).
#[derive(Debug, Default)]
pub(super) struct Linked {
    pub(super) published: Option<Day>,
    pub(super) changed: Option<Day>,
    pub(super) author: Option<String>,
}

/// Reads all blocks of linked data. Keys are searched in the text: many of these blocks are broken,
/// and their order and nesting differ between sites.
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

/// The text value of a key.
fn value<'a>(json: &'a str, key: &str) -> Option<&'a str> {
    let after = json.split_once(key)?.1.trim_start().strip_prefix(':')?.trim_start();
    let value = after.strip_prefix('[').map_or(after, str::trim_start).strip_prefix('"')?;
    value.split('"').next()
}

/// The author in `"author":{"@type":"Person","name":"…"}`, in a list of such objects, or as a plain
/// text.
fn linked_author(json: &str) -> Option<String> {
    let after = json.split_once("\"author\"")?.1.trim_start().strip_prefix(':')?;
    let after = after.trim_start().trim_start_matches(['[', ' ', '\n', '\t', '\r']);
    let name = if after.starts_with('{') {
        value(after.split('}').next()?, "\"name\"")?
    } else {
        after.strip_prefix('"')?.split('"').next()?
    };
    (!name.contains('\\')).then(|| one_line(name)).filter(|it| !it.is_empty())
}

/// Elements that are marked as the date of publication.
const OF_STORY: &[&str] = &[
    "[itemprop=datePublished], [itemprop~=datePublished], [property=datePublished], time[pubdate]",
    "time.entry-date.published, time.published, time.entry-date, abbr.published, .dt-published",
];

/// Elements that hold some time, most likely the story's.
const ANY: &[&str] = &["article time, header time", "time"];

fn marked(document: &Document, places: &[&str]) -> Option<Day> {
    places.iter().find_map(|it| {
        let found = document.select(it);
        found.nodes().iter().filter_map(day::of_element).find(|it| it.is_exact())
    })
}

/// Elements whose class names the date of a story.
const DAY_OF_STORY: &str = ".entry-date, .post-date, .article-date, .published, .pubdate, \
    .publish-date, .date-published, .posted-on, .dateline, .news-date, .date, .datum, \
    .article__date";

/// Elements whose class has to do with time.
const SOME_DAY: &str = "[class*=publish], [class*=byline], [class*=date], [class*=Date], \
    [id*=date], [class*=meta], [class*=time], [class*=info]";

/// The first date in the elements that a selector finds; long elements are skipped.
fn shown(document: &Document, place: &str) -> Option<Day> {
    let found = document.select(place);
    let texts = found.nodes().iter().take(40).map(|it| it.text());
    texts.filter(|it| it.len() <= 400).find_map(|it| shown_day(&it))
}

/// The date in a text that is marked as showing one. A date with a short year counts here, because
/// it cannot be a version number.
fn shown_day(text: &str) -> Option<Day> {
    let short = || text.split_whitespace().find_map(date::read);
    let found = date::find(text).filter(|it| it.day.is_exact()).or_else(short);
    found.map(|it| it.day).filter(|it| it.is_exact())
}
