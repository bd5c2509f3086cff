//! Writes the answer as JSON. The order of keys is part of the contract: it is that of the fields of
//! [`Results`] and of what they hold.
//!
//! Keys outside of the contract (`total_complete`, `date_source`, `title_highlights`, the `span` of
//! a remark, the `passage` of a copy) come after the others and may be ignored.

use std::borrow::Cow;

use serde::Serialize;

use crate::hit::Results;
use crate::text::visible_json;

/// The version of the contract. It rises when a key changes its meaning or goes away, not for new
/// keys.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct AnswerView<'a> {
    schema: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(flatten)]
    results: &'a Results,
}

#[derive(Serialize)]
struct ErrorView<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    error: ErrorBody<'a>,
}

#[derive(Serialize)]
struct ErrorBody<'a> {
    kind: &'a str,
    message: &'a str,
    hint: Option<&'a str>,
}

/// Writes the answer as one object on one line, without a line feed.
///
/// ```
/// # fn main() -> Result<(), passages::Error> {
/// # let dir = tempfile::tempdir().expect("a folder");
/// # let index = passages::Index::build(dir.path().join("index")).add("seeds").open()?;
/// let line = passages::show::json(&index.search("gold reserves ruble")?);
/// assert!(line.starts_with("{\"schema\":1,\"query\":\"gold reserves ruble\""));
/// # Ok(())
/// # }
/// ```
#[must_use]
pub fn json(results: &Results) -> String {
    written(&answer(None, results))
}

/// Writes the answer like [`json`], with the query's `id`, for answers to many queries.
#[must_use]
pub fn json_with_id(id: &str, results: &Results) -> String {
    written(&answer(Some(id), results))
}

/// Writes the answer like [`json`] on several indented lines, for people.
#[must_use]
pub fn pretty(results: &Results) -> String {
    let json = serde_json::to_string_pretty(&answer(None, results)).unwrap_or_default();
    visible_json(&json).into_owned()
}

/// Writes `{"error":{"kind":…,"message":…,"hint":…}}`, after the query's `id` where it has one.
#[must_use]
pub fn error(id: Option<&str>, kind: &str, message: &str, hint: Option<&str>) -> String {
    written(&ErrorView { id, error: ErrorBody { kind, message, hint } })
}

/// Serializes a view. This cannot fail: views hold no maps and go to memory.
fn written(view: &impl Serialize) -> String {
    let json = serde_json::to_string(view).unwrap_or_default();
    // Borrowed if nothing had to be escaped, which is the usual case.
    match visible_json(&json) {
        Cow::Borrowed(_) => json,
        Cow::Owned(safe) => safe,
    }
}

fn answer<'a>(id: Option<&'a str>, results: &'a Results) -> AnswerView<'a> {
    AnswerView { schema: SCHEMA, id, results }
}
