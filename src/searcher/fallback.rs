//! What is tried when nothing is found, or some word is in no passage: another spelling, pinyin, a
//! phrase without its quotes, fewer filters and required words. A remark says what was done. The
//! search itself is a function that is passed in.

use anyhow::Result;

use super::options::Options;
use crate::analysis::{Family, QueryToken, QueryTokenKind, query_tokens, value};
use crate::hit::Results;
use crate::index::Generation;
use crate::lexicon;
use crate::query::{
    Clause, Filters, Node, Occur, Query, Remark, RemarkKind, corrections, parse, slips,
};
use crate::text::Span;

/// A word in so few passages may be a misprint of a word in more.
const RARE: u64 = 2;
/// The other word must be in so many times as many passages.
const MORE_USUAL: u64 = 2;
/// Shorter words are too close to other words.
const SHORTEST_RARE: usize = 7;
/// At most so many runs of words are tried as pinyin: a long query has more of them than names.
const MOST_RUNS: usize = 64;

/// A query in another form, and the remark that says so.
struct Rewrite {
    typed: String,
    remark: Remark,
    /// What was typed, and what was searched in its place.
    replaced: Vec<(String, String)>,
}

/// Whether an answer needs no fallback: it has hits, and none of its words is rare.
pub(super) fn is_enough(query: &Query, total: u64, frequencies: &[(String, u32)]) -> bool {
    let count = |text: &str| frequencies.iter().find(|it| it.0 == text).map(|it| it.1);
    let is_usual = |text: &str| count(text).is_some_and(|it| u64::from(it) > RARE);
    total > 0 && words(&query.clauses).iter().all(|it| is_usual(it.0))
}

/// Improves a poor answer. Where nothing is found, or some word is in no passage, the first other
/// form of the query that finds something is answered instead: it is named in the remarks and as
/// `suggestion`, and every hit lists the typed words that were replaced as `missing`. Where a word
/// is only in a passage or two and another spelling in many, the answer suggests that spelling.
///
/// `search` answers a query as it is typed.
///
/// # Errors
/// When the index is damaged, or `search` fails.
pub(super) fn fallback(
    index: &Generation,
    query: &Query,
    options: &Options,
    mut results: Results,
    mut search: impl FnMut(&Query, &Options) -> Result<Results>,
) -> Result<Results> {
    let unknown = unknown(index, query, &results)?;
    if results.total > 0 && unknown.is_empty() {
        if let Some(rewrite) = rare(index, query)? {
            results.remarks.push(rewrite.remark);
            results.suggestion = Some(rewrite.typed);
        }
        return Ok(results);
    }
    // Where nearly all words are unknown, they are of another language, not misspelt.
    let is_foreign = results.total > 0 && unknown.len() * 3 > words(&query.clauses).len() * 2;
    let (spelled, is_whole) =
        if is_foreign { (None, false) } else { spelled(index, query, &unknown)? };
    let pinyin = pinyin(index, query, &unknown);
    // `yidai yilu`: one of the words is near another word, but both together are the pinyin of a
    // name.
    let is_read = pinyin.as_ref().is_some_and(|it| it.replaced.iter().any(|it| it.0.contains(' ')));
    let (first, last) = if is_whole && !is_read { (spelled, None) } else { (None, spelled) };
    let unquoted = if results.total == 0 { unquoted(query) } else { None };
    for rewrite in [first, pinyin, last, unquoted].into_iter().flatten() {
        let other = Query { filters: query.filters.clone(), ..parse(&rewrite.typed) };
        let found = search(&other, options)?;
        if found.total > 0 {
            let mut results = answered_instead(query, rewrite, found);
            let better = rare(index, &other)?.map(|it| it.typed);
            results.suggestion = better.or(results.suggestion);
            return Ok(results);
        }
    }
    if results.total == 0 {
        suggest_fewer(query, options, &mut results, &mut search)?;
    }
    Ok(results)
}

/// The answer to another form of the query, as the answer to what was typed.
fn answered_instead(query: &Query, rewrite: Rewrite, mut results: Results) -> Results {
    results.query.clone_from(&query.typed);
    for hit in &mut results.hits {
        hit.missing.retain(|it| rewrite.replaced.iter().all(|(_, new)| new != it));
        hit.missing.splice(0..0, rewrite.replaced.iter().map(|it| it.0.clone()));
    }
    results.total_complete = 0;
    // Places in the other query mean nothing in the typed one.
    results.remarks.iter_mut().for_each(|it| it.span = None);
    results.remarks.insert(0, rewrite.remark);
    results.suggestion = Some(rewrite.typed);
    results
}

