//! Every failure of the front door is an [`Error`].

use crate::index::{Error, ErrorKind};
use crate::query::Fault;

impl From<Fault> for Error {
    fn from(it: Fault) -> Self {
        Self::new(ErrorKind::Query, it.message).with_hint(it.hint)
    }
}

/// A search fails only on what it reads: an index that is damaged in a way its opening did not see.
impl From<anyhow::Error> for Error {
    fn from(it: anyhow::Error) -> Self {
        it.downcast().unwrap_or_else(|it| {
            Self::new(ErrorKind::Damaged, format!("the index is damaged: {it:#}"))
                .with_hint("run `search index --rebuild`")
        })
    }
}
