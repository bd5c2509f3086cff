//! Lists the files below a root, and what was left out.

use std::collections::HashSet;
use std::fs::{FileType, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::UNIX_EPOCH;

use ignore::{DirEntry, WalkBuilder};

use super::raw::{File, Skip, SkipReason};

/// The files below a root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Walk {
    /// The files to read, sorted by path bytewise, each path once.
    pub files: Vec<File>,
    /// What was left out, sorted by path bytewise.
    pub skips: Vec<Skip>,
}

/// Lists the files below `root`, or `root` itself if it is a file.
///
/// `base` is the absolute working folder recorded with the root, `root` the path as given.
/// [`File::path`] is the root as given, joined by `/` with the path below it.
///
/// Files that a `.gitignore` or `.searchignore` below the root names are left out silently. Hidden
/// files and folders, folders with an index, links, and anything that is no regular file give
/// skips. A link to a file below the root is read if the walk does not reach that file in another
/// way; no other link is followed. A root is read even if it is a link, hidden, or named by an
/// ignore file.
///
/// # Errors
/// The root is missing or cannot be read. Nothing else is an error.
pub fn walk(base: &Path, root: &str) -> Result<Walk, io::Error> {
    let top = base.join(root);
    let metadata = top.metadata()?;
    let mut found = Walker { root: root.to_owned(), top, ..Walker::default() };
    if metadata.is_dir() {
        found.top.read_dir()?;
        found.descend();
    } else {
        found.add(String::new(), &metadata);
    }
    Ok(found.sorted())
}

/// The state of a walk.
#[derive(Default)]
struct Walker {
    root: String,
    top: PathBuf,
    walk: Walk,
    /// The links, which are checked when all files are known.
    links: Vec<(String, PathBuf)>,
}

impl Walker {
    fn descend(&mut self) {
        let left_out = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&left_out);
        let mut builder = WalkBuilder::new(&self.top);
        builder.standard_filters(false).git_ignore(true).require_git(false);
        builder.add_custom_ignore_filename(".searchignore");
        builder.filter_entry(move |entry| match left_out_for(entry) {
            None => true,
            Some(reason) => {
                let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
                seen.push((entry.path().to_owned(), reason));
                false
            }
        });
        for entry in builder.build() {
            match entry {
                Ok(entry) if entry.depth() > 0 => self.meet(&entry),
                Ok(_) => {}
                Err(error) => self.fail(&error, None),
            }
        }
        let left_out =
            std::mem::take(&mut *left_out.lock().unwrap_or_else(PoisonError::into_inner));
        for (path, reason) in left_out {
            // The walk itself reads the files that say what to ignore.
            if !path.ends_with(".gitignore") && !path.ends_with(".searchignore") {
                self.skip(&path, reason, "");
            }
        }
        self.judge_links();
    }

    fn meet(&mut self, entry: &DirEntry) {
        if entry.file_type().is_some_and(|it| it.is_dir()) {
            return;
        }
        let below = self.below(entry.path());
        if entry.path_is_symlink() {
            self.links.push((below, entry.path().to_owned()));
            return;
        }
        match entry.metadata() {
            Ok(metadata) => self.add(below, &metadata),
            Err(error) => self.fail(&error, Some(entry.path())),
        }
    }

    fn add(&mut self, below: String, metadata: &Metadata) {
        let path = join(&self.root, &below);
        if metadata.is_file() {
            let (size_bytes, modified_ns) = (metadata.len(), modified_ns(metadata));
            self.walk.files.push(File { path, size_bytes, modified_ns });
        } else {
            let detail = name_of(metadata.file_type());
            self.walk.skips.push(Skip::of(&path, SkipReason::NotRegular, detail));
        }
    }

    /// Adds a link as a file only if it leads to a file below the root that the walk does not reach
    /// in another way, such as one in a hidden folder. The same text twice would help nobody.
    fn judge_links(&mut self) {
        if self.links.is_empty() {
            return;
        }
        let Ok(top) = self.top.canonicalize() else { return };
        let files = self.walk.files.iter().map(|it| it.path.clone());
        let mut known: HashSet<_> = files.collect();
        let mut links = std::mem::take(&mut self.links);
        links.sort();
        for (below, path) in links {
            let Ok(target) = path.canonicalize() else {
                self.skip(&path, SkipReason::Link, "leads to nothing, or in a circle");
                continue;
            };
            let Ok(inside) = target.strip_prefix(&top) else {
                self.skip(&path, SkipReason::Link, "leads out of the root");
                continue;
            };
            let inside = join(&self.root, &slashed(inside));
            match target.metadata() {
                Ok(metadata) if metadata.is_file() && known.insert(inside) => {
                    self.add(below, &metadata);
                }
                Ok(_) => {
                    self.skip(&path, SkipReason::Link, "leads to what is read by its own name");
                }
                Err(_) => self.skip(&path, SkipReason::Link, "leads to nothing"),
            }
        }
    }

    fn fail(&mut self, error: &ignore::Error, path: Option<&Path>) {
        let path = path.or_else(|| path_in(error)).unwrap_or(&self.top).to_owned();
        let detail = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
        self.skip(&path, SkipReason::Unreadable, &detail);
    }

    fn skip(&mut self, path: &Path, reason: SkipReason, detail: &str) {
        let shown = join(&self.root, &self.below(path));
        self.walk.skips.push(Skip::of(&shown, reason, detail));
    }

    fn below(&self, path: &Path) -> String {
        slashed(path.strip_prefix(&self.top).unwrap_or(path))
    }

    fn sorted(self) -> Walk {
        let Walk { mut files, mut skips } = self.walk;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        // Two names that are not UTF-8 may look the same when shown, and the reader could not tell
        // them apart.
        let mut twice = Vec::new();
        files.dedup_by(|later, first| {
            let is_same = later.path == first.path;
            if is_same {
                let detail = "another file whose name is no UTF-8 looks the same";
                twice.push(Skip::of(&later.path, SkipReason::Unreadable, detail));
            }
            is_same
        });
        skips.append(&mut twice);
        skips.sort_by(|a, b| a.path.cmp(&b.path));
        Walk { files, skips }
    }
}

