//! What was typed, sorted: which command, which of its flags, which words.
//!
//! A query may hold words that begin with a hyphen (`China -India`), and a query may begin with a
//! word that is no command, so the line is sorted before a grammar of flags sees it:
//! - the first bare word, if it names a command, is the command; flags may stand before it;
//! - after `--` everything is a word;
//! - in a query, a token with one hyphen that is no flag is a word (`-n` is a flag, `-n5` too,
//!   `-north` is not); a token with two hyphens that is no flag stays an error, because it is
//!   more often a flag mistyped than a word.

use std::ffi::OsString;

use clap::{Arg, Args, Command, FromArgMatches};

use crate::cli::fault::Fault;

/// The commands, and what else the first word can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CommandName {
    Query,
    Index,
    Run,
    Eval,
    Bench,
    Show,
    Status,
    Check,
    Lexicon,
    Topics,
    Completions,
    Man,
    Help,
    Version,
}

/// The words that name a command.
pub(crate) const COMMANDS: &[(&str, CommandName)] = &[
    ("index", CommandName::Index),
    ("run", CommandName::Run),
    ("eval", CommandName::Eval),
    ("bench", CommandName::Bench),
    ("show", CommandName::Show),
    ("status", CommandName::Status),
    ("check", CommandName::Check),
    ("lexicon", CommandName::Lexicon),
    ("topics", CommandName::Topics),
    ("completions", CommandName::Completions),
    ("man", CommandName::Man),
];

/// Gives the flags of a command as clap knows them.
type Grammar = fn(CommandName) -> Command;

/// The arguments, sorted into command, flags and words.
#[derive(Debug)]
pub(crate) struct CommandLine {
    pub(crate) name: CommandName,
    /// Flags with their values, as typed.
    pub(crate) flags: Vec<String>,
    /// The words, in order.
    pub(crate) words: Vec<String>,
}

impl CommandLine {
    /// Sorts the arguments of the program, its own name left out.
    ///
    /// The fault is the first argument that is not UTF-8. The line is complete even then, because
    /// its `--json` decides how the fault is printed.
    pub(crate) fn read(
        arguments: impl Iterator<Item = OsString>,
        grammar: Grammar,
    ) -> (Self, Option<Fault>) {
        let mut fault = None;
        let texts = arguments.enumerate().map(|(at, it)| {
            it.into_string().unwrap_or_else(|it| {
                let shown = it.to_string_lossy().into_owned();
                let message = format!("argument {} is not valid UTF-8: `{shown}`", at + 1);
                fault.get_or_insert(Fault::usage(message).hint("write it in UTF-8"));
                shown
            })
        });
        let line = Self::sort(texts.collect(), grammar);
        (line, fault)
    }

    fn sort(mut tokens: Vec<String>, grammar_of: Grammar) -> Self {
        let query = grammar_of(CommandName::Query);
        let mut name = CommandName::Query;
        if let Some((at, found)) = find_command(&query, &tokens) {
            tokens.remove(at);
            name = found;
        }
        let of_query = name == CommandName::Query;
        let grammar = if of_query { query } else { grammar_of(name) };
        let mut sorted = Self { name, flags: Vec::new(), words: Vec::new() };
        let mut tokens = tokens.into_iter();
        while let Some(token) = tokens.next() {
            if token == "--" {
                sorted.words.extend(tokens);
                break;
            }
            match sort_token(&grammar, &token) {
                Sort::Help => sorted.name = CommandName::Help,
                Sort::Version => sorted.name = CommandName::Version,
                Sort::Flag => sorted.flags.push(token),
                Sort::FlagBeforeValue => {
                    sorted.flags.push(token);
                    sorted.flags.extend(tokens.next());
                }
                Sort::Short if !of_query => sorted.flags.push(token),
                Sort::Short | Sort::Word => sorted.words.push(token),
            }
        }
        if sorted.name == CommandName::Help && name != CommandName::Help {
            // `search index --help` is the help of `index`.
            sorted.words =
                COMMANDS.iter().filter(|it| it.1 == name).map(|it| it.0.into()).collect();
        }
        sorted
    }

    /// Whether nothing at all was typed.
    pub(crate) fn is_empty(&self) -> bool {
        self.flags.is_empty() && self.words.is_empty()
    }

    /// Whether an error is wanted as JSON too.
    pub(crate) fn wants_json(&self) -> bool {
        let is_json = |it: &str| it == "json" || it == "jsonl";
        self.flags
            .iter()
            .any(|it| it == "--json" || it.strip_prefix("--format=").is_some_and(is_json))
            || self
                .flags
                .windows(2)
                .any(|it| matches!(it, [flag, value] if flag == "--format" && is_json(value)))
    }

