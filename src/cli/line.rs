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

use super::fault::Fault;
use super::{
    bench, check, completions, eval, help, index, lexicon, query, run, show, status, topics,
};

/// The commands, and what else the first word can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
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
pub(super) const COMMANDS: &[(&str, Name)] = &[
    ("index", Name::Index),
    ("run", Name::Run),
    ("eval", Name::Eval),
    ("bench", Name::Bench),
    ("show", Name::Show),
    ("status", Name::Status),
    ("check", Name::Check),
    ("lexicon", Name::Lexicon),
    ("topics", Name::Topics),
    ("completions", Name::Completions),
    ("man", Name::Man),
];

/// What was typed, sorted.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) name: Name,
    /// Flags with their values, as typed.
    flags: Vec<String>,
    /// The words, in order.
    pub(super) words: Vec<String>,
}

impl Line {
    /// Sorts the arguments of the program, its own name left out.
    ///
    /// The fault is the first argument that is no text; the line is whole even then, so that it
    /// can tell how the fault is to be reported.
    pub(super) fn read(arguments: impl Iterator<Item = OsString>) -> (Self, Option<Fault>) {
        let mut fault = None;
        let texts = arguments.enumerate().map(|(at, it)| {
            it.into_string().unwrap_or_else(|it| {
                let shown = it.to_string_lossy().into_owned();
                let message = format!("argument {} is not valid UTF-8: `{shown}`", at + 1);
                fault.get_or_insert(Fault::usage(message).hint("write it in UTF-8"));
                shown
            })
        });
        let line = Self::sort(texts.collect());
        (line, fault)
    }

    fn sort(mut tokens: Vec<String>) -> Self {
        let query = command(Name::Query);
        let mut name = Name::Query;
        if let Some((at, found)) = find_command(&query, &tokens) {
            tokens.remove(at);
            name = found;
        }
        let of_query = name == Name::Query;
        let grammar = if of_query { query } else { command(name) };
        let mut sorted = Self { name, flags: Vec::new(), words: Vec::new() };
        let mut tokens = tokens.into_iter();
        while let Some(token) = tokens.next() {
            if token == "--" {
                sorted.words.extend(tokens);
                break;
            }
            match sort_token(&grammar, &token) {
                Sort::Help => sorted.name = Name::Help,
                Sort::Version => sorted.name = Name::Version,
                Sort::Flag => sorted.flags.push(token),
                Sort::FlagBeforeValue => {
                    sorted.flags.push(token);
                    sorted.flags.extend(tokens.next());
                }
                Sort::Short if !of_query => sorted.flags.push(token),
                Sort::Short | Sort::Word => sorted.words.push(token),
            }
        }
        if sorted.name == Name::Help && name != Name::Help {
            // `search index --help` is the help of `index`.
            sorted.words =
                COMMANDS.iter().filter(|it| it.1 == name).map(|it| it.0.into()).collect();
        }
        sorted
    }

    /// Whether nothing at all was typed.
    pub(super) fn is_empty(&self) -> bool {
        self.flags.is_empty() && self.words.is_empty()
    }

    /// Whether an error is wanted as JSON too.
    pub(super) fn wants_json(&self) -> bool {
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
    pub(super) fn parse<T: Args + FromArgMatches>(&self) -> Result<T, Fault> {
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

/// The grammar of one command, without a name of its own.
pub(super) fn command(name: Name) -> Command {
    match name {
        Name::Query | Name::Version => query::Typed::augment_args(bare("search")),
        Name::Index => index::Typed::augment_args(bare("index")),
        Name::Run => run::Typed::augment_args(bare("run")),
        Name::Eval => eval::Typed::augment_args(bare("eval")),
        Name::Bench => bench::Typed::augment_args(bare("bench")),
        Name::Show => show::Typed::augment_args(bare("show")),
        Name::Status => status::Typed::augment_args(bare("status")),
        Name::Check => check::Typed::augment_args(bare("check")),
        Name::Lexicon => lexicon::Typed::augment_args(bare("lexicon")),
        Name::Topics => topics::Typed::augment_args(bare("topics")),
        Name::Completions => completions::Typed::augment_args(bare("completions")),
        Name::Man | Name::Help => help::Typed::augment_args(bare("help")),
    }
}

/// A command that takes the last of a repeated flag and leaves help and version to us.
fn bare(name: &'static str) -> Command {
    Command::new(name).args_override_self(true).disable_help_flag(true).disable_version_flag(true)
}

/// Where the first bare word stands, if it names a command.
fn find_command(query: &Command, tokens: &[String]) -> Option<(usize, Name)> {
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
        // Alone or before a command's name it is a question about the program, else a word.
        let is_asked = tokens.get(at + 1).is_none_or(|it| known(it).is_some());
        return (is_asked && tokens.len() <= at + 2).then_some((at, Name::Help));
    }
    known(word).map(|it| (at, it))
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Word,
    /// One hyphen, and no flag of this command.
    Short,
    /// A flag that takes no value or carries it.
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

#[cfg(test)]
mod tests {
    use super::{Line, Name};

    #[track_caller]
    fn check(typed: &str, name: Name, flags: &str, words: &str) {
        let line = Line::sort(typed.split(' ').map(str::to_owned).collect());
        assert_eq!(line.name, name, "{typed}");
        assert_eq!(line.flags.join(" "), flags, "{typed}");
        assert_eq!(line.words.join(" "), words, "{typed}");
    }

    #[test]
    fn words_with_a_hyphen_are_words_and_flags_stay_flags() {
        check("China -India", Name::Query, "", "China -India");
        check("China -n 5 -India", Name::Query, "-n 5", "China -India");
        check("-n5 China", Name::Query, "-n5", "China");
        check("China -north -5", Name::Query, "", "China -north -5");
        check("China --lang=zh --json", Name::Query, "--lang=zh --json", "China");
        check("-India China", Name::Query, "", "-India China");
        check("-", Name::Query, "", "-");
        check("China ---", Name::Query, "", "China ---");
        check("China -- --json", Name::Query, "", "China --json");
        check("China --limt 5", Name::Query, "--limt", "China 5");
    }

    #[test]
    fn the_first_bare_word_names_the_command() {
        check("status", Name::Status, "", "");
        check("status --index d", Name::Status, "--index d", "");
        check("--index d status", Name::Status, "--index d", "");
        check("--index=d status --json", Name::Status, "--index=d --json", "");
        // The grammar of `status` then says that it takes no `-n`.
        check("-n 5 status", Name::Status, "-n", "5");
        check("--index status", Name::Query, "--index status", "");
        check("-- status", Name::Query, "", "status");
        check("-- -n 5", Name::Query, "", "-n 5");
        check("China status", Name::Query, "", "China status");
        check("show a.txt#1@2 --context 1", Name::Show, "--context 1", "a.txt#1@2");
        check("serve", Name::Query, "", "serve");
        check("mcp", Name::Query, "", "mcp");
    }

    #[test]
    fn help_is_a_word_when_more_is_asked() {
        check("help", Name::Help, "", "");
        check("help index", Name::Help, "", "index");
        check("help refugees", Name::Query, "", "help refugees");
        check("index --help", Name::Help, "", "index");
        check("--help", Name::Help, "", "");
        check("-V", Name::Version, "", "");
    }
}
