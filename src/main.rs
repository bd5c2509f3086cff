//! The program `search`: what was typed becomes an answer on the terminal.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
