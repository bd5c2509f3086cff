//! A folder of notes with an index of it, and all that the index can be asked.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use passages::index::{BuildOptions, Disk, Error, Generation, Report, Request, Root, build_with};
use passages::query::parse;
use passages::searcher::{Options, Searcher};
use passages::show;

/// A folder that is gone when it is dropped: `notes/` and `index/`.
pub(crate) struct Desk {
    pub(crate) dir: tempfile::TempDir,
}

/// Texts that make tables of several blocks small, and every family of tokens full.
pub(crate) const SENTENCES: [&str; 10] = [
    "Freight trains run from Wuhan to Moscow twice a week.",
    "The e-commerce parcels of AliExpress take ten days.",
    "中俄关系发展迅速，武汉到莫斯科的列车每周两班。",
    "Sanctions hit the banks; sanctions hit the trains.",
    "“一带一路”是重要的倡议。",
    "US$1.28 billion was lent to U.S. firms on 24 October 2015.",
    "The Kestrel Bay Harbour Authority (KBHA) met in Almaty.",
    "俄罗斯总统普京会见了习近平主席。",
    "Gold reserves grew month after month while the ruble fell.",
    "The KBHA said the harbour would open in spring.",
];

/// What is asked of an index.
const QUERIES: [&str; 9] = [
    "Wuhan Moscow train",
    "\"sanctions hit\"",
    "OBOR",
    "莫斯科的列车",
    "harbour -Almaty",
    "title:report 普京",
    "san*",
    "goldd",
    "KBHA",
];

impl Desk {
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("notes")).unwrap();
        Self { dir }
    }

    /// A desk with some articles of both languages, not yet indexed.
    pub(crate) fn with_notes() -> Self {
        let desk = Self::new();
        for number in 0..6 {
            desk.write(&format!("{number}.txt"), &text(number));
        }
        let record = |it: usize| {
            let (title, text) = (SENTENCES[it], SENTENCES[(it + 3) % 10]);
            format!(
                "{{\"id\":\"r{it}\",\"title\":\"{title}\",\"text\":\"{text}\",\"date\":\"2015-10-1{it}\"}}\n"
            )
        };
        desk.write("records.jsonl", &(0..5).map(record).collect::<String>());
        desk.write("broken.jsonl", "{\"id\":\"x\",\n");
        desk
    }

    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    pub(crate) fn index(&self) -> PathBuf {
        self.path().join("index")
    }

    pub(crate) fn notes(&self) -> PathBuf {
        self.path().join("notes")
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.notes().join(name), text).unwrap();
    }

    /// A change of some files: one changed, one new, one gone.
    pub(crate) fn change(&self) {
        self.write("1.txt", &text(21));
        self.write("new.txt", &text(33));
        fs::remove_file(self.notes().join("2.txt")).unwrap();
    }

    pub(crate) fn request(&self, index: &Path) -> Request {
        let base = self.path().to_str().unwrap().to_owned();
        Request {
            dir: index.to_owned(),
            roots: vec![Root { path: "notes".to_owned(), base }],
            keeps_roots: false,
            rebuilds: false,
            now_s: 5,
        }
    }

    pub(crate) fn build(&self) -> Result<Report, Error> {
        self.build_into(&self.index(), Disk::default())
    }

    /// Builds or updates on one thread, so that the calls come in one order.
    pub(crate) fn build_into(&self, index: &Path, disk: Disk) -> Result<Report, Error> {
        let means = BuildOptions { threads: 1, disk, ..BuildOptions::default() };
        build_with(&self.request(index), &means, &|_| ())
    }
}

/// An article; a different one for each number.
pub(crate) fn text(number: usize) -> String {
    let sentence = |it: usize| SENTENCES[(number + it * it) % SENTENCES.len()];
    format!(
        "Report {number}\n\nOctober 24, 2015\n\n{} {}\n\n{}\n",
        sentence(1),
        sentence(2),
        sentence(3)
    )
}

/// Everything an index answers; the error is what it says is wrong with it.
///
/// The names of generations and the times of answers are left out: they differ between indexes of
/// the same content.
pub(crate) fn answers(index: &Path) -> Result<Answers, anyhow::Error> {
    let index = Generation::open(index)?;
    let mut text = format!("{:?}\n", index.manifest().statistics);
    for number in 0..index.manifest().statistics.passages {
        writeln!(text, "{:?} {}", index.passage(number)?, index.text(number)?)?;
    }
    for number in 0..index.manifest().statistics.articles {
        let article = index.article(number)?;
        writeln!(text, "{article:?} {:?}", index.article_number(article.id))?;
    }
    let searcher = Searcher::new(index);
    for query in QUERIES {
        let results = searcher.search(&parse(query), &Options::default())?;
        writeln!(text, "{}", show::json(&results))?;
    }
    if let Some(problem) = searcher.index().damage() {
        return Err(problem.clone().into());
    }
    let remark = searcher.index().warning().map(str::to_owned);
    Ok(Answers { text, remark })
}

/// What an index answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answers {
    pub(crate) text: String,
    /// What the index says of itself.
    pub(crate) remark: Option<String>,
}

impl Answers {
    /// Whether a first build was stopped after its last file and before it was made current: it
    /// answers, and says so.
    pub(crate) fn lacks_current(&self) -> bool {
        let remark = self.remark.as_deref().unwrap_or_default();
        remark.ends_with("CURRENT: it is missing; answering from gen-1")
    }
}

/// Copies a folder with all below it; links and pipes are left out.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (kind, place) = (entry.file_type().unwrap(), to.join(entry.file_name()));
        if kind.is_dir() {
            copy(&entry.path(), &place);
        } else if kind.is_file() {
            fs::copy(entry.path(), place).unwrap();
        }
    }
}
