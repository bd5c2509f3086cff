//! Text between matches is skipped, not tokenized: all of its words take their positions.

mod han;
mod near_matches;
mod number;
mod pass;
mod plain;
mod run;
mod word;
