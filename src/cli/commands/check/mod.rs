//! `search check`: verify every byte of the index.

mod sources;

use std::path::Path;

use serde::Serialize;

use passages::index::{self, CheckReport};
use passages::text::visible;

use crate::cli::fault::Fault;
use crate::cli::line::Global;
use crate::cli::outcome::Outcome;
use crate::cli::progress::{ProgressLine, Step};
use crate::cli::{locate, output};
use sources::SourceComparison;

/// Verify every byte of the index
///
/// Names each damaged file and the passages that it touches, and ends with status 2 if there is
/// one. Example: `search check --index copy/index`
#[derive(clap::Args, Debug)]
pub(super) struct Args {
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
    generation: &'a str,
    files: u64,
    bytes: u64,
    problems: Vec<Fault>,
    passages: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    sources: Option<&'a SourceComparison>,
}

/// Verifies the index and prints what is wrong.
pub(super) fn run(args: &Args) -> Result<Outcome, Fault> {
    let folder = locate::index_folder(args.global.index.as_deref())?;
    let checked = verified(&folder)?;
    let compares = args.sources && checked.problems.is_empty();
    let compared = if compares { Some(sources::compare(&folder)?) } else { None };
    if args.global.json {
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
    if let Some(compared) = compared.as_ref().filter(|_| !args.global.json) {
        output::write(&compared.text())?;
    }
    checked.problems.into_iter().for_each(|it| Fault::from(it).print());
    let outcome = compared.map_or(Outcome::Done, |it| it.outcome());
    Ok(if is_whole { outcome } else { Outcome::SomeFailed })
}

fn verified(folder: &Path) -> Result<CheckReport, Fault> {
    let line = ProgressLine::new();
    Ok(index::check(folder, &|bytes, bytes_total| {
        line.update(Step { stage: "verifying", files: None, bytes: (bytes, bytes_total) });
    })?)
}

fn json(checked: &CheckReport, compared: Option<&SourceComparison>) -> Result<String, Fault> {
    output::json(&View {
        generation: &checked.generation,
        files: checked.files,
        bytes: checked.bytes,
        problems: checked.problems.iter().cloned().map(Fault::from).collect(),
        passages: &checked.passages,
        sources: compared,
    })
}
