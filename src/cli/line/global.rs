//! The flags that every command takes.

use clap::{Args, ValueEnum};

/// The flags that every command takes.
#[derive(Args, Debug)]
pub(crate) struct Global {
    /// Use the index in this folder
    ///
    /// Else the folder that SEARCH_INDEX names, else `index/` in the nearest folder from here
    /// upwards that holds one, else `./index`.
    #[arg(long, value_name = "DIR")]
    pub(crate) index: Option<String>,

    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,

    /// Use colour: `auto` means on a terminal, unless NO_COLOR is set
    #[arg(long, value_name = "WHEN", default_value = "auto", hide_possible_values = true)]
    pub(crate) color: Color,

    /// Do not page long output
    #[arg(long)]
    pub(crate) no_pager: bool,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    #[default]
    Auto,
    Always,
    Never,
}
