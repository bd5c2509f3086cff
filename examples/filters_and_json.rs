//! Shows how far a build is, asks with filters, and prints the answer as `search --json` does.
//!
//! `cargo run --example filters_and_json`

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::time::SystemTime;

use passages::{Error, Index};

fn main() -> Result<(), Error> {
    let dir = std::env::temp_dir().join("passages-filters-and-json");
    #[expect(clippy::disallowed_methods, reason = "a program may read the clock")]
    let now = SystemTime::now();
    let report = Index::build(&dir)
        .add("seeds")
        .built_at(now)
        .progress(&|it| println!("{}: {} of {} files", it.stage, it.files, it.files_total))
        .run()?;
    println!("{} articles, {} passages", report.articles, report.passages);
    let results = Index::open(&dir)?
        .query("\"Belt and Road\" OR rail")
        .from("2015")
        .by_article()
        .latest_first()
        .limit(3)
        .run()?;
    println!("{}", passages::show::pretty(&results));
    Ok(())
}
