//! What can be wrong with an index folder, as a caller can act on it.

use std::fmt;

/// A problem with an index folder: one sentence, and what the person can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What a caller branches on; its name is `error.kind` in JSON.
    pub kind: Kind,
    /// One sentence, lower case, subject first.
    pub message: String,
    /// The command or act that helps.
    pub hint: Option<String>,
}

/// The kinds of problems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The folder holds no index.
    NoIndex,
    /// Another format version, or another analysis.
    OtherVersion,
    /// A file is missing, has another length or another checksum.
    Damaged,
    /// Another program writes it.
    Locked,
    /// The folder holds something else; nothing is written there.
    NotOurs,
    /// A root is gone, or was never there.
    NoSource,
    /// The operating system refused.
    Io,
}

impl Kind {
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
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for Problem {}