/// Why the walk skips a file or a folder without looking into it, if it does.
fn left_out_for(entry: &DirEntry) -> Option<SkipReason> {
    if entry.depth() == 0 {
        return None;
    }
    if entry.file_name().as_encoded_bytes().starts_with(b".") {
        return Some(SkipReason::Hidden);
    }
    let is_dir = entry.file_type().is_some_and(|it| it.is_dir());
    (is_dir && is_index(entry.path())).then_some(SkipReason::IndexFolder)
}

/// Whether a folder holds an index: generations and the name of the current one, or, before the
/// first build, only the two files that come with an index. A generation is skipped by itself too,
/// because the name of the current one may be lost.
fn is_index(dir: &Path) -> bool {
    let is_generation = |name: &str| {
        let number = name.strip_prefix("gen-").unwrap_or_default();
        !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit())
    };
    let has = |name: &str| dir.join(name).is_file();
    if dir.file_name().and_then(|it| it.to_str()).is_some_and(is_generation) {
        return has("manifest.json") && has("sources.jsonl");
    }
    let is_current = has("CURRENT");
    if !is_current && !dir.ends_with("index") {
        return false;
    }
    let Ok(entries) = dir.read_dir() else { return false };
    let names: Vec<_> = entries.flatten().map(|it| it.file_name()).collect();
    let named = |name: &str| names.iter().any(|it| it == name);
    let mut generations = names.iter().filter_map(|it| it.to_str()).filter(|it| is_generation(it));
    is_current && generations.next().is_some()
        || names.len() == 2 && named("README.md") && named(".gitignore")
}

/// The file system path of a shown path.
///
/// A name that is not UTF-8 (from an archive unpacked in another encoding) is shown with U+FFFD. To
/// find it again, its folder is searched for the name that is shown the same way.
pub(crate) fn resolve(base: &Path, shown: &str) -> PathBuf {
    let direct = base.join(shown);
    if !shown.contains('\u{fffd}') || direct.symlink_metadata().is_ok() {
        return direct;
    }
    let mut path = base.to_owned();
    for part in Path::new(shown).components() {
        let next = path.join(part);
        let name = part.as_os_str().to_string_lossy();
        let is_plain = !name.contains('\u{fffd}') || next.symlink_metadata().is_ok();
        let alike = || {
            let entries = path.read_dir().ok()?.flatten();
            let mut paths: Vec<_> = entries
                .filter(|it| it.file_name().to_string_lossy() == name)
                .map(|it| it.path())
                .collect();
            paths.sort();
            paths.into_iter().next()
        };
        path = if is_plain { next } else { alike().unwrap_or(next) };
    }
    path
}

/// The modification time in nanoseconds since 1970; 0 where the file system has none.
pub(super) fn modified_ns(metadata: &Metadata) -> u64 {
    let since = metadata.modified().ok().and_then(|it| it.duration_since(UNIX_EPOCH).ok());
    since.and_then(|it| u64::try_from(it.as_nanos()).ok()).unwrap_or(0)
}

fn join(root: &str, below: &str) -> String {
    match (root.trim_end_matches('/'), below) {
        (_, "") => root.to_owned(),
        ("", _) if root.starts_with('/') => format!("/{below}"),
        ("" | ".", _) => below.to_owned(),
        (root, _) => format!("{root}/{below}"),
    }
}

/// A path with `/` between its parts on every system.
fn slashed(path: &Path) -> String {
    let parts = path.components().map(|it| it.as_os_str().to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}

fn path_in(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            path_in(err)
        }
        ignore::Error::Loop { child, .. } => Some(child),
        _ => None,
    }
}

#[cfg(unix)]
fn name_of(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    if kind.is_fifo() {
        "a named pipe"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

#[cfg(not(unix))]
fn name_of(_: FileType) -> &'static str {
    "no file"
}
