//! Copies of a hit: near-identical passages that are named in it instead of taking places of their
//! own.

use anyhow::Result;

use super::rerank::Reranker;
use crate::date::Day;
use crate::hit::Copy;
use crate::searcher::options::GroupBy;

/// The other passages of a family, earliest first, undated last.
pub(super) fn copies(reranker: &Reranker<'_>, shown: u32, family: u32) -> Result<Vec<Copy>> {
    let mut copies = Vec::new();
    for passage in reranker.index.copies_of(family).into_iter().filter(|it| *it != shown) {
        let record = reranker.index.passage(passage)?;
        let article = reranker.index.article(record.article)?;
        copies.push(Copy {
            article: article.id.to_owned(),
            passage: article.ordinal_of(passage),
            path: article.path.to_owned(),
            line: record.line,
            date: article.date,
        });
    }
    let when = |it: &Copy| it.date.map_or(u32::MAX, Day::first);
    copies.sort_by(|one, other| {
        let place = |it: &Copy| (it.article.clone(), it.passage);
        when(one).cmp(&when(other)).then_with(|| place(one).cmp(&place(other)))
    });
    if reranker.options.by == GroupBy::Article {
        copies.dedup_by(|one, other| one.article == other.article);
    }
    Ok(copies)
}
