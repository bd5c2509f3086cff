//! Building an index as `search index` and `search --in` do it: progress, and what was done.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use passages::budget::Watch;
use passages::index::{
    self, BuildOptions, Error, ErrorKind, Generation, ImportChange, Progress, Report, Request, Root,
};
use passages::source::{Limits, Skip};

use super::fault::Fault;
use super::progress::{ProgressLine, Step};
use super::{locate, output};

/// The longest time that one text may take. Its budget of steps takes a tenth of that even on a
/// slow and busy machine, so this is only reached where something is wrong.
const TEXT_TIME: Duration = Duration::from_secs(120);

/// Builds or updates an index, with a progress line where it takes long. `waits`: wait for another
/// program that writes the index, and print that.
pub(super) fn build(request: &Request, waits: bool) -> Result<Report, Fault> {
    let once =
        |waits| with_progress(waits, |means, progress| index::build_with(request, means, progress));
    match once(false) {
        Err(problem) if waits && problem.kind == ErrorKind::Locked => {
            output::note(&format!("waiting: {}\n", passages::text::visible(&problem.message)));
            Ok(once(true)?)
        }
        built => Ok(built?),
    }
}

/// Builds or updates an index and adds or removes a file of the lexicon.
pub(super) fn change_imports(request: &Request, change: &ImportChange) -> Result<Report, Fault> {
    let changed = with_progress(false, |means, progress| {
        index::change_imports(request, change, means, progress)
    });
    Ok(changed?)
}

fn with_progress(
    waits: bool,
    build: impl FnOnce(&BuildOptions, &dyn Fn(Progress)) -> Result<Report, Error>,
) -> Result<Report, Error> {
    let start = Instant::now();
    let watch = Watch { clock: Arc::new(move || start.elapsed()), most: TEXT_TIME };
    let means =
        BuildOptions { limits: limits(), waits, watch: Some(watch), ..BuildOptions::default() };
    let line = ProgressLine::new();
    build(&means, &|Progress { stage, files, files_total, bytes, bytes_total }| {
        line.update(Step { stage, files: Some((files, files_total)), bytes: (bytes, bytes_total) });
    })
}

/// The limits of reading: sizes, and the path of `pdftotext`, without which no PDF is read.
pub(super) fn limits() -> Limits {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let name = format!("pdftotext{}", std::env::consts::EXE_SUFFIX);
    let programs = std::env::split_paths(&folders).map(|it| it.join(&name));
    Limits { pdftotext: programs.into_iter().find(|it| it.is_file()), ..Limits::default() }
}

/// Brings the index of `paths` up to date, prints what changed, and returns the paths to search
/// in, by the names that the index uses.
///
/// A path inside an indexed root becomes no new root. A root inside a new path keeps its files, so
/// it is searched as well. `waits` as in [`build`].
pub(super) fn refresh(folder: &Path, paths: &[String], waits: bool) -> Result<Vec<String>, Fault> {
    let known = Generation::open(folder).map(|it| it.manifest().roots.clone()).unwrap_or_default();
    let mut inside = Vec::new();
    let mut new = Vec::new();
    for root in locate::roots(paths)? {
        if let Some(name) = known.iter().find_map(|it| name_within(it, &root)) {
            inside.push(name);
        } else {
            let root = root.beside(&known);
            let held = known.iter().filter(|it| name_within(&root, it).is_some());
            inside.extend(held.map(|it| it.path.clone()));
            inside.push(root.path.clone());
            new.push(root);
        }
    }
    let start = Instant::now();
    let request = Request {
        dir: folder.to_owned(),
        roots: new,
        keeps_roots: true,
        rebuilds: false,
        now_s: now_s(),
    };
    let report = build(&request, waits)?;
    if report.has_changed {
        output::note(&summary(&report, folder, start.elapsed()));
    }
    Ok(inside)
}

/// The name of a path below a root; nothing where it lies outside.
fn name_within(root: &Root, place: &Root) -> Option<String> {
    let full = |it: &Root| Path::new(&it.base).join(&it.path).canonicalize().ok();
    let (holder, place) = (full(root)?, full(place)?);
    let rest = place.strip_prefix(holder).ok()?.to_str()?;
    Some(match (root.path.as_str(), rest) {
        (name, "") => name.to_owned(),
        (".", rest) => rest.to_owned(),
        (name, rest) => format!("{}/{rest}", name.trim_end_matches('/')),
    })
}

/// Seconds since 1970.
pub(super) fn now_s() -> u64 {
    #[expect(clippy::disallowed_methods, reason = "the command line reads the clock")]
    let now = std::time::SystemTime::now();
    now.duration_since(std::time::UNIX_EPOCH).map_or(0, |it| it.as_secs())
}

/// What a build did, as lines of text.
pub(super) fn summary(report: &Report, folder: &Path, took: Duration) -> String {
    let mut out = String::new();
    for root in &report.roots_removed {
        out.push_str(&format!("no longer indexed: {}\n", passages::text::visible(root)));
    }
    let (articles, texts) = (report.articles, report.passages);
    let counted = format!("{articles} articles, {texts} passages in {}", folder.display());
    if report.has_changed {
        let (added, changed, removed) =
            (report.files_added, report.files_changed, report.files_removed);
        out.push_str(&format!(
            "indexed: {added} files new, {changed} changed, {removed} gone, {} as before; \
             {counted} ({:.1} s)\n",
            report.files_unchanged,
            took.as_secs_f64()
        ));
    } else {
        out.push_str(&format!("nothing has changed: {counted}\n"));
    }
    if report.repeated_ids > 0 {
        let count = report.repeated_ids;
        out.push_str(&format!("{count} records had an id that came again later; the last won\n"));
    }
    if !report.skips.is_empty() {
        let counts = skip_counts(&report.skips);
        let each = counts.iter().map(|(reason, count)| format!("{count} {reason}"));
        let each = each.collect::<Vec<_>>().join(", ");
        out.push_str(&format!("left out: {each}; `search status --skipped` lists them\n"));
    }
    out
}

/// How many files were skipped for each reason, by its name in JSON.
pub(super) fn skip_counts(skips: &[Skip]) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for skip in skips {
        *counts.entry(reason_name(skip)).or_default() += 1;
    }
    counts
}

/// The name of the reason, as in JSON: `unknown-format`.
pub(super) fn reason_name(skip: &Skip) -> String {
    let name = serde_json::to_value(skip.reason).ok();
    name.and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_else(|| "other".to_owned())
}
