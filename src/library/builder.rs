//! Options of a build.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::index::{self, BuildOptions, Error, ErrorKind, Progress, Report, Request, Root};
use crate::source::Limits;

/// Builds an index, or brings it up to date; made by [`crate::Index::build`].
///
/// What was not changed since the last build is not analysed again. An index is replaced whole or not at
/// all: whoever has it open goes on with what was there before.
///
/// ```
/// # fn main() -> Result<(), passages::Error> {
/// # let dir = tempfile::tempdir().expect("a folder");
/// # let dir = dir.path().join("index");
/// let report = passages::Index::build(&dir).add("seeds").threads(2).run()?;
/// assert_eq!((report.files_added, report.articles), (2, 12));
/// // Again: nothing has changed, and no generation is written.
/// assert!(!passages::Index::build(&dir).run()?.has_changed);
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is built before `run` or `open`"]
pub struct IndexBuilder<'a> {
    pub(super) dir: PathBuf,
    paths: Vec<PathBuf>,
    base: Option<PathBuf>,
    replaces: bool,
    rebuilds: bool,
    built_at: SystemTime,
    options: BuildOptions,
    progress: Option<&'a dyn Fn(Progress)>,
}

impl<'a> IndexBuilder<'a> {
    pub(super) fn new(dir: PathBuf) -> Self {
        Self {
            dir,
            paths: Vec::new(),
            base: None,
            replaces: false,
            rebuilds: false,
            built_at: UNIX_EPOCH,
            options: BuildOptions::default(),
            progress: None,
        }
    }

    /// Adds a file or a folder to what the index is made of. Without any, what it was made of before
    /// is brought up to date.
    #[expect(
        clippy::should_implement_trait,
        reason = "a path is added, as one says; no sum is meant"
    )]
    pub fn add(mut self, path: impl AsRef<Path>) -> Self {
        self.paths.push(path.as_ref().to_owned());
        self
    }

    /// The folder that relative paths are in; unless given, the working folder.
    pub fn relative_to(mut self, base: impl AsRef<Path>) -> Self {
        self.base = Some(base.as_ref().to_owned());
        self
    }

    /// Makes the index of the added paths alone: what it was made of before goes.
    pub fn replace(mut self) -> Self {
        self.replaces = true;
        self
    }

    /// Reads every file again, also where the index is damaged or of another version.
    pub fn rebuild(mut self) -> Self {
        self.rebuilds = true;
        self
    }

    /// On how many threads to work; unless given, or with 0, on as many as there are cores. The index does
    /// not depend on it.
    pub fn threads(mut self, threads: usize) -> Self {
        self.options.threads = threads;
        self
    }

    /// Waits while another program builds the same index, instead of failing with
    /// [`index::ErrorKind::Locked`].
    pub fn wait(mut self) -> Self {
        self.options.waits = true;
        self
    }

    /// Which files are too large to be read, and which program turns PDF into text.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.options.limits = limits;
        self
    }

    /// The time that is written down as that of the build; the library reads no clock.
    ///
    /// Give it where an index is brought up to date: a file whose size and time are as before is then
    /// not read again. Without it every file is read, to see whether it changed.
    pub fn built_at(mut self, time: SystemTime) -> Self {
        self.built_at = time;
        self
    }

    /// Is told again and again how far the build is.
    pub fn progress(mut self, progress: &'a dyn Fn(Progress)) -> Self {
        self.progress = Some(progress);
        self
    }

    /// Builds, and says what was done.
    ///
    /// # Errors
    /// Whatever fails, the last good index stays in place and answers. A file that cannot be read is
    /// no error: it stands in [`Report::skips`].
    pub fn run(self) -> Result<Report, Error> {
        let base = self.base()?;
        let root = |path: &PathBuf| Ok(Root { path: in_utf8(path)?, base: base.clone() });
        let roots = self.paths.iter().map(root).collect::<Result<_, Error>>()?;
        let since_1970 = self.built_at.duration_since(UNIX_EPOCH);
        let request = Request {
            dir: self.dir.clone(),
            roots,
            keeps_roots: !self.replaces,
            rebuilds: self.rebuilds,
            now_s: since_1970.map_or(0, |it| it.as_secs()),
        };
        let nobody = |_: Progress| ();
        index::build_with(&request, &self.options, self.progress.unwrap_or(&nobody))
    }

    fn base(&self) -> Result<String, Error> {
        let base = self.base.as_deref().unwrap_or(Path::new("."));
        in_utf8(&std::path::absolute(base).map_err(|it| Error::io(base, &it))?)
    }
}

/// A path as it is written into the index.
fn in_utf8(path: &Path) -> Result<String, Error> {
    let name = path.to_str().map(str::to_owned);
    name.ok_or_else(|| {
        Error::new(ErrorKind::NoSource, format!("{}: its name is not UTF-8", path.display()))
    })
}
