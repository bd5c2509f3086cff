//! Bytes of any file, under any name that is read: told apart, unpacked, decoded.
#![no_main]

use std::cell::RefCell;

use libfuzzer_sys::fuzz_target;
use passages::source::{Content, Limits, read, walk};

const NAMES: [&str; 12] = [
    "a.txt",
    "a.md",
    "a.html",
    "a.jsonl",
    "a.json",
    "a.csv",
    "a.tsv",
    "a.epub",
    "a.zip",
    "a.txt.gz",
    "a.txt.zst",
    "a.jsonl.gz",
];

thread_local!(static FOLDER: RefCell<tempfile::TempDir> = RefCell::new(tempfile::tempdir().unwrap()));

fuzz_target!(|data: &[u8]| {
    let Some((first, bytes)) = data.split_first() else { return };
    let name = NAMES[usize::from(*first) % NAMES.len()];
    let limits = Limits { text_bytes: 1 << 20, pdftotext: None, ..Limits::default() };
    FOLDER.with_borrow(|folder| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        for file in walk(folder.path(), ".").unwrap().files {
            let Ok(raws) = read(folder.path(), &file, &limits) else { continue };
            for raw in raws.flatten() {
                assert!(raw.line > 0 && raw.path.starts_with("./a.") | raw.path.starts_with("a."));
                if let Content::Text(text) = raw.content {
                    assert!(text.len() as u64 <= 4 * limits.text_bytes);
                }
            }
        }
        std::fs::remove_file(&path).unwrap();
    });
});
