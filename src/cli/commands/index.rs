//! `search index`: build an index, or bring it up to date.

use std::collections::BTreeMap;
use std::time::Instant;

use serde::Serialize;

use passages::index::{Report, Request};

use crate::cli::fault::Fault;
use crate::cli::line::Global;
use crate::cli::outcome::Outcome;
use crate::cli::{build, locate, output};

/// Build the index, or bring it up to date
///
/// PATHs become what is indexed; without, those indexed last time are read again. Only what has
/// changed is read. Example: `search index articles notes.txt`
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Folders and files to index
    #[arg(value_name = "PATH")]
    paths: Vec<String>,

    /// Read everything again, whatever the state of the index
    #[arg(long)]
    rebuild: bool,

    /// Wait while another program writes the index, instead of failing
    #[arg(long)]
    wait: bool,

    #[command(flatten)]
    global: Global,
}

/// Builds or updates, and says what was done.
pub(super) fn run(args: &Args) -> Result<Outcome, Fault> {
    let start = Instant::now();
    let folder = locate::index_folder(args.global.index.as_deref())?;
    let request = Request {
        roots: locate::roots(&args.paths)?,
        keeps_roots: false,
        rebuilds: args.rebuild,
        now_s: build::now_s(),
        dir: folder.clone(),
    };
    let report = build::build(&request, args.wait)?;
    output::note(&build::summary(&report, &folder, start.elapsed()));
    if args.global.json {
        output::write(&json(&report)?)?;
    }
    Ok(Outcome::Done)
}

/// What was done; the field names are those of the JSON.
#[derive(Serialize)]
struct Done<'a> {
    changed: bool,
    files: Files,
    roots_removed: &'a [String],
    articles: u64,
    passages: u64,
    repeated_ids: u64,
    skipped: BTreeMap<String, u64>,
}

#[derive(Serialize)]
struct Files {
    added: u64,
    changed: u64,
    removed: u64,
    unchanged: u64,
}

fn json(report: &Report) -> Result<String, Fault> {
    let done = Done {
        changed: report.has_changed,
        files: Files {
            added: report.files_added,
            changed: report.files_changed,
            removed: report.files_removed,
            unchanged: report.files_unchanged,
        },
        roots_removed: &report.roots_removed,
        articles: report.articles,
        passages: report.passages,
        repeated_ids: report.repeated_ids,
        skipped: build::skip_counts(&report.skips),
    };
    output::json(&done)
}
