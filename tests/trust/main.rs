//! What must hold whatever happens, tried many times over and told as one table.
//!
//! `cargo test --release -- trust` tries all of it; a word picks the rows whose names hold it.
//! PASSAGES_TRUST says how much (`short`, `full`, `soak`), PASSAGES_TRUST_SHARE how many hundredths
//! of the soak, PASSAGES_TRUST_SEED plays one again.
#![allow(clippy::unwrap_used, reason = "a test may panic")]
#![allow(clippy::print_stdout, reason = "the table is printed")]
#![allow(clippy::disallowed_methods, reason = "a test program reads its environment")]

mod corruption;
mod desk;
mod dice;
mod full;
mod histories;
mod hostile;
mod kill;
mod mishaps;
mod power;
mod program;
mod readers;
mod refusal;
mod safe;
mod scan;
mod table;

use std::process::ExitCode;

use table::{Row, Trial};

const ROWS: &[Row] = &[
    Row {
        name: "refused",
        what: "file calls refused one by one, in a build and an update",
        run: refusal::run,
    },
    Row {
        name: "power",
        what: "power cut: what may be left of the recorded calls",
        run: power::run,
    },
    Row {
        name: "kill",
        what: "kill -9 of the program at random times of a build and an update",
        run: kill::run,
    },
    Row { name: "full", what: "disk full in an update, by size", run: full::run },
    Row {
        name: "corruption",
        what: "damage: bit, truncation, zero page, garbage, missing, swapped, foreign",
        run: corruption::run,
    },
    Row {
        name: "checksums",
        what: "each byte of each checksum turned",
        run: corruption::checksums,
    },
    Row {
        name: "readers",
        what: "readers beside a writer: torn, backwards, wrong",
        run: readers::run,
    },
    Row {
        name: "scan",
        what: "index against a scan: terms, phrases, Han substrings, filters",
        run: scan::run,
    },
    Row {
        name: "histories",
        what: "updated = rebuilt over random histories and threads, byte for byte",
        run: histories::run,
    },
    Row { name: "queries", what: "hostile queries", run: hostile::queries },
    Row { name: "documents", what: "hostile documents", run: hostile::documents },
    Row { name: "writers", what: "two programs build at once", run: mishaps::writers },
    Row { name: "sources", what: "sources change while they are read", run: mishaps::sources },
    Row { name: "copies", what: "a copy taken in the midst of an update", run: mishaps::copies },
    Row { name: "descriptors", what: "3 to 26 file descriptors", run: mishaps::descriptors },
    Row {
        name: "folders",
        what: "links, pipes, folders and devices in the place of an index's files",
        run: mishaps::folders,
    },
];

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with('-')).collect();
    if std::env::args().any(|it| it == "--list") {
        ROWS.iter().for_each(|it| println!("trust::{}: test", it.name));
        return ExitCode::SUCCESS;
    }
    let is_meant = |row: &&Row| {
        let name = format!("trust::{}", row.name);
        words.is_empty() || words.iter().any(|it| name.contains(it.as_str()))
    };
    let rows: Vec<&Row> = ROWS.iter().filter(is_meant).collect();
    if rows.is_empty() {
        return ExitCode::SUCCESS;
    }
    // Panics that are caught are told by the table.
    std::panic::set_hook(Box::new(|_| ()));
    let holds = table::print(&rows, &Trial::from_environment());
    if holds { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
