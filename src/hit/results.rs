//! The answer to one query; the fields and their order are those of the JSON.

use serde::Serialize;

use super::types::Hit;
use crate::query::Remark;

/// The answer to one query.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Results {
    /// The query as typed.
    pub query: String,
    /// The query as it was understood, written in the query language.
    pub understood: String,
    /// The time of the whole answer in microseconds, where the caller who holds the timer set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub took_us: Option<u64>,
    /// The number of hits that can be reached, after filters and folding of copies.
    pub total: u64,
    /// Whether [`Results::total`] is exact; it is up to 10,000. JSON says so only where it is not.
    #[serde(skip_serializing_if = "bool::clone")]
    pub total_is_exact: bool,
    /// How many of them contain every term.
    pub total_complete: u64,
    /// The hits, best first.
    pub hits: Vec<Hit>,
    /// What the search did besides what was typed.
    pub remarks: Vec<Remark>,
    /// Another query worth trying, if this one found nothing.
    pub suggestion: Option<String>,
}
