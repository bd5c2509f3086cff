//! What is typed is understood, answered, and shown in every form.
#![no_main]

use libfuzzer_sys::fuzz_target;
use passages::index::Generation;
use passages::query;
use passages::searcher::{Options, Searcher};

#[path = "../desk.rs"]
mod desk;
#[path = "../../tests/trust/safe.rs"]
mod safe;

thread_local!(static DESK: (Searcher, tempfile::TempDir) = {
    let dir = desk::build_index();
    (Searcher::new(Generation::open(&dir.path().join("index")).unwrap()), dir)
});

fuzz_target!(|data: &[u8]| {
    let typed = String::from_utf8_lossy(data);
    let asked = query::parse(&typed);
    if query::check(&typed).is_err() {
        return;
    }
    DESK.with(|(searcher, _)| {
        let options = Options { explains: true, ..Options::default() };
        let results = searcher.search(&asked, &options).unwrap();
        safe::is_safe(&results).unwrap();
    });
});