/// Says how many passages would match without the filters, or if no word were required. Neither is
/// ever left out by itself.
fn suggest_fewer(
    query: &Query,
    options: &Options,
    results: &mut Results,
    search: &mut impl FnMut(&Query, &Options) -> Result<Results>,
) -> Result<()> {
    let is_demanded = |it: &Clause| it.occur == Occur::Must;
    let has_filters = query.filters != Filters::default();
    let demands = query.clauses.iter().any(is_demanded);
    let mut fewer = query.clone();
    fewer.clauses.iter_mut().filter(|it| is_demanded(it)).for_each(|it| it.occur = Occur::Should);
    // Filters first: a date is more often wrong than a word.
    let mut tries = Vec::new();
    if has_filters && !query.clauses.is_empty() {
        tries.push((Query { filters: Filters::default(), ..query.clone() }, "without the filters"));
    }
    if demands {
        tries.push((fewer, "where no word is demanded"));
    }
    for (other, how) in tries {
        let counts = Options { limit: 0, ..options.clone() };
        let found = search(&other, &counts)?;
        if found.total > 0 {
            let text = format!("nothing found so; {how} there are {}", found.total);
            results.remarks.push(Remark { kind: RemarkKind::Fewer, text, span: None });
            results.suggestion = Some(other.understood());
            break;
        }
    }
    Ok(())
}

/// The query with the part at `span` replaced.
fn replaced(typed: &str, span: Span, by: &str) -> Option<String> {
    Some([typed.get(..span.start())?, by, typed.get(span.end()..)?].concat())
}

/// The single words of a query, neither excluded nor quoted.
fn words(clauses: &[Clause]) -> Vec<(&str, Span)> {
    let mut found = Vec::new();
    for clause in clauses.iter().filter(|it| it.occur != Occur::Not) {
        match &clause.node {
            Node::Word { text, span, .. } => found.push((text.as_str(), *span)),
            Node::All(inner) | Node::Any(inner) => found.extend(words(inner)),
            Node::Phrase { .. } | Node::Prefix { .. } => {}
        }
    }
    found
}

/// The token of a text that is one word; nothing for a number, Han characters or several words.
fn word(text: &str) -> Option<QueryToken> {
    let mut units = query_tokens(text);
    let unit = units.pop().filter(|_| units.is_empty())?;
    (unit.kind == QueryTokenKind::Word).then_some(unit)
}

/// The document frequency of a word in its most frequent form.
fn frequency(index: &Generation, unit: &QueryToken) -> Result<u64> {
    let exact = unit.exact.iter().map(|it| (Family::Exact, it));
    let forms = unit.forms.iter().map(|it| (Family::Form, it));
    let stem = unit.stem.iter().map(|it| (Family::Stem, it));
    let mut most = 0;
    for (family, text) in exact.chain(forms).chain(stem) {
        most = most.max(index.document_frequency(family, text)?);
    }
    Ok(u64::from(most))
}

/// The words that no passage holds in any form or by another name.
fn unknown(index: &Generation, query: &Query, results: &Results) -> Result<Vec<(String, Span)>> {
    let expanded = results.remarks.iter().filter(|it| it.kind == RemarkKind::Expanded);
    let expanded: Vec<Span> = expanded.filter_map(|it| it.span).collect();
    let mut unknown = Vec::new();
    let mut before = "";
    for (text, span) in words(&query.clauses) {
        // `1,400 million` asks for the value: no passage need hold the word `million`.
        let is_magnitude = value(std::mem::replace(&mut before, text), text).is_some();
        if is_magnitude {
            continue;
        }
        let Some(unit) = word(text) else { continue };
        let lead = text.find(|c: char| c.is_alphanumeric()).unwrap_or(0);
        let own = Span::new(span.end() - text.len() + lead, span.end());
        let is_expanded = expanded.iter().any(|it| it.contains(own) || own.contains(*it));
        let is_translated =
            || unit.exact.iter().any(|it| !index.dictionary().senses(it).is_empty());
        if frequency(index, &unit)? == 0 && !is_expanded && !is_translated() {
            unknown.push((text.to_owned(), span));
        }
    }
    Ok(unknown)
}

/// The query with unknown words in the nearest known spelling, and whether there was one for each.
fn spelled(
    index: &Generation,
    query: &Query,
    unknown: &[(String, Span)],
) -> Result<(Option<Rewrite>, bool)> {
    let mut typed = query.typed.clone();
    let mut replaced_words = Vec::new();
    let mut first = None;
    let mut is_whole = true;
    // From the last to the first, so that the spans of the words before stay right.
    for (text, span) in unknown.iter().rev() {
        let unit = word(text);
        let exact = unit.as_ref().and_then(|it| it.exact.first());
        let better = exact.map(|it| nearest(index, it, 0)).transpose()?.flatten();
        let better = better.map(|it| as_typed(text, it));
        let other = better.as_deref().and_then(|it| replaced(&typed, *span, it));
        match better.zip(other) {
            Some((better, other)) => {
                typed = other;
                replaced_words.insert(0, (text.clone(), better));
                first = Some(*span);
            }
            None => is_whole = false,
        }
    }
    let said = replaced_words.iter().map(|(text, better)| format!("{text} → {better}"));
    let said = said.collect::<Vec<_>>().join(", ");
    let text = format!("no passage holds it as typed; searched {said}");
    let remark = Remark { kind: RemarkKind::Corrected, text, span: first };
    let rewrite = Rewrite { typed, remark, replaced: replaced_words };
    Ok(((!rewrite.replaced.is_empty()).then_some(rewrite), is_whole))
}

