//! The beginning of a word, `word*`.

use anyhow::Result;

use super::builder::{PlanBuilder, TermContext};
use crate::query::{Remark, RemarkKind};
use crate::searcher::postings::{self, Cursor, Lookup, OpenPostings};
use crate::searcher::weights;

/// Adds every word that begins so, as one term.
pub(super) fn add(
    builder: &mut PlanBuilder<'_>,
    beginning: &str,
    context: &TermContext,
) -> Result<()> {
    let (found, is_cut) = postings::read_prefix(builder.index, beginning, context.region)?;
    if is_cut {
        let most = weights::PREFIX_WORDS;
        let text = format!("`{beginning}*` has more than {most} words; the first are searched");
        builder.remarks.push(Remark { kind: RemarkKind::Ignored, text, span: None });
    }
    let lookup = Lookup::Prefix(beginning.to_owned(), context.region);
    let list = OpenPostings { lookup, cursor: Cursor::listed(found) };
    let (part, _) = builder.part_of_list(format!("{beginning}*"), 1.0, false, list, context);
    builder.patterns.add_prefix(beginning, part);
    Ok(())
}
