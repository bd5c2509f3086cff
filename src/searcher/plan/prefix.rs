//! Beginnings of words.

use anyhow::Result;

use super::builder::{Current, Planner};
use crate::analysis::Family;
use crate::query::{Region, Remark, RemarkKind};
use crate::searcher::postings::{self, Cursor, Posting};
use crate::searcher::weights;

/// Every word that begins so, as one term.
pub(super) fn add(planner: &mut Planner<'_>, beginning: &str, current: &Current) -> Result<()> {
    let mut lists = Vec::new();
    for word in words_beginning(planner, beginning)? {
        lists.push(postings::read(planner.index, Family::Exact, &word)?);
    }
    let mut postings = postings::union(lists);
    if current.region == Region::Title {
        postings = in_titles(planner, postings, beginning)?;
    }
    let (label, cursor) = (format!("{beginning}*"), Cursor::listed(postings));
    let (part, _) = planner.proved(label, 1.0, false, cursor, current);
    planner.patterns.add_prefix(beginning, part);
    Ok(())
}

fn words_beginning(planner: &mut Planner<'_>, beginning: &str) -> Result<Vec<String>> {
    let terms = planner.index.terms(Family::Exact)?;
    let mut stream = terms.range().ge(beginning.as_bytes()).into_stream()?;
    let mut words = Vec::new();
    while stream.advance() {
        let Ok(word) = std::str::from_utf8(stream.key()) else { continue };
        if !word.starts_with(beginning) {
            break;
        }
        if words.len() == weights::PREFIX_WORDS {
            let text = format!(
                "`{beginning}*` has more than {} words; the first are searched",
                words.len()
            );
            planner.remarks.push(Remark { kind: RemarkKind::Ignored, text, span: None });
            break;
        }
        words.push(word.to_owned());
    }
    Ok(words)
}

/// Of these passages those whose title holds a word that begins so.
fn in_titles(
    planner: &Planner<'_>,
    postings: Vec<Posting>,
    beginning: &str,
) -> Result<Vec<Posting>> {
    let analyzer = crate::analysis::Analyzer::for_query();
    let mut tokens = crate::analysis::Tokens::default();
    let mut kept = Vec::new();
    for posting in postings {
        let record = planner.index.passage(posting.passage)?;
        let article = planner.index.article(record.article)?;
        analyzer.tokens(article.title.unwrap_or_default(), &mut tokens);
        let mut words = tokens.family(Family::Exact);
        if words.any(|it| tokens.text(it).starts_with(beginning)) {
            kept.push(posting);
        }
    }
    Ok(kept)
}
