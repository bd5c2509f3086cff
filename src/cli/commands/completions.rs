//! `search completions SHELL` and `search man`: the whole grammar, for shells and for `man`.

use clap::Command;
use clap_complete::Shell;

use crate::cli::fault::Fault;
use crate::cli::outcome::Outcome;
use crate::cli::output;

/// Print a script that completes the program's flags in a shell
///
/// Example: `search completions bash > ~/.local/share/bash-completion/completions/search`
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// bash, elvish, fish, powershell or zsh
    #[arg(value_name = "SHELL", hide_possible_values = true)]
    shell: Shell,

    #[command(flatten)]
    global: crate::cli::line::Global,
}

/// Prints the script.
pub(super) fn run(args: &Args, mut whole: Command) -> Result<Outcome, Fault> {
    let mut bytes = Vec::new();
    clap_complete::generate(args.shell, &mut whole, "search", &mut bytes);
    print(bytes)
}

/// Prints the manual page in roff.
pub(super) fn manual(whole: Command) -> Result<Outcome, Fault> {
    let mut bytes = Vec::new();
    let made = clap_mangen::Man::new(whole).render(&mut bytes);
    made.map_err(|it| Fault::new("internal", format!("the manual page: {it}")))?;
    print(bytes)
}

fn print(bytes: Vec<u8>) -> Result<Outcome, Fault> {
    let text = String::from_utf8(bytes);
    output::write(&text.map_err(|it| Fault::new("internal", it.to_string()))?)?;
    Ok(Outcome::Done)
}
