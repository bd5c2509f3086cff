//! Builds an index of the sample articles and asks it one question.
//!
//! `cargo run --example first_search -- "gold reserves ruble"`

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use passages::{Error, Index};

fn main() -> Result<(), Error> {
    let query = std::env::args().nth(1).unwrap_or("Wuhan Moscow train".to_owned());
    let dir = std::env::temp_dir().join("passages-first-search");
    Index::build(&dir).add("seeds").run()?;
    for hit in Index::open(&dir)?.search(&query)?.hits {
        println!("{:.1}  {}  {}", hit.score, hit.article, hit.title.unwrap_or_default());
        println!("      {}", hit.snippet.replace('\n', " "));
    }
    Ok(())
}
