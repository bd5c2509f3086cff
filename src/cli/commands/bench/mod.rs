//! `search bench`: how fast this index answers on this machine.
//!
//! Every answer is checked before its time counts. Each round runs all queries in turn, so that a
//! short disturbance of the machine affects all of them alike.

mod cold;
mod plot;
mod report;
mod report_text;
mod warm;

use std::time::Instant;

use passages::index::Generation;
use passages::measure::{self, Class};
use passages::searcher::Searcher;

use crate::cli::commands::earlier_run::earlier_run;
use crate::cli::commands::query_file;
use crate::cli::fault::Fault;
use crate::cli::line::Global;
use crate::cli::outcome::Outcome;
use crate::cli::{locate, output};
use report::Report;
use warm::nanoseconds;

/// Measure how fast this index answers
///
/// Without `--queries` they are made of the index's own passages, the same each time: single
/// words, two to four words, phrases, stop words, Chinese runs, both languages together. Cold is a
/// whole new process, warm an answer within one. Each figure is the median of the rounds, with the
/// least and the most of them. Example: `search bench --json > before.json`, then
/// `search bench --compare before.json`
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Ask what this file asks: one query a line, `id<TAB>query` or bare; `-` is standard input
    #[arg(long, value_name = "FILE")]
    queries: Option<String>,

    /// Make so many queries where none are given
    #[arg(long, value_name = "N", default_value_t = 120, value_parser = count)]
    count: usize,

    /// Go so many times through all queries
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = count)]
    rounds: usize,

    /// Start so many processes for the cold times; 0: none
    #[arg(long, value_name = "N", default_value_t = 40)]
    cold: usize,

    /// Compare with an earlier run's JSON
    #[arg(long, value_name = "FILE")]
    compare: Option<String>,

    /// Draw the warm times as an SVG picture
    #[arg(long, value_name = "FILE")]
    plot: Option<String>,

    #[command(flatten)]
    global: Global,
}

/// The most rounds or queries that can be asked for.
const MOST: usize = 1_000_000;

fn count(typed: &str) -> Result<usize, String> {
    let number = typed.parse().map_err(|_| "write a number".to_owned())?;
    if (1..=MOST).contains(&number) { Ok(number) } else { Err(format!("from 1 to {MOST}")) }
}

/// Measures and prints the report.
pub(super) fn run(args: &Args) -> Result<Outcome, Fault> {
    let earlier = earlier_run::<report::Earlier>(args.compare.as_deref(), "bench")?;
    let folder = locate::index_folder(args.global.index.as_deref())?;
    let start = Instant::now();
    let index = locate::open(&folder)?;
    let open_ns = nanoseconds(start);
    let queries = queries(args, &index)?;
    let searcher = Searcher::new(index);
    let checked = warm::check_answers(&searcher, queries)?;
    let warm = warm::measure(&searcher, &checked, args.rounds)?;
    let throughput = warm::throughput(&searcher, &checked, args.rounds)?;
    let cold = cold::measure(&folder, &checked, args.cold)?;
    let mut report = Report::new(&searcher, &folder, args.rounds, open_ns);
    report.warm(&warm, &checked);
    report.cold(&cold);
    report.throughput = throughput;
    report.change = earlier.as_ref().and_then(|it| report.change_since(it));
    if earlier.is_some() && report.change.is_none() {
        let message = "no query of this run is in the earlier one";
        return Err(Fault::usage(message).hint("compare runs over the same queries"));
    }
    if let Some(name) = &args.plot {
        let write = std::fs::write(name, plot::svg(&report));
        write
            .map_err(|it| Fault::new("io", format!("{name}: {it}")).hint("name a file to write"))?;
    }
    let text = if args.global.json { output::json(&report)? } else { report_text::text(&report) };
    output::write(&text)?;
    Ok(Outcome::Done)
}

/// The queries of the file, or generated ones.
fn queries(args: &Args, index: &Generation) -> Result<Vec<String>, Fault> {
    if let Some(name) = &args.queries {
        let lines: Result<Vec<query_file::QueryLine>, Fault> = query_file::read(name)?.collect();
        let asked: Vec<String> = lines?.into_iter().map(|it| it.text).collect();
        if asked.is_empty() {
            return Err(Fault::usage(format!("{name}: no query in it")).hint("one query a line"));
        }
        return Ok(asked);
    }
    let passages = index.manifest().statistics.passages as usize;
    let mut failure = Ok(());
    let classes = measure::made(passages, args.count, |number| {
        let text = u32::try_from(number).map_or(Ok(""), |it| index.text(it));
        text.map(str::to_owned).unwrap_or_else(|it| {
            failure = Err(it);
            String::new()
        })
    });
    failure?;
    let asked: Vec<String> =
        classes.into_iter().flat_map(|Class { queries, .. }| queries).collect();
    if asked.is_empty() {
        let message = "the index holds no text to make queries of";
        return Err(Fault::usage(message).hint("give queries by `--queries FILE`"));
    }
    Ok(asked)
}
