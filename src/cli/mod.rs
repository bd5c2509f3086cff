//! The command line: everything that touches the terminal, the environment or the clock.
//!
//! [`mod@line`] sorts what was typed into a command, its flags and its words; [`commands`] holds a
//! file for each command, with its flags as one struct. Data goes to standard output, all else to
//! standard error; the exit status is 0 for hits (or done), 1 for none, 2 for an error.

mod build;
mod commands;
mod fault;
mod line;
mod locate;
mod outcome;
mod output;
mod progress;
mod terminal;

use std::any::Any;
use std::panic;
use std::process::ExitCode;

use fault::Fault;
use line::CommandLine;
use outcome::Outcome;

/// Runs the program and gives its exit status.
pub(crate) fn main() -> ExitCode {
    let (line, fault) = CommandLine::read(std::env::args_os().skip(1), commands::grammar);
    let done = fault.map_or_else(|| catch_panics(|| commands::run(&line)), Err);
    match done {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::NoHits) => ExitCode::from(1),
        Ok(Outcome::SomeFailed) => ExitCode::from(2),
        Err(fault) => report(&fault, line.wants_json()),
    }
}

/// Runs a command; a panic becomes an error.
fn catch_panics(run: impl FnOnce() -> Result<Outcome, Fault>) -> Result<Outcome, Fault> {
    let run = panic::AssertUnwindSafe(run);
    panic::catch_unwind(run).unwrap_or_else(|it| Err(internal(&*it)))
}

/// Turns a panic into an error: a failure must never look like an empty answer.
fn internal(payload: &(dyn Any + Send)) -> Fault {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("unknown");
    Fault::new("internal", format!("the program failed: {text}"))
        .hint("`search index --rebuild` helps if the index is damaged; else this is a bug of ours")
}

/// Prints a fault to standard error, and as JSON to standard output where JSON was asked for.
fn report(fault: &Fault, wants_json: bool) -> ExitCode {
    fault.print();
    if wants_json {
        // Ignored: if standard output itself failed, standard error has the message.
        output::write(&(fault.json(None) + "\n")).ok();
    }
    ExitCode::from(2)
}
