//! Writes the files that contain the hits, for programs such as `xargs`.

use std::collections::HashSet;

use crate::hit::Results;

/// Writes the path of each hit, best first, one on a line, each once.
///
/// A path is written byte for byte, so that another program can open it. A path with a line end
/// would be read as two, so it is left out.
#[must_use]
pub fn paths(results: &Results) -> String {
    let mut seen = HashSet::new();
    let mut out = String::new();
    for hit in &results.hits {
        if seen.insert(hit.path.as_str()) && !hit.path.contains('\n') {
            out.push_str(&hit.path);
            out.push('\n');
        }
    }
    out
}
