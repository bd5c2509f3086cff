//! Finds what a build has to do: compares the files below the roots with those of the previous
//! generation.

use std::collections::{BTreeMap, HashMap};
use std::fs::File as OpenedFile;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use crate::index::error::{Error, ErrorKind};
use crate::index::file_names::{SKIPS, SOURCES};
use crate::index::format::Source;
use crate::index::read::Generation;
use crate::index::records::Root;
use crate::index::trust::Disk;
use crate::lexicon;
use crate::source::{File, Limits, Skip, SkipReason, resolve, walk};

/// A file that changed less than this before a build is hashed: it may have changed again within
/// the same step of the file system's clock.
const STEP_NS: u64 = 2_000_000_000;

/// A file below a root.
#[derive(Clone, Debug)]
pub(crate) struct PlannedFile {
    pub(crate) file: File,
    /// The working folder of its root.
    pub(crate) base: PathBuf,
    /// The index of its root.
    pub(crate) root: u32,
    /// The index of the same, unchanged file in the previous generation; nothing where the file is
    /// to be read.
    pub(crate) kept: Option<u32>,
}

impl PlannedFile {
    /// Whether a path is that of the file, or of a file in it if it is an archive.
    pub(crate) fn holds(&self, path: &str) -> bool {
        let inner = path.strip_prefix(&self.file.path);
        inner.is_some_and(|it| it.is_empty() || it.starts_with('/'))
    }
}

/// The generation that a build updates.
#[derive(Debug)]
pub(crate) struct PreviousGeneration {
    pub(crate) index: Generation,
    /// Its files, in order of path.
    pub(crate) sources: Vec<Source>,
    /// What was skipped when it was built, in order of path.
    pub(crate) skips: Vec<Skip>,
}

impl PreviousGeneration {
    /// The current generation, if this program can build upon it.
    ///
    /// It cannot if the generation is damaged, or was built by another version, another lexicon
    /// (whose names are words of the segmenter) or other limits: then everything is built from the
    /// files.
    ///
    /// # Errors
    /// `Io` where it cannot be read.
    pub(crate) fn open(dir: &Path, limits: &Limits, disk: &Disk) -> Result<Option<Self>, Error> {
        match Self::open_any(dir, disk) {
            Ok(Some(previous)) => {
                let manifest = previous.index.manifest();
                let is_same = manifest.lexicon == lexicon::fingerprint()
                    && manifest.limits == limits_fingerprint(limits);
                Ok(is_same.then_some(previous))
            }
            Err(Error { kind: ErrorKind::Damaged | ErrorKind::OtherVersion, .. }) => Ok(None),
            other => other,
        }
    }

    /// The current generation, whatever lexicon and limits it was built with.
    pub(crate) fn open_any(dir: &Path, disk: &Disk) -> Result<Option<Self>, Error> {
        let index = match Generation::open_current(dir, disk) {
            Ok(index) => index,
            Err(Error { kind: ErrorKind::NoIndex, .. }) => return Ok(None),
            Err(problem) => return Err(problem),
        };
        // Read now: where a table is damaged, the generation cannot be built upon.
        let sources = index.files().table(SOURCES)?;
        let skips = index.files().table(SKIPS)?;
        Ok(Some(Self { index, sources, skips }))
    }

    /// What was skipped and might be read now: a missing program may have been installed, or a file
    /// that could not be opened may be readable now, which changes neither size nor time.
    fn retried(&self, limits: &Limits) -> Vec<Retried> {
        let retried = self.skips.iter().filter_map(|it| match it.reason {
            SkipReason::MissingTool => {
                limits.pdftotext.as_ref().map(|_| Retried::Now(it.path.clone()))
            }
            SkipReason::Unreadable => Some(Retried::IfReadable(it.path.clone())),
            _ => None,
        });
        retried.collect()
    }

    /// Its roots.
    pub(crate) fn roots(&self) -> &[Root] {
        &self.index.manifest().roots
    }
}

/// A path that was skipped, of a file or in an archive, and may be read now.
enum Retried {
    Now(String),
    IfReadable(String),
}

impl Retried {
    /// Whether a file is to be read again because of it.
    fn concerns(&self, planned: &PlannedFile) -> bool {
        let (Self::Now(path) | Self::IfReadable(path)) = self;
        let is_of_file = planned.holds(path);
        let path = || resolve(&planned.base, &planned.file.path);
        let opens = || OpenedFile::open(path()).is_ok();
        is_of_file && (matches!(self, Self::Now(_)) || opens())
    }
}

/// The files of a new generation: which are kept and which are to be read.
#[derive(Debug, Default)]
pub(crate) struct ChangeSet {
    pub(crate) roots: Vec<Root>,
    /// In order of path, then of working folder: independent of the order of the roots.
    pub(crate) files: Vec<PlannedFile>,
    /// What was skipped while walking the roots, in order of path.
    pub(crate) skips: Vec<Skip>,
    pub(crate) added: u64,
    pub(crate) changed: u64,
    pub(crate) removed: u64,
    /// Roots of the previous generation that are no longer roots.
    pub(crate) roots_removed: Vec<String>,
}

