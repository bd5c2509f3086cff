//! `search eval`: how good the rankings are, by judged queries.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::num::NonZero;

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

use passages::measure::{self, Comparison, Figures, Judgments};
use passages::searcher::{GroupBy, Options, Searcher};
use passages::show;

use super::earlier_run::earlier_run;
use super::query_file;
use crate::cli::fault::Fault;
use crate::cli::line::Global;
use crate::cli::line::QueryOptions;
use crate::cli::outcome::Outcome;
use crate::cli::{locate, output};

/// Measure rankings against judgments
///
/// Gives nDCG@10, MRR@10, R@10, R@100 and MAP as means over the queries that have a relevant
/// article. Rankings are by article and 100 deep unless `--by` and `-n` say otherwise.
/// Example: `search eval --queries queries.tsv --qrels qrels.txt`
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// The file of queries, as `search run` takes it
    #[arg(long, value_name = "QUERIES")]
    queries: String,

    /// The judgments: `query 0 article relevance` a line
    #[arg(long, value_name = "QRELS")]
    qrels: String,

    /// Compare with an earlier run, written with `--json`
    #[arg(long, value_name = "FILE")]
    compare: Option<String>,

    /// Rank so deep
    #[arg(long, value_name = "N", default_value_t = 100)]
    depth: usize,

    /// What is judged
    #[arg(long, value_name = "WHAT", default_value = "article")]
    by: Judged,

    /// No stems, and nothing that means the same
    #[arg(long)]
    exact: bool,

    /// Nothing that means the same
    #[arg(long)]
    no_expand: bool,

    #[command(flatten)]
    global: Global,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Judged {
    Article,
    Passage,
}

/// The figures of a run; the field names are those of the JSON.
#[derive(Serialize)]
struct Run {
    queries: usize,
    mean: Figures,
    per_query: BTreeMap<String, Figures>,
    #[serde(skip_serializing_if = "Option::is_none")]
    compared: Option<Compared>,
}

/// The differences to an earlier run, figure by figure.
#[derive(Serialize)]
struct Compared {
    ndcg_10: Comparison,
    mrr_10: Comparison,
    recall_10: Comparison,
    recall_100: Comparison,
    average_precision: Comparison,
}

/// What is read of an earlier run.
#[derive(Deserialize)]
struct Earlier {
    per_query: BTreeMap<String, BTreeMap<String, f64>>,
}

/// Ranks each judged query and prints the means.
pub(super) fn run(args: &Args) -> Result<Outcome, Fault> {
    let judgments = judgments(&args.qrels)?;
    let earlier = earlier_run::<Earlier>(args.compare.as_deref(), "eval")?;
    let folder = locate::index_folder(args.global.index.as_deref())?;
    let searcher = Searcher::new(locate::open(&folder)?);
    let per_query = rank_all(args, &judgments, &searcher)?;
    if per_query.is_empty() {
        let message = format!("{}: no query of it is judged in {}", args.queries, args.qrels);
        return Err(Fault::usage(message).hint("the ids of both files have to agree"));
    }
    let all: Vec<_> = per_query.values().copied().collect();
    let compared = earlier.map(|it| compare(&it, &per_query));
    let run = Run { queries: all.len(), mean: measure::mean(&all), per_query, compared };
    let text = if args.global.json { output::json(&run)? } else { text(&run) };
    output::write(&text)?;
    Ok(Outcome::Done)
}

