//! Builds an index or updates it: takes the write lock, finds what changed, reads it, writes a new
//! generation and makes it the current one.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::error::{Error, ErrorKind};
use super::file_names::generation_folder;
use super::records::Root;
use super::request::{BuildOptions, Progress, Report, Request};
use crate::analysis::Analyzer;
use crate::article::RepeatedLines;
use crate::index::format::{ImportChange, latest_imports};
use crate::index::trust::{
    WriteLock, claim_folder, generations, manifest_roots, next_number, remove_old_generations,
    restore_current, set_current, verify_generation,
};
use crate::index::write::{
    CandidateLines, ChangeSet, NewGeneration, PreviousGeneration, ReadFiles, SPOOL_NAMES,
    WorkerContext, read_files, write_generation,
};
use crate::lexicon::{self, Import};

/// Builds or updates the index and reports what it did.
///
/// # Errors
/// Every [`Error`] leaves the last good generation in place and answering.
pub fn build(request: &Request, progress: &dyn Fn(Progress)) -> Result<Report, Error> {
    build_with(request, &BuildOptions::default(), progress)
}

/// [`build`] with options.
///
/// # Errors
/// As [`build`].
pub fn build_with(
    request: &Request,
    options: &BuildOptions,
    progress: &dyn Fn(Progress),
) -> Result<Report, Error> {
    build_changed(request, None, options, progress)
}

/// [`build_with`], after adding an import to the lexicon or removing one.
///
/// # Errors
/// As [`build`].
pub fn change_imports(
    request: &Request,
    change: &ImportChange,
    options: &BuildOptions,
    progress: &dyn Fn(Progress),
) -> Result<Report, Error> {
    build_changed(request, Some(change), options, progress)
}

fn build_changed(
    request: &Request,
    change: Option<&ImportChange>,
    options: &BuildOptions,
    progress: &dyn Fn(Progress),
) -> Result<Report, Error> {
    claim_folder(&request.dir, &options.disk)?;
    let _lock = WriteLock::take(&request.dir, request.now_s, options.waits, &options.disk)?;
    let built = catch_unwind(AssertUnwindSafe(|| build_locked(request, change, options, progress)));
    built.unwrap_or_else(|_| {
        let message =
            format!("{}: the build failed; the index is as it was", request.dir.display());
        Err(Error::new(ErrorKind::Io, message))
    })
}

/// Builds while the write lock is held.
fn build_locked(
    request: &Request,
    change: Option<&ImportChange>,
    options: &BuildOptions,
    progress: &dyn Fn(Progress),
) -> Result<Report, Error> {
    let dir = &request.dir;
    restore_current(dir, &options.disk)?;
    remove_old_generations(dir, &options.disk).map_err(|it| Error::io(dir, &it))?;
    let recorded = recorded_roots(dir);
    let previous = if request.rebuilds {
        None
    } else {
        PreviousGeneration::open(dir, &options.limits, &options.disk)?
    };
    let recorded = previous.as_ref().map_or(recorded, |it| it.roots().to_vec());
    let roots = roots(request, recorded)?;
    let mut update = Update::new(request, options, roots, previous)?;
    if change.is_none() && update.is_idle() {
        return Ok(update.idle_report());
    }
    let known = recorded_imports(dir)?;
    let imports = change.map_or_else(|| known.clone(), |it| it.apply(known.clone()));
    if imports == known && update.is_idle() {
        return Ok(update.idle_report());
    }
    // Kept data is copied and gets new checksums, so it must be verified first: else damage would
    // be written as if it were right.
    if update.previous.as_ref().is_some_and(|it| {
        verify_generation(it.index.folder(), &options.disk, options.workers()).is_err()
    }) {
        update = Update::new(request, options, update.changes.roots, None)?;
    }
    update.imports = imports;
    update.run(progress).map_err(|error| {
        Error::new(ErrorKind::Io, format!("{}: {error:#}; the index is as it was", dir.display()))
    })
}

/// A build in progress: what changed and what it builds upon.
struct Update<'a> {
    request: &'a Request,
    options: &'a BuildOptions,
    imports: Vec<Import>,
    changes: ChangeSet,
    previous: Option<PreviousGeneration>,
}

impl<'a> Update<'a> {
    fn new(
        request: &'a Request,
        options: &'a BuildOptions,
        roots: Vec<Root>,
        previous: Option<PreviousGeneration>,
    ) -> Result<Self, Error> {
        let changes = ChangeSet::new(roots, previous.as_ref(), &options.limits)?;
        Ok(Self { request, options, imports: Vec::new(), changes, previous })
    }

    /// Whether nothing changed since the previous generation.
    fn is_idle(&self) -> bool {
        self.previous.as_ref().is_some_and(|it| self.changes.is_idle(it))
    }

