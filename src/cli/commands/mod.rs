//! The commands: a file or folder each, with its flags as one struct and the work it does.

mod bench;
mod check;
mod completions;
mod earlier_run;
mod eval;
mod grammar;
mod help;
mod index;
mod lexicon;
mod query;
mod query_file;
mod run;
mod show;
mod status;
mod timed_search;
mod topics;

use super::fault::Fault;
use super::line::{CommandLine, CommandName};
use super::outcome::Outcome;

pub(super) use grammar::of as grammar;

/// Runs the command that was typed.
pub(super) fn run(line: &CommandLine) -> Result<Outcome, Fault> {
    match line.name {
        CommandName::Query if line.is_empty() => help::no_query(),
        CommandName::Query => query::run(&line.parse()?),
        CommandName::Index => index::run(&line.parse()?),
        CommandName::Run => run::run(&line.parse()?),
        CommandName::Eval => eval::run(&line.parse()?),
        CommandName::Bench => bench::run(&line.parse()?),
        CommandName::Show => show::run(&line.parse()?),
        CommandName::Status => status::run(&line.parse()?),
        CommandName::Check => check::run(&line.parse()?),
        CommandName::Lexicon => lexicon::run(&line.parse()?),
        CommandName::Topics => topics::run(&line.parse()?),
        CommandName::Completions => completions::run(&line.parse()?, grammar::whole()),
        CommandName::Man => completions::manual(grammar::whole()),
        CommandName::Help => help::print(line, grammar::whole()),
        CommandName::Version => help::version(),
    }
}
