//! An index in a folder of its own, asked through the library: what the ranking tests share.

use std::fs;
use std::path::{Path, PathBuf};

use passages::hit::Results;
use passages::index::{Generation, Request, Root, build};
use passages::query::parse;
use passages::searcher::{Options, Searcher};
use tempfile::TempDir;

/// An open index that is gone when the test is.
pub(crate) struct Library {
    pub(crate) searcher: Searcher,
    dir: TempDir,
}

impl Library {
    /// Indexes the sample articles.
    pub(crate) fn of_seeds() -> Self {
        let base = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self::of(TempDir::new().unwrap(), base, "seeds")
    }

    /// Indexes records of (id, title, text).
    pub(crate) fn of_records(records: &[(&str, &str, &str)]) -> Self {
        let line = |(id, title, text): &(&str, &str, &str)| {
            serde_json::json!({"id": id, "title": title, "text": text}).to_string()
        };
        let lines: Vec<String> = records.iter().map(line).collect();
        let dir = TempDir::new().unwrap();
        fs::write(dir.path().join("records.jsonl"), lines.join("\n")).unwrap();
        let base = dir.path().to_owned();
        Self::of(dir, &base, "records.jsonl")
    }

    fn of(dir: TempDir, base: &Path, root: &str) -> Self {
        let request = Request {
            dir: dir.path().join("index"),
            roots: vec![Root { path: root.to_owned(), base: base.to_str().unwrap().to_owned() }],
            keeps_roots: false,
            rebuilds: false,
            now_s: 0,
        };
        build(&request, &|_| ()).unwrap();
        let searcher = Searcher::new(Generation::open(&request.dir).unwrap());
        Self { searcher, dir }
    }

    /// The folder of the index.
    pub(crate) fn index_dir(&self) -> PathBuf {
        self.dir.path().join("index")
    }

    /// The folder of the generation that answers.
    pub(crate) fn generation(&self) -> PathBuf {
        self.index_dir().join(self.searcher.index().generation())
    }

    pub(crate) fn ask(&self, query: &str) -> Results {
        self.ask_with(query, &Options::default())
    }

    pub(crate) fn ask_with(&self, query: &str, options: &Options) -> Results {
        self.searcher.search(&parse(query), options).unwrap()
    }

    /// Ids of the articles of the hits, best first.
    pub(crate) fn ids(&self, query: &str) -> Vec<String> {
        let options = Options { limit: 1000, ..Options::default() };
        self.ask_with(query, &options).hits.into_iter().map(|it| it.article).collect()
    }

    /// Texts of all passages, by number.
    pub(crate) fn texts(&self) -> Vec<String> {
        let index = self.searcher.index();
        let all = 0..index.manifest().statistics.passages;
        all.map(|it| index.text(it).unwrap().to_owned()).collect()
    }
}
