//! Opens a file and reads its raw texts, one after the other, by its format.

use std::fs::{self, Metadata};
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::format::{self, FileKind, Format};
use super::input::{Input, Opened, Raws};
use super::limits::Limits;
use super::raw::{Content, File, RawText, Skip, SkipReason};
use super::store::{Bound, Store};
use super::{archive, encoding, epub, html, json, pdf, table, walk};

/// An iterator over the raw texts and skips of one file, in file order.
///
/// Records are read on demand, whole texts when their turn comes.
pub struct Reader {
    raws: Raws,
    watch: Option<Watch>,
}

/// What is needed to notice that a file changed while it was read.
struct Watch {
    shown: String,
    open: fs::File,
    before: (u64, u64),
}

impl Iterator for Reader {
    type Item = Result<RawText, Skip>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(next) = self.raws.next() {
            return Some(next);
        }
        let watch = self.watch.take()?;
        let after = watch.open.metadata().map(|it| state_of(&it)).ok()?;
        let detail = format!("{} bytes before, {} after", watch.before.0, after.0);
        (after != watch.before).then(|| Err(Skip::of(&watch.shown, SkipReason::Changed, detail)))
    }
}

/// Opens a file for reading its raw texts in order. A bad record gives a [`Skip`], and reading goes
/// on.
///
/// Bytes that do not decode become U+FFFD, and a [`Skip`] reports them beside the raw text. If the
/// file changes while it is read, what was read stays and a [`SkipReason::Changed`] comes last. The
/// file's recorded state then differs from the one on disk, so the next run reads it again.
///
/// # Errors
/// Nothing of the file can be read.
pub fn read(base: &Path, file: &File, limits: &Limits) -> Result<Reader, Skip> {
    let unreadable = |it: io::Error| Skip::of(&file.path, SkipReason::Unreadable, it.to_string());
    let path = walk::resolve(base, &file.path);
    // Checked before opening, because opening a pipe waits for its writer.
    let metadata = path.metadata().map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(Skip::of(&file.path, SkipReason::NotRegular, String::new()));
    }
    let open = fs::File::open(&path).map_err(unreadable)?;
    let metadata = open.metadata().map_err(unreadable)?;
    let watch = Watch { shown: file.path.clone(), open, before: state_of(&metadata) };
    let input = Input {
        shown: file.path.clone(),
        bound: Bound::new(limits, metadata.len()),
        store: Store::Disk { path, size_bytes: metadata.len() },
        depth: 0,
        limits: Arc::new(limits.clone()),
        read_any: Input::raws,
    };
    Ok(Reader { raws: input.raws()?, watch: Some(watch) })
}

fn state_of(metadata: &Metadata) -> (u64, u64) {
    (metadata.len(), walk::modified_ns(metadata))
}

impl Input {
    /// The raw texts of this file in any format; at least one skip if it contains none.
    fn raws(self) -> Result<Raws, Skip> {
        let empty = self.skip(SkipReason::Empty, String::new());
        let mut raws = self.raws_by_kind()?;
        let mut is_empty = true;
        Ok(Box::new(std::iter::from_fn(move || {
            let next = raws.next().or_else(|| is_empty.then(|| Err(empty.clone())));
            is_empty = false;
            next
        })))
    }

    fn raws_by_kind(self) -> Result<Raws, Skip> {
        let packed = format::packed_name(&self.shown);
        let name = packed.map_or(self.shown.as_str(), |(_, name)| name);
        let by_name = format::by_name(name);
        if by_name == FileKind::Foreign {
            return Err(self.skip(SkipReason::UnknownFormat, String::new()));
        }
        let opened = self.open(packed.map(|(packing, _)| packing))?;
        if opened.head.is_empty() {
            return Err(self.skip(SkipReason::Empty, String::new()));
        }
        let kind = match by_name {
            // HTML pages are saved as .txt too. No other sign in the bytes outweighs a name.
            FileKind::Unknown => format::by_content(&opened.head),
            FileKind::Text(Format::Text) => match format::by_content(&opened.head) {
                FileKind::Text(Format::Html) => FileKind::Text(Format::Html),
                _ => by_name,
            },
            _ => by_name,
        };
        match kind {
            FileKind::Text(Format::JsonLines) => json::lines(self, opened),
            FileKind::Json => json::values(self, opened),
            FileKind::Text(format @ (Format::Csv | Format::Tsv)) => {
                table::rows(self, opened, format)
            }
            FileKind::Text(Format::Epub) => epub::chapters(self, opened),
            FileKind::Text(Format::Pdf) => pdf::text(&self, opened),
            FileKind::Zip => archive::members(self, opened),
            FileKind::Text(format) => self.whole(opened, format),
            FileKind::Foreign | FileKind::Unknown => {
                Err(self.skip(SkipReason::UnknownFormat, String::new()))
            }
        }
    }

    /// The whole text of a file as one raw text.
    fn whole(&self, opened: Opened, format: Format) -> Result<Raws, Skip> {
        let is_html = format == Format::Html;
        let limits = &self.limits;
        let cap = if is_html { limits.html_bytes } else { limits.text_bytes };
        let bytes = opened.all(cap).map_err(|it| self.failed(&it))?;
        let label = if is_html { encoding::label_of(&bytes) } else { None };
        let decoded = encoding::decode(bytes, label.as_deref())
            .map_err(|(reason, detail)| self.skip(reason, detail))?;
        if decoded.text.trim().is_empty() {
            return Err(self.skip(SkipReason::Empty, String::new()));
        }
        if is_html && html::is_deeper(&decoded.text, limits.html_depth) {
            let detail = format!("elements nest deeper than {}", limits.html_depth);
            return Err(self.skip(SkipReason::TooLarge, detail));
        }
        let loss = (decoded.replaced > 0).then(|| {
            let (places, name) = (decoded.replaced, decoded.encoding.name());
            Err(self
                .skip(SkipReason::Undecoded, format!("{places} places are no {name}, replaced")))
        });
        let content = Content::Text(decoded.text);
        let raw = RawText { path: self.shown.clone(), format, line: 1, content };
        Ok(Box::new(std::iter::once(Ok(raw)).chain(loss)))
    }
}
