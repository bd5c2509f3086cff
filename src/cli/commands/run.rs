//! `search run`: many queries, one a line.

use std::time::Instant;

use clap::ValueEnum;

use passages::searcher::{GroupBy, Options, Searcher};
use passages::show;

use super::query_file;
use super::timed_search::timed_search;
use crate::cli::fault::Fault;
use crate::cli::line::Global;
use crate::cli::line::QueryOptions;
use crate::cli::outcome::Outcome;
use crate::cli::output::Pipe;
use crate::cli::{locate, output};

/// Answer many queries
///
/// QUERIES holds one query a line, `id<TAB>query` or bare; a bare one takes the number of its
/// line as its id. Rankings are by article unless `--by passage` is given.
/// Example: `search run queries.tsv -n 100 > run.trec`
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// The file of queries; `-` is standard input
    #[arg(value_name = "QUERIES")]
    queries: String,

    #[command(flatten)]
    query_options: QueryOptions,

    /// How to print
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,

    #[command(flatten)]
    global: Global,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Trec,
    Jsonl,
}

/// Answers each query in turn; one that fails is reported and the others go on.
pub(super) fn run(args: &Args) -> Result<Outcome, Fault> {
    let format = match args.format {
        Some(format) => format,
        None if args.global.json => Format::Jsonl,
        None => Format::Trec,
    };
    let queries = query_file::read(&args.queries)?;
    let folder = locate::index_folder(args.global.index.as_deref())?;
    let searcher = Searcher::new(locate::open(&folder)?);
    let options = args.query_options.options(GroupBy::Article);
    let mut outcome = Outcome::Done;
    for query in queries {
        let query_file::QueryLine { id, text } = query?;
        let shown = match ranked(args, &searcher, &options, format, &id, &text) {
            Ok(shown) => shown,
            Err(fault) => {
                outcome = Outcome::SomeFailed;
                failed(&fault, &id, format)
            }
        };
        if output::write(&shown)? == Pipe::Closed {
            return Ok(Outcome::Done);
        }
    }
    Ok(outcome)
}

fn ranked(
    args: &Args,
    searcher: &Searcher,
    options: &Options,
    format: Format,
    id: &str,
    text: &str,
) -> Result<String, Fault> {
    let start = Instant::now();
    let query = args.query_options.parse(text)?;
    let results = timed_search(searcher, &query, options, start)?;
    Ok(match format {
        Format::Trec => show::trec(id, &results, options.by == GroupBy::Passage),
        Format::Jsonl => show::json_with_id(id, &results) + "\n",
    })
}

/// The output line for a query that failed; in TREC's format there is none.
fn failed(fault: &Fault, id: &str, format: Format) -> String {
    match format {
        Format::Jsonl => fault.json(Some(id)) + "\n",
        Format::Trec => {
            let message = format!("query `{id}`: {}", fault.message);
            Fault { kind: fault.kind.clone(), message, hint: fault.hint.clone() }.print();
            String::new()
        }
    }
}
