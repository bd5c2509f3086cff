//! Whether an answer is safe in every form: nothing of a document steers a terminal, JSON is whole,
//! marks lie in their snippet.

use passages::hit::Results;
use passages::show::{self, Look};
use passages::text::visible;

/// Whether a character steers a terminal or reorders what it shows.
fn steers(it: char) -> bool {
    let is_bidi = matches!(it, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    is_bidi || (it.is_control() && it != '\n' && it != '\t')
}

/// Says what is not safe in what is shown of results.
pub(crate) fn is_safe(results: &Results) -> Result<(), String> {
    let look = Look { columns: 80, has_colour: false, link: None };
    let plain = [
        ("text", show::text(results, &[], &look)),
        ("markdown", show::markdown(results)),
        ("trec", show::trec("q", results, true)),
        ("paths", visible(&show::paths(results)).into_owned()),
        ("notes", show::notes(results, &look)),
    ];
    for (form, shown) in plain {
        if let Some(it) = shown.chars().find(|it| steers(*it)) {
            return Err(format!("{it:?} stands raw in {form}"));
        }
    }
    if show::paths(results).lines().count() > results.hits.len() {
        return Err("a path breaks its line".to_owned());
    }
    let json = show::json(results);
    if let Some(it) = json.chars().find(|it| steers(*it) || *it == '\n') {
        return Err(format!("{it:?} stands raw in JSON"));
    }
    let value: serde_json::Value =
        serde_json::from_str(&json).map_err(|it| format!("JSON: {it}"))?;
    for hit in value["hits"].as_array().ok_or("no hits")? {
        let string = |key: &str| hit[key].as_str().ok_or(format!("no {key}"));
        let (text, snippet) = (string("text")?, string("snippet")?);
        let is_mark = |it: &serde_json::Value| {
            let place = |at: usize| it[at].as_u64().and_then(|it| usize::try_from(it).ok());
            let marked = place(0).zip(place(1)).and_then(|(from, to)| snippet.get(from..to));
            marked.is_some_and(|it| !it.is_empty())
        };
        let marks = hit["highlights"].as_array().ok_or("no highlights")?;
        if !text.contains(snippet) || !marks.iter().all(is_mark) {
            return Err(format!("snippet or highlights of {snippet:?}"));
        }
    }
    Ok(())
}
