//! What is said when something fails: a kind for scripts, a sentence and a hint for people.

use std::io::Write as _;
use std::process::ExitCode;

use passages::index::Error;
use passages::{query, show, text};

use super::output;

/// A failure on its way to the person.
#[derive(Debug)]
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

    /// Says it on standard error, and as JSON on standard output where that is wanted.
    pub(super) fn report(&self, wants_json: bool) -> ExitCode {
        self.say();
        if wants_json {
            // When standard output is what failed, standard error has already told.
            output::write(&(self.json(None) + "\n")).ok();
        }
        ExitCode::from(2)
    }

    /// Says it on standard error; where that is closed there is nobody to tell.
    pub(super) fn say(&self) {
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

/// A search fails only on what it reads: an index that is damaged in a way its opening did not see.
impl From<anyhow::Error> for Fault {
    fn from(it: anyhow::Error) -> Self {
        match it.downcast::<Error>() {
            Ok(problem) => problem.into(),
            Err(it) => Self::new("damaged", format!("the index is damaged: {it:#}"))
                .hint("run `search index --rebuild`"),
        }
    }
}