/// The query with rare words in more usual spellings.
fn rare(index: &Generation, query: &Query) -> Result<Option<Rewrite>> {
    let mut typed = query.typed.clone();
    let mut said = Vec::new();
    let mut first = None;
    for (text, span) in words(&query.clauses).into_iter().rev() {
        let Some(unit) = word(text) else { continue };
        let Some(exact) = unit.exact.first().filter(|it| it.chars().count() >= SHORTEST_RARE)
        else {
            continue;
        };
        let count = frequency(index, &unit)?;
        if count == 0 || count > RARE {
            continue;
        }
        let Some(better) = nearest(index, exact, count)? else { continue };
        // Another word with the same stem was searched already.
        let is_same = word(&better).is_some_and(|it| it.stem == unit.stem);
        let better = as_typed(text, better);
        let Some(other) = replaced(&typed, span, &better).filter(|_| !is_same) else { continue };
        typed = other;
        said.insert(0, format!("hardly a passage holds `{text}`; `{better}` is more usual"));
        first = Some(span);
    }
    let remark = Remark { kind: RemarkKind::Corrected, text: said.join("; "), span: first };
    Ok((!said.is_empty()).then_some(Rewrite { typed, remark, replaced: Vec::new() }))
}

/// A word with a capital in front where the typed one has it.
fn as_typed(typed: &str, word: String) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) if typed.starts_with(char::is_uppercase) => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => word,
    }
}

/// The word of the index that was most likely meant by one that is in `count` passages.
fn nearest(index: &Generation, word: &str, count: u64) -> Result<Option<String>> {
    // A word that is in some passage may be only one slip away from the other.
    let most = slips(word.chars().count()).min(if count > 0 { 1 } else { 2 });
    // Words one slip away come before words two slips away, and are found ten times as fast.
    for slips in 1..=most {
        let mut known: Vec<(String, u64)> = Vec::new();
        for term in index.fuzzy_terms(Family::Exact, word, slips)? {
            let passages = u64::from(index.document_frequency(Family::Exact, &term)?);
            let is_usual = count == 0 || passages >= MORE_USUAL * count;
            if is_usual && term.starts_with(char::is_alphabetic) {
                known.push((term, passages));
            }
        }
        let known = known.iter().map(|(term, count)| (term.as_str(), *count));
        if let Some(best) = corrections(word, 0, known, 1).into_iter().next() {
            return Ok(Some(best.word));
        }
    }
    Ok(None)
}

/// The query with the longest run of words that is the pinyin of a known Chinese name, and that has
/// an unknown word in it, replaced by the name.
fn pinyin(index: &Generation, query: &Query, unknown: &[(String, Span)]) -> Option<Rewrite> {
    let words = words(&query.clauses);
    let runs = (1..=words.len()).rev().flat_map(|count| words.windows(count));
    let holds_unknown =
        |run: &&[(&str, Span)]| run.iter().any(|it| unknown.iter().any(|other| other.1 == it.1));
    let (span, name) = runs.filter(holds_unknown).take(MOST_RUNS).find_map(|run| {
        let span = run.iter().map(|it| it.1).reduce(Span::cover)?;
        let letters = lexicon::letters(span.of(&query.typed))?;
        let name = index.lexicon().read_as(&letters).into_iter().next()?;
        Some((span, name))
    })?;
    let typed = replaced(&query.typed, span, &name)?;
    let written = span.of(&query.typed).to_owned();
    let text = format!("{written} read as {name}");
    let remark = Remark { kind: RemarkKind::Pinyin, text, span: Some(span) };
    Some(Rewrite { typed, remark, replaced: vec![(written, name)] })
}

/// The query without the quotes of a phrase: other names are searched for words, not for phrases.
fn unquoted(query: &Query) -> Option<Rewrite> {
    let phrase = |it: &Clause| match &it.node {
        Node::Phrase { text, span, .. } if it.occur == Occur::Should => Some((text.clone(), *span)),
        _ => None,
    };
    let (text, span) = query.clauses.iter().find_map(phrase)?;
    let typed = replaced(&query.typed, span, &text)?;
    let written = span.of(&query.typed).to_owned();
    let said = format!("no passage holds “{text}”; searched without quotes");
    let remark = Remark { kind: RemarkKind::Fewer, text: said, span: Some(span) };
    Some(Rewrite { typed, remark, replaced: vec![(written, text)] })
}
