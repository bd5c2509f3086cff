//! What to do when nothing is found, or a word of several is nowhere: a spelling, pinyin, the words
//! without their quotes, fewer demands. What was done is said aloud.

use anyhow::Result;

use super::stages::Stopwatch;
use super::{Answered, Options, Searcher};
use crate::analysis::{Family, QueryToken, QueryTokenKind, query_tokens, value};
use crate::hit::Results;
use crate::lexicon;
use crate::query::{
    Clause, Filters, Node, Occur, Query, Remark, RemarkKind, corrections, parse, slips,
};
use crate::text::Span;

/// A word that stands in so few passages may be a misprint of one that stands in more.
const RARE: u64 = 2;
/// How many times as many the other one has to be.
const TIMES: u64 = 2;
/// Shorter words have too many neighbours that are words of their own.
const LEAST_RARE: usize = 7;
/// So many runs of words are tried as pinyin: a long query has more than anybody typed as names.
const MOST_RUNS: usize = 64;

/// Another query and what to say of it.
struct Attempt {
    typed: String,
    remark: Remark,
    /// What was typed, and what was searched in its place.
    replaced: Vec<(String, String)>,
}

/// Whether an answer needs no other look: it has hits, and all of its words are usual ones.
pub(super) fn is_plain(query: &Query, answered: &Answered) -> bool {
    let count = |text: &str| answered.words.iter().find(|it| it.0 == text).map(|it| it.1);
    let is_usual = |text: &str| count(text).is_some_and(|it| u64::from(it) > RARE);
    answered.results.total > 0 && words(&query.clauses).iter().all(|it| is_usual(it.0))
}

/// Looks at an answer once more. Where it has nothing, or nothing of some word, the first other
/// reading of the query that finds something answers: it is named in the remarks and as
/// `suggestion`, and every hit lists the typed words that were read otherwise. Where a word stands
/// only in a passage or two and another spelling in many, the answer suggests that.
pub(super) fn rescue(
    searcher: &Searcher,
    query: &Query,
    options: &Options,
    mut results: Results,
    watch: &mut Stopwatch<'_>,
) -> Result<Results> {
    let unknown = unknown(searcher, query, &results)?;
    if results.total > 0 && unknown.is_empty() {
        if let Some(attempt) = rare(searcher, query)? {
            results.remarks.push(attempt.remark);
            results.suggestion = Some(attempt.typed);
        }
        return Ok(results);
    }
    // Of a query of which nearly nothing is known, the words are of another language, not misspelt.
    let is_foreign = results.total > 0 && unknown.len() * 3 > words(&query.clauses).len() * 2;
    let (spelled, is_whole) =
        if is_foreign { (None, false) } else { spelled(searcher, query, &unknown)? };
    let pinyin = pinyin(searcher, query, &unknown);
    // `yidai yilu`: one word of two is near another, and both are the pinyin of a name.
    let is_read = pinyin.as_ref().is_some_and(|it| it.replaced.iter().any(|it| it.0.contains(' ')));
    let (first, last) = if is_whole && !is_read { (spelled, None) } else { (None, spelled) };
    let unquoted = if results.total == 0 { unquoted(query) } else { None };
    for attempt in [first, pinyin, last, unquoted].into_iter().flatten() {
        let other = Query { filters: query.filters.clone(), ..parse(&attempt.typed) };
        let found = searcher.search_as_typed(&other, options, watch)?.results;
        if found.total > 0 {
            let mut results = told(query, attempt, found);
            let better = rare(searcher, &other)?.map(|it| it.typed);
            results.suggestion = better.or(results.suggestion);
            return Ok(results);
        }
    }
    if results.total == 0 {
        suggest_fewer(searcher, query, options, &mut results, watch)?;
    }
    Ok(results)
}

