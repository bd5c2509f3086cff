//! The files that hold the hits, for `xargs` and its kin.

use std::collections::HashSet;

use crate::hit::Results;

/// The path of each hit, best first, one a line, none twice.
///
/// A path is written as it is, byte for byte, for another program to open; one that holds a line
/// end would be read as two, so it is left out.
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
