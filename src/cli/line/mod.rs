//! What was typed: the command, its flags, its words.
//!
//! [`CommandLine`] sorts the arguments before clap parses the flags; [`Global`] and
//! [`QueryOptions`] are the flags that several commands share. The flags of each command come in
//! as a function, so that nothing here depends on the commands.

mod command_line;
mod global;
mod query_options;

pub(super) use command_line::{COMMANDS, CommandLine, CommandName, bare};
pub(super) use global::{Color, Global};
pub(super) use query_options::QueryOptions;
