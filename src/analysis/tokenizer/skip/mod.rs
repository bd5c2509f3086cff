//! Text between matches is skipped, not tokenized; its words still count as positions.

mod han;
mod near_matches;
mod number;
mod pass;
mod plain;
mod run;
mod word;