    /// Reads the flags and words as the struct of the command.
    pub(crate) fn parse<T: Args + FromArgMatches>(&self) -> Result<T, Fault> {
        let flags = self.flags.iter().map(String::as_str);
        let words = self.words.iter().map(String::as_str);
        let typed = ["search"].into_iter().chain(flags).chain(["--"]).chain(words);
        let matches = T::augment_args(bare("search")).try_get_matches_from(typed);
        let parsed = matches.and_then(|it| T::from_arg_matches(&it));
        parsed.map_err(|it| self.unreadable(&it))
    }

    /// What clap says, as one sentence and a hint.
    fn unreadable(&self, error: &clap::Error) -> Fault {
        let said = error.to_string();
        let mut paragraphs = said.split("\n\n");
        let first = paragraphs.next().unwrap_or_default().trim_start_matches("error: ");
        let message = first.split_whitespace().collect::<Vec<_>>().join(" ").replace('\'', "`");
        let tip = paragraphs.find_map(|it| it.trim_start().strip_prefix("tip: "));
        let command = COMMANDS.iter().find(|it| it.1 == self.name).map(|it| it.0);
        let hint = match (tip, command) {
            (Some(tip), _) if !tip.contains("-- ") => tip.trim().replace('\'', "`"),
            (_, Some(name)) => format!(
                "`search {name} --help` tells what it takes; `search -- {name} …` searches for the word"
            ),
            (_, None) => "`search --help` lists the flags; after `--` everything is a word".into(),
        };
        Fault::usage(message).hint(hint)
    }
}

/// A clap command in which the last of a repeated flag wins, without clap's own help and version.
pub(crate) fn bare(name: &'static str) -> Command {
    Command::new(name).args_override_self(true).disable_help_flag(true).disable_version_flag(true)
}

/// Where the first bare word stands, if it names a command.
fn find_command(query: &Command, tokens: &[String]) -> Option<(usize, CommandName)> {
    let mut at = 0;
    loop {
        let token = tokens.get(at)?;
        if token == "--" {
            return None;
        }
        match sort_token(query, token) {
            Sort::Word => break,
            Sort::Short => return None,
            Sort::FlagBeforeValue => at += 2,
            Sort::Flag | Sort::Help | Sort::Version => at += 1,
        }
    }
    let word = tokens.get(at)?;
    let known = |it: &str| COMMANDS.iter().find(|(name, _)| *name == it).map(|it| it.1);
    if word == "help" {
        // `help` alone or before the name of a command asks for help; else it is a word.
        let is_asked = tokens.get(at + 1).is_none_or(|it| known(it).is_some());
        return (is_asked && tokens.len() <= at + 2).then_some((at, CommandName::Help));
    }
    known(word).map(|it| (at, it))
}

/// The kind of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Word,
    /// One hyphen, and no flag of this command.
    Short,
    /// A flag without a value, or with its value in the same token.
    Flag,
    FlagBeforeValue,
    Help,
    Version,
}

fn sort_token(grammar: &Command, token: &str) -> Sort {
    let Some(after) = token.strip_prefix('-').filter(|it| !it.is_empty()) else {
        return Sort::Word;
    };
    let valued = |it: &Arg| {
        if it.get_action().takes_values() { Sort::FlagBeforeValue } else { Sort::Flag }
    };
    match (token, after.strip_prefix('-')) {
        ("-h" | "--help", _) => Sort::Help,
        ("-V" | "--version", _) => Sort::Version,
        (_, Some(long)) => {
            let name = long.split('=').next().unwrap_or_default();
            if !name.starts_with(|c: char| c.is_ascii_lowercase()) || name.contains(' ') {
                return Sort::Word;
            }
            let flag = grammar.get_arguments().find(|it| it.get_long() == Some(name));
            flag.filter(|_| !long.contains('=')).map_or(Sort::Flag, valued)
        }
        (_, None) => {
            let mut characters = after.chars();
            let first = characters.next();
            let flag = grammar.get_arguments().find(|it| it.get_short() == first);
            match (flag, characters.as_str()) {
                (None, _) => Sort::Short,
                (Some(flag), "") => valued(flag),
                // `-n5`; `-north` is a word that must not occur.
                (Some(_), it) if it.bytes().all(|it| it.is_ascii_digit()) => Sort::Flag,
                (Some(_), _) => Sort::Short,
            }
        }
    }
}
