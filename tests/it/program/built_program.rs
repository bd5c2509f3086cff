//! The built program in a folder of its own: what the tests of the command line share.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// What a run of the program left behind.
pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    /// Standard output as one JSON value.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|it| panic!("{it}: {}", self.stdout))
    }

    /// Fails unless the program ended with this status.
    #[track_caller]
    pub(crate) fn ends(self, status: i32) -> Self {
        assert_eq!(self.status, status, "out: {}\nerr: {}", self.stdout, self.stderr);
        self
    }
}

/// A folder that is gone when the test is.
pub(crate) struct Folder {
    temporary: TempDir,
}

/// English, Chinese and mixed; a story told twice word for word; a record with an id.
const ARTICLES: &[(&str, &str)] = &[
    (
        "articles/train.txt",
        "Freight train leaves Wuhan for Moscow\n\nOctober 24, 2015\n\nA freight train with 41 cars \
         left Wuhan on Saturday. It will reach Moscow in twelve days, half the time that a ship \
         needs for the way.\n\nThe city of Wuhan hopes that more trains will follow, and that \
         Moscow will send goods back along the same railway.\n",
    ),
    (
        "articles/sanctions.md",
        "# Sanctions and their price\n\nThe sanctions made the ruble cheap. Banks in Moscow looked \
         for other ways to pay, and gold reserves grew month after month.\n",
    ),
    (
        "articles/alliance.txt",
        "中俄不会结成军事政治联盟\n\n2015年10月23日\n\n专家认为，中国和俄罗斯不会结成军事政治联盟，\
         但是两国将继续发展合作伙伴关系，并在国际事务中相互支持。\n",
    ),
    (
        "articles/records.jsonl",
        "{\"id\":\"rec 1\",\"title\":\"Silk Road\",\"text\":\"A railway along the Silk Road brings \
         tea and machines.\",\"date\":\"2016-02-01\",\"author\":\"Li Wei\"}\n\
         {\"id\":\"rec-2\",\"text\":\"India watches the railway with doubt.\",\"date\":\"2017\"}\n",
    ),
];

impl Folder {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        Self { temporary: tempfile::tempdir().unwrap() }
    }

    /// A folder with some articles below `articles/`.
    pub(crate) fn with_articles() -> Self {
        let folder = Self::new();
        for (path, text) in ARTICLES {
            folder.write(path, text.as_bytes());
        }
        folder
    }

    /// The same, indexed into `index/`.
    pub(crate) fn indexed() -> Self {
        let folder = Self::with_articles();
        folder.run(&["index", "articles"]).ends(0);
        folder
    }

    pub(crate) fn path(&self) -> &Path {
        self.temporary.path()
    }

    pub(crate) fn write(&self, path: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    /// The program with this folder as its working folder and an environment without surprises.
    pub(crate) fn program(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_search"));
        command.current_dir(self.path()).stdin(Stdio::null());
        for name in ["SEARCH_INDEX", "NO_COLOR", "PAGER", "FORCE_HYPERLINK"] {
            command.env_remove(name);
        }
        command
    }

    /// Runs the program.
    pub(crate) fn run<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Ran {
        ran(self.program().args(arguments), b"")
    }

    /// Runs the program in a folder below this one.
    pub(crate) fn run_in<A: AsRef<OsStr>>(&self, within: &str, arguments: &[A]) -> Ran {
        ran(self.program().current_dir(self.path().join(within)).args(arguments), b"")
    }

    /// Runs the program with something on its standard input.
    pub(crate) fn run_with_input(&self, arguments: &[&str], input: &[u8]) -> Ran {
        ran(self.program().args(arguments), input)
    }
}

/// Runs a command to its end.
pub(crate) fn ran(command: &mut Command, input: &[u8]) -> Ran {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A program that refuses its arguments does not read; then there is nobody to write to.
    drop(child.stdin.take().unwrap().write_all(input));
    let output = child.wait_with_output().unwrap();
    Ran {
        status: output.status.code().expect("no signal ended it"),
        stdout: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
    }
}
