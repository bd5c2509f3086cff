//! Beginnings of words.

use anyhow::Result;

use super::builder::{Current, Planner};
use crate::query::{Remark, RemarkKind};
use crate::searcher::postings::{self, Cursor, Lookup, OpenPostings};
use crate::searcher::weights;

/// Every word that begins so, as one term.
pub(super) fn add(planner: &mut Planner<'_>, beginning: &str, current: &Current) -> Result<()> {
    let (found, is_cut) = postings::read_prefix(planner.index, beginning, current.region)?;
    if is_cut {
        let most = weights::PREFIX_WORDS;
        let text = format!("`{beginning}*` has more than {most} words; the first are searched");
        planner.remarks.push(Remark { kind: RemarkKind::Ignored, text, span: None });
    }
    let lookup = Lookup::Prefix(beginning.to_owned(), current.region);
    let list = OpenPostings { lookup, cursor: Cursor::listed(found) };
    let (part, _) = planner.proved(format!("{beginning}*"), 1.0, false, list, current);
    planner.patterns.add_prefix(beginning, part);
    Ok(())
}
