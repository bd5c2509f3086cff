//! Builds an index, or brings it up to date.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::Context;

use super::error::{Kind, Problem};
use super::folder::{self, WriteLock};
use super::gather::{Gathered, Shop, gather};
use super::generation::{Content, write};
use super::open::{Index, Root};
use super::plan::{Before, Plan};
use super::sources;
use crate::analysis::Analyzer;
use crate::article::Repeated;
use crate::lexicon;
use crate::source::{Limits, Skip};

/// What to build.
#[derive(Clone, Debug)]
pub struct Request {
    /// The index folder.
    pub dir: PathBuf,
    /// What becomes the roots; empty: the roots that the manifest records.
    pub roots: Vec<Root>,
    /// Keep the roots that the manifest records, and add these (`--in`).
    pub keeps_roots: bool,
    /// Build from nothing, even where the index is of another version or damaged.
    pub rebuilds: bool,
    /// Wall clock, seconds since 1970, to be written down.
    pub now_s: u64,
}

/// How to build; what comes out does not depend on it, but for what the limits leave out.
#[derive(Clone, Debug, Default)]
pub struct Means {
    /// What is too large to be read, and by which programs.
    pub limits: Limits,
    /// On how many threads to read and analyse; 0: as many as the machine has cores.
    pub threads: usize,
}

/// How far a build is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Progress {
    /// Files done.
    pub files: u64,
    /// Files to do in all.
    pub files_total: u64,
    /// Bytes of source read.
    pub bytes: u64,
    /// Bytes of source to read in all.
    pub bytes_total: u64,
    /// `reading`, `merging`, `verifying`.
    pub stage: &'static str,
}

/// What a build did.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Whether anything changed; when not, no generation was written.
    pub has_changed: bool,
    /// Files read for the first time.
    pub files_added: u64,
    /// Files read again.
    pub files_changed: u64,
    /// Files gone.
    pub files_removed: u64,
    /// Files as they were.
    pub files_unchanged: u64,
    /// Roots that are no longer roots.
    pub roots_removed: Vec<String>,
    /// Articles in the index.
    pub articles: u64,
    /// Passages in the index.
    pub passages: u64,
    /// Records whose id occurred again later; the last won.
    pub repeated_ids: u64,
    /// What was not read, in order of path.
    pub skips: Vec<Skip>,
}

/// Builds or updates the index and reports what it did.
///
/// # Errors
/// Every [`Problem`] leaves the last good generation in place and answering.
pub fn build(request: &Request, progress: &dyn Fn(Progress)) -> Result<Report, Problem> {
    build_with(request, &Means::default(), progress)
}

/// [`build`] with other means than the usual.
///
/// # Errors
/// As [`build`].
pub fn build_with(
    request: &Request,
    means: &Means,
    progress: &dyn Fn(Progress),
) -> Result<Report, Problem> {
    folder::claim(&request.dir)?;
    let _lock = WriteLock::take(&request.dir, request.now_s)?;
    let built = catch_unwind(AssertUnwindSafe(|| build_locked(request, means, progress)));
    built.unwrap_or_else(|_| {
        let message =
            format!("{}: the build failed; the index is as it was", request.dir.display());
        Err(Problem::new(Kind::Io, message))
    })
}

/// Builds with the lock held.
fn build_locked(
    request: &Request,
    means: &Means,
    progress: &dyn Fn(Progress),
) -> Result<Report, Problem> {
    let dir = &request.dir;
    let before = if request.rebuilds { None } else { before(dir)? };
    let known = match &before {
        Some((index, sources)) => Before {
            roots: index.manifest().roots.clone(),
            sources: sources.clone(),
            built_s: index.manifest().built_s,
        },
        None => Before::default(),
    };
    let recorded = if before.is_some() { known.roots.clone() } else { recorded_roots(dir) };
    let plan = Plan::new(roots(request, recorded)?, &known, &means.limits)?;
    let index = before.map(|(index, _)| index);
    let number = folder::current(dir).ok().flatten();
    folder::sweep(dir, number).map_err(|it| Problem::io(dir, &it))?;
    let mut report = Report {
        files_added: plan.added,
        files_changed: plan.changed,
        files_removed: plan.removed,
        files_unchanged: plan.files.iter().filter(|it| it.kept.is_some()).count() as u64,
        roots_removed: plan.roots_removed.clone(),
        ..Report::default()
    };
    if let Some(index) = &index
        && plan.is_idle(&known)
    {
        report.articles = index.manifest().statistics.articles.into();
        report.passages = index.manifest().statistics.passages.into();
        report.skips = sources::skips(dir)?;
        return Ok(report);
    }
    report.has_changed = true;
    let failed = |error: anyhow::Error| from_anyhow(dir, &error);
    let renewal = Renewal { request, means, plan: &plan, known: &known, index: index.as_ref() };
    renewal.run(progress, &mut report).map_err(failed)?;
    Ok(report)
}

