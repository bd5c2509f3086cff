//! Compares the time of `passages` with that of other engines, query by query, in one run.
//!
//! Indexes a corpus with each engine, draws queries from it, asks all engines in turn, and prints
//! one table of ratios.

mod corpus;
mod process;
mod queries;
mod table;

use std::fs;
use std::path::PathBuf;

use anyhow::{Result, ensure};
use clap::Parser;
use fastrand::Rng;
use peers::engine::Wants;

use corpus::Corpus;
use process::{PEERS, Process};
use queries::Drawn;
use table::Times;

/// Compare the time of `passages` with that of other engines
#[derive(Parser)]
struct Arguments {
    /// What to search: a file of records (`.jsonl`, `.jsonl.zst`) or a folder
    corpus: PathBuf,
    /// Take this share of a file's records
    #[arg(long, default_value_t = 1.0)]
    fraction: f64,
    /// Ask this share of the 400 queries
    #[arg(long, default_value_t = 1.0)]
    share: f64,
    /// Keep the best of so many rounds
    #[arg(long, default_value_t = 7)]
    rounds: usize,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let (mut engines, passages) = prepare(&arguments)?;
    let queries = queries::draw(&passages, arguments.share)?;
    let queries = answered(queries, &mut engines)?;
    let mut times: Vec<Times> =
        engines.iter().map(|it| Times::new(it.name, queries.len())).collect();
    let mut random = Rng::with_seed(queries::SEED);
    for wants in [Wants::Answer, Wants::Candidates] {
        for _ in 0..arguments.rounds {
            round(&queries, wants, &mut engines, &mut times, &mut random)?;
        }
    }
    println!("{}", table::table(&queries, &times));
    Ok(())
}

/// Brings the indexes up to date and starts the engines, ours first; also gives the passages that
/// they search.
fn prepare(arguments: &Arguments) -> Result<(Vec<Process>, PathBuf)> {
    let corpus = Corpus::new(&arguments.corpus, arguments.fraction)?;
    let ours = corpus.folder.join("passages");
    process::index("passages", &corpus.records, &ours)?;
    let passages = ours.with_extension("jsonl");
    let fingerprint = corpus::fingerprint(&passages)?;
    let mut engines = vec![Process::start("passages", &ours)?];
    for &name in PEERS {
        // Another version of ours may cut other passages, which the others then index anew.
        let folder = corpus.folder.join(format!("{name}-{fingerprint:016x}"));
        if !folder.exists() {
            let part = folder.with_extension("part");
            fs::remove_dir_all(&part).ok();
            fs::create_dir(&part)?;
            process::index(name, &passages, &part)?;
            fs::rename(&part, &folder)?;
        }
        engines.push(Process::start(name, &folder)?);
    }
    Ok((engines, passages))
}

/// Keeps the queries to which every engine has an answer that marks a word. All were drawn from the
/// passages, so the others tell of a difference between engines, and are named.
fn answered(queries: Vec<Drawn>, engines: &mut [Process]) -> Result<Vec<Drawn>> {
    let drawn = queries.len();
    let mut kept = Vec::new();
    for query in queries {
        let mut is_answered = true;
        for engine in engines.iter_mut() {
            let answer = engine.ask(&query.asked(Wants::Answer))?;
            let candidates = engine.ask(&query.asked(Wants::Candidates))?;
            if answer.hits == 0 || answer.marked == 0 || candidates.hits == 0 {
                eprintln!(
                    "left out: {} `{}`: {} {answer:?}",
                    query.class, query.typed, engine.name
                );
                is_answered = false;
            }
        }
        if is_answered {
            kept.push(query);
        }
    }
    ensure!(kept.len() * 10 >= drawn * 9, "only {} of {drawn} queries are answered", kept.len());
    Ok(kept)
}

/// Asks all queries in random order, and at each all engines in random order, twice: the first time
/// the others have just used the caches, the second time they are hot.
fn round(
    queries: &[Drawn],
    wants: Wants,
    engines: &mut [Process],
    times: &mut [Times],
    random: &mut Rng,
) -> Result<()> {
    let mut order: Vec<usize> = (0..queries.len()).collect();
    let mut turns: Vec<usize> = (0..engines.len()).collect();
    random.shuffle(&mut order);
    for number in order {
        let query = queries[number].asked(wants);
        random.shuffle(&mut turns);
        for &turn in &turns {
            for is_hot in [false, true] {
                let reply = engines[turn].ask(&query)?;
                ensure!(reply.hits > 0, "{}: `{}`", engines[turn].name, query.typed);
                times[turn].keep(wants, number, is_hot, reply.took_us);
            }
        }
    }
    Ok(())
}
