//! `search --help`, `search help COMMAND`, `search --version`, and the texts of the help.

use clap::Command;

use crate::cli::fault::Fault;
use crate::cli::line::CommandLine;
use crate::cli::outcome::Outcome;
use crate::cli::output;

/// Print the manual page in roff
///
/// Example: `search man | man -l -`
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// The command to explain
    #[arg(value_name = "COMMAND")]
    _words: Vec<String>,
}

pub(super) const ABOUT: &str =
    "Full-text search over a folder of mixed English and Chinese articles";

pub(super) const AFTER: &str = "\
Query:
  Wuhan train        all the words count; what misses some comes last and says so
  \"Belt and Road\"    a phrase; \u{201c}\u{201d} and \u{300c}\u{300d} are quotes too
  -India +train      not with the one, never without the other
  rail OR road       either; ( ) group
  sanction*          words that begin so
  \"gold ruble\"~5    at most so many words between
  title: author: path: date:2015..2016 lang:zh topic:sanctions
  What cannot be understood so is searched as text. A first word that names a
  command runs it; after `--` everything is a word.

Examples:
  search --in articles \"Wuhan Moscow train\"
  search 军事政治联盟 --lang zh
  search '\"Belt and Road\" -India' --from 2015 --json
  search -- status

`search help COMMAND` tells more of a command, `search --version` the version.
Exit status: 0 hits or done, 1 no hits, 2 an error.
";

/// The error of a command line without any arguments.
pub(super) fn no_query() -> Result<Outcome, Fault> {
    Err(Fault::usage("no query").hint("`search QUERY` asks, `search --help` tells the rest"))
}

/// The help of the program or of one command.
pub(super) fn print(line: &CommandLine, whole: Command) -> Result<Outcome, Fault> {
    let asked = line.words.first();
    let mut whole = whole.disable_help_subcommand(true);
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
