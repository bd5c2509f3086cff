//! The chapters of an EPUB in reading order: its container names the package, the package's spine
//! names the chapters (EPUB 3.3, sections 4.2.6.3 and 5.7).

use std::collections::HashMap;
use std::io::Read;

use quick_xml::events::{BytesStart, Event};

use super::archive::{self, Member};
use super::encoding;
use super::raw::{Reason, Skip};
use super::reader::{Input, Opened, Raws};

/// The chapters as HTML, each under the path of its file in the book.
pub(super) fn chapters(input: Input, opened: Opened) -> Result<Raws, Skip> {
    let members = archive::list(&input, opened)?;
    let malformed = |detail: &str| input.skip(Reason::Malformed, detail);
    let container = xml(&input, &members, "META-INF/container.xml")?;
    let package =
        tags(&container).find(|it| it.name == "rootfile").and_then(|it| it.get("full-path"));
    let package = package.ok_or_else(|| malformed("its container names no package"))?;
    let folder = package.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut by_name: HashMap<_, _> = members.iter().map(|it| (it.name.clone(), it)).collect();
    let spine = spine_of(&xml(&input, &members, &package)?);
    // Taken out as they are named, so that each is read once, however often a book names it.
    let chapters = spine.iter().filter_map(|it| by_name.remove(&resolved(folder, it)));
    let chapters: Vec<_> = chapters.cloned().collect();
    if chapters.is_empty() {
        return Err(malformed("its spine names no chapter"));
    }
    Ok(archive::raws_of_all(input, chapters))
}

/// The text of a member that is XML.
fn xml(input: &Input, members: &[Member], name: &str) -> Result<String, Skip> {
    let missing = || input.skip(Reason::Malformed, format!("no `{name}` in it"));
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

/// A link of the package as the path of a file in the book.
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

/// An opening tag of XML.
struct Tag {
    /// Its name without the prefix of its name space.
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

fn unescaped(value: &str) -> String {
    quick_xml::escape::unescape(value).map_or_else(|_| value.to_owned(), |it| it.into_owned())
}

/// The opening tags of an XML text, up to where it breaks.
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
