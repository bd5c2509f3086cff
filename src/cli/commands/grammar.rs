//! The flags of every command as clap knows them: of one command, and of all together.
//!
//! A query builds only the flags of its own command: all of them take a time that one can measure.
//! The whole is built for `--help`, `completions` and `man` alone.

use clap::{Args as _, Command};

use crate::cli::line::{COMMANDS, CommandName, bare};

use super::{
    bench, check, completions, eval, help, index, lexicon, query, run, show, status, topics,
};

/// The flags of one command.
pub(in crate::cli) fn of(name: CommandName) -> Command {
    match name {
        CommandName::Query | CommandName::Version => query::Args::augment_args(bare("search")),
        CommandName::Index => index::Args::augment_args(bare("index")),
        CommandName::Run => run::Args::augment_args(bare("run")),
        CommandName::Eval => eval::Args::augment_args(bare("eval")),
        CommandName::Bench => bench::Args::augment_args(bare("bench")),
        CommandName::Show => show::Args::augment_args(bare("show")),
        CommandName::Status => status::Args::augment_args(bare("status")),
        CommandName::Check => check::Args::augment_args(bare("check")),
        CommandName::Lexicon => lexicon::Args::augment_args(bare("lexicon")),
        CommandName::Topics => topics::Args::augment_args(bare("topics")),
        CommandName::Completions => completions::Args::augment_args(bare("completions")),
        CommandName::Man | CommandName::Help => help::Args::augment_args(bare("help")),
    }
}

/// The program with all its commands.
pub(super) fn whole() -> Command {
    let query = of(CommandName::Query).about(help::ABOUT).version(env!("CARGO_PKG_VERSION"));
    let query = query.after_help(help::AFTER).args_conflicts_with_subcommands(true);
    let commands = COMMANDS.iter().map(|&(name, it)| match it {
        CommandName::Man => Command::new(name).about("Print the manual page in roff"),
        _ => of(it),
    });
    query.subcommands(commands)
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use crate::cli::line::{CommandLine, CommandName};

    use super::of;

    #[track_caller]
    fn check(typed: &str, name: CommandName, flags: &str, words: &str) {
        let (line, _) = CommandLine::read(typed.split(' ').map(OsString::from), of);
        assert_eq!(line.name, name, "{typed}");
        assert_eq!(line.flags.join(" "), flags, "{typed}");
        assert_eq!(line.words.join(" "), words, "{typed}");
    }

    #[test]
    fn words_with_a_hyphen_are_words_and_flags_stay_flags() {
        check("China -India", CommandName::Query, "", "China -India");
        check("China -n 5 -India", CommandName::Query, "-n 5", "China -India");
        check("-n5 China", CommandName::Query, "-n5", "China");
        check("China -north -5", CommandName::Query, "", "China -north -5");
        check("China --lang=zh --json", CommandName::Query, "--lang=zh --json", "China");
        check("-India China", CommandName::Query, "", "-India China");
        check("-", CommandName::Query, "", "-");
        check("China ---", CommandName::Query, "", "China ---");
        check("China -- --json", CommandName::Query, "", "China --json");
        check("China --limt 5", CommandName::Query, "--limt", "China 5");
    }

    #[test]
    fn the_first_bare_word_names_the_command() {
        check("status", CommandName::Status, "", "");
        check("status --index d", CommandName::Status, "--index d", "");
        check("--index d status", CommandName::Status, "--index d", "");
        check("--index=d status --json", CommandName::Status, "--index=d --json", "");
        // The grammar of `status` then says that it takes no `-n`.
        check("-n 5 status", CommandName::Status, "-n", "5");
        check("--index status", CommandName::Query, "--index status", "");
        check("-- status", CommandName::Query, "", "status");
        check("-- -n 5", CommandName::Query, "", "-n 5");
        check("China status", CommandName::Query, "", "China status");
        check("show a.txt#1@2 --context 1", CommandName::Show, "--context 1", "a.txt#1@2");
        check("serve", CommandName::Query, "", "serve");
        check("mcp", CommandName::Query, "", "mcp");
    }

    #[test]
    fn help_is_a_word_when_more_is_asked() {
        check("help", CommandName::Help, "", "");
        check("help index", CommandName::Help, "", "index");
        check("help refugees", CommandName::Query, "", "help refugees");
        check("index --help", CommandName::Help, "", "index");
        check("--help", CommandName::Help, "", "");
        check("-V", CommandName::Version, "", "");
    }
}
