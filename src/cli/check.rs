//! `search check`: verify every byte of the index.

use std::path::Path;

use clap::Args;
use serde::Serialize;

use passages::index::{self, CheckReport};
use passages::text::visible;

use super::fault::Fault;
use super::global::Global;
use super::progress::{Line, Step};
use super::sources::{self, Compared};
use super::{Outcome, output, place};

/// Verify every byte of the index
///
/// Names each damaged file and the passages that it touches, and ends with status 2 if there is
/// one. Example: `search check --index copy/index`
#[derive(Args, Debug)]
pub(super) struct Typed {
    /// Compare with the files too
    ///
    /// Tells which files are new, changed or gone since the index was built (status 1), makes the
    /// passages of a sample of files anew, and searches for some by their own words (status 2
    /// where one differs or is not found).
    #[arg(long)]
    sources: bool,

    #[command(flatten)]
    global: Global,
}

/// What was found; the field names are those of the JSON.
#[derive(Serialize)]
struct View<'a> {
    schema: u32,
    generation: &'a str,
    files: u64,
    bytes: u64,
    problems: Vec<ProblemView<'a>>,
    passages: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    sources: Option<sources::View<'a>>,
}

#[derive(Serialize)]
struct ProblemView<'a> {
    kind: &'a str,
    message: &'a str,
    hint: Option<&'a str>,
}

/// Verifies, and says what is wrong.
pub(super) fn run(typed: &Typed) -> Result<Outcome, Fault> {
    let folder = place::index_folder(typed.global.index.as_deref())?;
    let checked = verified(&folder)?;
    let compares = typed.sources && checked.problems.is_empty();
    let compared = if compares { Some(sources::compare(&folder)?) } else { None };
    if typed.global.json {
        output::write(&json(&checked, compared.as_ref())?)?;
    } else if checked.problems.is_empty() {
        let CheckReport { generation, files, bytes, .. } = &checked;
        let size = *bytes as f64 / 1e6;
        output::write(&format!("{generation}: {files} files, {size:.1} MB, all as written\n"))?;
    } else if !checked.passages.is_empty() {
        let ids = checked.passages.iter().map(|it| format!("damaged: {}\n", visible(it)));
        output::write(&ids.collect::<String>())?;
    }
    let is_whole = checked.problems.is_empty();
    if let Some(compared) = compared.as_ref().filter(|_| !typed.global.json) {
        output::write(&compared.told())?;
    }
    checked.problems.into_iter().for_each(|it| Fault::from(it).say());
    let outcome = compared.map_or(Outcome::Done, |it| it.outcome());
    Ok(if is_whole { outcome } else { Outcome::SomeFailed })
}

fn verified(folder: &Path) -> Result<CheckReport, Fault> {
    let line = Line::new();
    Ok(index::check(folder, &|bytes, bytes_total| {
        line.tell(Step { stage: "verifying", files: None, bytes: (bytes, bytes_total) });
    })?)
}

fn json(checked: &CheckReport, compared: Option<&Compared>) -> Result<String, Fault> {
    let problems = checked.problems.iter().map(|it| ProblemView {
        kind: it.kind.name(),
        message: &it.message,
        hint: it.hint.as_deref(),
    });
    output::json(&View {
        schema: 1,
        generation: &checked.generation,
        files: checked.files,
        bytes: checked.bytes,
        problems: problems.collect(),
        passages: &checked.passages,
        sources: compared.map(Compared::view),
    })
}
