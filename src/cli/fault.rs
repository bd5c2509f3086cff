//! An error as it is printed: a kind for scripts, a sentence and a hint for people.

use std::io::Write as _;

use serde::Serialize;

use passages::index::Error;
use passages::{query, show, text};

/// An error of a command; the fields and their order are those of the JSON.
#[derive(Debug, Serialize)]
pub(super) struct Fault {
    /// What a script branches on: `usage`, `query`, `no_index`, `io`, …
    pub(super) kind: String,
    /// One sentence, lower case, without a full stop.
    pub(super) message: String,
    /// The command or act that helps.
    pub(super) hint: Option<String>,
}

impl Fault {
    pub(super) fn new(kind: &str, message: impl Into<String>) -> Self {
        Self { kind: kind.to_owned(), message: message.into(), hint: None }
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// A command line that cannot be understood.
    pub(super) fn usage(message: impl Into<String>) -> Self {
        Self::new("usage", message)
    }

    /// As one JSON object, after the query's `id` where it has one.
    pub(super) fn json(&self, id: Option<&str>) -> String {
        show::error(id, &self.kind, &self.message, self.hint.as_deref())
    }

    /// Prints it to standard error. An error in doing so is ignored: there is no place left.
    pub(super) fn print(&self) {
        let message = text::visible(&self.message);
        let mut lines = format!("error: {message}\n");
        if let Some(hint) = &self.hint {
            lines.push_str("hint: ");
            lines.push_str(&text::visible(hint));
            lines.push('\n');
        }
        std::io::stderr().lock().write_all(lines.as_bytes()).ok();
    }
}

impl From<Error> for Fault {
    fn from(it: Error) -> Self {
        Self { kind: it.kind.name().to_owned(), message: it.message, hint: it.hint }
    }
}

impl From<query::Fault> for Fault {
    fn from(it: query::Fault) -> Self {
        let name = serde_json::to_value(it.kind).ok();
        let name = name.as_ref().and_then(|it| it.as_str()).unwrap_or("query");
        Self::new(name, it.message).hint(it.hint)
    }
}

/// A search only fails when it reads damaged data that opening the index did not find.
impl From<anyhow::Error> for Fault {
    fn from(it: anyhow::Error) -> Self {
        match it.downcast::<Error>() {
            Ok(problem) => problem.into(),
            Err(it) => Self::new("damaged", format!("the index is damaged: {it:#}"))
                .hint("run `search index --rebuild`"),
        }
    }
}