impl ChangeSet {
    /// Walks the roots and compares their files with the previous generation.
    ///
    /// # Errors
    /// `NoSource` where a root is gone or cannot be read: its articles stay as they are.
    pub(crate) fn new(
        roots: Vec<Root>,
        previous: Option<&PreviousGeneration>,
        limits: &Limits,
    ) -> Result<Self, Error> {
        let mut files = BTreeMap::new();
        let mut skips = Vec::new();
        for (number, root) in (0..).zip(&roots) {
            let base = Path::new(&root.base);
            let walked = walk(base, &root.path);
            let walked = walked.map_err(|it| no_source(root, &it))?;
            skips.extend(walked.skips);
            for file in walked.files {
                let place = normal(&base.join(&file.path));
                let planned = PlannedFile { file, base: base.to_owned(), root: number, kept: None };
                // A file below two roots is read once, for the first of them.
                files.entry(place).or_insert(planned);
            }
        }
        let mut files: Vec<PlannedFile> = files.into_values().collect();
        files.sort_by(|a, b| (&a.file.path, &a.base).cmp(&(&b.file.path, &b.base)));
        skips.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
        skips.dedup();
        let added = files.len() as u64;
        let mut changes = Self { roots, files, skips, added, ..Self::default() };
        if let Some(previous) = previous {
            changes.refuse_emptied(previous)?;
            changes.compare(previous, limits)?;
        }
        Ok(changes)
    }

    /// Whether there is nothing to read and nothing to remove.
    pub(crate) fn is_idle(&self, previous: &PreviousGeneration) -> bool {
        self.added + self.changed + self.removed == 0 && self.roots == previous.roots()
    }

    /// Refuses a root in which no file is left: more likely than not it was unmounted, not emptied.
    fn refuse_emptied(&self, previous: &PreviousGeneration) -> Result<(), Error> {
        for (number, root) in (0..).zip(&self.roots) {
            let Some(known) = previous.roots().iter().position(|it| it == root) else { continue };
            let had_files = previous.sources.iter().any(|it| it.root as usize == known);
            if had_files && !self.files.iter().any(|it| it.root == number) {
                let message = format!(
                    "{}: no file is left in it; nothing of it was changed in the index",
                    root.path
                );
                let hint = "bring it back; if it is meant to be empty, `search index --rebuild`";
                return Err(Error::new(ErrorKind::NoSource, message).with_hint(hint));
            }
        }
        Ok(())
    }

    /// Marks the files that did not change since the previous generation.
    fn compare(&mut self, previous: &PreviousGeneration, limits: &Limits) -> Result<(), Error> {
        let gone = previous.roots().iter().filter(|it| !self.roots.contains(it));
        self.roots_removed = gone.map(|it| it.path.clone()).collect();
        self.added = 0;
        let base = |it: &Source| previous.roots().get(it.root as usize).map(|it| it.base.as_str());
        let known = previous.sources.iter().enumerate();
        let known = known.map(|(at, it)| ((it.path.as_str(), base(it)), at));
        let mut known: HashMap<_, _> = known.collect();
        let retried = previous.retried(limits);
        for planned in &mut self.files {
            let key = (planned.file.path.as_str(), planned.base.to_str());
            let Some(at) = known.remove(&key) else {
                self.added += 1;
                continue;
            };
            let Some(source) = previous.sources.get(at) else { continue };
            let is_same = is_unchanged(planned, source, previous.index.manifest().built_s);
            if is_same && !retried.iter().any(|it| it.concerns(planned)) {
                planned.kept = u32::try_from(at).ok();
            } else {
                self.changed += 1;
            }
        }
        self.removed = known.len() as u64;
        if self.changed + self.removed > 0 {
            self.read_replaced(previous);
        }
        Ok(())
    }

    /// Marks the files that had records replaced by another file's to be read again: the file that
    /// replaced them may be gone.
    fn read_replaced(&mut self, previous: &PreviousGeneration) {
        for planned in &mut self.files {
            let source = planned.kept.and_then(|it| previous.sources.get(it as usize));
            if source.is_some_and(|it| it.replaced > 0) {
                planned.kept = None;
                self.changed += 1;
            }
        }
    }
}

/// Whether a file is unchanged: by size and time, or else by its hash.
fn is_unchanged(planned: &PlannedFile, source: &Source, built_s: u64) -> bool {
    let file = &planned.file;
    if file.size_bytes != source.size_bytes {
        return false;
    }
    let is_settled =
        source.modified_ns.saturating_add(STEP_NS) < built_s.saturating_mul(1_000_000_000);
    let has_time = file.modified_ns == source.modified_ns && file.modified_ns != 0;
    (has_time && is_settled) || hash_of(planned).is_ok_and(|it| it == source.hash)
}

fn no_source(root: &Root, error: &std::io::Error) -> Error {
    let message = format!("{}: {error}; nothing of it was changed in the index", root.path);
    let hint = "bring it back, or name the paths to index without it: `search index PATH…`";
    Error::new(ErrorKind::NoSource, message).with_hint(hint)
}

/// A fingerprint of the limits; it does not depend on where programs are installed.
pub(super) fn limits_fingerprint(limits: &Limits) -> u64 {
    let limits = Limits { pdftotext: None, ..limits.clone() };
    xxh3_64(format!("{limits:?}").as_bytes())
}

/// A path without `.` components, so that each file has one name.
fn normal(path: &Path) -> PathBuf {
    path.components().filter(|it| *it != Component::CurDir).collect()
}

/// The hash of a file's bytes, to tell a changed file from a changed time.
pub(super) fn hash_of(planned: &PlannedFile) -> std::io::Result<u64> {
    let mut file = OpenedFile::open(resolve(&planned.base, &planned.file.path))?;
    let mut sum = Xxh3::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok(sum.digest());
        }
        sum.update(buffer.get(..read).unwrap_or_default());
    }
}
