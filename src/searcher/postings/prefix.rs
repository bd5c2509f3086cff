//! Words that begin alike, as one list.

use anyhow::Result;

use super::cursor::{self, Posting};
use crate::analysis::{Analyzer, Family, Tokens};
use crate::index::Generation;
use crate::query::Region;
use crate::searcher::weights;

/// The passages that hold a word that begins so, and whether there are more such words than are
/// read.
pub(crate) fn read(
    index: &Generation,
    beginning: &str,
    region: Region,
) -> Result<(Vec<Posting>, bool)> {
    let (words, is_cut) = words_beginning(index, beginning)?;
    let mut lists = Vec::with_capacity(words.len());
    for word in words {
        lists.push(cursor::read(index, Family::Exact, &word)?);
    }
    let postings = cursor::union(lists);
    Ok(match region {
        Region::Title => (in_titles(index, postings, beginning)?, is_cut),
        Region::Anywhere => (postings, is_cut),
    })
}

/// The words that begin so, at most [`weights::PREFIX_WORDS`], and whether there are more.
fn words_beginning(index: &Generation, beginning: &str) -> Result<(Vec<String>, bool)> {
    let terms = index.terms(Family::Exact)?;
    let mut stream = terms.range().ge(beginning.as_bytes()).into_stream()?;
    let mut words = Vec::new();
    while stream.advance() {
        let Ok(word) = std::str::from_utf8(stream.key()) else { continue };
        if !word.starts_with(beginning) {
            break;
        }
        if words.len() == weights::PREFIX_WORDS {
            return Ok((words, true));
        }
        words.push(word.to_owned());
    }
    Ok((words, false))
}

/// Of these passages those whose title holds a word that begins so.
fn in_titles(index: &Generation, postings: Vec<Posting>, beginning: &str) -> Result<Vec<Posting>> {
    let analyzer = Analyzer::for_query();
    let mut tokens = Tokens::default();
    let mut kept = Vec::new();
    for posting in postings {
        let record = index.passage(posting.passage)?;
        let article = index.article(record.article)?;
        analyzer.tokens(article.title.unwrap_or_default(), &mut tokens);
        let mut words = tokens.family(Family::Exact);
        if words.any(|it| tokens.text(it).starts_with(beginning)) {
            kept.push(posting);
        }
    }
    Ok(kept)
}
