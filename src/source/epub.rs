//! Reads the chapters of an EPUB in reading order.
//!
//! The container names the package, the package's spine lists the chapters, its metadata describe
//! the book, and the table of contents names the chapters (EPUB 3.3, sections 4.2.6.3, 5.5, 5.7 and
//! 7; the older table of contents: NCX of DAISY, Z39.86).

use std::collections::HashMap;
use std::io::Read;

use quick_xml::events::{BytesStart, Event};

use super::archive::{self, Member};
use super::encoding;
use super::format::Format;
use super::input::{Input, Opened, Raws};
use super::raw::{Chapter, Content, RawText, Skip, SkipReason};
use crate::text::one_line;

/// The raw texts of the chapters, each under the path of its file in the book.
pub(super) fn chapters(input: Input, opened: Opened) -> Result<Raws, Skip> {
    let members = archive::list(&input, opened)?;
    let malformed = |detail: &str| input.skip(SkipReason::Malformed, detail);
    let container = xml(&input, &members, "META-INF/container.xml")?;
    let package =
        tags(&container).find(|it| it.name == "rootfile").and_then(|it| it.get("full-path"));
    let package = package.ok_or_else(|| malformed("its container names no package"))?;
    let folder = package.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut by_name: HashMap<_, _> = members.iter().map(|it| (it.name.clone(), it)).collect();
    let text = xml(&input, &members, &package)?;
    let spine = spine_of(&text);
    // Removed from the map when used, so that each file is read once, however often the spine names
    // it.
    let chapters = spine.iter().filter_map(|it| by_name.remove(&resolved(folder, it)));
    let chapters: Vec<_> = chapters.cloned().collect();
    if chapters.is_empty() {
        return Err(malformed("its spine names no chapter"));
    }
    let mut book = Book::of(&text);
    if let Some(contents) = contents_of(&text).map(|it| resolved(folder, &it)) {
        // A book without a readable table of contents is still a book.
        let text = xml(&input, &members, &contents).unwrap_or_default();
        let folder = contents.rsplit_once('/').map_or("", |(folder, _)| folder);
        book.names = names_of(&text, folder);
    }
    let prefix = format!("{}/", input.shown);
    let raws = archive::raws_of_all(input, chapters);
    Ok(Box::new(raws.map(move |it| it.map(|raw| book.chapter(raw, &prefix)))))
}

/// The metadata of a book.
#[derive(Default)]
struct Book {
    title: Option<String>,
    author: Option<String>,
    date: Option<String>,
    /// The name of each file in the table of contents.
    names: HashMap<String, String>,
}

impl Book {
    /// Reads the Dublin Core elements of a package.
    fn of(package: &str) -> Self {
        let said = |name: &str| texts(package, name).into_iter().map(|(_, text)| text);
        let authors: Vec<String> = said("creator").take(10).collect();
        // Books of the older standard give several dates and say which is which.
        let dates = texts(package, "date");
        let is_published = |tag: &Tag| tag.get("opf:event").is_none_or(|it| it == "publication");
        Self {
            title: said("title").next(),
            author: (!authors.is_empty()).then(|| authors.join(", ")),
            date: dates.into_iter().find(|(tag, _)| is_published(tag)).map(|(_, text)| text),
            names: HashMap::new(),
        }
    }

    fn chapter(&self, raw: RawText, prefix: &str) -> RawText {
        let Content::Text(html) = raw.content else { return raw };
        let name = raw.path.strip_prefix(prefix).and_then(|it| self.names.get(it)).cloned();
        let (book, author, date) = (self.title.clone(), self.author.clone(), self.date.clone());
        let content = Content::Chapter(Chapter { html, name, book, author, date });
        RawText { content, format: Format::Epub, ..raw }
    }
}

/// The text of an XML member.
fn xml(input: &Input, members: &[Member], name: &str) -> Result<String, Skip> {
    let missing = || input.skip(SkipReason::Malformed, format!("no `{name}` in it"));
    let member = members.iter().find(|it| it.name == name).ok_or_else(missing)?;
    let store = member.store.as_ref().map_err(|_| missing())?;
    let mut bytes = Vec::new();
    let open = store.open(&input.bound).map_err(|it| input.failed(&it))?;
    let mut open = open.take(input.limits.html_bytes);
    open.read_to_end(&mut bytes).map_err(|it| input.failed(&it))?;
    let label = encoding::label_of(&bytes);
    let decoded = encoding::decode(bytes, label.as_deref());
    decoded.map(|it| it.text).map_err(|(reason, detail)| input.skip(reason, detail))
}

