//! Builds an index, or brings it up to date.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::error::{Error, ErrorKind};
use super::file_names::generation_folder;
use super::records::Root;
use super::request::{BuildOptions, Progress, Report, Request};
use crate::analysis::Analyzer;
use crate::article::Repeated;
use crate::index::format::{ImportChange, latest_imports};
use crate::index::trust::{
    WriteLock, claim_folder, generations, manifest_roots, next_number, remove_old_generations,
    restore_current, set_current, verify_generation,
};
use crate::index::write::{
    Before, Content, Gathered, Lines, Plan, SPOOLS, Shop, read_files, write,
};
use crate::lexicon::{self, Import};

/// Builds or updates the index and reports what it did.
///
/// # Errors
/// Every [`Error`] leaves the last good generation in place and answering.
pub fn build(request: &Request, progress: &dyn Fn(Progress)) -> Result<Report, Error> {
    build_with(request, &BuildOptions::default(), progress)
}

/// [`build`] with other means than the usual.
///
/// # Errors
/// As [`build`].
pub fn build_with(
    request: &Request,
    means: &BuildOptions,
    progress: &dyn Fn(Progress),
) -> Result<Report, Error> {
    build_changed(request, None, means, progress)
}

/// [`build_with`], with a change of what is imported into the lexicon.
///
/// # Errors
/// As [`build`].
pub fn change_imports(
    request: &Request,
    change: &ImportChange,
    means: &BuildOptions,
    progress: &dyn Fn(Progress),
) -> Result<Report, Error> {
    build_changed(request, Some(change), means, progress)
}

fn build_changed(
    request: &Request,
    change: Option<&ImportChange>,
    means: &BuildOptions,
    progress: &dyn Fn(Progress),
) -> Result<Report, Error> {
    claim_folder(&request.dir, &means.disk)?;
    let _lock = WriteLock::take(&request.dir, request.now_s, means.waits, &means.disk)?;
    let built = catch_unwind(AssertUnwindSafe(|| build_locked(request, change, means, progress)));
    built.unwrap_or_else(|_| {
        let message =
            format!("{}: the build failed; the index is as it was", request.dir.display());
        Err(Error::new(ErrorKind::Io, message))
    })
}

/// Builds with the lock held.
fn build_locked(
    request: &Request,
    change: Option<&ImportChange>,
    means: &BuildOptions,
    progress: &dyn Fn(Progress),
) -> Result<Report, Error> {
    let dir = &request.dir;
    restore_current(dir, &means.disk)?;
    remove_old_generations(dir, &means.disk).map_err(|it| Error::io(dir, &it))?;
    let recorded = recorded_roots(dir);
    let before =
        if request.rebuilds { None } else { Before::open(dir, &means.limits, &means.disk)? };
    let recorded = before.as_ref().map_or(recorded, |it| it.roots().to_vec());
    let roots = roots(request, recorded)?;
    let mut renewal = Renewal::plan(request, means, roots, before)?;
    if change.is_none() && renewal.is_idle() {
        return Ok(renewal.idle_report());
    }
    let known = recorded_imports(dir)?;
    let imports = change.map_or_else(|| known.clone(), |it| it.apply(known.clone()));
    if imports == known && renewal.is_idle() {
        return Ok(renewal.idle_report());
    }
    // What is kept is written anew, with new checksums: it must be right.
    if renewal.before.as_ref().is_some_and(|it| {
        verify_generation(it.index.folder(), &means.disk, means.workers()).is_err()
    }) {
        renewal = Renewal::plan(request, means, renewal.plan.roots, None)?;
    }
    renewal.imports = imports;
    renewal.run(progress).map_err(|error| {
        Error::new(ErrorKind::Io, format!("{}: {error:#}; the index is as it was", dir.display()))
    })
}

/// A new generation to be written.
struct Renewal<'a> {
    request: &'a Request,
    means: &'a BuildOptions,
    imports: Vec<Import>,
    plan: Plan,
    before: Option<Before>,
}

impl<'a> Renewal<'a> {
    fn plan(
        request: &'a Request,
        means: &'a BuildOptions,
        roots: Vec<Root>,
        before: Option<Before>,
    ) -> Result<Self, Error> {
        let plan = Plan::new(roots, before.as_ref(), &means.limits)?;
        Ok(Self { request, means, imports: Vec::new(), plan, before })
    }

    /// Whether the generation before is what a new one would be.
    fn is_idle(&self) -> bool {
        self.before.as_ref().is_some_and(|it| self.plan.is_idle(it))
    }

    /// The report of a build that had nothing to do.
    fn idle_report(&self) -> Report {
        let Some(before) = &self.before else { return self.report() };
        let statistics = before.index.manifest().statistics;
        Report {
            articles: statistics.articles.into(),
            passages: statistics.passages.into(),
            skips: before.skips.clone(),
            ..self.report()
        }
    }

    /// What the plan says.
    fn report(&self) -> Report {
        Report {
            files_added: self.plan.added,
            files_changed: self.plan.changed,
            files_removed: self.plan.removed,
            files_unchanged: self.plan.files.iter().filter(|it| it.kept.is_some()).count() as u64,
            roots_removed: self.plan.roots_removed.clone(),
            ..Report::default()
        }
    }

