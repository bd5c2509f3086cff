//! An index folder whose files are not what was written: opened, read and asked.
//!
//! The first byte chooses the file, the second the way: bytes laid over it at a place, its whole
//! content, or the inside of a manifest whose checksums are right. Panics that our own fences
//! catch are errors like others; what gets past them ends the run.
#![no_main]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Once;

use libfuzzer_sys::fuzz_target;
use passages::index::{Generation, check, dropped, skips, sources};
use passages::query::parse;
use passages::searcher::{Options, Searcher};
use xxhash_rust::xxh3::xxh3_128;

#[path = "../desk.rs"]
mod desk;

struct Victim {
    dir: tempfile::TempDir,
    files: Vec<(PathBuf, Vec<u8>)>,
}

thread_local!(static VICTIM: Victim = {
    let dir = desk::build_index();
    let index = dir.path().join("index");
    let mut files: Vec<PathBuf> =
        fs::read_dir(index.join("gen-1")).unwrap().map(|it| it.unwrap().path()).collect();
    files.push(index.join("CURRENT"));
    files.sort();
    let files = files.into_iter().map(|it| (it.clone(), fs::read(it).unwrap())).collect();
    Victim { dir, files }
});

static FENCES: Once = Once::new();

fn ask(index: &Path) {
    drop((check(index, &|_, _| ()), sources(index), skips(index), dropped(index)));
    let Ok(opened) = Generation::open(index) else { return };
    let statistics = opened.manifest().statistics;
    for number in 0..statistics.passages.min(100) {
        drop((opened.passage(number), opened.text(number)));
        assert!(opened.length(number) > 0);
    }
    for number in 0..statistics.articles.min(100) {
        if let Ok(article) = opened.article(number) {
            assert!(opened.article_number(article.id).is_none_or(|it| it < statistics.articles));
        }
    }
    let searcher = Searcher::new(opened);
    for typed in ["Wuhan Moscow", "\"莫斯科的列车\"", "OBOR", "san*", "wuhann", "date:2015 met"]
    {
        let search = || searcher.search(&parse(typed), &Options::default()).is_ok();
        // A search over damage that it met is fenced; one over damage with right sums panics at
        // worst, as the program's own fence expects.
        drop(std::panic::catch_unwind(std::panic::AssertUnwindSafe(search)));
    }
}

fuzz_target!(|data: &[u8]| {
    FENCES.call_once(|| std::panic::set_hook(Box::new(|_| ())));
    let [file, way, bytes @ ..] = data else { return };
    VICTIM.with(|Victim { dir, files }| {
        let index = dir.path().join("index");
        let (path, whole) = &files[usize::from(*file) % files.len()];
        match way % 3 {
            0 => {
                let at = usize::from(bytes.first().copied().unwrap_or(0)) * whole.len() / 256;
                let mut laid = whole.clone();
                laid.iter_mut().skip(at).zip(bytes.iter().skip(1)).for_each(|(a, b)| *a = *b);
                fs::write(path, laid).unwrap();
            }
            1 => fs::write(path, bytes).unwrap(),
            _ => {
                let sum = format!("{:032x}", xxh3_128(bytes));
                let start = format!("{{\"xxh3\":\"{sum}\",\"manifest\":");
                let manifest = [start.as_bytes(), bytes, b"}\n"].concat();
                fs::write(index.join("gen-1/manifest.json"), manifest).unwrap();
                fs::write(index.join("CURRENT"), format!("gen-1\n{sum}\n")).unwrap();
            }
        }
        ask(&index);
        for (path, whole) in files {
            if fs::read(path).ok().as_ref() != Some(whole) {
                fs::write(path, whole).unwrap();
            }
        }
    });
});