/// A new generation to be written, when it is known that there is something to do.
struct Renewal<'a> {
    request: &'a Request,
    means: &'a Means,
    plan: &'a Plan,
    known: &'a Before,
    /// The generation before.
    index: Option<&'a Index>,
}

impl Renewal<'_> {
    /// Writes the generation and makes it current.
    fn run(&self, progress: &dyn Fn(Progress), report: &mut Report) -> anyhow::Result<()> {
        let Self { request, plan, known, index, .. } = *self;
        let dir = &request.dir;
        let number = folder::generations(dir)?.last().map_or(1, |it| it + 1);
        let folder = folder::generation(dir, number);
        fs::create_dir(&folder).with_context(|| folder.display().to_string())?;
        let to_read = plan.files.iter().filter(|it| it.kept.is_none());
        let (files_total, bytes_total) =
            to_read.fold((0, 0), |(files, bytes), it| (files + 1, bytes + it.file.size_bytes));
        let tell = |stage, files, bytes| {
            progress(Progress { files, files_total, bytes, bytes_total, stage });
        };
        let lexicon = lexicon::curated()?;
        let analyzer = Analyzer::for_index(&han_names(&lexicon));
        let tell_read = |files, bytes| tell("reading", files, bytes);
        let gathered = self.gather(&folder, &analyzer, &tell_read)?;
        tell("merging", files_total, bytes_total);
        let (analyzer, lexicon) = (&analyzer, &lexicon);
        let content = Content { plan, known, index, gathered, analyzer, lexicon };
        write(&folder, content, request.now_s, report)?;
        tell("verifying", files_total, bytes_total);
        super::check::verify(&folder)?;
        folder::sync_folder(&folder)?;
        folder::sync_folder(dir)?;
        folder::set_current(dir, number)?;
        Ok(())
    }

    fn gather(
        &self,
        folder: &Path,
        analyzer: &Analyzer,
        tell: &dyn Fn(u64, u64),
    ) -> std::io::Result<Gathered> {
        let shop = Shop {
            plan: self.plan,
            analyzer,
            limits: &self.means.limits,
            repeated: &Repeated::none(),
            workers: workers(self.means.threads),
        };
        gather(&shop, folder, tell)
    }
}

/// The generation before, where there is one that this program can build upon.
fn before(dir: &Path) -> Result<Option<(Index, Vec<sources::Source>)>, Problem> {
    match Index::open(dir) {
        Ok(index) => Ok(Some((index, sources::sources(dir)?))),
        Err(problem) if problem.kind == Kind::NoIndex => Ok(None),
        Err(problem) => Err(problem),
    }
}

/// The roots that the manifest records, as far as it can be read.
fn recorded_roots(dir: &Path) -> Vec<Root> {
    let number = folder::current(dir).ok().flatten();
    let manifest = number.and_then(|it| super::open::read_manifest(dir, it).ok());
    manifest.map(|it| it.roots).unwrap_or_default()
}

/// What becomes the roots.
fn roots(request: &Request, recorded: Vec<Root>) -> Result<Vec<Root>, Problem> {
    let mut roots = Vec::new();
    let keeps = request.keeps_roots || request.roots.is_empty();
    let kept = if keeps { recorded } else { Vec::new() };
    for root in kept.into_iter().chain(request.roots.iter().cloned()) {
        if !roots.contains(&root) {
            roots.push(root);
        }
    }
    if roots.is_empty() {
        let message =
            format!("{}: no index yet, and no path to build it from", request.dir.display());
        let hint = "name the folder to index: `search index PATH`";
        return Err(Problem::new(Kind::NoIndex, message).with_hint(hint));
    }
    Ok(roots)
}

/// The lexicon's names in Han characters: words for the cut.
fn han_names(lexicon: &lexicon::Lexicon) -> Vec<String> {
    let names = lexicon.entries.iter().flat_map(|it| &it.names);
    let is_han = |it: &&String| it.chars().all(crate::text::is_han) && it.chars().count() > 1;
    names.filter(is_han).cloned().collect()
}

fn workers(threads: usize) -> usize {
    let cores = || thread::available_parallelism().map_or(1, usize::from);
    if threads == 0 { cores() } else { threads }
}

/// A failure while writing, as a problem.
fn from_anyhow(dir: &Path, error: &anyhow::Error) -> Problem {
    Problem::new(Kind::Io, format!("{}: {error:#}; the index is as it was", dir.display()))
}
