//! This package's own engine, with the allocator that its program has.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use passages::index::{self, Generation, Request, Root};
use passages::query;
use passages::searcher::{Options, Searcher};
use peers::engine::{self, Engine, Operator, Query, Reply, timed};
use peers::passage::Passage;

fn main() -> Result<()> {
    engine::main::<Passages>()
}

struct Passages {
    searcher: Searcher,
    options: Options,
}

impl Engine for Passages {
    /// Brings its index up to date, and writes the passages beside it: `FOLDER.jsonl`.
    fn index(source: &Path, folder: &Path) -> Result<()> {
        let text = |path: &Path| path.to_str().map(str::to_owned).context("a path is not UTF-8");
        let name = source.file_name().context("the corpus has no name")?;
        let base = source.parent().context("the corpus is in no folder")?;
        let request = Request {
            dir: folder.to_owned(),
            roots: vec![Root { path: text(Path::new(name))?, base: text(base)? }],
            keeps_roots: false,
            rebuilds: false,
            now_s: 0,
        };
        index::build(&request, &|_| ())?;
        export(&Generation::open(folder)?, &folder.with_extension("jsonl"))
    }

    fn open(folder: &Path) -> Result<Self> {
        let searcher = Searcher::new(Generation::open(folder)?);
        Ok(Self { searcher, options: Options::default() })
    }

    fn answer(&self, query: &Query) -> Result<Reply> {
        let typed = typed(query);
        let search = || self.searcher.search(&query::parse(&typed), &self.options);
        let (results, took) = timed(search)?;
        let marked = results.hits.iter().filter(|it| !it.highlights.is_empty()).count();
        Ok(Reply::new(took, results.hits.len(), marked))
    }

    /// Candidates are not to be had alone, so the stages that make them are counted: parsing,
    /// planning and collecting.
    fn candidates(&self, query: &Query) -> Result<Reply> {
        let typed = typed(query);
        let start = Instant::now();
        let clock = || u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        let query = query::parse(&typed);
        let parsed = clock();
        let (results, stages) = self.searcher.search_timed(&query, &self.options, &clock)?;
        let took = Duration::from_nanos(parsed + stages.plan + stages.collect);
        Ok(Reply::new(took, results.hits.len(), 0))
    }
}

/// The query in the syntax of our command line.
fn typed(query: &Query) -> String {
    match query.operator {
        Operator::Any => query.typed.clone(),
        Operator::All => query.typed.split(' ').map(|it| format!("+{it} ")).collect(),
        Operator::Phrase => format!("\"{}\"", query.typed),
    }
}

/// Writes down the passages, so that all engines search the same.
fn export(index: &Generation, path: &Path) -> Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    for number in 0..index.manifest().statistics.passages {
        let title = index.article(index.article_of(number))?.title.unwrap_or_default().to_owned();
        let passage = Passage { title, text: index.text(number)?.to_owned() };
        writeln!(out, "{}", serde_json::to_string(&passage)?)?;
    }
    Ok(out.flush()?)
}
