//! Damage to an index is told, whatever byte of whatever file it hits.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use anyhow::Result;
use passages::analysis::Family;
use passages::index::{self, Error, ErrorKind, Generation, Request, Root, build, file_names};
use passages::query;
use passages::searcher::{Options, Searcher};
use tantivy::TERMINATED;

const FAMILIES: [Family; 5] =
    [Family::Exact, Family::Stem, Family::Form, Family::Bigram, Family::Word];

/// An index of articles that fill several blocks of every table, and its terms.
struct Victim {
    dir: tempfile::TempDir,
    terms: Vec<(Family, String)>,
}

impl Victim {
    fn new(articles: usize) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let record = |number: usize| {
            let words: Vec<_> = (0..60).map(|it| word(number * 37 + it * it)).collect();
            let text = format!("{} 武汉到莫斯科的列车{}。", words.join(" "), han(number));
            format!(r#"{{"id":"r{number}","title":"Number {number}","text":"{text}"}}"#)
        };
        let lines: Vec<_> = (0..articles).map(record).collect();
        fs::write(dir.path().join("a.jsonl"), lines.join("\n")).unwrap();
        let base = dir.path().to_str().unwrap().to_owned();
        let request = Request {
            dir: dir.path().join("index"),
            roots: vec![Root { path: "a.jsonl".to_owned(), base }],
            keeps_roots: false,
            rebuilds: false,
            now_s: 5,
        };
        build(&request, &|_| ()).unwrap();
        let index = Generation::open(&request.dir).unwrap();
        let mut terms = Vec::new();
        for family in FAMILIES {
            let mut stream = index.terms(family).unwrap().stream().unwrap();
            while stream.advance() {
                terms.push((family, String::from_utf8(stream.key().to_vec()).unwrap()));
            }
            terms.extend(["aa", "zzz", "number1x", "列列"].map(|it| (family, it.to_owned())));
        }
        drop(index);
        Self { dir, terms }
    }

    fn index(&self) -> PathBuf {
        self.dir.path().join("index")
    }

    fn files(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.index().join("gen-1")).unwrap();
        let mut files: Vec<_> = entries.map(|it| it.unwrap().path()).collect();
        files.push(self.index().join("CURRENT"));
        files.sort();
        files
    }

    /// Everything that an index can be asked, a sample of its terms from `start` on.
    fn answers(&self, start: usize, step: usize) -> Result<String> {
        use std::fmt::Write;
        let index = Generation::open(&self.index())?;
        let mut all = format!("{:?}\n", index.manifest().statistics);
        for (family, term) in self.terms.iter().skip(start % step).step_by(step) {
            write!(all, "{term} {}", index.document_frequency(*family, term)?)?;
            let Some(mut list) = index.postings_with_positions(*family, term)? else { continue };
            while list.passage() != TERMINATED {
                let mut positions = Vec::new();
                list.append_positions(&mut positions);
                write!(all, " {} {} {positions:?}", list.passage(), list.frequency())?;
                list.advance();
            }
        }
        for number in 0..index.manifest().statistics.passages {
            let record = index.passage(number)?;
            let (length, family) = (index.length(number), index.family(number));
            let topics: Vec<usize> = index.topics_of(number).collect();
            writeln!(all, "{record:?} {length} {family} {topics:?} {}", index.text(number)?)?;
        }
        for number in 0..index.manifest().statistics.articles {
            let article = index.article(number)?;
            writeln!(all, "{article:?} {:?}", index.article_number(article.id))?;
        }
        writeln!(all, "{:?} {:?}", index.word_frequency("列车"), index.word_frequency("车列"))?;
        writeln!(all, "{:?}", index.lexicon().senses("bri"))?;
        match index.damage() {
            Some(problem) => Err(problem.clone().into()),
            None => Ok(all),
        }
    }
}

fn word(number: usize) -> String {
    let letters = b"etaoinshrdlu";
    let mut number = number % 4_000 + 12;
    let mut word = String::new();
    while number > 0 {
        word.push(char::from(letters[number % letters.len()]));
        number /= letters.len();
    }
    word
}

fn han(number: usize) -> String {
    (0..20).filter_map(|it| char::from_u32(0x4e00 + (number * 7 + it * 13) as u32 % 3000)).collect()
}

/// Does `harm` to a file, compares what the index then answers, and puts the file back.
#[track_caller]
fn check(victim: &Victim, path: &Path, number: usize, harm: impl FnOnce(&mut Vec<u8>)) {
    let step = victim.terms.len() / 40 + 1;
    let whole = victim.answers(number, step).unwrap();
    let bytes = fs::read(path).unwrap();
    let mut harmed = bytes.clone();
    harm(&mut harmed);
    fs::write(path, &harmed).unwrap();
    let answers = catch_unwind(AssertUnwindSafe(|| victim.answers(number, step)));
    fs::write(path, &bytes).unwrap();
    let name = path.file_name().unwrap().to_str().unwrap();
    let answers = answers.unwrap_or_else(|_| panic!("case {number}: a panic over {name}"));
    if let Ok(answers) = answers {
        assert!(answers == whole, "case {number}: a silent wrong answer over {name}");
    }
}