/// The figures of each query that has a relevant article, computed on all cores.
fn rank_all(
    args: &Args,
    judgments: &Judgments,
    searcher: &Searcher,
) -> Result<BTreeMap<String, Figures>, Fault> {
    let by_passage = args.by == Judged::Passage;
    let options = Options {
        limit: args.depth,
        by: if by_passage { GroupBy::Passage } else { GroupBy::Article },
        is_exact: args.exact,
        expands: !args.exact && !args.no_expand,
        ..Options::default()
    };
    let mut asked = Vec::new();
    for query in query_file::read(&args.queries)? {
        let query = query?;
        if judgments.has_relevant(&query.id) {
            asked.push(query);
        }
    }
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let share = asked.len().div_ceil(cores).max(1);
    let rank = |part: &[query_file::QueryLine]| -> Vec<(String, Figures)> {
        let each = part.iter().map(|it| {
            let ranking = ranking(it, searcher, &options, by_passage);
            let ranking: Vec<&str> = ranking.iter().map(String::as_str).collect();
            (it.id.clone(), measure::figures(judgments, &it.id, &ranking))
        });
        each.collect()
    };
    Ok(std::thread::scope(|scope| {
        let parts = asked.chunks(share).map(|part| scope.spawn(|| rank(part)));
        let parts: Vec<_> = parts.collect();
        let done = parts
            .into_iter()
            .flat_map(|it| it.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        done.collect()
    }))
}

/// The ids that one query finds, best first. A query that fails is reported and finds nothing.
fn ranking(
    query: &query_file::QueryLine,
    searcher: &Searcher,
    options: &Options,
    by_passage: bool,
) -> Vec<String> {
    let asked = QueryOptions::parse_unfiltered(&query.text);
    match asked.and_then(|it| Ok(searcher.search(&it, options)?)) {
        Ok(results) => results.hits.iter().map(|it| show::trec_id(it, by_passage)).collect(),
        Err(fault) => {
            Fault { message: format!("query `{}`: {}", query.id, fault.message), ..fault }.print();
            Vec::new()
        }
    }
}

fn judgments(name: &str) -> Result<Judgments, Fault> {
    let text = std::fs::read_to_string(name).map_err(|it| unreadable(name, &it.to_string()))?;
    let read = Judgments::read(&text);
    read.map_err(|it| unreadable(&format!("{name}:{}", it.line), &format!("`{}`", it.text)))
}

fn unreadable(name: &str, what: &str) -> Fault {
    Fault::new("io", format!("{name}: {what}"))
        .hint("judgments have lines of four fields: query 0 article relevance")
}

/// Compares the queries that both runs have.
fn compare(earlier: &Earlier, now: &BTreeMap<String, Figures>) -> Compared {
    let of = |name: &str, part: fn(&Figures) -> f64| {
        let pairs = now.iter().filter_map(|(id, figures)| {
            Some((*earlier.per_query.get(id)?.get(name)?, part(figures)))
        });
        measure::compare(&pairs.collect::<Vec<_>>())
    };
    Compared {
        ndcg_10: of("ndcg_10", |it| it.ndcg_10),
        mrr_10: of("mrr_10", |it| it.mrr_10),
        recall_10: of("recall_10", |it| it.recall_10),
        recall_100: of("recall_100", |it| it.recall_100),
        average_precision: of("average_precision", |it| it.average_precision),
    }
}

fn text(run: &Run) -> String {
    let mut out = String::new();
    let Figures { ndcg_10, mrr_10, recall_10, recall_100, average_precision } = run.mean;
    let compared = run.compared.as_ref();
    let mut line = |name: &str, mean: f64, comparison: Option<&Comparison>| {
        let _ = write!(out, "{name:<8} {mean:.4}");
        if let Some(Comparison { difference, t, wins, losses, .. }) = comparison {
            let _ = write!(out, "  {difference:+.4}  t {t:+.2}  {wins} better, {losses} worse");
        }
        out.push('\n');
    };
    line("nDCG@10", ndcg_10, compared.map(|it| &it.ndcg_10));
    line("MRR@10", mrr_10, compared.map(|it| &it.mrr_10));
    line("R@10", recall_10, compared.map(|it| &it.recall_10));
    line("R@100", recall_100, compared.map(|it| &it.recall_100));
    line("MAP", average_precision, compared.map(|it| &it.average_precision));
    let _ = writeln!(out, "queries  {}", run.queries);
    out
}
