//! What an engine must do, and the loop in which its program does it.
//!
//! An engine is a program with two commands: `index SOURCE FOLDER`, and `serve FOLDER`, which reads
//! a [`Query`] a line and writes a [`Reply`] a line, both JSON. So each can have the allocator that
//! suits it, and need not be written in Rust. It takes its own time: the pipe is not counted.

use std::env;
use std::io::{self, BufRead, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use serde::{Deserialize, Serialize};

/// How many hits every engine gives.
pub const LIMIT: usize = 10;

/// What is asked of an engine.
#[derive(Deserialize, Serialize)]
pub struct Query {
    /// As a person types it, but without the quotes of a phrase.
    pub typed: String,
    pub operator: Operator,
    pub wants: Wants,
}

/// How the words of a query belong together.
#[derive(Clone, Copy, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Operator {
    /// A hit holds some of them.
    Any,
    /// A hit holds all of them.
    All,
    /// A hit holds them side by side.
    Phrase,
}

/// How much of an answer is made.
#[derive(Clone, Copy, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Wants {
    /// The best ten, each with its title, its text and a snippet in which words are marked.
    Answer,
    /// The numbers and scores of the best ten.
    Candidates,
}

/// What came of a query.
#[derive(Debug, Deserialize, Serialize)]
pub struct Reply {
    /// How long it took in the engine, from the typed query on.
    pub took_us: f64,
    /// How many hits there are, at most [`LIMIT`].
    pub hits: usize,
    /// How many of them mark a word of the query; 0 where only candidates were wanted.
    pub marked: usize,
}

impl Reply {
    pub fn new(took: Duration, hits: usize, marked: usize) -> Self {
        Self { took_us: took.as_nanos() as f64 / 1e3, hits, marked }
    }

    /// A reply of whole hits.
    pub fn whole(took: Duration, hits: &[Hit]) -> Self {
        let marked = hits.iter().filter(|it| it.snippet.contains("<b>")).count();
        Self::new(took, hits.len(), marked)
    }
}

/// A hit of an engine that has no type of its own for it.
pub struct Hit {
    pub title: String,
    pub text: String,
    /// A part of the text, with `<b>` before each word of the query.
    pub snippet: String,
}

/// An engine with an open index.
pub trait Engine: Sized {
    /// Indexes what is at `source` into a folder.
    fn index(source: &Path, folder: &Path) -> Result<()>;

    /// Opens the index in a folder.
    fn open(folder: &Path) -> Result<Self>;

    /// Replies to a query for [`Wants::Answer`].
    fn answer(&self, query: &Query) -> Result<Reply>;

    /// Replies to a query for [`Wants::Candidates`].
    fn candidates(&self, query: &Query) -> Result<Reply>;
}

/// The `main` of an engine's program.
pub fn main<E: Engine>() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["index", source, folder] => E::index(Path::new(source), Path::new(folder)),
        ["serve", folder] => serve(&E::open(Path::new(folder))?),
        _ => bail!("expected `index SOURCE FOLDER` or `serve FOLDER`"),
    }
}

fn serve(engine: &impl Engine) -> Result<()> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let query: Query = serde_json::from_str(&line?)?;
        let reply = match query.wants {
            Wants::Answer => engine.answer(&query)?,
            Wants::Candidates => engine.candidates(&query)?,
        };
        writeln!(out, "{}", serde_json::to_string(&reply)?)?;
        out.flush()?;
    }
    Ok(())
}

/// Does some work and tells how long it took.
pub fn timed<T>(work: impl FnOnce() -> Result<T>) -> Result<(T, Duration)> {
    let start = Instant::now();
    let made = work()?;
    Ok((made, start.elapsed()))
}
