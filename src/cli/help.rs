//! `search --help`, `search help COMMAND`, `search --version`: the only place where the whole
//! grammar is put together, because a query must not wait for it.

use clap::{Args, Command};

use super::fault::Fault;
use super::line::{COMMANDS, Line, Name, command};
use super::{Outcome, output};

/// Print the manual page in roff
///
/// Example: `search man | man -l -`
#[derive(Args, Debug)]
pub(super) struct Typed {
    /// The command to explain
    #[arg(value_name = "COMMAND")]
    _words: Vec<String>,
}

const ABOUT: &str = "Full-text search over a folder of mixed English and Chinese articles";

const EXAMPLES: &str = "\
Examples:
  search --in articles \"Wuhan Moscow train\"    index the folder if need be, then ask
  search 军事政治联盟 --lang zh
  search '\"Belt and Road\" -India' --from 2015 --json
  search -- status                             a word that is also a command

Exit status: 0 hits or done, 1 no hits, 2 an error.
";

/// The program with all its commands.
pub(super) fn whole() -> Command {
    let query = command(Name::Query).about(ABOUT).version(env!("CARGO_PKG_VERSION"));
    let query = query.after_help(EXAMPLES).args_conflicts_with_subcommands(true);
    let commands = COMMANDS.iter().map(|&(name, it)| match it {
        Name::Man => Command::new(name).about("Print the manual page in roff"),
        _ => command(it),
    });
    query.subcommands(commands)
}

/// What to type, when nothing was typed.
pub(super) fn short() -> Result<Outcome, Fault> {
    Err(Fault::usage("no query").hint("`search QUERY` asks, `search --help` tells the rest"))
}

/// The help of the program or of one command.
pub(super) fn long(line: &Line) -> Result<Outcome, Fault> {
    let asked = line.words.first();
    let mut whole = whole().disable_help_subcommand(true);
    whole.build();
    let found = asked.and_then(|it| whole.find_subcommand_mut(it));
    let text = match found {
        Some(command) => command.render_long_help(),
        None => whole.render_help(),
    };
    output::write(&text.to_string())?;
    Ok(Outcome::Done)
}

/// The program's name and version.
pub(super) fn version() -> Result<Outcome, Fault> {
    output::write(concat!("search ", env!("CARGO_PKG_VERSION"), "\n"))?;
    Ok(Outcome::Done)
}
