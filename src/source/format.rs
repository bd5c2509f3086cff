//! Detects the format of a file by its name, and by its first bytes where the name says nothing.

use serde::{Deserialize, Serialize};

/// The format of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "each is the format of its name")]
pub enum Format {
    Text,
    Markdown,
    Html,
    JsonLines,
    Csv,
    Tsv,
    Epub,
    Pdf,
}

/// The kind of a file, as the reader treats it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileKind {
    /// A text of this format.
    Text(Format),
    /// JSON other than JSON Lines: one object, or an array of objects.
    Json,
    /// An archive of files.
    Zip,
    /// A format without text, or one that is not read.
    Foreign,
    /// The name says nothing about the format.
    Unknown,
}

/// The compression of a file or of a member of an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    Stored,
    Deflate,
    Gzip,
    Zstd,
}

/// Extensions of images, sounds, programs and office files, and of the parts of a saved web page
/// (`page_files/style.css`), which would fill the index with code.
const FOREIGN: &str = " 7z a aac accdb ai apk app avi avif bin bmp bz2 cab cbr cbz class css cur dat \
    db dbf deb dll dmg doc docm docx dot dotx dylib eot eps exe fla flac flv gif heic heif ico idx \
    img iso jar jpeg jpg jp2 js key lib lnk lz lz4 lzma m4a m4v map mdb mjs mkv mobi mov mp3 mp4 \
    mpeg mpg msi node numbers o odg odp ods odt ogg ogv otf pack pages parquet pcap pdb pickle pkl \
    png ppt pptx psd pyc pyd rar rpm rtf shp so sqlite sqlite3 svg svgz swf sys tar tga tgz tif \
    tiff ttc ttf vob war wasm wav webm webp wma wmf wmv woff woff2 xls xlsb xlsm xlsx xz ";

/// The kind of a file by its name.
pub(super) fn by_name(path: &str) -> FileKind {
    let extension = extension(path);
    match extension.as_str() {
        "" => FileKind::Unknown,
        "txt" | "text" => FileKind::Text(Format::Text),
        "md" | "markdown" | "mdown" | "mkd" => FileKind::Text(Format::Markdown),
        "html" | "htm" | "xhtml" | "shtml" => FileKind::Text(Format::Html),
        "jsonl" | "ndjson" | "jsonlines" => FileKind::Text(Format::JsonLines),
        "json" => FileKind::Json,
        "csv" => FileKind::Text(Format::Csv),
        "tsv" | "tab" => FileKind::Text(Format::Tsv),
        "epub" => FileKind::Text(Format::Epub),
        "pdf" => FileKind::Text(Format::Pdf),
        "zip" => FileKind::Zip,
        _ if FOREIGN.contains(&format!(" {extension} ")) => FileKind::Foreign,
        _ => FileKind::Unknown,
    }
}

/// The kind of a file by its first bytes, for names that say nothing. Text is the default.
pub(super) fn by_content(head: &[u8]) -> FileKind {
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let opens = |mark: &str| {
        start.get(..mark.len()).is_some_and(|it| it.eq_ignore_ascii_case(mark.as_bytes()))
    };
    if head.starts_with(b"%PDF-") {
        FileKind::Text(Format::Pdf)
    } else if head.starts_with(b"PK\x03\x04") {
        // An EPUB starts with a member named `mimetype`, stored without compression, as its
        // standard demands.
        let is_epub = head.get(30..58) == Some(b"mimetypeapplication/epub+zip");
        if is_epub { FileKind::Text(Format::Epub) } else { FileKind::Zip }
    } else if opens("<!doctype html") || opens("<html") || opens("<?xml") && has_html(start) {
        FileKind::Text(Format::Html)
    } else {
        FileKind::Text(Format::Text)
    }
}

/// Whether XML is an HTML page: its root element stands within the first bytes.
fn has_html(start: &[u8]) -> bool {
    start.windows(5).take(1_024).any(|it| it.eq_ignore_ascii_case(b"<html"))
}

/// The compression of a file by its first bytes.
pub(super) fn packing(head: &[u8]) -> Option<Packing> {
    if head.starts_with(&[0x1f, 0x8b, 8]) {
        return Some(Packing::Gzip);
    }
    // The second value is a skippable frame, which may come first.
    let magic = head.first_chunk::<4>().map(|it| u32::from_le_bytes(*it))?;
    (magic == 0xfd2f_b528 || magic & 0xffff_fff0 == 0x184d_2a50).then_some(Packing::Zstd)
}

/// The compression that a file name promises, and the name without its extension.
pub(super) fn packed_name(path: &str) -> Option<(Packing, &str)> {
    let (name, packing) = path.rsplit_once('.')?;
    match packing.to_ascii_lowercase().as_str() {
        "gz" | "gzip" => Some((Packing::Gzip, name)),
        "zst" | "zstd" => Some((Packing::Zstd, name)),
        _ => None,
    }
}

/// The extension of a file name in lower case; empty where there is none.
fn extension(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => extension.to_ascii_lowercase(),
        _ => String::new(),
    }
}