/// The answer to another reading, told as one to what was typed.
fn told(query: &Query, attempt: Attempt, mut results: Results) -> Results {
    results.query.clone_from(&query.typed);
    for hit in &mut results.hits {
        hit.missing.retain(|it| attempt.replaced.iter().all(|(_, new)| new != it));
        hit.missing.splice(0..0, attempt.replaced.iter().map(|it| it.0.clone()));
    }
    results.total_complete = 0;
    // Where in another query something stands says nothing here.
    results.remarks.iter_mut().for_each(|it| it.span = None);
    results.remarks.insert(0, attempt.remark);
    results.suggestion = Some(attempt.typed);
    results
}

/// What would be found without what restricts the query: filters and `+` are never relaxed, but
/// whoever typed them may want to know.
fn suggest_fewer(
    searcher: &Searcher,
    query: &Query,
    options: &Options,
    results: &mut Results,
    watch: &mut Stopwatch<'_>,
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
        let found = searcher.search_as_typed(&other, &counts, watch)?.results;
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

/// The words of a query that stand alone, not excluded and not quoted.
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

/// The one word that a typed text is; nothing for a number, Han, or several.
fn word(text: &str) -> Option<QueryToken> {
    let mut units = query_tokens(text);
    let unit = units.pop().filter(|_| units.is_empty())?;
    (unit.kind == QueryTokenKind::Word).then_some(unit)
}

/// In how many passages a word stands in any form.
fn frequency(searcher: &Searcher, unit: &QueryToken) -> Result<u64> {
    let exact = unit.exact.iter().map(|it| (Family::Exact, it));
    let forms = unit.forms.iter().map(|it| (Family::Form, it));
    let stem = unit.stem.iter().map(|it| (Family::Stem, it));
    let mut most = 0;
    for (family, text) in exact.chain(forms).chain(stem) {
        most = most.max(searcher.index().document_frequency(family, text)?);
    }
    Ok(u64::from(most))
}

/// The words that no passage holds in any form, nor by another name.
fn unknown(searcher: &Searcher, query: &Query, results: &Results) -> Result<Vec<(String, Span)>> {
    let expanded = results.remarks.iter().filter(|it| it.kind == RemarkKind::Expanded);
    let expanded: Vec<Span> = expanded.filter_map(|it| it.span).collect();
    let mut unknown = Vec::new();
    let mut before = "";
    for (text, span) in words(&query.clauses) {
        // `1,400 million` asks for the value, and no passage need hold the word.
        let is_magnitude = value(std::mem::replace(&mut before, text), text).is_some();
        if is_magnitude {
            continue;
        }
        let Some(unit) = word(text) else { continue };
        let lead = text.find(|c: char| c.is_alphanumeric()).unwrap_or(0);
        let own = Span::new(span.end() - text.len() + lead, span.end());
        let is_expanded = expanded.iter().any(|it| it.contains(own) || own.contains(*it));
        let is_translated =
            || unit.exact.iter().any(|it| !searcher.index().dictionary().senses(it).is_empty());
        if frequency(searcher, &unit)? == 0 && !is_expanded && !is_translated() {
            unknown.push((text.to_owned(), span));
        }
    }
    Ok(unknown)
}

/// Words that no passage holds, in the nearest spelling that one does; and whether each had one.
fn spelled(
    searcher: &Searcher,
    query: &Query,
    unknown: &[(String, Span)],
) -> Result<(Option<Attempt>, bool)> {
    let mut typed = query.typed.clone();
    let mut replaced_words = Vec::new();
    let mut first = None;
    let mut is_whole = true;
    // From the last to the first, so that the spans of those before stay true.
    for (text, span) in unknown.iter().rev() {
        let unit = word(text);
        let exact = unit.as_ref().and_then(|it| it.exact.first());
        let better = exact.map(|it| nearest(searcher, it, 0)).transpose()?.flatten();
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
    let attempt = Attempt { typed, remark, replaced: replaced_words };
    Ok(((!attempt.replaced.is_empty()).then_some(attempt), is_whole))
}

/// Words that hardly any passage holds, in spellings that are more usual.
fn rare(searcher: &Searcher, query: &Query) -> Result<Option<Attempt>> {
    let mut typed = query.typed.clone();
    let mut said = Vec::new();
    let mut first = None;
    for (text, span) in words(&query.clauses).into_iter().rev() {
        let Some(unit) = word(text) else { continue };
        let Some(exact) = unit.exact.first().filter(|it| it.chars().count() >= LEAST_RARE) else {
            continue;
        };
        let count = frequency(searcher, &unit)?;
        if count == 0 || count > RARE {
            continue;
        }
        let Some(better) = nearest(searcher, exact, count)? else { continue };
        // Another word with the same stem was searched already.
        let is_same = word(&better).is_some_and(|it| it.stem == unit.stem);
        let better = as_typed(text, better);
        let Some(other) = replaced(&typed, span, &better).filter(|_| !is_same) else { continue };
        typed = other;
        said.insert(0, format!("hardly a passage holds `{text}`; `{better}` is more usual"));
        first = Some(span);
    }
    let remark = Remark { kind: RemarkKind::Corrected, text: said.join("; "), span: first };
    Ok((!said.is_empty()).then_some(Attempt { typed, remark, replaced: Vec::new() }))
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

/// The word of the index that a typed one, which stands in `count` passages, most likely meant.
fn nearest(searcher: &Searcher, word: &str, count: u64) -> Result<Option<String>> {
    let index = searcher.index();
    // A word that stands somewhere must be one slip away from its better.
    let most = slips(word.chars().count()).min(if count > 0 { 1 } else { 2 });
    // What is one slip away comes before what is two, and is found ten times as fast.
    for slips in 1..=most {
        let mut known: Vec<(String, u64)> = Vec::new();
        for term in index.terms_near(Family::Exact, word, slips)? {
            let passages = u64::from(index.document_frequency(Family::Exact, &term)?);
            let is_usual = count == 0 || passages >= TIMES * count;
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

/// Words that read as the pinyin of a known Chinese name: the longest run of neighbours with an
/// unknown word in it.
fn pinyin(searcher: &Searcher, query: &Query, unknown: &[(String, Span)]) -> Option<Attempt> {
    let words = words(&query.clauses);
    let runs = (1..=words.len()).rev().flat_map(|count| words.windows(count));
    let holds_unknown =
        |run: &&[(&str, Span)]| run.iter().any(|it| unknown.iter().any(|other| other.1 == it.1));
    let (span, name) = runs.filter(holds_unknown).take(MOST_RUNS).find_map(|run| {
        let span = run.iter().map(|it| it.1).reduce(Span::cover)?;
        let letters = lexicon::letters(span.of(&query.typed))?;
        let name = searcher.index().lexicon().read_as(&letters).into_iter().next()?;
        Some((span, name))
    })?;
    let typed = replaced(&query.typed, span, &name)?;
    let written = span.of(&query.typed).to_owned();
    let text = format!("{written} read as {name}");
    let remark = Remark { kind: RemarkKind::Pinyin, text, span: Some(span) };
    Some(Attempt { typed, remark, replaced: vec![(written, name)] })
}

/// The same without quotes: a phrase means only itself, its words also what means the same.
fn unquoted(query: &Query) -> Option<Attempt> {
    let phrase = |it: &Clause| match &it.node {
        Node::Phrase { text, span, .. } if it.occur == Occur::Should => Some((text.clone(), *span)),
        _ => None,
    };
    let (text, span) = query.clauses.iter().find_map(phrase)?;
    let typed = replaced(&query.typed, span, &text)?;
    let written = span.of(&query.typed).to_owned();
    let said = format!("no passage holds “{text}”; searched without quotes");
    let remark = Remark { kind: RemarkKind::Fewer, text: said, span: Some(span) };
    Some(Attempt { typed, remark, replaced: vec![(written, text)] })
}
