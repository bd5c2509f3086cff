//! Rankings as TREC run lines: `qid Q0 ARTICLE rank score passages`.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::hit::{Hit, Results};
use crate::text::is_visible;

/// Writes one line for each hit; with `by_passage` the id is `ARTICLE@n`.
///
/// Blanks separate the six fields, so white space and control characters in an id are
/// percent-encoded. In an id where that happens, `%` is encoded too.
#[must_use]
pub fn trec(query_id: &str, results: &Results, by_passage: bool) -> String {
    let mut out = String::new();
    let query_id = field(query_id);
    for hit in &results.hits {
        let id = trec_id(hit, by_passage);
        let _ = writeln!(out, "{query_id} Q0 {id} {} {} passages", hit.rank, hit.score);
    }
    out
}

/// The id of a hit in TREC lines, without blanks: `ARTICLE`, or `ARTICLE@n` by passage.
#[must_use]
pub fn trec_id(hit: &Hit, by_passage: bool) -> String {
    let article = field(&hit.article);
    if by_passage { format!("{article}@{}", hit.passage) } else { article.into_owned() }
}

fn field(id: &str) -> Cow<'_, str> {
    let breaks = |c: char| c.is_whitespace() || !is_visible(c);
    if !id.is_empty() && !id.contains(breaks) {
        return Cow::Borrowed(id);
    }
    let mut safe = String::with_capacity(id.len() + 8);
    for c in id.chars() {
        if breaks(c) || c == '%' {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                let _ = write!(safe, "%{byte:02X}");
            }
        } else {
            safe.push(c);
        }
    }
    Cow::Owned(if safe.is_empty() { "-".to_owned() } else { safe })
}