    /// Writes the generation and makes it current.
    fn run(mut self, progress: &dyn Fn(Progress)) -> anyhow::Result<Report> {
        let (dir, disk) = (&self.request.dir, &self.means.disk);
        let number = next_number(dir)?;
        let folder = generation_folder(dir, number);
        disk.create_folder(&folder).with_context(|| folder.display().to_string())?;
        let report = self.report();
        let lexicon = lexicon::curated()?;
        let analyzer = Analyzer::for_index(&lexicon.han_names());
        let mut lines = Lines::new(&self.plan, self.before.as_ref())?;
        let gathered = self.gather(&folder, &analyzer, &mut lines, progress)?;
        let at = |stage| progress(Progress { stage, ..Progress::default() });
        at("merging");
        let content = Content {
            plan: &self.plan,
            before: self.before.as_ref(),
            gathered,
            lines: &lines,
            analyzer: &analyzer,
            lexicon: &lexicon,
            imports: &self.imports,
            means: self.means,
        };
        let written = write(&folder, content, self.request.now_s)?;
        at("verifying");
        let manifest = verify_generation(&folder, disk, self.means.workers())?;
        disk.sync_folder(&folder)?;
        disk.sync_folder(dir)?;
        set_current(dir, number, &manifest, disk)?;
        Ok(Report {
            has_changed: true,
            articles: written.statistics.articles.into(),
            passages: written.statistics.passages.into(),
            repeated_ids: written.repeated_ids,
            skips: written.skips,
            ..report
        })
    }

    /// Reads what is to be read, and then again what holds lines that turn out to repeat.
    fn gather(
        &mut self,
        folder: &Path,
        analyzer: &Analyzer,
        lines: &mut Lines,
        progress: &dyn Fn(Progress),
    ) -> anyhow::Result<Gathered> {
        let files = (0..).zip(&self.plan.files);
        let files = files.filter(|(_, it)| it.kept.is_none()).map(|(file, _)| file).collect();
        let none = Repeated::none();
        let first = Reading { files, repeated: &none, spool: folder.join(SPOOLS[0]) };
        let mut gathered = self.read(&first, analyzer, progress)?;
        let (repeated, files) = lines.take(&self.plan, &mut gathered.outcomes);
        if files.is_empty() {
            return Ok(gathered);
        }
        for file in &files {
            if let Some(planned) = self.plan.files.get_mut(*file as usize) {
                planned.kept = None;
            }
        }
        let again = Reading { files, repeated: &repeated, spool: folder.join(SPOOLS[1]) };
        let read = self.read(&again, analyzer, progress)?;
        gathered.replace(&again.files, read);
        Ok(gathered)
    }

    /// Reads files of the plan.
    fn read(
        &self,
        reading: &Reading<'_>,
        analyzer: &Analyzer,
        progress: &dyn Fn(Progress),
    ) -> std::io::Result<Gathered> {
        let sizes = reading.files.iter().filter_map(|it| self.plan.files.get(*it as usize));
        let bytes_total = sizes.map(|it| it.file.size_bytes).sum();
        let files_total = reading.files.len() as u64;
        let shop = Shop {
            plan: &self.plan,
            analyzer,
            limits: &self.means.limits,
            watch: self.means.watch.as_ref(),
            repeated: reading.repeated,
            files: &reading.files,
            disk: &self.means.disk,
            workers: self.means.workers(),
        };
        let stage = "reading";
        read_files(&shop, &reading.spool, &|files, bytes| {
            progress(Progress { files, files_total, bytes, bytes_total, stage });
        })
    }
}

/// Some files of the plan, to be read by a verdict on repeated lines.
struct Reading<'a> {
    files: Vec<u32>,
    repeated: &'a Repeated,
    spool: PathBuf,
}

/// The roots of the latest generation whose manifest can be read.
fn recorded_roots(dir: &Path) -> Vec<Root> {
    let numbers = generations(dir).unwrap_or_default();
    let roots = |number: &u64| manifest_roots(&generation_folder(dir, *number));
    numbers.iter().rev().find_map(roots).unwrap_or_default()
}

/// The files that were imported into the lexicon.
fn recorded_imports(dir: &Path) -> Result<Vec<Import>, Error> {
    latest_imports(dir).map_err(|it| {
        Error::new(ErrorKind::Damaged, format!("{it:#}"))
            .with_hint("bring the index back from a copy, or remove its folder and build anew")
    })
}

/// What becomes the roots.
fn roots(request: &Request, recorded: Vec<Root>) -> Result<Vec<Root>, Error> {
    let mut roots: Vec<Root> = Vec::new();
    let keeps = request.keeps_roots || request.roots.is_empty();
    let kept = if keeps { recorded } else { Vec::new() };
    for root in kept.into_iter().chain(request.roots.iter().cloned()) {
        let root = root.beside(&roots);
        if !roots.contains(&root) {
            roots.push(root);
        }
    }
    if roots.is_empty() {
        let message =
            format!("{}: no index yet, and no path to build it from", request.dir.display());
        let hint = "name the folder to index: `search index PATH`";
        return Err(Error::new(ErrorKind::NoIndex, message).with_hint(hint));
    }
    Ok(roots)
}
