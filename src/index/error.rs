//! What can go wrong with an index folder, by kinds that a caller can act on.

use std::fmt;
use std::io;
use std::path::Path;

/// What is wrong with an index folder: one sentence, and what the person can do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What a caller branches on; its name is `error.kind` in JSON.
    pub kind: ErrorKind,
    /// One sentence, lower case, subject first.
    pub message: String,
    /// The command or act that helps.
    pub hint: Option<String>,
}

/// The kinds of errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The folder holds no index.
    NoIndex,
    /// Another format version, or another analysis.
    OtherVersion,
    /// A file is missing, has another length or another checksum.
    Damaged,
    /// Another program writes it.
    Locked,
    /// The folder holds files that are not of an index; nothing is written there.
    NotOurs,
    /// A root is gone or never existed.
    NoSource,
    /// A call to the operating system failed.
    Io,
    /// The query asks for nothing, or for too much.
    Query,
}

impl ErrorKind {
    /// As it stands in JSON: `no_index`, `other_version`, …
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NoIndex => "no_index",
            Self::OtherVersion => "other_version",
            Self::Damaged => "damaged",
            Self::Locked => "locked",
            Self::NotOurs => "not_ours",
            Self::NoSource => "no_source",
            Self::Io => "io",
            Self::Query => "query",
        }
    }
}

impl Error {
    /// An error without a hint.
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), hint: None }
    }

    /// The same error with a hint.
    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The folder holds no index.
    pub(super) fn no_index(dir: &Path) -> Self {
        Self::new(ErrorKind::NoIndex, format!("{}: no index here", dir.display()))
            .with_hint("build one first: `search index PATH`")
    }

    /// A call to the operating system failed on `path`.
    pub(crate) fn io(path: &Path, error: &io::Error) -> Self {
        Self::new(ErrorKind::Io, format!("{}: {error}", path.display()))
    }

    /// A file of the index no longer has the bytes that were written.
    pub(super) fn damaged(path: &Path, what: impl fmt::Display) -> Self {
        let dir = path.parent().and_then(Path::parent).unwrap_or(path);
        Self::new(ErrorKind::Damaged, format!("index damaged: {}: {what}", path.display()))
            .with_hint(rebuild_hint(dir))
    }
}

/// The hint that names the command to rebuild an index from its recorded roots.
pub(super) fn rebuild_hint(dir: &Path) -> String {
    format!("`search index --rebuild --index {}` builds it anew", dir.display())
}

/// The index was built by another version of this program.
pub(super) fn other_version(dir: &Path, what: &str) -> Error {
    let message = format!("{}: built by another version ({what})", dir.display());
    Error::new(ErrorKind::OtherVersion, message).with_hint(rebuild_hint(dir))
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
