//! What to do when nothing is found: a spelling, pinyin, the words without their quotes. What was
//! done is said aloud.

use anyhow::Result;

use super::stages::Stopwatch;
use super::{Options, Searcher};
use crate::analysis::{Family, UnitKind, units};
use crate::hit::Results;
use crate::lexicon;
use crate::query::{Clause, Node, Query, Remark, RemarkKind, corrections, parse, slips};
use crate::text::Span;

/// Another query and what to say of it.
struct Attempt {
    typed: String,
    remark: Remark,
}

/// Answers a query that found nothing by the first other reading of it that finds something; the
/// answer names that reading in its remarks and as `suggestion`, and every hit lists the typed
/// words that were read otherwise. Nothing where no reading helps.
pub(super) fn rescue(
    searcher: &Searcher,
    query: &Query,
    options: &Options,
    watch: &mut Stopwatch<'_>,
) -> Result<Option<Results>> {
    let (spelled, is_whole) = spelled(searcher, query)?;
    // `yidai yilu`: one word of two is near another, and both are the pinyin of a name.
    let (first, last) = if is_whole { (spelled, None) } else { (None, spelled) };
    let attempts = [first, pinyin(searcher, query), last, unquoted(query)];
    for attempt in attempts.into_iter().flatten() {
        let other = Query { filters: query.filters.clone(), ..parse(&attempt.typed) };
        let mut results = searcher.search_as_typed(&other, options, watch)?;
        if results.total == 0 {
            continue;
        }
        results.query.clone_from(&query.typed);
        for hit in &mut results.hits {
            let lost = attempt.remark.span.map(|it| it.of(&query.typed).to_owned());
            hit.missing.splice(0..0, lost);
        }
        results.total_complete = 0;
        results.remarks.insert(0, attempt.remark);
        results.suggestion = Some(attempt.typed);
        return Ok(Some(results));
    }
    Ok(None)
}

/// The query with the part at `span` replaced.
fn replaced(typed: &str, span: Span, by: &str) -> Option<String> {
    Some([typed.get(..span.start())?, by, typed.get(span.end()..)?].concat())
}

/// The words of a query that stand alone, not excluded and not quoted.
fn words(clauses: &[Clause]) -> Vec<(&str, Span)> {
    let mut found = Vec::new();
    for clause in clauses.iter().filter(|it| it.occur != crate::query::Occur::Not) {
        match &clause.node {
            Node::Word { text, span, .. } => found.push((text.as_str(), *span)),
            Node::All(inner) | Node::Any(inner) => found.extend(words(inner)),
            Node::Phrase { .. } | Node::Prefix { .. } => {}
        }
    }
    found
}

/// Words that no passage holds, in the nearest spelling that one does; and whether each had one.
fn spelled(searcher: &Searcher, query: &Query) -> Result<(Option<Attempt>, bool)> {
    let mut typed = query.typed.clone();
    let mut said = Vec::new();
    let mut first = None;
    let mut is_whole = true;
    // From the last to the first, so that the spans of those before stay true.
    for (text, span) in words(&query.clauses).into_iter().rev() {
        let asked = units(text);
        let [unit] = asked.as_slice() else { continue };
        let Some(word) = unit.exact.first().filter(|_| unit.kind == UnitKind::Word) else {
            continue;
        };
        if searcher.index().document_frequency(Family::Exact, word)? > 0 {
            continue;
        }
        let better = nearest(searcher, word)?;
        let other = better.as_deref().and_then(|it| replaced(&typed, span, it));
        match better.zip(other) {
            Some((better, other)) => {
                typed = other;
                said.insert(0, format!("{text} → {better}"));
                first = Some(span);
            }
            None => is_whole = false,
        }
    }
    let text = format!("no passage holds it as typed; searched {}", said.join(", "));
    let remark = Remark { kind: RemarkKind::Corrected, text, span: first };
    Ok(((!said.is_empty()).then_some(Attempt { typed, remark }), is_whole))
}

/// The word of the index that a typed one most likely meant.
fn nearest(searcher: &Searcher, word: &str) -> Result<Option<String>> {
    let index = searcher.index();
    let forgiven = slips(word.chars().count());
    if forgiven == 0 {
        return Ok(None);
    }
    let mut known: Vec<(String, u64)> = Vec::new();
    for term in index.terms_near(Family::Exact, word, forgiven)? {
        if term.starts_with(char::is_alphabetic) {
            let count = index.document_frequency(Family::Exact, &term)?;
            known.push((term, u64::from(count)));
        }
    }
    let known = known.iter().map(|(term, count)| (term.as_str(), *count));
    Ok(corrections(word, 0, known, 1).into_iter().next().map(|it| it.word))
}

/// Words that read as the pinyin of a known Chinese name.
fn pinyin(searcher: &Searcher, query: &Query) -> Option<Attempt> {
    let words = words(&query.clauses);
    let span = words.iter().map(|it| it.1).reduce(Span::cover)?;
    let letters = lexicon::letters(span.of(&query.typed))?;
    let name = searcher.index().lexicon().read_as(&letters).into_iter().next()?;
    let typed = replaced(&query.typed, span, &name)?;
    let text = format!("{} read as {name}", span.of(&query.typed));
    let remark = Remark { kind: RemarkKind::Pinyin, text, span: Some(span) };
    Some(Attempt { typed, remark })
}

/// The same without quotes: a phrase means only itself, its words also what means the same.
fn unquoted(query: &Query) -> Option<Attempt> {
    let phrase = |it: &Clause| match &it.node {
        Node::Phrase { text, span, .. } if it.occur == crate::query::Occur::Should => {
            Some((text.clone(), *span))
        }
        _ => None,
    };
    let (text, span) = query.clauses.iter().find_map(phrase)?;
    let typed = replaced(&query.typed, span, &text)?;
    let text = format!("no passage holds “{text}”; searched without quotes");
    Some(Attempt { typed, remark: Remark { kind: RemarkKind::Fewer, text, span: Some(span) } })
}
