//! Every failure of the front door is an [`Error`].

use crate::index::{Error, ErrorKind};
use crate::query::Fault;

impl From<Fault> for Error {
    fn from(it: Fault) -> Self {
        Self::new(ErrorKind::Query, it.message).with_hint(it.hint)
    }
}

/// What failed in a search: an index that is damaged in a way its opening did not see.
pub(super) fn of_search(failed: anyhow::Error) -> Error {
    failed.downcast().unwrap_or_else(|it| {
        let message = format!("the index is damaged: {it:#}");
        Error::new(ErrorKind::Damaged, message).with_hint("build it anew: `IndexBuilder::rebuild`")
    })
}
