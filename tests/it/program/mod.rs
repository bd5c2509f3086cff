//! The built program as a person runs it, and the helpers that run it or the library.

pub(crate) mod built_program;
mod cli;
mod cli_commands;
mod cli_errors;
pub(crate) mod library;
mod measure;
mod notes;
mod show;
