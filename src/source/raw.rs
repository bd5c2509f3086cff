//! What comes out of a file before anybody asks what it says.

use serde::{Deserialize, Serialize};

/// A file that the walk found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// The path as shown to people and stored: the root as given, then the way below it.
    pub path: String,
    /// Length in bytes when the walk saw it.
    pub size_bytes: u64,
    /// Modification time, nanoseconds since 1970; 0 where the file system has none.
    pub modified_ns: u64,
}

/// How a file is read.
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

/// One piece of a file: the whole of a text, or one record of a file that holds many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawText {
    /// The file's path as in [`File::path`].
    pub path: String,
    /// How the content is to be read.
    pub format: Format,
    /// The line of the file at which the content starts, counted from 1.
    pub line: u32,
    /// The content.
    pub content: Content,
}

/// Text to be cleaned and cut, or a record whose parts are already named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// The decoded text of a whole file.
    Text(String),
    /// One record of JSON Lines, CSV or TSV: one article, never split and never cleaned.
    Record(Record),
    /// One chapter of a book: one article, never cleaned.
    Chapter(Chapter),
    /// The pages of a PDF.
    Pdf(Pdf),
}

/// The text of a PDF, with what the file says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pdf {
    /// Its pages, each ended by a form feed.
    pub text: String,
    /// Its title, or whatever the program that made it put there.
    pub title: Option<String>,
    /// Who wrote it, or whose computer it was.
    pub author: Option<String>,
    /// When it was made, as the program that reads it writes that.
    pub created: Option<String>,
}

/// One chapter of an EPUB, with what the book says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chapter {
    /// The chapter as HTML.
    pub html: String,
    /// Its name in the table of contents; of several on one page, the first.
    pub name: Option<String>,
    /// The title of the book.
    pub book: Option<String>,
    /// Who wrote the book; several are joined by `, `.
    pub author: Option<String>,
    /// The day of publication as the book writes it.
    pub date: Option<String>,
}

/// One record of JSON Lines, CSV or TSV.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[expect(missing_docs, reason = "the names are the format's own")]
pub struct Record {
    pub id: Option<String>,
    pub title: Option<String>,
    pub text: String,
    pub date: Option<String>,
    pub url: Option<String>,
    pub author: Option<String>,
    pub lang: Option<String>,
}

/// Something that was not read, with its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skip {
    /// The file's path as in [`File::path`].
    pub path: String,
    /// The line of the file, counted from 1, where one record of many was skipped.
    pub line: Option<u32>,
    /// Why.
    pub reason: SkipReason,
    /// What was found, in words; may be empty.
    pub detail: String,
}

/// Why a file or a record was skipped; the name is what `search status --skipped` counts by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SkipReason {
    /// No permission, or the device failed.
    Unreadable,
    /// Bytes that are no text.
    Binary,
    /// No format of this name is read.
    UnknownFormat,
    /// No decoding fits.
    Encoding,
    /// Some bytes do not decode; the text was read, with U+FFFD in their place.
    Undecoded,
    /// Over the limit of size, depth or expansion.
    TooLarge,
    /// Nothing but white space.
    Empty,
    /// A file or folder whose name begins with a dot.
    Hidden,
    /// A folder that holds an index of ours.
    IndexFolder,
    /// A pipe, a socket, a device.
    NotRegular,
    /// A link that leads out of the root, in a circle, or to nothing.
    Link,
    /// The format's own grammar is broken.
    Malformed,
    /// A program it needs is not installed.
    MissingTool,
    /// The file changed while it was read; what was read stands, and the next run reads it anew.
    Changed,
    /// It would take more work, or took more time, than one text may.
    TookTooLong,
    /// Our own code failed on it.
    Failed,
}