/// The paths of the chapters in reading order, as the package writes them.
fn spine_of(package: &str) -> Vec<String> {
    let pages = tags(package).filter(|it| it.name == "item");
    let pages: HashMap<_, _> = pages.filter_map(|it| it.get("id").zip(it.get("href"))).collect();
    let chapters = tags(package).filter(|it| it.name == "itemref");
    chapters.filter_map(|it| pages.get(&it.get("idref")?).cloned()).collect()
}

/// The path of the table of contents, as the package writes it; the newer form before the older.
fn contents_of(package: &str) -> Option<String> {
    let item = |is: fn(&Tag) -> bool| {
        let mut items = tags(package).filter(|it| it.name == "item");
        items.find(is).and_then(|it| it.get("href"))
    };
    let is_nav = |it: &Tag| {
        it.get("properties").is_some_and(|it| it.split_whitespace().any(|it| it == "nav"))
    };
    let is_ncx = |it: &Tag| it.get("media-type").is_some_and(|it| it.contains("dtbncx"));
    item(is_nav).or_else(|| item(is_ncx))
}

/// The names of the book's files in a table of contents that lies in `folder`. The forms are `<a
/// href="one.xhtml">The Road</a>` and `<navLabel><text>The Road</text></navLabel><content
/// src="one.xhtml"/>`.
fn names_of(contents: &str, folder: &str) -> HashMap<String, String> {
    let mut names = HashMap::new();
    let mut name = |link: &str, text: &str| {
        if !text.is_empty() {
            names.entry(resolved(folder, link)).or_insert_with(|| text.to_owned());
        }
    };
    for (tag, text) in texts(contents, "a") {
        tag.get("href").into_iter().for_each(|it| name(&it, &text));
    }
    let labels = texts(contents, "text").into_iter().map(|(_, text)| text);
    // The title and the authors of the book have a text, but no content.
    let points = tags(contents).filter(|it| it.name == "content").filter_map(|it| it.get("src"));
    let skipped = usize::from(tags(contents).any(|it| it.name == "docTitle"));
    let authors = tags(contents).filter(|it| it.name == "docAuthor").count();
    labels.skip(skipped + authors).zip(points).for_each(|(text, link)| name(&link, &text));
    names
}

/// The elements with a name and their text, white space folded; empty ones are left out.
fn texts(xml: &str, name: &str) -> Vec<(Tag, String)> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut found = Vec::new();
    let mut open: Option<(Tag, String)> = None;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) if tag.local_name().as_ref() == name => {
                open = Some((Tag::of(&tag), String::new()));
            }
            Ok(Event::End(tag)) if tag.local_name().as_ref() == name => {
                let said = open.take().map(|(tag, text)| (tag, one_line(&text)));
                found.extend(said.filter(|(_, text)| !text.is_empty()));
            }
            Ok(Event::Text(text)) => {
                open.iter_mut().for_each(|(_, it)| it.push_str(&text.xml10_content()));
            }
            Ok(Event::GeneralRef(name)) => {
                let character = unescaped(&format!("&{};", &*name));
                open.iter_mut().for_each(|(_, it)| it.push_str(&character));
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

/// The path of a file in the book to which a link leads.
fn resolved(folder: &str, link: &str) -> String {
    let link = link.split('#').next().unwrap_or_default();
    let mut parts: Vec<&str> = folder.split('/').filter(|it| !it.is_empty()).collect();
    let decoded = percent_decoded(link);
    for part in decoded.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn percent_decoded(link: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = link.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|it| std::str::from_utf8(it).ok());
        let byte = digits.and_then(|it| u8::from_str_radix(it, 16).ok());
        match (first, byte) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A start tag of XML.
struct Tag {
    /// Its name without the namespace prefix.
    name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn of(tag: &BytesStart<'_>) -> Self {
        let attributes = tag.attributes().flatten();
        let attributes = attributes.map(|it| (it.key.as_ref().to_owned(), unescaped(&it.value)));
        Self { name: tag.local_name().as_ref().to_owned(), attributes: attributes.collect() }
    }

    fn get(&self, name: &str) -> Option<String> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
    }
}

pub(super) fn unescaped(value: &str) -> String {
    quick_xml::escape::unescape(value).map_or_else(|_| value.to_owned(), |it| it.into_owned())
}

/// The start tags of an XML text, up to the first error.
fn tags(xml: &str) -> impl Iterator<Item = Tag> {
    let mut reader = quick_xml::Reader::from_str(xml);
    std::iter::from_fn(move || {
        loop {
            match reader.read_event() {
                Ok(Event::Start(tag) | Event::Empty(tag)) => return Some(Tag::of(&tag)),
                Ok(Event::Eof) | Err(_) => return None,
                Ok(_) => {}
            }
        }
    })
}