    /// The report of a build that found nothing to do.
    fn idle_report(&self) -> Report {
        let Some(previous) = &self.previous else { return self.report() };
        let statistics = previous.index.manifest().statistics;
        Report {
            articles: statistics.articles.into(),
            passages: statistics.passages.into(),
            skips: previous.skips.clone(),
            ..self.report()
        }
    }

    /// The part of the report that the change set knows.
    fn report(&self) -> Report {
        Report {
            files_added: self.changes.added,
            files_changed: self.changes.changed,
            files_removed: self.changes.removed,
            files_unchanged: self.changes.files.iter().filter(|it| it.kept.is_some()).count()
                as u64,
            roots_removed: self.changes.roots_removed.clone(),
            ..Report::default()
        }
    }

    /// Writes the generation and makes it current.
    fn run(mut self, progress: &dyn Fn(Progress)) -> anyhow::Result<Report> {
        let (dir, disk) = (&self.request.dir, &self.options.disk);
        let number = next_number(dir)?;
        let folder = generation_folder(dir, number);
        disk.create_folder(&folder).with_context(|| folder.display().to_string())?;
        let report = self.report();
        let lexicon = lexicon::curated()?;
        let analyzer = Analyzer::for_index(&lexicon.han_names());
        let mut lines = CandidateLines::new(&self.changes, self.previous.as_ref())?;
        let gathered = self.read_all(&folder, &analyzer, &mut lines, progress)?;
        let at = |stage| progress(Progress { stage, ..Progress::default() });
        at("merging");
        let content = NewGeneration {
            changes: &self.changes,
            previous: self.previous.as_ref(),
            gathered,
            lines: &lines,
            analyzer: &analyzer,
            lexicon: &lexicon,
            imports: &self.imports,
            options: self.options,
        };
        let written = write_generation(&folder, content, self.request.now_s)?;
        at("verifying");
        let manifest = verify_generation(&folder, disk, self.options.workers())?;
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

    /// Reads the new and changed files. Then reads those files again that hold a line that turned
    /// out to repeat in many files (see `CandidateLines`): they are cleaned differently.
    fn read_all(
        &mut self,
        folder: &Path,
        analyzer: &Analyzer,
        lines: &mut CandidateLines,
        progress: &dyn Fn(Progress),
    ) -> anyhow::Result<ReadFiles> {
        let files = (0..).zip(&self.changes.files);
        let files = files.filter(|(_, it)| it.kept.is_none()).map(|(file, _)| file).collect();
        let none = RepeatedLines::none();
        let first = ReadingPass { files, repeated: &none, spool: folder.join(SPOOL_NAMES[0]) };
        let mut gathered = self.read(&first, analyzer, progress)?;
        let (repeated, files) = lines.take(&self.changes, &mut gathered.outcomes);
        if files.is_empty() {
            return Ok(gathered);
        }
        for file in &files {
            if let Some(planned) = self.changes.files.get_mut(*file as usize) {
                planned.kept = None;
            }
        }
        let again = ReadingPass { files, repeated: &repeated, spool: folder.join(SPOOL_NAMES[1]) };
        let read = self.read(&again, analyzer, progress)?;
        gathered.replace(&again.files, read);
        Ok(gathered)
    }

    /// Reads some files of the change set.
    fn read(
        &self,
        reading: &ReadingPass<'_>,
        analyzer: &Analyzer,
        progress: &dyn Fn(Progress),
    ) -> std::io::Result<ReadFiles> {
        let sizes = reading.files.iter().filter_map(|it| self.changes.files.get(*it as usize));
        let bytes_total = sizes.map(|it| it.file.size_bytes).sum();
        let files_total = reading.files.len() as u64;
        let context = WorkerContext {
            changes: &self.changes,
            analyzer,
            limits: &self.options.limits,
            watch: self.options.watch.as_ref(),
            repeated: reading.repeated,
            files: &reading.files,
            disk: &self.options.disk,
            workers: self.options.workers(),
        };
        let stage = "reading";
        read_files(&context, &reading.spool, &|files, bytes| {
            progress(Progress { files, files_total, bytes, bytes_total, stage });
        })
    }
}

/// Files to read, and which repeated lines to drop from them.
struct ReadingPass<'a> {
    files: Vec<u32>,
    repeated: &'a RepeatedLines,
    spool: PathBuf,
}

/// The roots recorded in the latest generation whose manifest can be read.
fn recorded_roots(dir: &Path) -> Vec<Root> {
    let numbers = generations(dir).unwrap_or_default();
    let roots = |number: &u64| manifest_roots(&generation_folder(dir, *number));
    numbers.iter().rev().find_map(roots).unwrap_or_default()
}

/// The imported dictionaries and names, from the latest generation that has them.
fn recorded_imports(dir: &Path) -> Result<Vec<Import>, Error> {
    latest_imports(dir).map_err(|it| {
        Error::new(ErrorKind::Damaged, format!("{it:#}"))
            .with_hint("bring the index back from a copy, or remove its folder and build anew")
    })
}

/// The roots of the new generation: those asked for, and the recorded ones where they are kept.
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
