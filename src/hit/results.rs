//! The answer to one query; the field names are those of the JSON.

use serde::Serialize;

use super::types::Hit;
use crate::query::Remark;

/// The answer to one query.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Results {
    /// As typed.
    pub query: String,
    /// How it was understood: the query language, spelled out.
    pub understood: String,
    /// The whole time of the answer in microseconds; set by the caller who holds the timer.
    pub took_us: u64,
    /// Reachable hits after filters and folding.
    pub total: u64,
    /// Whether [`Results::total`] is exact (it is up to 10,000).
    pub total_is_exact: bool,
    /// How many of them hold every term.
    pub total_complete: u64,
    /// The hits, best first.
    pub hits: Vec<Hit>,
    /// What was done besides what was typed.
    pub remarks: Vec<Remark>,
    /// Another query worth trying, where this one found nothing.
    pub suggestion: Option<String>,
}
