//! What is read from a file before its meaning is interpreted.

use serde::{Deserialize, Serialize};

use super::format::Format;

/// A file that the walk found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// The path as it is shown and stored: the root as given, then the path below it.
    pub path: String,
    /// Length in bytes when the walk saw it.
    pub size_bytes: u64,
    /// Modification time, nanoseconds since 1970; 0 where the file system has none.
    pub modified_ns: u64,
}

/// A raw text: a whole file, or one record of a file with many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawText {
    /// The file's path as in [`File::path`].
    pub path: String,
    /// The format of the content.
    pub format: Format,
    /// The line of the file at which the content starts, counted from 1.
    pub line: u32,
    /// The content.
    pub content: Content,
}

/// Text to be cleaned and cut, or a record whose parts are named already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// The decoded text of a whole file.
    Text(String),
    /// One record of JSON Lines, CSV or TSV. It is one article, which is never split or cleaned.
    Record(Record),
    /// One chapter of a book. It is one article, which is never cleaned.
    Chapter(Chapter),
    /// The pages of a PDF.
    Pdf(Pdf),
}

/// The text of a PDF and its metadata.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pdf {
    /// The text of its pages, each ended by a form feed.
    pub text: String,
    /// The title in the metadata. Often a program put it there.
    pub title: Option<String>,
    /// The author in the metadata. Often it is the owner of the computer.
    pub author: Option<String>,
    /// The date of creation, as `pdftotext` writes it.
    pub created: Option<String>,
}

/// One chapter of an EPUB, with the metadata of the book.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chapter {
    /// The chapter as HTML.
    pub html: String,
    /// Its name in the table of contents; the first one where a file has several.
    pub name: Option<String>,
    /// The title of the book.
    pub book: Option<String>,
    /// The author of the book; several are joined by `, `.
    pub author: Option<String>,
    /// The date of publication, as the book writes it.
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

/// A file or a record that was not read, or not completely, and the reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skip {
    /// The file's path as in [`File::path`].
    pub path: String,
    /// The line of the file, counted from 1, if one record of many was skipped.
    pub line: Option<u32>,
    /// The reason.
    pub reason: SkipReason,
    /// Details in words; may be empty.
    pub detail: String,
}

/// Why a file or a record was skipped. `search status --skipped` counts by these names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SkipReason {
    /// There is no permission, or the device failed.
    Unreadable,
    /// The bytes are no text.
    Binary,
    /// Files of this format are not read.
    UnknownFormat,
    /// No encoding fits.
    Encoding,
    /// Some bytes did not decode. The text was read, with U+FFFD in their place.
    Undecoded,
    /// It goes over a cap of size, depth or expansion.
    TooLarge,
    /// It contains only white space.
    Empty,
    /// A file or folder whose name begins with a dot.
    Hidden,
    /// A folder that holds a search index.
    IndexFolder,
    /// A pipe, a socket, a device.
    NotRegular,
    /// A link that leads out of the root, in a circle, or to nothing.
    Link,
    /// It violates the grammar of its format.
    Malformed,
    /// A program that reads the format is not installed.
    MissingTool,
    /// The file changed while it was read. What was read stays, and the next run reads the file
    /// again.
    Changed,
    /// It would take more work, or took more time, than one text may.
    TookTooLong,
    /// This program failed on it.
    Failed,
}