#[test]
fn a_flipped_bit_is_told_or_changes_nothing() {
    let victim = Victim::new(120);
    let mut tried = 0;
    for path in victim.files() {
        let length = fs::metadata(&path).unwrap().len() as usize;
        // Dense in the files whose inside tantivy reads, sparse in the others.
        let flips = if path.ends_with(file_names::TERMS) { 160 } else { 16 }.min(length);
        for flip in 0..flips {
            tried += 1;
            check(&victim, &path, tried, |it| {
                it[flip * length / flips + tried % (length / flips)] ^= 1 << (tried % 8);
            });
        }
    }
    println!("{tried} tried, 0 failed");
}

#[test]
fn a_shortened_zeroed_lost_or_exchanged_file_is_told() {
    let victim = Victim::new(60);
    let other = Victim::new(61);
    let mut tried = 0;
    for (path, stranger) in victim.files().into_iter().zip(other.files()) {
        tried += 4;
        check(&victim, &path, tried, |it| it.truncate(it.len() / 2));
        check(&victim, &path, tried + 1, |it| it.fill(0));
        check(&victim, &path, tried + 2, Vec::clear);
        check(&victim, &path, tried + 3, |it| {
            let mut bytes = fs::read(stranger).unwrap();
            bytes.resize(it.len(), b' ');
            *it = bytes;
        });
    }
    println!("{tried} tried, 0 failed");
}

#[test]
fn a_search_over_damage_is_an_error_that_names_the_file() {
    let victim = Victim::new(60);
    for name in [file_names::PASSAGES, file_names::WORDS, file_names::LEXICON, file_names::POSTINGS]
    {
        let path = victim.index().join("gen-1").join(name);
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, vec![0xff; bytes.len()]).unwrap();
        let answer = Generation::open(&victim.index()).map_err(Into::into).and_then(|index| {
            Searcher::new(index).search(&query::parse("武汉的列车 sanctions"), &Options::default())
        });
        let problem = answer.unwrap_err().downcast::<Error>().unwrap();
        assert_eq!(problem.kind, ErrorKind::Damaged);
        assert!(problem.message.contains(&format!("gen-1/{name}: ")), "{problem}");
        fs::write(&path, bytes).unwrap();
    }
}

#[test]
fn an_index_without_current_answers_from_its_latest_whole_generation() {
    let victim = Victim::new(5);
    let dir = victim.index();
    let answers = victim.answers(0, 1).unwrap();
    fs::remove_file(dir.join("CURRENT")).unwrap();
    let opened = Generation::open(&dir).unwrap();
    let remark = opened.warning().unwrap();
    assert!(remark.ends_with("CURRENT: it is missing; answering from gen-1"), "{remark}");
    assert_eq!(victim.answers(0, 1).unwrap(), answers);
    let checked = index::check(&dir, &|_, _| ()).unwrap();
    assert_eq!(checked.problems[0].kind, ErrorKind::Damaged);
    assert!(checked.problems[0].hint.as_ref().unwrap().contains("puts it back"));
    // A writer repairs it, and has nothing else to do.
    let request = Request {
        dir: dir.clone(),
        roots: Vec::new(),
        keeps_roots: false,
        rebuilds: false,
        now_s: 4_000_000_000,
    };
    assert!(!build(&request, &|_| ()).unwrap().has_changed);
    assert_eq!(Generation::open(&dir).unwrap().warning(), None);
    assert!(index::check(&dir, &|_, _| ()).unwrap().problems.is_empty());
}

#[test]
fn a_first_build_that_was_interrupted_left_no_index() {
    let victim = Victim::new(5);
    let dir = victim.index();
    fs::remove_file(dir.join("CURRENT")).unwrap();
    // The manifest is written last.
    fs::remove_file(dir.join("gen-1/manifest.json")).unwrap();
    assert_eq!(Generation::open(&dir).unwrap_err().kind, ErrorKind::NoIndex);
    assert_eq!(index::check(&dir, &|_, _| ()).unwrap_err().kind, ErrorKind::NoIndex);
}

#[test]
fn damage_to_the_table_of_what_was_left_out_is_mended_by_the_next_build() {
    let victim = Victim::new(5);
    let dir = victim.index();
    fs::write(victim.dir.path().join("b.doc"), "\0").unwrap();
    let base = victim.dir.path().to_str().unwrap().to_owned();
    let roots = ["a.jsonl", "b.doc"].map(|it| Root { path: it.to_owned(), base: base.clone() });
    let request = Request {
        dir: dir.clone(),
        roots: roots.to_vec(),
        keeps_roots: false,
        rebuilds: false,
        now_s: 4_000_000_000,
    };
    assert_eq!(build(&request, &|_| ()).unwrap().skips.len(), 1);
    let path = dir.join("gen-2/skips.jsonl");
    let mut bytes = fs::read(&path).unwrap();
    bytes[10] ^= 1;
    fs::write(&path, bytes).unwrap();
    let report = build(&request, &|_| ()).unwrap();
    assert_eq!((report.has_changed, report.skips.len()), (true, 1));
    assert!(index::check(&dir, &|_, _| ()).unwrap().problems.is_empty());
}
