//! The command line: everything that touches the terminal, the environment or the clock.
//!
//! [`mod@line`] sorts what was typed into a command, its flags and its words; the file of each command
//! holds its flags as one struct and does the work. Data goes to standard output, all else to
//! standard error; the exit status is 0 for hits (or done), 1 for none, 2 for an error.

mod answer;
mod asking;
mod bench;
mod building;
mod check;
mod completions;
mod eval;
mod fault;
mod global;
mod help;
mod import;
mod index;
mod lexicon;
mod line;
mod output;
mod place;
mod progress;
mod queries;
mod query;
mod run;
mod show;
mod sources;
mod status;
mod terminal;
mod topics;

use std::any::Any;
use std::panic;
use std::process::ExitCode;

use fault::Fault;
use line::{Line, Name};

/// How a command ended when it did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// There are hits, or the work is done.
    Done,
    /// There are no hits, or the index is not up to date.
    NoHits,
    /// Some of many queries failed, each with its own error.
    SomeFailed,
}

/// Runs the program and gives its exit status.
pub(crate) fn main() -> ExitCode {
    let (line, fault) = Line::read(std::env::args_os().skip(1));
    let done = fault.map_or_else(|| fenced(&line), Err);
    match done {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::NoHits) => ExitCode::from(1),
        Ok(Outcome::SomeFailed) => ExitCode::from(2),
        Err(fault) => fault.report(line.wants_json()),
    }
}

/// Runs the command; a panic becomes an error.
fn fenced(line: &Line) -> Result<Outcome, Fault> {
    let run = panic::AssertUnwindSafe(|| dispatch(line));
    panic::catch_unwind(run).unwrap_or_else(|it| Err(internal(&*it)))
}

fn dispatch(line: &Line) -> Result<Outcome, Fault> {
    match line.name {
        Name::Query if line.is_empty() => help::short(),
        Name::Query => query::run(&line.parse()?),
        Name::Index => index::run(&line.parse()?),
        Name::Run => run::run(&line.parse()?),
        Name::Eval => eval::run(&line.parse()?),
        Name::Bench => bench::run(&line.parse()?),
        Name::Show => show::run(&line.parse()?),
        Name::Status => status::run(&line.parse()?),
        Name::Check => check::run(&line.parse()?),
        Name::Lexicon => lexicon::run(&line.parse()?),
        Name::Topics => topics::run(&line.parse()?),
        Name::Completions => completions::run(&line.parse()?),
        Name::Man => completions::manual(),
        Name::Help => help::long(line),
        Name::Version => help::version(),
    }
}

/// A panic that got this far: an error of the program, and never an empty answer.
fn internal(payload: &(dyn Any + Send)) -> Fault {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("unknown");
    Fault::new("internal", format!("the program failed: {text}"))
        .hint("`search index --rebuild` helps if the index is damaged; else this is a bug of ours")
}
