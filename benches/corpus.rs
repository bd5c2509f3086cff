//! What the benches search: a large corpus where one is at hand, else the seeds recombined.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use passages::index::{self, Generation, Request, Root};
use passages::measure::Random;

/// A corpus as one file of records.
pub(crate) struct Corpus {
    /// What it is, for people.
    pub(crate) name: String,
    /// Holds the file of records, and what is built of it.
    pub(crate) folder: PathBuf,
}

const RECORDS: &str = "records.jsonl";

impl Corpus {
    /// The corpus at `PASSAGES_SHARED/corpora`, or a `PASSAGES_BENCH_FRACTION` of it; a small one
    /// where it is not there or `is_short` is asked for. What is built is kept between runs.
    pub(crate) fn open(is_short: bool) -> Self {
        let shared = setting("PASSAGES_SHARED").unwrap_or_else(|| {
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").display().to_string()
        });
        let large = Path::new(&shared).join("corpora/scale.jsonl.zst");
        let place = Path::new(env!("CARGO_TARGET_TMPDIR"));
        if is_short || !large.is_file() {
            let corpus =
                Self { name: "seeds, recombined".into(), folder: place.join("bench-small") };
            corpus.write(recombined);
            return corpus;
        }
        let fraction = setting("PASSAGES_BENCH_FRACTION");
        let fraction: f64 = fraction.and_then(|it| it.parse().ok()).unwrap_or(1.0);
        let name = format!("{fraction} of {}", large.display());
        let corpus = Self { name, folder: place.join(format!("bench-{fraction}")) };
        corpus.write(|out| sampled(&large, fraction, out));
        corpus
    }

    fn write(&self, make: impl FnOnce(&mut dyn Write)) {
        let path = self.records();
        if path.is_file() {
            return;
        }
        fs::create_dir_all(&self.folder).expect("a folder for the corpus");
        let part = path.with_extension("part");
        let mut out = BufWriter::new(File::create(&part).expect("a file for the corpus"));
        make(&mut out);
        out.flush().expect("the corpus is written");
        fs::rename(&part, &path).expect("the corpus is in its place");
    }

    /// The file of records.
    pub(crate) fn records(&self) -> PathBuf {
        self.folder.join(RECORDS)
    }

    /// The bytes of the records.
    pub(crate) fn bytes(&self) -> u64 {
        fs::metadata(self.records()).map_or(0, |it| it.len())
    }

    /// What to ask for to have it indexed in the folder `name` beside it.
    pub(crate) fn request(&self, name: &str, rebuilds: bool) -> Request {
        let base = self.folder.to_str().expect("a path in UTF-8").to_owned();
        Request {
            dir: self.folder.join(name),
            roots: vec![Root { path: RECORDS.to_owned(), base }],
            keeps_roots: false,
            rebuilds,
            now_s: 0,
        }
    }

    /// Its index, brought up to date.
    pub(crate) fn index(&self) -> Generation {
        let request = self.request("ours", false);
        index::build(&request, &|_| ()).expect("the corpus is indexed");
        Generation::open(&request.dir).expect("the index opens")
    }
}

/// A setting of the environment.
#[expect(clippy::disallowed_methods, reason = "a bench is a program of its own")]
fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Every so manieth record of the large corpus.
fn sampled(path: &Path, fraction: f64, out: &mut dyn Write) {
    let file = File::open(path).expect("the corpus opens");
    let mut reader = zstd::Decoder::new(file).expect("the corpus is compressed");
    reader.window_log_max(27).expect("a window of 128 MB");
    let mut due = 0.0;
    for line in BufReader::new(reader).lines() {
        let line = line.expect("the corpus is text");
        due += fraction;
        if due >= 1.0 {
            due -= 1.0;
            writeln!(out, "{line}").expect("a record is written");
        }
    }
}

/// Articles of sentences of the seeds in another order each, so that none is a copy of another.
fn recombined(out: &mut dyn Write) {
    const ARTICLES: usize = 1_500;
    const SENTENCES: usize = 14;
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let mut paths: Vec<_> =
        fs::read_dir(seeds).expect("the seeds are beside the benches").collect();
    paths.sort_by_key(|it| it.as_ref().map(fs::DirEntry::path).ok());
    let texts = paths.into_iter().flatten().map(|it| fs::read_to_string(it.path()));
    let text: String = texts.map(|it| it.expect("a seed is text")).collect();
    let sentences: Vec<&str> =
        text.split_inclusive(['.', '。', '\n']).map(str::trim).filter(|it| it.len() > 30).collect();
    let mut random = Random::new(1);
    for number in 0..ARTICLES {
        let pick = |_| sentences[random.below(sentences.len())];
        let body: Vec<&str> = (0..SENTENCES).map(pick).collect();
        let record = serde_json::json!({ "id": format!("made-{number}"), "text": body.join(" ") });
        writeln!(out, "{record}").expect("a record is written");
    }
}
