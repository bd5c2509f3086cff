//! Writes the answer as JSON. The order of keys is part of the contract.
//!
//! Keys outside of the contract (`total_complete`, `date_source`, `title_highlights`, the `span` of
//! a remark, the `passage` of a copy) come after the others and may be ignored.

use std::borrow::Cow;

use serde::Serialize;

use crate::article::DateSource;
use crate::date::Day;
use crate::hit::{Copy, Hit, Results};
use crate::query::{Remark, RemarkKind};
use crate::rank::Explanation;
use crate::text::visible_json;

/// The version of the contract. It rises when a key changes its meaning or goes away, not for new
/// keys.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct AnswerView<'a> {
    schema: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    query: &'a str,
    understood: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    took_us: Option<u64>,
    total: u64,
    #[serde(skip_serializing_if = "is_true")]
    total_is_exact: bool,
    total_complete: u64,
    hits: Vec<HitView<'a>>,
    remarks: Vec<RemarkView<'a>>,
    suggestion: Option<&'a str>,
}

#[derive(Serialize)]
struct HitView<'a> {
    rank: u64,
    score: f64,
    article: &'a str,
    passage: u32,
    path: &'a str,
    line: u32,
    title: Option<&'a str>,
    author: Option<&'a str>,
    date: Option<Day>,
    url: Option<&'a str>,
    lang: &'static str,
    text: &'a str,
    snippet: &'a str,
    highlights: &'a [(usize, usize)],
    missing: &'a [String],
    copies: Vec<CopyView<'a>>,
    topics: &'a [String],
    date_source: Option<DateSource>,
    title_highlights: &'a [(usize, usize)],
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'a Explanation>,
}

#[derive(Serialize)]
struct CopyView<'a> {
    article: &'a str,
    path: &'a str,
    line: u32,
    date: Option<Day>,
    passage: u32,
}

#[derive(Serialize)]
struct RemarkView<'a> {
    kind: RemarkKind,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    span: Option<[usize; 2]>,
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
    AnswerView {
        schema: SCHEMA,
        id,
        query: &results.query,
        understood: &results.understood,
        took_us: results.took_us,
        total: results.total,
        total_is_exact: results.total_is_exact,
        total_complete: results.total_complete,
        hits: results.hits.iter().map(hit).collect(),
        remarks: results.remarks.iter().map(remark).collect(),
        suggestion: results.suggestion.as_deref(),
    }
}

fn hit(hit: &Hit) -> HitView<'_> {
    HitView {
        rank: hit.rank,
        score: hit.score,
        article: &hit.article,
        passage: hit.passage,
        path: &hit.path,
        line: hit.line,
        title: hit.title.as_deref(),
        author: hit.author.as_deref(),
        date: hit.date,
        url: hit.url.as_deref(),
        lang: hit.lang.name(),
        text: &hit.text,
        snippet: &hit.snippet,
        highlights: &hit.highlights,
        missing: &hit.missing,
        copies: hit.copies.iter().map(copy).collect(),
        topics: &hit.topics,
        date_source: hit.date_source,
        title_highlights: &hit.title_highlights,
        why: hit.why.as_ref(),
    }
}

fn copy(copy: &Copy) -> CopyView<'_> {
    CopyView {
        article: &copy.article,
        path: &copy.path,
        line: copy.line,
        date: copy.date,
        passage: copy.passage,
    }
}

fn remark(remark: &Remark) -> RemarkView<'_> {
    let span = remark.span.map(|it| [it.start(), it.end()]);
    RemarkView { kind: remark.kind, text: &remark.text, span }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_true(it: &bool) -> bool {
    *it
}
